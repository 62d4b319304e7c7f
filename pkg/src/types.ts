/**
 * The shapes that jitp gives and takes. Every one is plain data: it survives `JSON.stringify`,
 * `structuredClone` and a `postMessage`.
 */

/** How bad a finding is. Only an `"error"` makes a template rejected or a device fail. */
export type Severity = "error" | "warning" | "hint";

/**
 * When a finding bites: `"attach"`, when the template is attached to the CA (`RegisterCACertificate`,
 * `UpdateCACertificate`, `CreateProvisioningTemplate`), or `"connect"`, when a device connects for the first time.
 */
export type Phase = "attach" | "connect";

/**
 * What a rule stands on: `"documented"` by AWS, `"observed"` in working samples or users' reports,
 * or `"assumed"`: nobody outside AWS says, and jitp takes the most likely reading.
 */
export type Basis = "documented" | "observed" | "assumed";

/**
 * Where the examples of a {@link Rule} stand: the whole text; members of the template body, of `Parameters`, of the thing, the certificate
 * or a policy resource; all of `Resources`; a policy document before it is escaped; the subject of the device's certificate; what is
 * given as the certificate.
 */
export type RuleHome =
  | "text"
  | "body"
  | "parameters"
  | "resources"
  | "thing"
  | "certificate"
  | "policy"
  | "document"
  | "subject"
  | "pem";

/** A rule of the catalogue, as `rules()` gives it and docs/rules.md shows it. */
export interface Rule {
  /** Stable code, `JITP` and three digits. */
  code: string;
  /** Name in kebab case, for example `double-encoded-body`. */
  name: string;
  /** The heading that it stands under. */
  group: string;
  severity: Severity;
  phase: Phase;
  basis: Basis;
  /** The rule in one sentence. */
  summary: string;
  /** Why it is so, what follows, what to do; with `code` between backticks. */
  explanation: string;
  home: RuleHome;
  /** The flow that the examples are judged for. */
  flow: Flow;
  /** An example that breaks the rule; `⟨…⟩` stands for something longer, see the beginning of docs/rules.md. */
  wrong: string;
  /** The same example mended. */
  right: string;
  /** Where the rule is explained: a path from the root of the package, as in {@link Diagnostic.url}. */
  url: string;
  /** The page that the rule comes from. */
  source: string;
  /** The title of that page. */
  sourceTitle: string;
}

/** A place in the text as it was given: UTF-16 offset from 0; line and column (in UTF-16 units) from 1. */
export interface Position {
  offset: number;
  line: number;
  column: number;
}

/** A stretch of the text as it was given; `end` is exclusive. */
export interface Span {
  start: Position;
  end: Position;
}

/**
 * A way in which AWS IoT provisions devices from a template: just-in-time, by the device's first connection; fleet
 * provisioning, where the device calls `RegisterThing` over MQTT; or `RegisterThing` called for it, for one device or in bulk.
 */
export type Flow = "jitp" | "fleet" | "register-thing";

/** What the judge is told besides the text. */
export interface TemplateOptions {
  /** The flow to judge by; without it `"jitp"`. */
  flow?: Flow;
  /** The AWS Region that the devices connect to, for example `eu-west-1`: policies that name another one get a finding. */
  region?: string;
  /** The AWS account, twelve digits; without it the account of the role ARN is taken. */
  accountId?: string;
}

/** An edit that mends a finding; apply all edits together, they never overlap. */
export interface Fix {
  title: string;
  edits: { span: Span; text: string }[];
}

/** One finding, at the place in the outermost text that causes it, through every level of escaping. */
export interface Diagnostic {
  /** Stable code, `JITP` and three digits; the catalogue is in docs/rules.md. */
  code: string;
  severity: Severity;
  phase: Phase;
  basis: Basis;
  message: string;
  /** What to do about it. */
  help?: string;
  /** Where the rule is explained: a path from the root of the package, `docs/rules.md#JITP012`. */
  url: string;
  span?: Span;
  /** JSON pointer into the template body. */
  path?: string;
  related?: { message: string; span: Span }[];
  /** The one evident mend. */
  fix?: Fix;
  /** Mends of which a person has to choose one. */
  choices?: Fix[];
}

/** What a text is, recognised by itself. */
export type InputKind =
  | "template-body"
  | "registration-config"
  | "template-name"
  | "create-template-input"
  | "unknown";

/** A resource that a template declares. */
export interface ResourceSummary {
  logicalName: string;
  /** The declared type, for example `AWS::IoT::Thing`; absent where the resource has none. */
  type?: string;
  span: Span;
}

