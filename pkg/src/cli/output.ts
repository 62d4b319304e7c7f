/**
 * The output of `--format json`, command by command. `jitp/output.schema.json` is derived from these types. Members can be added within
 * a version. The version of a format rises if one is removed or changes its meaning.
 */
import type {
  AccountReport,
  Access,
  AccessAnswer,
  CertificateSummary,
  Chains,
  Changed,
  DeviceDifference,
  Diagnostic,
  DocumentFindings,
  Exported,
  Fleet,
  Isolation,
  Plan,
  Rule,
  Stringified,
  ValidationReport,
} from "jitp";
import type { AuthResult } from "./can/authorization.js";
import type { Why } from "./report/why.js";

/** The beginning of every output. */
interface Output<Format extends string> {
  /** The format: the command's name after `jitp.`, or `jitp.trouble`. */
  format: Format;
  /** The version of the format. */
  version: 1;
  /** The version of jitp that wrote it. */
  jitp: string;
}

/** A file that could not be read or written, a pattern that no file matches, or an invalid command line. */
export interface Trouble {
  /** What is wrong, in a sentence. */
  message: string;
}

/** How many findings there are of each severity. */
export interface FindingCounts {
  errors: number;
  warnings: number;
  hints: number;
}

/** `jitp validate --format json` */
export interface ValidateOutput extends Output<"jitp.validate"> {
  /** Whether the exit code is 0: no error, no more warnings than allowed, and every file was read. */
  ok: boolean;
  counts: FindingCounts;
  /** A report for each file, in the order of the command line. */
  files: ({
    /** The path as given or found; `<stdin>` for standard input. */
    file: string;
  } & ValidationReport)[];
  trouble: Trouble[];
}

/** `jitp fix --format json` */
export interface FixOutput extends Output<"jitp.fix"> {
  /** Whether the exit code is 0. */
  ok: boolean;
  files: {
    file: string;
    /** Whether the text was changed, or would be without `--dry-run`. */
    changed: boolean;
    /** The fixes, in the order in which they were applied. */
    fixes: { code: string; title: string }[];
    /** The text with the fixes. */
    text: string;
    /** The findings that are left. */
    diagnostics: Diagnostic[];
  }[];
  trouble: Trouble[];
}

/** `jitp stringify --format json` */
export interface StringifyOutput extends Output<"jitp.stringify"> {
  result: Stringified;
}

/** `jitp unstringify --format json` */
export interface UnstringifyOutput extends Output<"jitp.unstringify"> {
  result: Stringified;
}

/** `jitp plan --format json` */
export interface PlanOutput extends Output<"jitp.plan"> {
  /** Whether every device is provisioned. */
  ok: boolean;
  /** The template's file. */
  template: string;
  /** The number of each verdict, of `duplicateOf` and of `sameThingAs`. */
  counts: Fleet["counts"];
  /** A plan for each certificate, in the order of the command line and of each bundle. */
  plans: {
    /** The certificate's file, with `#` and its number from 1 if the file has several; absent without a certificate. */
    certificate?: string;
    plan: Plan;
    /** With `--why`: the values that it asks for, each with the parameters that it uses. `plan.values` has all. */
    why?: Why[];
    /** The position in `plans` of the first with the same certificate, if this is a later one. */
    duplicateOf?: number;
    /** The position in `plans` of the first with the same thing name and another certificate. */
    sameThingAs?: number;
  }[];
  trouble: Trouble[];
}

/** `jitp diff --format json` */
export interface DiffOutput extends Output<"jitp.diff"> {
  /** Whether the exit code is 0: nothing differs, all was compared, and every file was read. */
  ok: boolean;
  /** The first side: the name of a template, or of a device. */
  before: string;
  /** The second side. */
  after: string;
  /** What was compared: two versions of a template, or two devices by one template. */
  compared: "templates" | "devices";
  /** How many devices were compared, how many differ, and for how many of the others not all could be compared. */
  counts: { devices: number; different: number; notCompared: number };
  /** How many devices have the thing of an earlier one, with each version of the template; absent if it is the same. */
  sameThing?: Changed<number>;
  /** The devices that differ, or for which not all could be compared, in the order of the command line and of each bundle. */
  differences: DeviceDifference[];
  trouble: Trouble[];
}

/** `jitp can --format json`: the response of AWS's API `TestAuthorization`, with more members. */
export interface CanOutput extends Output<"jitp.can"> {
  /** Whether the exit code is 0: every answer is "allowed", or the one that `--expect` names. */
  ok: boolean;
  /**
   * An answer to each request, in order. Without a request there is none; unless it is known that the device is provisioned, there is one to a connection.
   */
  authResults: AuthResult[];
  /** Without a request: all that the plan says of access. `connects` is the answer. Absent unless it is known that the device is provisioned. */
  access?: Access;
  /** With `--as-other`: whether the device may act as another one of the template. */
  asOther?: AsOther;
  /** The findings in the policy documents that were given. */
  documents: DocumentFindings[];
  trouble: Trouble[];
}

/** Whether a device may act as another one of its template. */
export interface AsOther {
  /** "denied" if the devices are isolated. */
  answer: AccessAnswer;
  /** The reason, in a sentence or two. */
  reason: string;
  /** What the plan says. Absent if no two devices can be compared. */
  isolation?: Isolation;
}

/** `jitp cert --format json` */
export interface CertOutput extends Output<"jitp.cert"> {
  /** Whether the exit code is 0: every certificate can be read, AWS IoT accepts each of them, and every check was possible. */
  ok: boolean;
  certificates: ({ file: string } & CertificateSummary)[];
  /** Who signed whom, if there are several certificates; positions count in `certificates`, numbers in messages from 1. */
  chains?: Omit<Chains, "certificates">;
  trouble: Trouble[];
}

/** `jitp account --format json` */
export interface AccountOutput extends Output<"jitp.account">, AccountReport {
  /** Whether the exit code is 0: every text was read, and no finding is an error. */
  ok: boolean;
  trouble: Trouble[];
}

/** `jitp sample --format json`. The private keys are only in the files. */
export interface SampleOutput extends Output<"jitp.sample"> {
  /** The files that were written; absent with `--commands`. */
  files?: { ca: string; caKey: string; device: string; deviceKey: string };
  /** The device's subject as `openssl req -subj` accepts it. */
  subject: string;
  /** Commands for a POSIX shell that create the same with `openssl`. */
  commands: string;
  plan: Plan;
}

/** `jitp export --format json` */
export interface ExportOutput extends Output<"jitp.export"> {
  result: Exported;
}

/** `jitp rules --format json`; `jitp explain --format json` has the named rules. */
export interface RulesOutput extends Output<"jitp.rules"> {
  rules: Rule[];
}

/** The output of `--format json` if the command line is invalid or no file could be read. The exit code is 2. */
export interface TroubleOutput extends Output<"jitp.trouble"> {
  ok: false;
  trouble: Trouble[];
}

/** Any output. */
export type JitpOutput =
  | ValidateOutput
  | FixOutput
  | StringifyOutput
  | UnstringifyOutput
  | PlanOutput
  | DiffOutput
  | CanOutput
  | CertOutput
  | AccountOutput
  | SampleOutput
  | ExportOutput
  | RulesOutput
  | TroubleOutput;
