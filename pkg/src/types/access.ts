/** Access: what a device may do once its certificate is active, by the policies attached to it. */
import type { CertificateInput } from "./certificate.js";
import type { Diagnostic, Span } from "./diagnostic.js";
import type { NamedPolicy, PolicyDocument } from "./policy.js";

/**
 * The answer to a request. `"unknown"`: it depends on something that was not given, or that nobody outside AWS knows. `missing` in the
 * {@link Decision} says what would decide it.
 */
export type AccessAnswer = "allowed" | "denied" | "unknown";

/** How a device speaks to AWS IoT: MQTT over TLS, MQTT over WebSocket, HTTPS. */
export type AccessProtocol = "mqtt" | "wss" | "https";

/** What a device asks for. */
export type DeviceRequest =
  /** CONNECT. The client ID is in the {@link AccessContext}. */
  | { verb: "connect" }
  /** PUBLISH to a topic; with `retain`, which needs the action `iot:RetainPublish` too, as a retained message. */
  | { verb: "publish"; topic: string; retain?: boolean }
  /** SUBSCRIBE to a topic filter. */
  | { verb: "subscribe"; filter: string }
  /** A message on a topic is delivered to the device. */
  | { verb: "receive"; topic: string }
  /**
   * A call over HTTPS: the action, for example `iot:GetThingShadow`, and the resource that AWS IoT checks: `thing/NAME`, `rolealias/NAME`,
   * `*`, or an ARN.
   */
  | { verb: "call"; action: string; resource: string };

/** How a device asks. Each member has a default. {@link Simulation.context} repeats those that were used. */
export interface AccessContext {
  /** The MQTT client ID. Default: the name of the thing. */
  clientId?: string;
  /** The protocol. Default: `"mqtt"`. A call is always made over HTTPS, and only a publication can be made over it, too. */
  protocol?: AccessProtocol;
  /** Whether the session is a clean one. `false` means that it is persistent. Default: `true`. */
  cleanSession?: boolean;
  /** The topic of the last will. Default: there is no last will. */
  willTopic?: string;
  /** The header `x-amzn-iot-thingname` of the call for credentials, `iot:AssumeRoleWithCertificate`. Default: unknown. */
  thingNameHeader?: string;
  /**
   * Values of other condition keys, for example `{ "aws:SourceIp": "203.0.113.5" }`. Letter case of a key does not matter. A list gives a key
   * several values, and the empty list none. A key that is not here is unknown.
   */
  values?: Record<string, string | readonly string[]>;
}

/** A statement of a policy, or a part of one. */
export interface StatementPlace {
  /** The policy: its logical name in the template, or the name that it was given with. */
  policy: string;
  /** The number of the statement in the policy, from 1. */
  statement: number;
  /** The statement's `Sid`. */
  sid?: string;
  /** The statement's effect. */
  effect: "Allow" | "Deny";
  /** The part that decides. In the nearest statement it is the part that does not match. */
  part?: "Action" | "Resource" | "Condition";
  /** The element of that part as written: an action, a resource, an operator with its key. */
  text?: string;
  /** The place of that element, or of the statement, in the text of the template or of the given document. */
  span?: Span;
}

/**
 * Why a request is not simply allowed. For denied requests: a Deny matches (`"explicit-deny"`), no policy is attached (`"no-policy"`), no
 * statement names the action (`"action"`), or a statement names it that differs from the request in this (all others up to `"condition"`).
 * For unknown ones: see {@link AccessAnswer}.
 */
export type AccessCause =
  | "explicit-deny"
  | "no-policy"
  | "action"
  /** The action is allowed on another type of resource, such as `topic/` instead of `topicfilter/`. */
  | "resource-type"
  /** Connecting is allowed with another client ID. */
  | "client-id"
  | "resource"
  /** Only letter case differs. */
  | "letter-case"
  | "partition"
  | "region"
  | "account"
  /** A variable has no value for this device. */
  | "variable"
  /** A variable of the thing has no value, because the request is made over HTTPS. */
  | "https-variable"
  | "condition"
  /** A policy is attached whose document was not given, or cannot be read. */
  | "unseen-policy"
  /** A policy may be attached to one of the thing's groups. */
  | "group-policy"
  /** A value was not given that a policy asks for. */
  | "missing-value"
  /** AWS documents nothing that decides. */
  | "undecided"
  /** The certificate does not become ACTIVE. */
  | "inactive"
  /** It is not known whether the certificate becomes ACTIVE. */
  | "provisioning";

/** Something that was not given and would decide an open answer. */
export interface Missing {
  /**
   * `"value"`: the value of a condition key, to give in `context.values`; `"policy"`: the document of a policy; `"unreadable"`: the same, and
   * the document that was given cannot be read; `"group"`: the policies that are attached to a thing group; `"option"`: an option, such as
   * `clientId`.
   */
  kind: "value" | "policy" | "unreadable" | "group" | "option";
  /** The name of the key, the policy, the group or the option. */
  name: string;
}

