/** `jitp diff` */
import { type Command, Option } from "commander";
import { type Changed, type DeviceDifference, diffPlans, readCertificates, Template, validate } from "jitp";
import { complain, type Context, json } from "../context.js";
import { CLEAN, FINDINGS, Misuse, UNKNOWN } from "../exit.js";
import { type Input, readAll, readCa, readOne } from "../input.js";
import { checkOptions, formats, withAccess, withCheckOptions, withRun } from "../options.js";
import type { DiffOutput } from "../output.js";
import { type Compared, differencesMarkdown, differencesText, MANY } from "../report/differences.js";
import type { PlannedFleet } from "../report/plans.js";
import { readVersion } from "../revision.js";
import { checkFlow, planAll, type RunOptions, runOptions } from "./plan.js";

/** A device of `--cert` or `--subject`. */
type Named = { cert: string } | { subject: string };

interface Options extends RunOptions {
  format: "text" | "json" | "markdown";
  ca?: string;
  details?: "all" | "none";
}

const AFTER = `
With one template two devices are compared, each by --cert or --subject, in the order of the command line. With two templates each device
is compared with itself, by the older and by the newer version; files after the second template are certificates, as those of --cert are.
A template is a file, - for standard input, or a file in a git revision, REVISION:PATH. If there is a file with that name, it is read.

Signs: + is only in the second plan, - only in the first, ~ is in both and differs. White space in a policy document, the order of groups and
the line of a finding are not a difference. Neither is what goes into a plan: the certificate, its ID and the values of parameters.

The exit code is that of diff: 0 without a difference, 1 with one, 2 if something cannot be read. It is 3 if no difference was found and not
all could be compared. Whether devices are provisioned does not count.

Examples:
  jitp diff HEAD~1:template.json template.json 'devices/*.pem'
  jitp diff main:./template.json template.json --subject /CN=lamp-1 --format markdown
  jitp diff template.json --cert works.pem --cert fails.pem
  jitp diff fleet.json fleet-2.json --flow fleet --parameter SerialNumber=4711`;

export function addDiff(program: Command, context: Context): void {
  const devices: Named[] = [];
  const command = program
    .command("diff")
    .description("Show what differs for devices: between two versions of a template, or between two devices")
    .argument("<template>", "A template of any kind; the older version if there are two. A file, or REVISION:PATH in git")
    .argument("[newer]", "The newer version of the template")
    .argument("[certificate...]", "Device certificates: PEM, DER, bundles")
    .addOption(formats("text", "json", "markdown"))
    .addOption(
      new Option("--cert <file>", "A device's certificate. Can be repeated").argParser((cert: string) => void devices.push({ cert })),
    )
    .addOption(
      new Option("--subject <name>", "The subject of a device, instead of a certificate. Can be repeated").argParser(
        (subject: string) => void devices.push({ subject }),
      ),
    )
    .option("--ca <file>", "Verify that this CA signed each certificate. Default: the CA certificate in the template's text, if any")
    .addOption(
      new Option(
        "--details <which>",
        `Whether details follow the table of several devices. Default: all, or none if more than ${MANY} devices differ`,
      ).choices(["all", "none"]),
    );
  withRun(withCheckOptions(withAccess(command)))
    .addHelpText("after", AFTER)
    .action((template: string, newer: string | undefined, certificates: string[], options: Options) =>
      run(template, newer, [...certificates.map((cert) => ({ cert })), ...devices], options, context),
    );
}

async function run(name: string, newer: string | undefined, named: Named[], options: Options, context: Context): Promise<void> {
  const { terminal } = context;
  check(name, newer, named, options);
  const [old, young] = newer === undefined ? [readVersion(name)] : [readVersion(name), readVersion(newer)];
  for (const version of [old, young]) if (version !== undefined) refuseCertificate(version);
  const run: Run = {
    given: runOptions(options),
    ca: options.ca === undefined ? undefined : readCa(options.ca),
    options,
    context,
    trouble: [],
  };
  const compared = young === undefined ? await twoDevices(old, named, run) : await twoVersions(old, young, named, run);
  if (compared === undefined) return;
  const { devices } = compared;
  const different = devices.filter(({ difference }) => !difference.same).length;
  const shown = devices.filter(({ difference }) => !difference.same || difference.notCompared.length > 0);
  const notCompared = shown.length - different;
  context.exit(different > 0 ? FINDINGS : notCompared > 0 ? UNKNOWN : CLEAN);
  if (options.format === "markdown") return terminal.out(differencesMarkdown(compared, options.details));
  if (options.format === "text") return terminal.say(differencesText(compared, options.details, terminal));
  const { before, after, sameThing } = compared;
  const output: DiffOutput = {
    format: "jitp.diff",
    version: 1,
    jitp: context.version,
    ok: shown.length === 0 && run.trouble.length === 0,
    before,
    after,
    compared: young === undefined ? "devices" : "templates",
    counts: { devices: devices.length, different, notCompared },
    ...(sameThing === undefined ? {} : { sameThing }),
    differences: shown,
    trouble: run.trouble.map(({ message }) => ({ message })),
  };
  terminal.out(json(output));
}

