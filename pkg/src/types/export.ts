/** Exports of templates, plans and fleets. */
import type { CertificateInput } from "./certificate.js";
import type { FleetRow } from "./fleet.js";
import type { Flow } from "./flow.js";
import type { PolicyDocument } from "./policy.js";

/** What `exportTemplate` writes: a shell script around the AWS CLI, a CloudFormation template, a Terraform configuration. */
export type ExportTarget = "cli" | "cloudformation" | "terraform";

/** How to set up a template. */
export interface ExportOptions {
  /** The flow that the template is for: `"jitp"`, or `"fleet"`, for which no CA is registered. */
  flow?: Flow;
  /** The AWS Region to register in; without it the tool's own setting is used. */
  region?: string;
  /** The provisioning role; without it the role that the source names, and if it names none, one is created. */
  roleArn?: string;
  /** With a name, a provisioning template is created and the CA refers to it. Without it the CA's registration carries the body. */
  templateName?: string;
  /** `"DEFAULT"` asks for a verification certificate, `"SNI_ONLY"` for none; without it `"DEFAULT"`, as in AWS. */
  certificateMode?: "DEFAULT" | "SNI_ONLY";
  /**
   * Device certificates, for names that depend on the certificate: a thing group from Country. The export creates what these devices need. A text
   * or bytes may be a bundle, whose CAs are left out if it has anything else.
   */
  certificates?: CertificateInput | readonly CertificateInput[];
  /** Documents of policies that the template only names, by their names. With its document a policy is created if it is absent. */
  policies?: Record<string, PolicyDocument>;
}

/** A file that `exportTemplate` wrote. */
export interface Exported {
  /** The file's content, or the empty string if there is nothing to write (then `notes` says why). */
  text: string;
  /** A name to save it under. */
  fileName: string;
  /** Its media type, for a download. */
  mediaType: string;
  /** Sentences that say what its user must know or do. */
  notes: string[];
}

/** The kind of a {@link PlanLine}. It decides the sign at the beginning of the line, and its colour if there is any. */
export type PlanTone = "title" | "heading" | "create" | "keep" | "change" | "stop" | "skipped" | "unknown" | "warning" | "detail" | "blank";

/** A line of a plan as `planLines` gives it: plain text without line ends, control characters or colours. */
export interface PlanLine {
  /** The kind of the line. */
  tone: PlanTone;
  /** The level of its indentation. */
  indent: number;
  /** `+`, `=`, `~`, `✗`, `·`, `?`, `!`, or empty. */
  sign: string;
  /** What it says. */
  text: string;
  /** Why it is so. */
  reason?: string;
}

/** An element of the picture of a plan: SVG as data, for those who build elements instead of parsing markup. */
export interface PictureElement {
  /** The name of the SVG element. */
  tag: string;
  /** Its attributes, not escaped yet. */
  attributes: Record<string, string>;
  /** Elements, and texts that are not escaped yet. */
  children: (PictureElement | string)[];
}

/** How to draw the picture. */
export interface PictureOptions {
  /**
   * Whether the colours are fixed in the picture, for a separate file (the default), or come from the CSS custom
   * properties `--picture-…` of the page around it, with the same colours if they are not set.
   */
  standalone?: boolean;
  /** Put before the ids in the picture; two pictures in one page need different ones. */
  idPrefix?: string;
  /** The width to draw it for, in pixels; default 720, at least 320. From 480 on it is in columns. */
  width?: number;
}

/** A row of a fleet, as `fleetCsv` and `fleetNdjson` write it. */
export interface FleetLine extends Omit<FleetRow, "verdict"> {
  /** `"unreadable"` if the entry is not a certificate, so that there is nothing to check. */
  verdict: FleetRow["verdict"] | "unreadable";
  /** The file that the certificate came from. */
  file?: string;
  /** A name for the certificate: its common name, or something else that tells it from others. */
  certificate?: string;
}
