/** The rules that findings belong to. */
import type { Flow } from "./flow.js";

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