function check(name: string, newer: string | undefined, named: readonly Named[], options: Options): void {
  checkFlow(options);
  if (newer === undefined && named.length !== 2) {
    throw new Misuse(
      "diff compares two templates, or two devices by one template",
      "jitp diff old.json new.json device.pem, or jitp diff template.json --cert a.pem --cert b.pem",
    );
  }
  if (named.length === 0 && options.flow === "jitp") {
    throw new Misuse(
      "just-in-time provisioning needs a device certificate, or its subject",
      "jitp diff old.json new.json device.pem, or jitp diff old.json new.json --subject /CN=lamp-1",
    );
  }
  if (options.ca !== undefined && !named.some((device) => "cert" in device)) {
    throw new Misuse("--ca needs a certificate: a subject has no signature to verify");
  }
  if (options.details !== undefined && options.format === "json") {
    throw new Misuse("--details is for the formats text and markdown: JSON always has every difference");
  }
  const files = new Set(named.flatMap((device) => ("cert" in device ? [device.cert] : [])));
  const others = [name, newer, ...files, options.ca, ...(options.policy ?? []), ...(options.groupPolicy ?? [])];
  if (others.filter((one) => one === "-" || /^[^=]*=-$/.test(one ?? "")).length > 1) {
    throw new Misuse("only one of the templates, the certificates and the CA can come from standard input");
  }
}

/** Refuses a certificate that is given as a template: two certificates look like two versions of a template. */
function refuseCertificate({ name, bytes }: Input): void {
  if (validate(bytes).kind !== "unknown" || readCertificates(bytes).every(({ error }) => error !== undefined)) return;
  throw new Misuse(
    `${name} is a certificate, and not a template`,
    "to compare two devices: jitp diff template.json --cert a.pem --cert b.pem",
  );
}

/** What all plans of a run have in common. */
interface Run {
  given: ReturnType<typeof runOptions>;
  ca: Buffer | undefined;
  options: Options;
  context: Context;
  trouble: Misuse[];
}

/** Two devices by one template. */
async function twoDevices(source: Input, named: readonly Named[], run: Run): Promise<Compared | undefined> {
  return withTemplate(source, run, async (template) => {
    const sides: { name: string; rows: PlannedFleet["rows"] }[] = [];
    for (const device of named) {
      const inputs = "cert" in device ? [readOne(device.cert)] : [];
      const { rows } = await fleet(template, inputs, "subject" in device ? device.subject : undefined, run, run.context);
      const name = "cert" in device ? (inputs[0]?.name ?? "") : device.subject;
      if (rows.length !== 1) throw new Misuse(`${name} has ${rows.length} certificates, and one is compared`, "write the one to a file");
      sides.push({ name, rows });
    }
    const [before, after] = sides.map(({ rows }) => rows[0]?.plan());
    if (before === undefined || after === undefined) return undefined;
    return {
      before: sides[0]?.name ?? "",
      after: sides[1]?.name ?? "",
      devices: [{ device: sides[1]?.name ?? "", difference: diffPlans(before, after) }],
    };
  });
}

/** Each device by two versions of a template. */
async function twoVersions(old: Input, young: Input, named: readonly Named[], run: Run): Promise<Compared | undefined> {
  const { context, trouble } = run;
  const files = named.flatMap((device) => ("cert" in device ? [device.cert] : []));
  const subjects = named.flatMap((device) => ("subject" in device ? [device.subject] : []));
  const read = readAll(files, "*.pem");
  trouble.push(...read.trouble);
  for (const one of trouble) complain(context, one);
  if (read.inputs.length === 0 && subjects.length === 0 && files.length > 0) return undefined;
  return withTemplate(old, run, (first) =>
    withTemplate(young, run, async (second) => {
      const devices: DeviceDifference[] = [];
      let sameThing: Changed<number> | undefined;
      const compare = async (inputs: readonly Input[], subject: string | undefined) => {
        const before = await fleet(first, inputs, subject, run, context);
        // What is left out of a bundle is said once.
        const quiet = { ...context, terminal: { ...context.terminal, err: () => undefined } };
        const after = await fleet(second, inputs, subject, run, quiet);
        before.rows.forEach(({ from, plan }, i) => {
          const other = after.rows[i];
          if (other !== undefined) devices.push({ device: subject ?? from, difference: diffPlans(plan(), other.plan()) });
        });
        const counts = { before: before.counts.sameThing, after: after.counts.sameThing };
        if (counts.before !== counts.after) sameThing = counts;
      };
      if (read.inputs.length > 0 || subjects.length === 0) await compare(read.inputs, undefined);
      for (const subject of new Set(subjects)) await compare([], subject);
      return { before: old.name, after: young.name, devices, ...(sameThing === undefined ? {} : { sameThing }) };
    }),
  );
}

async function withTemplate<Result>(source: Input, { options }: Run, work: (template: Template) => Promise<Result>): Promise<Result> {
  const template = new Template(source.bytes, checkOptions(options));
  try {
    return await work(template);
  } finally {
    template.free();
  }
}

/** The plans of certificates, or of a subject. */
function fleet(
  template: Template,
  inputs: readonly Input[],
  subject: string | undefined,
  { given, ca, options }: Run,
  context: Context,
): Promise<PlannedFleet> {
  // A text about one CA, such as the output of DescribeCACertificate, carries its certificate.
  const own = options.flow === "jitp" ? template.report.caCertificatePem : undefined;
  return planAll(template, inputs, ca ?? own, given, subject, context);
}
