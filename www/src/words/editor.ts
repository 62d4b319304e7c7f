/** The words of the template editor. */

export const editorWords = {
  name: "Template",
  leave: "Tab indents. Press Escape, then Tab, to leave the editor.",
  /** After the first line of a string that is shown as JSON. */
  string: "JSON in a string",
};

/** What the keys of a policy document mean. */
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
