/**
 * What `--format json` prints, command by command. `jitp/output.schema.json` is made of these types. Members may be added within
 * a version; where one goes away or comes to mean something else, the version of that format rises.
 */
import type { CertificateSummary, Chains, Diagnostic, Exported, Fleet, Plan, Rule, Stringified, ValidationReport } from "jitp";

/** The beginning of every output. */
interface Output<Format extends string> {
  /** What this is: the command's name after `jitp.`, or `jitp.trouble`. */
  format: Format;
  /** The version of the format. */
  version: 1;
  /** The version of jitp that wrote it. */
  jitp: string;
}

/** A file that could not be read or written, a pattern that no file matches, or a wrong command line. */
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
  /** A report a file, in the order of the command line. */
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
    /** Whether the text was changed, or would be by a run that is not dry. */
    changed: boolean;
    /** The mends, in the order in which they were applied. */
    fixes: { code: string; title: string }[];
    /** The text with the mends. */
    text: string;
    /** What is left to find in it. */
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
  /** How many come to which verdict; how many have `duplicateOf`, and how many `sameThingAs`. */
  counts: Fleet["counts"];
  /** A plan a certificate, in the order of the command line and of each bundle. */
  plans: {
    /** The certificate's file, with `#` and its number from 1 where the file holds several; absent where none was given. */
    certificate?: string;
    plan: Plan;
    /** The position in `plans` of the first with the same certificate, where this is a later one. */
    duplicateOf?: number;
    /** The position in `plans` of the first with the same thing name and another certificate. */
    sameThingAs?: number;
  }[];
  trouble: Trouble[];
}

/** `jitp cert --format json` */
export interface CertOutput extends Output<"jitp.cert"> {
  /** Whether the exit code is 0: every certificate can be read, AWS IoT accepts each as far as that was checked, and all was checked. */
  ok: boolean;
  certificates: ({ file: string } & CertificateSummary)[];
  /** Who signed whom, where there are several certificates; positions count in `certificates`, numbers in messages from 1. */
  chains?: Omit<Chains, "certificates">;
  trouble: Trouble[];
}

/** `jitp sample --format json`. The private keys are in the files alone. */
export interface SampleOutput extends Output<"jitp.sample"> {
  /** The files that were written; absent with `--commands`. */
  files?: { ca: string; caKey: string; device: string; deviceKey: string };
  /** The device's subject as `openssl req -subj` takes it. */
  subject: string;
  /** Commands for a POSIX shell that make the same with `openssl`. */
  commands: string;
  plan: Plan;
}

/** `jitp export --format json` */
export interface ExportOutput extends Output<"jitp.export"> {
  result: Exported;
}

/** `jitp rules --format json`; `jitp explain --format json` has the rules that were asked for. */
export interface RulesOutput extends Output<"jitp.rules"> {
  rules: Rule[];
}

/** What `--format json` prints where there is nothing else to print: the command line is wrong, or no file could be read. The exit code is 2. */
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
  | CertOutput
  | SampleOutput
  | ExportOutput
  | RulesOutput
  | TroubleOutput;
