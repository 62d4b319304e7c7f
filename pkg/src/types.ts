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
 * given as the certificate; the device's certificate and those of CAs; a CA and its verification certificate.
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
  | "pem"
  | "chain"
  | "registration";

/** A rule of the catalogue, as `rules()` gives it and docs/rules.md shows it. */
export interface Rule {
  /** Stable code, `JITP` and three digits. */
  code: string;
  /** Name in kebab case, for example `double-encoded-body`. */
  name: string;
  /** The heading that it stands under. */
  group: string;
  /** How bad a finding of the rule is. */
  severity: Severity;
  /** When it bites. */
  phase: Phase;
  /** What it stands on. */
  basis: Basis;
  /** The rule in one sentence. */
  summary: string;
  /** Why it is so, what follows, what to do; with `code` between backticks. */
  explanation: string;
  /** Where the examples stand. */
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
  /** The date of the page's text that the rule was last compared with: a year, or a year and a month (`2017-12`). */
  sourceDate: string;
}

/** A place in the text as it was given: UTF-16 offset from 0; line and column (in UTF-16 units) from 1. */
export interface Position {
  /** UTF-16 offset, from 0: an index into the string. */
  offset: number;
  /** From 1. */
  line: number;
  /** In UTF-16 units, from 1. */
  column: number;
}

/** A stretch of the text as it was given; `end` is exclusive. */
export interface Span {
  /** The first character. */
  start: Position;
  /** Behind the last character. */
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
  /** What the edits do, in a few words. */
  title: string;
  /** Texts to put in place of spans; an empty span is an insertion. */
  edits: { span: Span; text: string }[];
}

