/** The rules that findings belong to. */
import type { Flow } from "./flow.js";

/** How bad a finding is. Only for an `"error"` does AWS refuse the template, or the device fail. */
export type Severity = "error" | "warning" | "hint";

/**
 * When a finding has an effect: `"attach"`, when the template is attached to the CA (`RegisterCACertificate`,
 * `UpdateCACertificate`, `CreateProvisioningTemplate`), or `"connect"`, when a device connects for the first time.
 */
export type Phase = "attach" | "connect";

/**
 * The basis of a rule: `"documented"` by AWS, `"observed"` in working samples or users' reports,
 * or `"assumed"`: AWS does not say, and jitp uses the most likely reading.
 */
export type Basis = "documented" | "observed" | "assumed";

/**
 * The place of a {@link Rule}'s examples: the whole text; members of the template body, of `Parameters`, of the thing, the certificate
 * or a policy resource; all of `Resources`; a policy document before it is escaped; the subject of the device's certificate; the text given
 * as the subject without a certificate; the text given as the certificate; the device's certificate and those of CAs; a CA and its verification
 * certificate; a text about the account.
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
  | "given-subject"
  | "pem"
  | "chain"
  | "registration"
  | "account"
  | "existing";

/** A rule of the catalogue, as `rules()` gives it and docs/rules.md shows it. */
export interface Rule {
  /** Stable code, `JITP` and three digits. */
  code: string;
  /** Name in kebab case, for example `double-encoded-body`. */
  name: string;
  /** Its heading in the catalogue. */
  group: string;
  /** How bad a finding of the rule is. */
  severity: Severity;
  /** When it has an effect. */
  phase: Phase;
  /** Its basis. */
  basis: Basis;
  /** The problem in one sentence. */
  summary: string;
  /** What is wrong, where the limit is, what to do; with `code` between backticks. */
  explanation: string;
  /** The place of the examples. */
  home: RuleHome;
  /** The flow that the examples are checked for. */
  flow: Flow;
  /** An example that breaks the rule; `⟨…⟩` stands for something longer, see the beginning of docs/rules.md. */
  wrong: string;
  /** The same example, fixed. */
  right: string;
  /** The explanation of the rule: a path from the root of the package, as in {@link Diagnostic.url}. */
  url: string;
  /** The page that the rule comes from. */
  source: string;
  /** The title of that page. */
  sourceTitle: string;
  /** The date of the page's text that the rule was last compared with: a year, or a year and a month (`2017-12`). */
  sourceDate: string;
}
