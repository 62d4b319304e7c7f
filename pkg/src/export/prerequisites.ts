/** What must exist before the first device connects. It is what the plans say: nothing here judges a template. */

import { readCertificates, Template } from "../api.js";
import { isSubject } from "../given.js";
import { sourceText } from "../source.js";
import type { CertificateInput, CertificateSummary, DryRunOptions, Flow, Plan, PolicyDocument, Precondition } from "../types.js";
import { PRECONDITIONS } from "./words.js";

/** A resource that must exist. */
export interface Prerequisite {
  kind: Precondition["kind"];
  name: string;
  /** The document of a policy, if it was given. */
  document?: string;
  /** The number of given certificates that need it; absent if every device does. */
  devices?: number;
}

/** All that must exist, each kind by itself, and what is not known of it. */
export interface Prerequisites {
  all: Prerequisite[];
  /** The number of device certificates that were given. */
  devices: number;
}

/** What the caller gives for it. */
export interface PrerequisiteOptions {
  flow: Flow;
  region?: string | undefined;
  certificates: readonly CertificateInput[];
  policies: Record<string, PolicyDocument>;
}

/** The attributes of the subject that a template can read, each with a value that no template has as a constant. */
const PROBES = ["jitp-probe-a", "jitp-probe-b"].map((value) =>
  ["C", "O", "OU", "dnQualifier", "ST", "CN", "serialNumber"].map((attribute) => `${attribute}=${value}`).join(","),
);
/** A value that a plan does not know, as the core writes it. */
const UNKNOWN = /<(certificate ID|serial number)>/;
const ORDER = Object.keys(PRECONDITIONS);

/** Reads them from the plans of the given certificates, and from plans that no device has. `notes` gets what a user must know. */
export function prerequisites(source: string, given: PrerequisiteOptions, notes: string[]): Prerequisites {
  const { flow, region, certificates, policies } = given;
  const template = new Template(source, { flow, ...(region !== undefined && { region }) });
  try {
    const [constant, depends] = constants(template, flow);
    const devices = flow === "jitp" ? certificates.flatMap((input) => devicesOf(input, notes)) : [];
    const found = new Map(constant.map((one) => [key(one), { ...one } as Prerequisite]));
    let stopped = 0;
    for (const device of devices) {
      const plan = template.dryRun(device);
      if (plan.verdict === "fails" || plan.verdict === "rejected") stopped++;
      for (const one of known(plan)) {
        const before = found.get(key(one)) ?? { ...one, devices: 0 };
        found.set(key(one), before.devices === undefined ? before : { ...before, devices: before.devices + 1 });
      }
    }
    const all = [...found.values()]
      .map((one) => withDocument(one, policies))
      .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
    remark(all, { flow, devices: devices.length, stopped, depends, policies: Object.keys(policies) }, notes);
    return { all, devices: devices.length };
  } finally {
    template.free();
  }
}

/** A name is of one kind. */
const key = ({ kind, name }: Pick<Prerequisite, "kind" | "name">) => `${kind} ${name}`;

/** What a plan needs, without names that depend on a value that it does not know. */
function known({ preconditions }: Plan): Pick<Prerequisite, "kind" | "name">[] {
  return preconditions.filter(({ name }) => !UNKNOWN.test(name)).map(({ kind, name }) => ({ kind, name }));
}

/** What every device needs, and whether a device may need more: two plans with other values in all parameters have only the constants in common. */
function constants(template: Template, flow: Flow): [constant: Pick<Prerequisite, "kind" | "name">[], depends: boolean] {
  const plans = PROBES.map((subject, i) => {
    if (flow === "jitp") return template.dryRun({ subject });
    const named = template.report.parameters.filter((name) => !name.startsWith("AWS::"));
    const options: DryRunOptions = { parameters: Object.fromEntries(named.map((name) => [name, `jitp-probe-${"ab"[i]}`])) };
    return template.dryRun("", options);
  });
  const [one, other] = plans.map(known);
  const constant = (one ?? []).filter((need) => (other ?? []).some((same) => key(same) === key(need)));
  // A name that cannot be evaluated for such a device may be one for another device.
  const depends = plans.some(({ verdict, preconditions }) => preconditions.length > constant.length || verdict === "fails");
  return [constant, depends];
}

/** The device certificates of an input. If all are CAs, they are meant as devices. */
function devicesOf(input: CertificateInput, notes: string[]): CertificateInput[] {
  if (isSubject(input)) return [input];
  if (isSummary(input)) return input.error === undefined ? [input] : [];
  const entries = readCertificates(input);
  const readable = entries.filter(({ error }) => error === undefined);
  const devices = readable.filter(({ basicConstraints }) => basicConstraints?.ca !== true);
  if (readable.length === 0) notes.push("There is no certificate in one of the given texts.");
  else if (readable.length < entries.length) notes.push(`${count(entries.length - readable.length, "entry is", "entries are")} not read.`);
  return devices.length > 0 ? devices : readable;
}

function isSummary(input: CertificateInput): input is CertificateSummary {
  return typeof input === "object" && input !== null && !(input instanceof Uint8Array);
}

function withDocument(one: Prerequisite, policies: Record<string, PolicyDocument>): Prerequisite {
  if (one.kind !== "policy" || !Object.hasOwn(policies, one.name)) return one;
  return { ...one, document: sourceText(policies[one.name] as PolicyDocument) };
}

/** Says what the export creates, and what it cannot know. */
function remark(
  all: readonly Prerequisite[],
  { flow, devices, stopped, depends, policies }: { flow: Flow; devices: number; stopped: number; depends: boolean; policies: string[] },
  notes: string[],
): void {
  const created = all.filter(isCreated);
  if (created.length > 0) notes.push(`These must exist, and are created if they are absent: ${listed(created)}.`);
  const absent = all.filter((one) => !isCreated(one));
  if (absent.length > 0) notes.push(`These must exist, and the template has no document to create them: ${listed(absent)}.`);
  if (depends && devices === 0) {
    const what = flow === "jitp" ? "the certificate: no certificate is given" : "the parameters that a device gives";
    notes.push(`What else must exist depends on ${what}.`);
  }
  if (stopped > 0) notes.push(`The template does not provision ${stopped} of ${count(devices, "device", "devices")}: see the plan.`);
  const unused = policies.filter((name) => !all.some((one) => one.kind === "policy" && one.name === name));
  if (unused.length > 0) notes.push(`The template does not name the policy ${unused.map((name) => JSON.stringify(name)).join(", ")}.`);
}

/** Whether an export can create it. */
export function isCreated({ kind, document }: Prerequisite): boolean {
  return kind !== "policy" || document !== undefined;
}

/** How many names a note has at most. */
const SHOWN = 12;

function listed(all: readonly Prerequisite[]): string {
  const words = all.slice(0, SHOWN).map(({ kind, name }) => `${PRECONDITIONS[kind]} ${name}`);
  return [...words, ...(all.length > SHOWN ? [`${all.length - SHOWN} more`] : [])].join(", ");
}

function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** Who needs it, for a comment: nothing in it comes from outside. */
export function neededBy({ devices }: Prerequisite, { devices: all }: Prerequisites): string {
  return devices === undefined ? "every device" : `${devices} of ${count(all, "given certificate", "given certificates")}`;
}