/** The provisioning role, and what nothing in the text can prove about it. */
export interface Role {
  arn: string;
  /** The managed policy that the role needs. */
  managedPolicyArn: string;
  /** The trust policy that the role needs, as a JSON text ready to copy. */
  trustPolicy: string;
  /** Sentences to show beside the role: what must hold in the account. */
  requirements: string[];
}

export interface ValidationReport {
  /** Whether no finding is an error. */
  ok: boolean;
  kind: InputKind;
  /** The flow that it was judged for. */
  flow: Flow;
  /** The flow that it is written for, where that is certainly another one than the `jitp` that it was judged for. */
  writtenFor?: Flow;
  /** In the order of the text. */
  diagnostics: Diagnostic[];
  /** The names of the declared parameters, in order. */
  parameters: string[];
  resources: ResourceSummary[];
  /** Characters of the `templateBody` string, as AWS counts them, and the most that AWS takes. */
  size: { templateBody: number; limit: number };
  /** The provisioning role, where the text names one. */
  role?: Role;
  /** The template's name, where the text gives one. */
  templateName?: string;
}

export interface StringifyOptions {
  /** The flow that the template is for; it decides the `type` of a fresh input for `CreateProvisioningTemplate`, and the findings. */
  flow?: Flow;
  /** The role for the registration config; without it the source's own is kept. */
  roleArn?: string;
  /**
   * White space inside the body: absent, the body's text is kept to the letter; 0 makes it as small as it gets;
   * 1 to 8 indents it by so many blanks.
   */
  indent?: number;
  /** With a name the output is an input for `CreateProvisioningTemplate`, not a registration config. */
  templateName?: string;
}

export interface Stringified {
  /** The result, or the empty string where the source cannot be read (then `diagnostics` says why). */
  text: string;
  /** Characters of the template body, as AWS counts them. */
  size: number;
  /** The most characters that AWS takes. */
  limit: number;
  diagnostics: Diagnostic[];
}

/** Which reading of `AWS::IoT::Certificate::SerialNumber` to take: see docs/fidelity.md. */
export type SerialNumberReading = "auto" | "subject" | "certificate";

export interface DryRunOptions {
  /** AWS Region, for the ARNs, for example `eu-west-1`. */
  region?: string;
  /** AWS account, twelve digits, for the ARNs; without it the account of the role ARN is taken. */
  accountId?: string;
  serialNumber?: SerialNumberReading;
  /** The moment of the connection, RFC 3339 (`2026-11-23T12:00:00Z`); without it the system's clock. */
  now?: string;
  /** What the caller of `RegisterThing` gives, by parameter name; for the flows `fleet` and `register-thing` only. */
  parameters?: Record<string, string>;
}

/** One attribute of a distinguished name. */
export interface NameAttribute {
  /** Dotted, for example `2.5.4.3`. */
  oid: string;
  /** Short name as OpenSSL prints it (`CN`, `serialNumber`, ...); the dotted OID where it has none. */
  name: string;
  value: string;
  /** ASN.1 string type, for example `UTF8String`. */
  encoding: string;
  /** Position in the encoded name, from 0, counted over all attributes. */
  index: number;
}

/** What jitp reads from one certificate, or why it could not. */
export interface CertificateSummary {
  /** Position in the bundle, from 0. */
  index: number;
  /** Why this entry is no readable certificate. All facts below are absent then. */
  error?: string;
  /** The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER. */
  id?: string;
  version?: number;
  /** The certificate's own serial number. */
  serialNumber?: { decimal: string; hex: string };
  subject?: NameAttribute[];
  issuer?: NameAttribute[];
  /** RFC 3339, UTC, seconds. */
  notBefore?: string;
  /** RFC 3339, UTC, seconds. */
  notAfter?: string;
  key?: { algorithm: string; bits?: number; curve?: string };
  signatureAlgorithm?: { oid: string; name: string };
  /** The certificate as PEM; absent in a plan, whose first step carries it. */
  pem?: string;
  /** The length of the DER in bytes. */
  bytes?: number;
}

/** A parameter of the template, its value for this certificate, and where the value came from. */
export interface Parameter {
  name: string;
  /** Absent where origin is `"missing"`. */
  value?: string;
  /**
   * `"subject"`: an attribute of the subject; `"certificate"`: its ID or its own serial number; `"given"`: by the caller of
   * `RegisterThing`.
   */
  origin: "subject" | "certificate" | "given" | "default" | "missing";
  /** The subject attribute taken; `others` holds further values of the same attribute, which are not used. */
  attribute?: { oid: string; index: number; encoding: string; others: string[] };
  /** Where the template declares it; absent for a predefined parameter that is used but not declared. */
  span?: Span;
}

