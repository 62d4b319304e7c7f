/** The plan: what happens to one device. */
import type { AccountSource, AccountState } from "./account.js";
import type { AccessAnswer, AccessRight, Decision, DeviceRequest, SimulationContext, StatementPlace } from "./access.js";
import type { IssuerCheck, SignatureVerdict } from "./authority.js";
import type { CertificateSummary } from "./certificate.js";
import type { Diagnostic, Span } from "./diagnostic.js";
import type { Flow } from "./flow.js";
import type { PolicyDocument } from "./policy.js";
import type { Basis } from "./rule.js";
import type { Role } from "./template.js";

/** Which reading of `AWS::IoT::Certificate::SerialNumber` to use: see docs/fidelity.md. */
export type SerialNumberReading = "auto" | "subject" | "certificate";

/** What the policies are for. With `"https"` they only allow calls over HTTPS, for which the device need not connect. */
export type AccessUse = "mqtt" | "https" | "nothing";

/**
 * What happens to a device that is provisioned: it can connect; its policies are for HTTPS calls only, so that it need not; it cannot; or that
 * is not known.
 */
export type Reach = "connects" | "https" | "cannot" | "unknown";

/** What the device may do once it is provisioned. */
export interface Access {
  /** Whether it can connect: by the policies, the limits of the message broker, and the status of its certificate together. */
  connects: AccessAnswer;
  /** The same in a sentence. */
  headline: string;
  /** What the policies are for. */
  over: AccessUse;
  /** How it connects, with what was assumed. */
  context: SimulationContext;
  /** What the policies say of the connection. */
  connect: Decision;
  /** What the policies allow, as their patterns with the values of variables, in the order of the statements. */
  may: AccessRight[];
  /** Whether `may` lists only the first of them. */
  more: boolean;
  /** The device's first minute after the steps, moment by moment. */
  firstMinute: Moment[];
  /** Whether the device may act as another one. Absent if the template gives two devices no different things. */
  isolation?: Isolation;
}

/**
 * Whether the device may act as another one of the same template. The other one has the next common name, serial number and certificate ID;
 * what the policies give only to it belongs to it.
 */
export interface Isolation {
  /** Whether it may connect, publish, subscribe or make a call as the other one. `"denied"` means that the two are isolated. */
  may: AccessAnswer;
  /** The name of the other one's thing. */
  other: string;
  /** What it may do as the other one. */
  counterexample?: Counterexample;
}

/** A request that belongs to another device, and that this one may make. */
export interface Counterexample {
  /** What the device does. */
  verb: DeviceRequest["verb"];
  /** The client ID, topic, topic filter or resource. */
  resource: string;
  /** The same as a sentence: `lamp-1 may publish to lamps/lamp-2/state, by statement 2 of "lampPolicy".` */
  sentence: string;
  /** The statement that allows it. */
  statement?: StatementPlace;
}

/** A moment of the device's first minute after the steps. */
export interface Moment {
  /** What happens. */
  title: string;
  /** Its outcome. */
  outcome: StepOutcome;
  /** The same in a sentence or two, with the reason. */
  detail: string;
  /** What the device sees, and where AWS shows it: a sentence each. */
  seen: string[];
}

/** Options of a dry run. */
export interface DryRunOptions {
  /** AWS Region, for the ARNs, for example `eu-west-1`. */
  region?: string;
  /** AWS account, twelve digits, for the ARNs; without it the account of the role ARN is used. */
  accountId?: string;
  /** Without it `"auto"`: the attribute of the subject if there is one, else the certificate's own serial number. */
  serialNumber?: SerialNumberReading;
  /** The time of the connection, RFC 3339 (`2026-11-23T12:00:00Z`); without it the system's clock. */
  now?: string;
  /** The values that the caller of `RegisterThing` gives, by parameter name; for the flows `fleet` and `register-thing` only. */
  parameters?: Record<string, string>;
  /**
   * Whether the CA to register signed the certificate, as `verifyIssuer` found out; for one certificate, in JITP. Without it the
   * plan says that it was not checked. With a check that could not be made, or one of another certificate, the verdict is `"unknown"`.
   */
  issuer?: IssuerCheck;
  /** The client ID that the device connects with. Default: the thing's name. */
  clientId?: string;
  /** Documents of policies that the template only names, by policy name. Without its document nobody knows what a policy allows. */
  policies?: Record<string, PolicyDocument>;
  /**
   * Documents of the policies that are attached to the thing's groups, by any name. An empty object says that there are none. Default:
   * nothing is known of them.
   */
  groupPolicies?: Record<string, PolicyDocument>;
  /**
   * What the account has already. Default: nothing is known, and what must exist is assumed to exist. Text that cannot be read says nothing:
   * `readAccount` gives its findings.
   */
  account?: AccountSource;
  /** Whether the plan tells the origin of each of its values (`Plan.values`). Default: no, because that costs time. */
  values?: boolean;
}

