/** Requests and decisions in words. */
import { regionPartition } from "../partition.js";
import type { AccessContext, Decision, DeviceRequest, Isolation, Missing, SimulationContext } from "../types.js";

/** What AWS IoT checks for a request. */
export interface CheckedRequest {
  /** The actions that must all be allowed. */
  actions: string[];
  /** The ARN of the resource; unknown parts of it are in `<…>`. */
  resource: string;
}

/** A request in a few words: `publish to lamps/lamp-1/state`. */
export function requestWords(request: DeviceRequest, clientId: string | undefined): string {
  switch (request.verb) {
    case "connect":
      return clientId === undefined ? "connect" : `connect as ${clientId}`;
    case "publish":
      return `publish ${request.retain === true ? "a retained message " : ""}to ${request.topic}`;
    case "subscribe":
      return `subscribe to ${request.filter}`;
    case "receive":
      return `receive from ${request.topic}`;
    case "call":
      return `call ${request.action} on ${request.resource}`;
  }
}

/** What AWS IoT checks for a request, by its page on action resources. */
export function checkedRequest(
  request: DeviceRequest,
  context: Pick<SimulationContext, "clientId" | "region" | "accountId">,
): CheckedRequest {
  const { region, accountId } = context;
  const partition = (region === undefined ? undefined : regionPartition(region)) ?? "aws";
  const arn = (name: string) => `arn:${partition}:iot:${region ?? "<region>"}:${accountId ?? "<account>"}:${name}`;
  switch (request.verb) {
    case "connect":
      return { actions: ["iot:Connect"], resource: arn(`client/${context.clientId ?? "<client ID>"}`) };
    case "publish": {
      const actions = request.retain === true ? ["iot:Publish", "iot:RetainPublish"] : ["iot:Publish"];
      return { actions, resource: arn(`topic/${request.topic}`) };
    }
    case "subscribe":
      return { actions: ["iot:Subscribe"], resource: arn(`topicfilter/${request.filter}`) };
    case "receive":
      return { actions: ["iot:Receive"], resource: arn(`topic/${request.topic}`) };
    case "call": {
      const { action, resource } = request;
      return { actions: [action], resource: resource === "*" || resource.startsWith("arn:") ? resource : arn(resource) };
    }
  }
}

/** Whether the device may act as another one, in a sentence. */
export function isolationWords(isolation: Isolation): string {
  const { may, other, counterexample } = isolation;
  if (counterexample !== undefined) return counterexample.sentence;
  return may === "denied" ? `It may not act as ${other}.` : `It is not known whether it may act as ${other}.`;
}

/** What would change the answer, in a sentence or two; absent if there is nothing to do, or nobody knows. */
export function decisionHelp(request: DeviceRequest, decision: Decision, context: SimulationContext): string | undefined {
  const { cause, statement } = decision;
  const { actions, resource } = checkedRequest(request, context);
  const name = resource.split(":").slice(5).join(":") || resource;
  const allow = `${actions.join(" and ")} on ${name}`;
  const number = statement === undefined ? "the statement" : `statement ${statement.statement}`;
  switch (cause) {
    case undefined:
    case "undecided":
      return undefined;
    case "explicit-deny":
      return `Narrow ${number}, or remove it. No Allow can override a Deny.`;
    case "no-policy":
      return `Attach a policy that allows ${allow}.`;
    case "action":
      return `Allow ${allow}.`;
    case "resource-type":
      return `Allow ${allow}: the type of the resource must be ${name.split("/")[0]}.`;
    case "client-id":
      return `Connect with a client ID that ${number} allows, or allow ${allow}.`;
    case "resource":
      return `Use a name that ${number} allows, or allow ${allow}.`;
    case "letter-case":
      return "Write both in the same letter case.";
    case "partition":
    case "region":
    case "account":
      return `Write the ${WHERE[cause]} that the device connects to in ${number}, or *.`;
    case "variable":
      return statement?.text?.includes("iot:Connection.Thing.") === true && context.clientId !== undefined
        ? "Give the thing what the variable asks for, and connect with the name of the thing as client ID; or do not use the variable."
        : "Give the device what the variable asks for, or do not use the variable.";
    case "https-variable":
      return "Write the name of the thing instead of the variable, or make the request over MQTT.";
    case "condition":
      return `Make the request as the condition of ${number} asks, or change the condition.`;
    case "unseen-policy":
    case "group-policy":
    case "missing-value":
      return missingHelp(decision);
    case "inactive":
      return "The plan says why the certificate does not become ACTIVE.";
    case "provisioning":
      return "The plan says which check was not made.";
  }
}

const WHERE = { partition: "partition", region: "Region", account: "account" } as const;

function missingHelp({ missing }: Decision): string | undefined {
  const torn = missing.filter(({ kind }) => kind === "unreadable");
  const absent = missing.filter(({ kind }) => kind !== "unreadable");
  const help = [
    ...(torn.length === 0 ? [] : [`Fix ${torn.map(lacked).join(", and ")}.`]),
    ...(absent.length === 0 ? [] : [`Give ${absent.map(lacked).join(", and ")}.`]),
  ];
  return help.length === 0 ? undefined : help.join(" ");
}

function lacked({ kind, name }: Missing): string {
  switch (kind) {
    case "value":
      return `a value of ${name}`;
    case "policy":
    case "unreadable":
      return `the document of the policy ${name}`;
    case "group":
      return `the policies of the thing group ${name}`;
    case "option":
      return OPTIONS[name] ?? `the option ${name}`;
  }
}

const OPTIONS: Readonly<Record<string, string>> = {
  clientId: "the client ID",
  thingNameHeader: "the header x-amzn-iot-thingname",
  certificate: "the certificate",
  region: "the Region",
  accountId: "the account",
} satisfies Partial<Record<keyof AccessContext | "certificate" | "region" | "accountId", string>>;
