/**
 * The request and the response of AWS's API `TestAuthorization` (its service model of 2015-05-28): jitp reads the same file as
 * `aws iot test-authorization --cli-input-json`, and gives its answers in the same shape.
 */
import { type AccessAnswer, type Decision, type DeviceRequest, type PolicyDecision, regionPartition, type SimulationContext } from "jitp";
import { Misuse } from "../exit.js";

const ACTION_TYPES = ["CONNECT", "PUBLISH", "SUBSCRIBE", "RECEIVE"] as const;
type ActionType = (typeof ACTION_TYPES)[number];

/** The type of the resource that each action is checked on. */
const RESOURCE_TYPES: Record<ActionType, string> = {
  CONNECT: "client",
  PUBLISH: "topic",
  SUBSCRIBE: "topicfilter",
  RECEIVE: "topic",
};

/** Members of the request that have a meaning in an account only. */
const WITHOUT_MEANING = ["principal", "cognitoIdentityPoolId"];
const KNOWN = ["authInfos", "clientId", "policyNamesToAdd", "policyNamesToSkip", ...WITHOUT_MEANING];

/** `AuthInfo` of AWS. A call over HTTPS has no action type there. */
export interface AuthInfo {
  actionType?: ActionType;
  resources: string[];
}

/** `Policy` of AWS. */
export interface AuthPolicy {
  policyName: string;
  /** Absent if the Region or the account is not known. */
  policyArn?: string;
}

/** The policies in `AuthResult` of AWS. */
export interface AuthPolicies {
  allowed: { policies: AuthPolicy[] };
  denied: { implicitDeny: { policies: AuthPolicy[] }; explicitDeny: { policies: AuthPolicy[] } };
}

/** `AuthResult` of AWS, with the reasons next to it. */
export interface AuthResult extends AuthPolicies {
  authInfo: AuthInfo;
  /** Absent if the answer is unknown, for which AWS has no word. */
  authDecision?: "ALLOWED" | "EXPLICIT_DENY" | "IMPLICIT_DENY";
  /** The condition keys that would decide an unknown answer. */
  missingContextValues: string[];
  /** The answer of jitp. */
  answer: AccessAnswer;
  /** For each resource: the request of the device, how it is made, and the answer with its reason. */
  why: { request: DeviceRequest; context: SimulationContext; decision: Decision }[];
}

/** A request, with the client ID and the place that its ARN names. */
export interface Asked {
  request: DeviceRequest;
  clientId?: string;
  region?: string;
  accountId?: string;
}

/** One request of the file: one for each of its resources. */
export interface Authorization {
  info: AuthInfo;
  asked: Asked[];
}

/** The names of policies to treat as if they were attached, and as if they were not. */
export interface Changes {
  add: string[];
  skip: string[];
}

/** The requests of a file. */
export interface AuthorizationInput {
  clientId?: string;
  changes: Changes;
  authorizations: Authorization[];
}

/** Reads the input of `TestAuthorization`. */
export function readAuthorization(name: string, written: string): AuthorizationInput {
  const wrong = (problem: string) =>
    new Misuse(`${name} is not an input of TestAuthorization: ${problem}`, "aws iot test-authorization --generate-cli-skeleton shows one");
  let input: unknown;
  try {
    input = JSON.parse(written);
  } catch {
    throw wrong("it is not JSON");
  }
  if (!isObject(input)) throw wrong("it is not an object");
  const unknown = Object.keys(input).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw wrong(`unknown key ${JSON.stringify(unknown.slice(0, 64))}`);
  const { authInfos, clientId, policyNamesToAdd: add = [], policyNamesToSkip: skip = [] } = input;
  if (clientId !== undefined && typeof clientId !== "string") throw wrong("clientId is not a string");
  if (!isStrings(add)) throw wrong("policyNamesToAdd is not a list of strings");
  if (!isStrings(skip)) throw wrong("policyNamesToSkip is not a list of strings");
  if (!Array.isArray(authInfos) || authInfos.length === 0) throw wrong("authInfos is not a list of requests");
  const authorizations = authInfos.map((info: unknown, i): Authorization => {
    const within = (problem: string) => wrong(`authInfos[${i}] ${problem}`);
    if (!isObject(info)) throw within("is not an object");
    const { actionType, resources } = info;
    const known = ACTION_TYPES.find((one) => one === actionType);
    if (known === undefined) throw within(`needs an actionType: ${ACTION_TYPES.join(", ")}`);
    if (!isStrings(resources) || resources.length === 0) throw within("needs resources: a list of ARNs");
    return { info: { actionType: known, resources }, asked: resources.map((resource) => asked(known, resource, clientId, within)) };
  });
  return { ...(clientId === undefined ? {} : { clientId }), changes: { add, skip }, authorizations };
}