/** One finding, at the place in the outermost text that causes it, through every level of escaping. */
export interface Diagnostic {
  /** Stable code, `JITP` and three digits; the catalogue is in docs/rules.md. */
  code: string;
  /** How bad it is. */
  severity: Severity;
  /** When it bites. */
  phase: Phase;
  /** What the rule stands on. */
  basis: Basis;
  /** What is wrong, in a sentence; code stands between backticks. */
  message: string;
  /** What to do about it. */
  help?: string;
  /** The option of the call that settles it, such as `roleArn` for `stringify`; `help` does not name it. */
  option?: "flow" | "parameters" | "roleArn" | "serialNumber";
  /** Where the rule is explained: a path from the root of the package, `docs/rules.md#JITP012`. */
  url: string;
  /** Where it is wrong; absent where no place in the text is. */
  span?: Span;
  /** JSON pointer into the template body. */
  path?: string;
  /** Other places that have to do with it. */
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
  /** The input of `CreateProvisioningTemplateVersion`. */
  | "create-version-input"
  /** The input of `UpdateProvisioningTemplate`, which carries no template. */
  | "update-template-input"
  /** The input of `RegisterThing` or `StartThingRegistrationTask`. */
  | "register-thing-input"
  /** The output of `DescribeProvisioningTemplate`, of its version, or of `DescribeCACertificate`. */
  | "describe-output"
  /** The properties of CloudFormation's `AWS::IoT::ProvisioningTemplate` or `AWS::IoT::CACertificate`. */
  | "cloudformation-properties"
  | "unknown";

/** A resource that a template declares. */
export interface ResourceSummary {
  /** The name in the template, which AWS does not keep. */
  logicalName: string;
  /** The declared type, for example `AWS::IoT::Thing`; absent where the resource has none. */
  type?: string;
  /** Where the logical name is written. */
  span: Span;
}

/** The provisioning role, and what nothing in the text can prove about it. */
export interface Role {
  /** The ARN as written. */
  arn: string;
  /** The managed policy that the role needs. */
  managedPolicyArn: string;
  /** The trust policy that the role needs, as a JSON text ready to copy. */
  trustPolicy: string;
  /** Sentences to show beside the role: what must hold in the account. */
  requirements: string[];
}

/** What can be said of a template before any device connects. */
export interface ValidationReport {
  /** Whether no finding is an error. */
  ok: boolean;
  /** What the text is. */
  kind: InputKind;
  /** The flow that it was judged for. */
  flow: Flow;
  /** The flow that it is written for, where that is certainly another one than the `jitp` that it was judged for. */
  writtenFor?: Flow;
  /** In the order of the text. */
  diagnostics: Diagnostic[];
  /** The names of the declared parameters, in order. */
  parameters: string[];
  /** The declared resources, in order. */
  resources: ResourceSummary[];
  /** Characters of the `templateBody` string, as AWS counts them, and the most that AWS takes. */
  size: { templateBody: number; limit: number };
  /** The provisioning role, where the text names one. */
  role?: Role;
  /** The template's name, where the text gives one. */
  templateName?: string;
  /**
   * The certificate of the CA that the registration config belongs to, in PEM; absent if the text does not carry it. It is the CA to
   * give to `verifyIssuer`: a plan without the answer of that is `"unknown"`, or fails if the names alone show that the CA did not sign.
   */
  caCertificatePem?: string;
  /** What carries that certificate, in words: `an output of DescribeCACertificate`. */
  caCertificateFrom?: string;
}

/** How a template is to be written. */
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

/** A template as it is sent to AWS, or its body for reading. */
export interface Stringified {
  /** The result, or the empty string where the source cannot be read (then `diagnostics` says why). */
  text: string;
  /** Characters of the template body, as AWS counts them. */
  size: number;
  /** The most characters that AWS takes. */
  limit: number;
  /** What is wrong with the source, and with the result. */
  diagnostics: Diagnostic[];
}

/** Which reading of `AWS::IoT::Certificate::SerialNumber` to take: see docs/fidelity.md. */
export type SerialNumberReading = "auto" | "subject" | "certificate";

/** What a dry run is told besides the template and the certificate. */
export interface DryRunOptions {
  /** AWS Region, for the ARNs, for example `eu-west-1`. */
  region?: string;
  /** AWS account, twelve digits, for the ARNs; without it the account of the role ARN is taken. */
  accountId?: string;
  /** Without it `"auto"`: the attribute of the subject where there is one, else the certificate's own serial number. */
  serialNumber?: SerialNumberReading;
  /** The moment of the connection, RFC 3339 (`2026-11-23T12:00:00Z`); without it the system's clock. */
  now?: string;
  /** What the caller of `RegisterThing` gives, by parameter name; for the flows `fleet` and `register-thing` only. */
  parameters?: Record<string, string>;
  /**
   * Whether the CA that is to be registered signed the certificate, as `verifyIssuer` found out; for one certificate, in JITP. Without it the
   * plan says that it was not checked. With a check that could not be made, or one of another certificate, the verdict is `"unknown"`.
   */
  issuer?: IssuerCheck;
}

/** What a dry run of many certificates is told besides the template and the bundle. */
export interface FleetOptions extends Omit<DryRunOptions, "issuer"> {
  /** For each entry of the bundle, in its order, whether the CA signed it, as `verifyIssuers` found out; in JITP. */
  issuers?: readonly IssuerCheck[];
}

/** One attribute of a distinguished name. */
export interface NameAttribute {
  /** Dotted, for example `2.5.4.3`. */
  oid: string;
  /** Short name as OpenSSL prints it (`CN`, `serialNumber`, ...); the dotted OID where it has none. */
  name: string;
  /** The value as text. */
  value: string;
  /** ASN.1 string type, for example `UTF8String`. */
  encoding: string;
  /** Position in the encoded name, from 0, counted over all attributes. */
  index: number;
}

/** A distinguished name as people write it. */
export interface NameText {
  /** As RFC 4514 writes it, the last attribute first: `CN=sensor-0001,O=Example,C=DE`. */
  rfc4514: string;
  /** As OpenSSL prints it on one line: `C = DE, O = Example, CN = sensor-0001`. */
  openssl: string;
}

/** What an entry of a bundle is. `"nothing"`: neither armored nor DER; `"damaged"`: a certificate that cannot be read. */
export type EntryKind =
  | "certificate"
  | "certificate-request"
  | "private-key"
  | "public-key"
  | "revocation-list"
  | "pkcs7"
  | "pkcs12"
  | "parameters"
  | "damaged"
  | "unknown"
  | "nothing"
  | "empty";

/** An object identifier and what OpenSSL calls it; without a name it is its own. */
export interface NamedOid {
  /** Dotted. */
  oid: string;
  /** As OpenSSL calls it; the dotted OID where it has no name. */
  name: string;
}

/** What jitp reads from one certificate, or why it could not. */
export interface CertificateSummary {
  /** Position in the bundle, from 0. */
  index: number;
  /** What the entry is. */
  kind: EntryKind;
  /**
   * Why this entry is no readable certificate. All facts below are absent then, but for a certificate signing request: `subject` and
   * `subjectText` are what it asks for.
   */
  error?: string;
  /** The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER. */
  id?: string;
  /** 1, 2 or 3. */
  version?: number;
  /** The certificate's own serial number: signed decimal, and upper-case hex. */
  serialNumber?: { decimal: string; hex: string };
  /** The attributes of the subject, in encoded order. */
  subject?: NameAttribute[];
  /** The attributes of the issuer, in encoded order. */
  issuer?: NameAttribute[];
  /** RFC 3339, UTC, seconds. */
  notBefore?: string;
  /** RFC 3339, UTC, seconds. */
  notAfter?: string;
  /** The public key: `"RSA"`, `"EC"` …; the bits of the modulus or of the field; the curve of an EC key. */
  key?: { algorithm: string; bits?: number; curve?: string };
  /** The algorithm with which the issuer signed. */
  signatureAlgorithm?: NamedOid;
  /** The length of the DER in bytes. */
  bytes?: number;
  /** The certificate as PEM. This and all that follows is absent in a plan, whose first step carries the PEM. */
  pem?: string;
  /** The subject as people write it. */
  subjectText?: NameText;
  /** The issuer as people write it. */
  issuerText?: NameText;
  /** The hashes of the DER: upper-case hex, a colon between octets. */
  fingerprints?: { sha256: string; sha1: string };
  /** The names in `subjectAltName`. */
  subjectAltName?: {
    type: "dns" | "email" | "uri" | "ip" | "directory" | "registered-id" | "other";
    value: string;
  }[];
  /** The purposes in `keyUsage`, as RFC 5280 names them: `digitalSignature`, ... */
  keyUsage?: string[];
  /** The purposes in `extendedKeyUsage`: `clientAuth`, ... */
  extendedKeyUsage?: NamedOid[];
  /** `pathLength`: how many CAs may follow below it. */
  basicConstraints?: { ca: boolean; pathLength?: number };
  /** Upper-case hex, a colon between octets. */
  subjectKeyId?: string;
  /** The key identifier in `authorityKeyIdentifier`, in the same form. */
  authorityKeyId?: string;
  /** Every extension, in encoded order; `bytes` is the length of its value. */
  extensions?: { oid: string; name: string; critical: boolean; bytes: number }[];
  /** What is odd about the certificate, and what AWS IoT does not accept of it, whoever holds it. */
  diagnostics?: Diagnostic[];
}

/** The moment by which dates are judged. */
export interface MomentOptions {
  /** RFC 3339; without it the system's clock is taken. */
  now?: string;
}

/**
 * What is known of a signature: that it was made with the issuer's key, that it was not, or nothing, since nobody has looked or the algorithm
 * is none that WebCrypto verifies.
 */
export type SignatureVerdict = "verified" | "not-verified" | "not-checked";

/** Whether a CA signed a device's certificate, as `verifyIssuer` found out. Give it to `dryRun` as `options.issuer`. */
export interface IssuerCheck {
  /** Whether the CA signed the certificate. */
  signature: SignatureVerdict;
  /** The same as a sentence. */
  reason: string;
  /** The ID of the device's certificate, to which the check belongs. */
  certificateId?: string;
  /** The ID of the CA's certificate. */
  caId?: string;
  /** The CA's subject on one line. */
  ca?: string;
  /** Whether the CA's subject is the issuer that the device's certificate names. */
  namesMatch: boolean;
  /** Whether the key identifiers of the two agree, where both name one. */
  keyIdsMatch?: boolean;
  /** What is wrong with the signature or with the CA. */
  diagnostics: Diagnostic[];
}

/** Certificates, and who signed whom, as `verifyChains` found out. Positions count in `certificates`. */
export interface Chains {
  /** Every entry that was given, in order. */
  certificates: CertificateSummary[];
  /** For each certificate those with its issuer's name, and whether they signed it; its own position where it is signed by itself. */
  links: { certificate: number; issuer: number; signature: SignatureVerdict; reason: string; keyIdsMatch?: boolean }[];
  /** For each certificate that is not a CA's: the CA that signed it, which is the one to register; the way up; whether that ends in a root. */
  devices: { index: number; signingCa?: number; path: number[]; complete: boolean }[];
  /** What is wrong with the chains, and with the CAs that signed a device. */
  diagnostics: Diagnostic[];
}

/** How a CA is registered: with a verification certificate, or without one, for devices that send Server Name Indication. */
export type CertificateMode = "DEFAULT" | "SNI_ONLY";

/** How a CA is to be registered. */
export interface CaRegistrationOptions extends MomentOptions {
  /** Without it `"DEFAULT"`. */
  mode?: CertificateMode;
  /** What `aws iot get-registration-code` printed. */
  registrationCode?: string;
  /** The certificate that proves that you hold the CA's private key; for `DEFAULT` mode. */
  verificationCertificate?: CertificateInput;
}

/** Whether a CA can be registered, and how. */
export interface CaRegistration {
  /** How it would be registered. */
  mode: CertificateMode;
  /** Whether nothing was found that AWS IoT refuses, and the verification certificate could be checked (else JITP138). */
  ok: boolean;
  /** What was read from the CA's certificate. */
  ca: CertificateSummary;
  /** The verification certificate, where one was given. `codeMatches` is absent where no registration code was. */
  verification?: {
    certificate: CertificateSummary;
    commonName?: string;
    codeMatches?: boolean;
    signature: SignatureVerdict;
    reason: string;
  };
  /** The request of `RegisterCACertificate`, but for the registration config. */
  request: Record<string, unknown>;
  /** Commands for a POSIX shell that register it, with the files that they take. */
  commands: string;
  /** What AWS IoT objects to, or may. */
  diagnostics: Diagnostic[];
}

/** Options of `sampleCertificates`: those of the template, of its dry run, and the moment from which the certificates are valid. */
export interface SampleOptions extends TemplateOptions, MomentOptions {
  /** As in {@link DryRunOptions}. */
  serialNumber?: SerialNumberReading;
  /** The parameters that the caller of `RegisterThing` gives; for the other flows. */
  parameters?: Record<string, string>;
}

/** A throw-away CA and a device certificate that satisfy a template. The private keys are made anew each time and kept nowhere. */
export interface SampleCertificates {
  /** Both PEM. */
  ca: { pem: string; privateKey: string };
  /** Both PEM. */
  device: { pem: string; privateKey: string };
  /** The device's subject as `openssl req -subj` takes it. */
  subject: string;
  /** Commands for a POSIX shell that make the same with `openssl`. */
  commands: string;
  /** What JITP does with the device. */
  plan: Plan;
}

/** A parameter of the template, its value for this certificate, and where the value came from. */
export interface Parameter {
  /** The full name, for example `AWS::IoT::Certificate::CommonName`. */
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

/** How far a step comes: it happens; the plan stops at it; it is never reached; nobody knows, since a check could not be made. */
export type StepOutcome = "done" | "failed" | "skipped" | "unknown";

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
  /** How far the step comes. */
  outcome: StepOutcome;
  /** What happens, or why it does not, in a sentence or two. */
  detail: string;
  /** The ARN that results from the main action. */
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
  /** The name of the resource in the template. */
  logicalName: string;
  /** The thing's name. */
  name: string;
  /** The thing's ARN; what is not known of it stands in `<…>`. */
  arn: string;
  /** The name of its thing type. */
  typeName?: string;
  /** Its attributes, by name. */
  attributes: Record<string, string>;
  /** The names of the thing groups that it is put into, in order. */
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
  /** The name; for a policy made from a document, `<hash of the document>`: AWS does not say how it is made. */
  name: string;
  /** The policy's ARN. */
  arn: string;
  /** The policy document, where the template carries it. */
  document?: string;
}

/** What must exist in the account already for the plan to come true. */
export interface Precondition {
  /** What it is. */
  kind: "thing-type" | "thing-group" | "billing-group" | "policy";
  /** Its name. */
  name: string;
  /** Its ARN. */
  arn: string;
}

/**
 * Where the certificate of the CA comes from: `"text"`, from the text of the template itself, such as the output of `DescribeCACertificate`;
 * `"given"`, from elsewhere.
 */
export type CaOrigin = "text" | "given";

/** What becomes of one device: the verdict, and the steps that lead to it. */
export interface Plan {
  /** The flow that the plan is for. */
  flow: Flow;
  /**
   * `"rejected"`: AWS refuses the template when it is attached to the CA; `"fails"`: it is attached, but this device
   * stays PENDING_ACTIVATION; `"provisions"`: the device is provisioned, and must connect a second time; `"unknown"`: nothing stops
   * the device, but a check that was asked for could not be made; `"not-a-template"`: the text is not a template of any kind.
   */
  verdict: "provisions" | "fails" | "rejected" | "unknown" | "not-a-template";
  /** One sentence that says the verdict, what it stands on, and its first cause. */
  summary: string;
  /** What the rule of that cause stands on, for `"fails"` and `"rejected"`. */
  basis?: Basis;
  /** What was read from the device's certificate. */
  certificate: CertificateSummary;
  /** What is known of the CA that is to be registered; in JITP only. */
  issuer?: { signature: SignatureVerdict; reason: string; caId?: string; ca?: string; origin?: CaOrigin };
  /** The template's parameters with their values, in its order. */
  parameters: Parameter[];
  /** Always six. */
  steps: Step[];
  /** The number of the step where a failing plan stops. */
  stoppedAt?: number;
  /** The status that the device certificate ends in; absent where it is never registered. */
  certificateStatus?: "ACTIVE" | "INACTIVE" | "PENDING_ACTIVATION";
  /** The thing, where the template makes one and its name is known. */
  thing?: PlannedThing;
  /** The policies that are attached to the certificate. */
  policies: PlannedPolicy[];
  /** What must exist in the account already. */
  preconditions: Precondition[];
  /** Where AWS shows the cause of a failure; empty for a plan that provisions. */
  lookAt: string[];
  /** What the device has to do besides: connect again, send SNI. */
  notes: string[];
  /** The provisioning role, where the text names one. */
  role?: Role;
  /** Those of the template, then those of this certificate. */
  diagnostics: Diagnostic[];
}

/** What a row of a fleet has in common with an earlier one. */
export type Twins = Pick<FleetRow, "duplicateOf" | "sameThingAs">;

/** What becomes of one certificate of a fleet. */
export interface FleetRow {
  /** Position in the bundle, from 0. */
  index: number;
  /** What becomes of the device. */
  verdict: Plan["verdict"];
  /** The certificate ID; absent where the entry is no readable certificate. */
  certificateId?: string;
  /** The name of the thing, where the template makes one and its name is known. */
  thingName?: string;
  /** The number of the step where the plan stops. */
  stoppedAt?: number;
  /** The codes of what the verdict rests on, each once, that of the cause first: the errors, or the check that was not made. */
  codes: string[];
  /** The cause, in words. */
  cause?: string;
  /** As in {@link Plan}. */
  basis?: Basis;
  /** The `index` of the first row with the same certificate, where this is a later one. */
  duplicateOf?: number;
  /** The `index` of the first row with the same thing name and another certificate: both devices would be one thing. */
  sameThingAs?: number;
}

/** What becomes of every certificate of a bundle. */
export interface Fleet {
  /** How many devices come to which verdict; how many rows have `duplicateOf`, and how many `sameThingAs`. */
  counts: Record<Plan["verdict"] | "duplicates" | "sameThing", number>;
  /** In the order of the bundle. */
  rows: FleetRow[];
}

/**
 * A template: a text as it is written, the bytes of one (`Uint8Array` or `ArrayBuffer`, read as UTF-8), or the value that a JSON text
 * stands for, such as a template body as an object. An object is taken by `JSON.stringify`; places in findings are then places in
 * that text.
 */
export type TemplateSource = string | object;

/** Bytes or text of one or more certificates: PEM, or DER as bytes. */
export type CertificateInput = string | Uint8Array | CertificateSummary;

export type * from "./export/types.js";

/**
 * In which form a private key was found: `"armor"`, between a BEGIN and an END line (PEM, OpenSSH, PGP); `"base64"` or `"hex"` without such
 * lines, key stores included; `"dump"`, in a dump with offsets; `"numbers"`, byte by byte as decimal numbers; `"members"`, as a member of a JSON Web Key or of another object; `"putty"`, in a key file of
 * PuTTY; `"wrapped"`, inside a text that is in base64 or hex as a whole.
 */
export type KeyForm = "armor" | "base64" | "hex" | "dump" | "numbers" | "members" | "putty" | "wrapped";

/** A private key in a text. */
export interface FoundKey {
  /** Its form. */
  form: KeyForm;
  /** Where its private part stands, in UTF-16 offsets. */
  span: Span;
}

/** A text without its private keys, as {@link redactPrivateKeys} gives it. */
export interface Redacted {
  /** The text, as long as before; every letter and digit of a private key is an `x`. */
  text: string;
  /** What was found, in order; empty where the text is as it was. */
  found: FoundKey[];
}