/** A parameter of the template, its value for this certificate, and the origin of the value. */
export interface Parameter {
  /** The full name, for example `AWS::IoT::Certificate::CommonName`. */
  name: string;
  /** Absent if origin is `"missing"`. */
  value?: string;
  /**
   * `"subject"`: an attribute of the subject; `"certificate"`: its ID or its own serial number; `"given"`: by the caller of
   * `RegisterThing`.
   */
  origin: "subject" | "certificate" | "given" | "default" | "missing";
  /** The subject attribute used; `others` holds further values of the same attribute, which are not used. */
  attribute?: { oid: string; index: number; encoding: string; others: string[] };
  /** The place of its declaration; absent for a predefined parameter that is used but not declared. */
  span?: Span;
}

/** A value of a plan, and where it comes from. */
export interface PlannedValue {
  /**
   * What it is: `thing.name`, `thing.typeName`, `thing.attributes.NAME`, `thing.groups.0`, `thing.billingGroup`, `certificate.certificateId`,
   * `certificate.status`, `certificate.principalType`, `policies.0.name`, `policies.0.document`. Numbers count as `thing.groups` and
   * `policies` of the plan do; a value that could not be evaluated has none. The status is the one that the template asks for.
   */
  where: string;
  /** The value; absent if it could not be evaluated. */
  value?: string;
  /** The place of it in the template; absent for a value that the template does not give. */
  span?: Span;
  /** The same as a JSON pointer into the template body. */
  path?: string;
  /** Every reference to a parameter in it, those included that only choose among values, with their places. */
  uses: NamedPlace[];
  /** Its pieces in order. Joined they are the value. */
  pieces: ValuePiece[];
}

/** A name that the template uses, of a parameter or of a function, and its place. */
export interface NamedPlace {
  /** The name; of a parameter as in `parameters` of the plan. */
  name: string;
  /** The place in the template. */
  span: Span;
}

/** A piece of a value. */
export interface ValuePiece {
  /** Its text. */
  text: string;
  /**
   * What it is: text of the template; the delimiter of `Fn::Join`; a value of `Mappings`; the value of a parameter, or a part of it; the
   * certificate's ID, by a `Ref` to its resource; what the template does not say, such as the status of a certificate without one; or a
   * quote around a value in a policy that is written as an object.
   */
  from: "literal" | "delimiter" | "map" | "parameter" | "certificate" | "rule" | "quote";
  /** The parameter. The plan's `parameters` say which attribute of the certificate gives its value. */
  parameter?: string;
  /** The place of the text, or of the reference; absent for what the template does not say. */
  span?: Span;
  /**
   * The functions that it came through, the outermost first, each with the place of its arguments; a variable of `Fn::Sub` also with the
   * place of its name in the text. A reference to a resource is a `Ref`.
   */
  through: NamedPlace[];
}

/** How far a step gets: it happens; the plan stops at it; it is never reached; or that is unknown, because a check could not be made. */
export type StepOutcome = "done" | "failed" | "skipped" | "unknown";

/** One call of the AWS IoT API. */
export interface ApiCall {
  /** For example `CreateThing`. */
  action: string;
  /** The request in the form of the API; empty if the call is not made or a value that it needs is missing. */
  request: Record<string, unknown>;
  /** The ARN that results. */
  arn?: string;
}

/** One of the six steps of JITP. */
export interface Step {
  /** 1 to 6. */
  number: number;
  /** The purpose of the step, in a few words. */
  title: string;
  /** The step's main API action. */
  action: string;
  /** The request of the main action; empty if it is not called or a value that it needs is missing. */
  request: Record<string, unknown>;
  /** How far the step gets. */
  outcome: StepOutcome;
  /** What happens, or why it does not, in a sentence or two. */
  detail: string;
  /** The ARN that results from the main action. */
  arn?: string;
  /** The numbers of the steps whose results this one uses. */
  dependsOn: number[];
  /** The API calls that follow the main one in this step, in order. */
  more: ApiCall[];
  /** The codes of the diagnostics that belong to this step. */
  diagnostics: string[];
}

/** The thing as the plan creates it. */
export interface PlannedThing {
  /** The name of the resource in the template. */
  logicalName: string;
  /** The thing's name. */
  name: string;
  /** The thing's ARN; unknown parts of it are in `<…>`. */
  arn: string;
  /** The name of its thing type. */
  typeName?: string;
  /** Its attributes, by name. */
  attributes: Record<string, string>;
  /** The names of the thing groups that it is added to, in order. */
  groups: string[];
  /** The name of its billing group. */
  billingGroup?: string;
  /** OverrideSettings as written; a setting that is not written is absent (AWS documents no default). */
  overrides: Record<string, string>;
}

/** A policy as the plan attaches it. */
export interface PlannedPolicy {
  /** The name of the resource in the template. */
  logicalName: string;
  /** The name; for a policy created from a document, `<hash of the document>`: AWS does not say how it is computed. */
  name: string;
  /** The policy's ARN. */
  arn: string;
  /** The policy document, if the template carries it. */
  document?: string;
}