export type StepOutcome = "done" | "failed" | "skipped";

/** One call of the AWS IoT API. */
export interface ApiCall {
  /** For example `CreateThing`. */
  action: string;
  /** The request as the API takes it; empty where the call is not made or a value that it needs is missing. */
  request: Record<string, unknown>;
  /** The ARN that results. */
  arn?: string;
}

/** One of the six steps of JITP. */
export interface Step {
  /** 1 to 6. */
  number: number;
  /** What the step is for, in a few words. */
  title: string;
  /** The step's main API action. */
  action: string;
  /** The request of the main action; empty where it is not called or a value that it needs is missing. */
  request: Record<string, unknown>;
  outcome: StepOutcome;
  /** What happens, or why it does not, in a sentence or two. */
  detail: string;
  arn?: string;
  /** The numbers of the steps whose results this one takes. */
  dependsOn: number[];
  /** The API calls that follow the main one in this step, in order. */
  more: ApiCall[];
  /** The codes of the diagnostics that belong to this step. */
  diagnostics: string[];
}

/** The thing as the plan makes it. */
export interface PlannedThing {
  logicalName: string;
  name: string;
  arn: string;
  typeName?: string;
  attributes: Record<string, string>;
  groups: string[];
  billingGroup?: string;
  /** OverrideSettings as written; a setting that is not written is absent (AWS documents no default). */
  overrides: Record<string, string>;
}

/** A policy as the plan attaches it. */
export interface PlannedPolicy {
  logicalName: string;
  /** The name; for a policy made from a document, `<hash of the document>`: AWS does not say how it is made. */
  name: string;
  arn: string;
  /** The policy document, where the template carries it. */
  document?: string;
}

/** What must exist in the account already for the plan to come true. */
export interface Precondition {
  kind: "thing-type" | "thing-group" | "billing-group" | "policy";
  name: string;
  arn: string;
}

export interface Plan {
  /** The flow that the plan is for. */
  flow: Flow;
  /**
   * `"rejected"`: AWS refuses the template when it is attached to the CA; `"fails"`: it is attached, but this device
   * stays PENDING_ACTIVATION; `"provisions"`: the device is provisioned, and must connect a second time.
   */
  verdict: "provisions" | "fails" | "rejected";
  /** One sentence that says the verdict and its first cause. */
  summary: string;
  certificate: CertificateSummary;
  parameters: Parameter[];
  /** Always six. */
  steps: Step[];
  /** The number of the step where a failing plan stops. */
  stoppedAt?: number;
  /** The status that the device certificate ends in; absent where it is never registered. */
  certificateStatus?: "ACTIVE" | "INACTIVE" | "PENDING_ACTIVATION";
  thing?: PlannedThing;
  policies: PlannedPolicy[];
  preconditions: Precondition[];
  /** Where AWS shows the cause of a failure; empty for a plan that provisions. */
  lookAt: string[];
  /** What the device has to do besides: connect again, send SNI. */
  notes: string[];
  role?: Role;
  /** Those of the template, then those of this certificate. */
  diagnostics: Diagnostic[];
}

/** What becomes of one certificate of a fleet. */
export interface FleetRow {
  /** Position in the bundle, from 0. */
  index: number;
  verdict: Plan["verdict"];
  /** The certificate ID; absent where the entry is no readable certificate. */
  certificateId?: string;
  /** The name of the thing, where the template makes one and its name is known. */
  thingName?: string;
  /** The number of the step where the plan stops. */
  stoppedAt?: number;
  /** The codes of the errors, each once. */
  codes: string[];
  /** The first error, in words. */
  cause?: string;
}

/** What becomes of every certificate of a bundle. */
export interface Fleet {
  counts: Record<Plan["verdict"], number>;
  /** In the order of the bundle. */
  rows: FleetRow[];
}

/**
 * A template: a text as it is written, or the value that a JSON text stands for, such as a template body as an object. An object is
 * taken by `JSON.stringify`; places in findings are then places in that text.
 */
export type TemplateSource = string | object;

/** Bytes or text of one or more certificates: PEM, or DER as bytes. */
export type CertificateInput = string | Uint8Array | CertificateSummary;

export type * from "./export/types.js";