/** The answer to one request, with its reason. */
export interface Decision {
  /** What the policies say. */
  answer: AccessAnswer;
  /** For a denied request: whether a Deny matches (`"explicit"`), or nothing allows it (`"implicit"`). */
  denial?: "explicit" | "implicit";
  /** The reason, in one or two sentences. */
  reason: string;
  /** The reason as a word; absent if the request is allowed. */
  cause?: AccessCause;
  /** The statement that decides. For a request that nothing allows it is the one that comes nearest to allowing it. */
  statement?: StatementPlace;
  /** What would decide an open answer; empty if nobody can give it. */
  missing: Missing[];
  /** What the message broker refuses besides, whatever the policies say: a sentence each. */
  broker: string[];
}

/** Something that the policies allow: an action on the resources that a pattern matches. */
export interface AccessRight {
  /** What the device does. */
  verb: DeviceRequest["verb"];
  /** The action, for example `iot:Publish`. */
  action: string;
  /**
   * The client ID, topic or topic filter; for a call the resource. `*` and `?` are wildcards of the policy language; characters that are none
   * are written `${*}` and `${?}`.
   */
  resource: string;
  /** Whether all of it is allowed. */
  answer: AccessAnswer;
  /** Why not, or what is excepted. */
  reason?: string;
  /** The statement that decides. */
  statement?: StatementPlace;
}

/** The thing of a device that is described without a template. */
export interface DeviceThing {
  /** The thing's name. */
  name: string;
  /** The name of its thing type. */
  typeName?: string;
  /** Its attributes, by name. */
  attributes?: Record<string, string>;
  /** Whether the certificate is attached to this thing only (`EXCLUSIVE_THING`). Default: `false`. */
  exclusive?: boolean;
  /** Whether the certificate is attached to it. Default: `true`. */
  attached?: boolean;
}

/** A device that is described without a template: its policies, its thing, its certificate, and where it connects. */
export interface DeviceOptions {
  /** The policies that are attached to the certificate. */
  policies: readonly (PolicyDocument | NamedPolicy)[];
  /** The policies that are attached to the thing's groups. They count only if the client ID is the thing's name. Default: none. */
  groupPolicies?: readonly (PolicyDocument | NamedPolicy)[];
  /** The names of policies that are attached, too, and whose documents are not known. Default: none. */
  unseenPolicies?: readonly string[];
  /** The thing. Default: the certificate is attached to no thing. */
  thing?: DeviceThing;
  /** The certificate, for the variables that have values from it. Default: unknown. */
  certificate?: CertificateInput;
  /** The AWS Region. Default: the first one that the resources of the policies name. */
  region?: string;
  /** The AWS account, twelve digits. Default: the first one that the resources of the policies name. */
  accountId?: string;
}

/** What one policy by itself answers. */
export interface PolicyDecision {
  /** The policy: its logical name in the template, or the name that it was given with. */
  policy: string;
  /** Its answer. */
  decision: Decision;
}

/** The context in which requests were evaluated. */
export interface SimulationContext {
  /** The client ID; absent if nobody knows it. */
  clientId?: string;
  /** The protocol. */
  protocol: AccessProtocol;
  /** Whether the session is a clean one. */
  cleanSession: boolean;
  /** The AWS Region; absent if it is not known. */
  region?: string;
  /** The AWS account; absent if it is not known. */
  accountId?: string;
  /** What was assumed, a sentence each. */
  assumed: string[];
}

/** The findings in a policy document that was given. */
export interface DocumentFindings {
  /** The name of the policy. */
  name: string;
  /** The findings, with places in the text of the document. */
  diagnostics: Diagnostic[];
}

/** Requests, and how they are made. */
export interface Questions {
  /** What the device asks for. */
  requests: readonly DeviceRequest[];
  /** How it asks. */
  context?: AccessContext;
}

/**
 * Policies to treat as if they were attached to the certificate, and as if they were not, by their names: `policyNamesToAdd` and
 * `policyNamesToSkip` of AWS's API `TestAuthorization`.
 */
export interface PolicyChanges {
  /** Their documents are those of the option `policies`. The others are not known. */
  policyNamesToAdd?: readonly string[];
  /** A policy of the template can also be named by its logical name. */
  policyNamesToSkip?: readonly string[];
}

/** The answers to requests. */
export interface Simulation {
  /** The context that was used. */
  context: SimulationContext;
  /** An answer to each request, in order. */
  answers: Decision[];
  /** The findings in each policy document that was given, in order. */
  documents: DocumentFindings[];
}