/** Something that must already exist in the account for the plan to come true. */
export interface Precondition {
  /** What it is. */
  kind: "thing-type" | "thing-group" | "billing-group" | "policy";
  /** Its name. */
  name: string;
  /** Its ARN. */
  arn: string;
}

/**
 * The source of the CA's certificate: `"text"`, from the text of the template itself, such as the output of `DescribeCACertificate`;
 * `"given"`, from elsewhere.
 */
export type CaOrigin = "text" | "given";

/** What a plan does in an account of which something was told. */
export interface PlannedAccount {
  /** What happens to each resource, in the order of the steps, if the plan gets so far. */
  changes: ResourceChange[];
  /**
   * The account afterwards, in a form that can be given as the account of the next plan. It holds what happens before the step that fails.
   * Absent in a plan of a {@link Run}, which has the account.
   */
  after?: AccountState;
  /** What nobody told and the plan assumes, a sentence each. */
  taken: string[];
}

/** What happens to a resource of the account, or of a part of one. */
export interface ResourceChange {
  /** The number of the step that does it. */
  step: number;
  /** What it is; `"attachment"`: that of a policy to the certificate; `"principal"`: that of the certificate to the thing. */
  kind:
    | "ca"
    | "template"
    | "certificate"
    | "thing"
    | "attributes"
    | "thing-type"
    | "thing-groups"
    | "billing-group"
    | "policy"
    | "attachment"
    | "principal";
  /** Its name. A part of a thing has the thing's name, a certificate its ID. */
  name: string;
  /**
   * `"created"`: it is made; `"unchanged"`: it exists as the template has it; `"kept"`: it is different and stays as it is; `"replaced"` and
   * `"merged"`: by what the template has; `"conflict"`: it exists and stops the plan; `"missing"`: it does not exist, or not in the state that
   * the plan needs; `"unknown"`: nobody knows.
   */
  change: "created" | "unchanged" | "kept" | "replaced" | "merged" | "conflict" | "missing" | "unknown";
  /** The setting of `OverrideSettings` that decides, as written. */
  override?: string;
  /**
   * What differs, one by one: attributes by their names, groups by theirs; `status` of a certificate, `type` or `billing group` of a thing.
   * Nothing if nobody told what is there.
   */
  entries: { name: string; before?: string; after?: string }[];
  /** The same in a sentence. */
  sentence: string;
  /** The evidence. */
  basis: Basis;
}

/** What happens to one device: the verdict, and the steps that lead to it. */
export interface Plan {
  /** The flow that the plan is for. */
  flow: Flow;
  /**
   * `"rejected"`: AWS refuses the template when it is attached to the CA; `"fails"`: it is attached, but this device
   * stays PENDING_ACTIVATION; `"provisions"`: the device is provisioned, and must connect a second time; `"unknown"`: nothing stops
   * the device, but a requested check could not be made; `"not-a-template"`: the text is not a template of any kind; `"registered"`, only
   * with an account: the certificate is registered and ACTIVE already, so that its connection provisions nothing.
   */
  verdict: "provisions" | "registered" | "fails" | "rejected" | "unknown" | "not-a-template";
  /** One sentence that says the verdict, its basis, and its first cause. */
  summary: string;
  /** The basis of that cause's rule, for `"fails"` and `"rejected"`. */
  basis?: Basis;
  /** What was read from the device's certificate. */
  certificate: CertificateSummary;
  /** What is known of the CA to register; in JITP only. */
  issuer?: { signature: SignatureVerdict; reason: string; caCertificateId?: string; ca?: string; origin?: CaOrigin };
  /** The template's parameters with their values, in its order. */
  parameters: Parameter[];
  /** Each value with its origin; only with the option `values`. */
  values?: PlannedValue[];
  /** Always six. */
  steps: Step[];
  /** The number of the step at which a failing plan stops. */
  stoppedAt?: number;
  /** The status that the device certificate ends in; absent if it is never registered. */
  certificateStatus?: "ACTIVE" | "INACTIVE" | "PENDING_ACTIVATION";
  /** The thing, if the template creates one and its name is known. */
  thing?: PlannedThing;
  /** The policies that are attached to the certificate. */
  policies: PlannedPolicy[];
  /** All that must already exist in the account. */
  preconditions: Precondition[];
  /** The places in AWS that show the cause of a failure; empty for a plan that provisions. */
  lookAt: string[];
  /** Sentences on what else the device must do: connect again, send SNI. */
  notes: string[];
  /** What happens to the account's resources; only if an account was given. */
  account?: PlannedAccount;
  /** What the device may do then; absent if it is not provisioned, or if the text holds no template body. */
  access?: Access;
  /** The provisioning role, if the text names one. */
  role?: Role;
  /** Those of the template, then those of this certificate. */
  diagnostics: Diagnostic[];
}