const ARN = /^arn:(aws[a-z-]*):iot:([a-z0-9-]*):([0-9]*):([^]*)$/;

/** What a device asks for if AWS checks an action on this resource. */
function asked(action: ActionType, resource: string, clientId: string | undefined, wrong: (problem: string) => Misuse): Asked {
  const type = RESOURCE_TYPES[action];
  const [, partition, region = "", accountId = "", inArn] = ARN.exec(resource) ?? [];
  if (inArn === undefined && resource.startsWith("arn:")) throw wrong(`has an ARN that is not of AWS IoT: ${resource}`);
  const rest = inArn ?? resource;
  if (!rest.startsWith(`${type}/`)) throw wrong(`has a resource that is not a ${type}: ${action} is checked on …:${type}/NAME`);
  if (region !== "" && regionPartition(region) !== partition) throw wrong(`has a Region that is not in its partition: ${resource}`);
  const name = rest.slice(type.length + 1);
  const place = { ...(region === "" ? {} : { region }), ...(accountId === "" ? {} : { accountId }) };
  switch (action) {
    case "CONNECT":
      if (clientId !== undefined && clientId !== name) {
        throw wrong(`is to connect as ${name}, and clientId is ${clientId}: a device connects with one client ID`);
      }
      return { request: { verb: "connect" }, clientId: name, ...place };
    case "PUBLISH":
      return { request: { verb: "publish", topic: name }, ...place };
    case "SUBSCRIBE":
      return { request: { verb: "subscribe", filter: name }, ...place };
    case "RECEIVE":
      return { request: { verb: "receive", topic: name }, ...place };
  }
}

/** The action type of a request; absent for a call, which AWS's API cannot test. */
export function actionType({ verb }: DeviceRequest): ActionType | undefined {
  return ACTION_TYPES.find((one) => one === verb.toUpperCase());
}

/** The decision in AWS's words; absent for an unknown answer, for which AWS has none. */
export function authDecision(decisions: readonly Decision[]): AuthResult["authDecision"] {
  if (decisions.some(({ denial }) => denial === "explicit")) return "EXPLICIT_DENY";
  if (decisions.some(({ answer }) => answer === "denied")) return "IMPLICIT_DENY";
  return decisions.every(({ answer }) => answer === "allowed") ? "ALLOWED" : undefined;
}

/** What each policy by itself says of all resources of a request, in AWS's lists. A policy whose own answer is unknown is in none. */
export function authPolicies(byResource: readonly PolicyDecision[][], named: (policy: string) => AuthPolicy): AuthPolicies {
  const policies = byResource[0]?.map(({ policy }) => policy) ?? [];
  const of = (wanted: ReturnType<typeof authDecision>) =>
    policies.filter((_, i) => authDecision(byResource.flatMap((list) => list[i]?.decision ?? [])) === wanted).map(named);
  return {
    allowed: { policies: of("ALLOWED") },
    denied: { implicitDeny: { policies: of("IMPLICIT_DENY") }, explicitDeny: { policies: of("EXPLICIT_DENY") } },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
