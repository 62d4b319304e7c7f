/** Checks what callers give of a device, its requests, and how it makes them. Wrong types are misuse of the API and throw. */
import { documents, names, one, optionError, read, text } from "../options.js";
import type { AccessContext, AccessProtocol, DeviceOptions, DeviceRequest, DeviceThing, PolicyChanges } from "../types.js";

const DEVICE = names<keyof DeviceOptions>({
  policies: true,
  groupPolicies: true,
  unseenPolicies: true,
  thing: true,
  certificate: true,
  region: true,
  accountId: true,
});
const CHANGES = names<keyof PolicyChanges>({ policyNamesToAdd: true, policyNamesToSkip: true });
const THING = names<keyof DeviceThing>({ name: true, typeName: true, attributes: true, exclusive: true, attached: true });
const CONTEXT = names<keyof AccessContext>({
  clientId: true,
  protocol: true,
  cleanSession: true,
  willTopic: true,
  thingNameHeader: true,
  values: true,
});
// The wasm module reads a protocol and a verb by its position here.
const PROTOCOLS = names<AccessProtocol>({ mqtt: true, wss: true, https: true });
const VERBS = names<DeviceRequest["verb"]>({ connect: true, publish: true, subscribe: true, receive: true, call: true });

/** A request as it crosses to the wasm module. */
export interface Asked {
  /** The position of the verb. */
  verb: number;
  /** The topic, the topic filter, or the resource of a call. */
  on: string;
  /** The action of a call. */
  action: string;
  retain: boolean;
}

/** How a request is made, as it crosses to the wasm module. `more` has what is seldom given. */
export interface How {
  clientId: string | undefined;
  /** The position of the protocol. */
  protocol: number;
  more: object | undefined;
}

/** The options of a device. */
export function deviceOptions(options: DeviceOptions): object {
  const given = read(options, DEVICE);
  if ((given.policies ?? undefined) === undefined) throw optionError("policies", "is a list of policy documents; it can be empty");
  return {
    policies: documents("policies", given.policies, "policy"),
    groupPolicies: documents("groupPolicies", given.groupPolicies ?? [], "group policy"),
    unseenPolicies: namesOf(given, "unseenPolicies"),
    thing: thing(given.thing),
    region: text(given, "region"),
    accountId: text(given, "accountId"),
  };
}

/** Policies to add and to skip. */
export function policyChanges(changes: PolicyChanges | undefined): object {
  const given = read(changes, CHANGES);
  return { policyNamesToAdd: namesOf(given, "policyNamesToAdd"), policyNamesToSkip: namesOf(given, "policyNamesToSkip") };
}

function namesOf(given: Record<string, unknown>, key: string): string[] {
  const list: unknown = given[key] ?? [];
  if (!Array.isArray(list) || list.some((name) => typeof name !== "string")) throw optionError(key, "is a list of names");
  return [...list];
}

function thing(given: unknown): object | undefined {
  if (given === undefined || given === null) return undefined;
  const known = within("thing", () => read(given, THING));
  const name = within("thing", () => text(known, "name"));
  if (name === undefined) throw optionError("thing", "has a name");
  const attributes = known.attributes ?? {};
  if (typeof attributes !== "object" || Object.values(attributes).some((value) => typeof value !== "string")) {
    throw optionError("thing.attributes", "is an object of strings");
  }
  return {
    name,
    typeName: within("thing", () => text(known, "typeName")),
    attributes: { ...attributes },
    exclusive: flag(known, "thing", "exclusive") ?? false,
    attached: flag(known, "thing", "attached") ?? true,
  };
}

/** How requests are made. */
export function contextOptions(context: AccessContext | undefined): How {
  if (context === undefined || context === null) return { clientId: undefined, protocol: 0, more: undefined };
  const given = within("context", () => read(context, CONTEXT));
  const { cleanSession, willTopic, thingNameHeader, values } = given;
  const seldom = [cleanSession, willTopic, thingNameHeader, values].some((member) => (member ?? undefined) !== undefined);
  return {
    clientId: within("context", () => text(given, "clientId")),
    protocol: PROTOCOLS.indexOf(within("context", () => one(given, "protocol", PROTOCOLS))),
    more: seldom
      ? {
          cleanSession: flag(given, "context", "cleanSession") ?? true,
          willTopic: within("context", () => text(given, "willTopic")),
          thingNameHeader: within("context", () => text(given, "thingNameHeader")),
          values: valuesOf(values),
        }
      : undefined,
  };
}

/** The values of condition keys: a list for each. */
function valuesOf(values: unknown): Record<string, string[]> | undefined {
  if (values === undefined || values === null) return undefined;
  const lists =
    typeof values === "object" ? Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? value : [value]]) : undefined;
  if (lists === undefined || lists.some(([, list]) => (list as unknown[]).some((value) => typeof value !== "string"))) {
    throw optionError("context.values", "is an object of strings, or of lists of strings");
  }
  return Object.fromEntries(lists);
}

/** A list of requests. */
export function requestsOf(requests: readonly DeviceRequest[]): Asked[] {
  if (!Array.isArray(requests)) throw optionError("requests", "is a list of requests");
  return requests.map(requestOf);
}

/** One request. */
export function requestOf(request: DeviceRequest): Asked {
  if (typeof request !== "object" || request === null) throw new TypeError(`jitp: a request is an object with a verb: ${VERBS.join(", ")}`);
  const verb = VERBS.indexOf(request.verb);
  switch (request.verb) {
    case "connect":
      return { verb, on: "", action: "", retain: false };
    case "publish":
      if ((request.retain ?? undefined) !== undefined && typeof request.retain !== "boolean") {
        throw new TypeError('jitp: "retain" of a request is true or false');
      }
      return { verb, on: member(request.topic, "publish", "topic"), action: "", retain: request.retain === true };
    case "receive":
      return { verb, on: member(request.topic, "receive", "topic"), action: "", retain: false };
    case "subscribe":
      return { verb, on: member(request.filter, "subscribe", "filter"), action: "", retain: false };
    case "call":
      return { verb, on: member(request.resource, "call", "resource"), action: member(request.action, "call", "action"), retain: false };
    default:
      throw new TypeError(`jitp: the verb of a request is one of ${VERBS.join(", ")}`);
  }
}

function member(value: unknown, verb: string, name: string): string {
  if (typeof value !== "string") throw new TypeError(`jitp: a request with the verb "${verb}" has a ${name}, which is a string`);
  return value;
}

function flag(given: Record<string, unknown>, where: string, key: string): boolean | undefined {
  const value = given[key] ?? undefined;
  if (value !== undefined && typeof value !== "boolean") throw optionError(`${where}.${key}`, "is true or false");
  return value;
}

/** Checks a member of an option. Its errors name the option that it is a part of. */
function within<T>(where: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TypeError) || !("option" in error) || !("problem" in error)) throw error;
    throw optionError(`${where}.${error.option}`, String(error.problem));
  }
}
