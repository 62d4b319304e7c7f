/** The words of what the keys of a policy document mean. */

export const policyWords = {
  version: "The version of the policy language. Policy variables need `2012-10-17`.",
  statement: "What is allowed and denied. A request is denied unless a statement allows it and none denies it.",
  sid: "A name for the statement.",
  effect: "Whether the statement allows or denies. A denial counts before everything that is allowed.",
  action: "The actions that the statement is about, such as `iot:Connect`.",
  resource:
    "The ARNs that the statement is about: `client/` for a connection, `topic/` to publish and receive, `topicfilter/` to subscribe.",
  condition: "When the statement counts. Without it, always.",
};
