/** `jitp plan` */
import { type Command, Option } from "commander";
import {
  type AccountState,
  type CertificateInput,
  type CertificateSummary,
  type DryRunOptions,
  type FleetRow,
  type Plan,
  reachOf,
  readCertificates,
  type Run,
  type SerialNumberReading,
  Template,
  validate,
  verifyIssuers,
} from "jitp";
import { accountTexts, sayAccount } from "../account.js";
import { documentOptions, givenPolicies } from "../can/devices.js";
import { complain, type Context, json } from "../context.js";
import { exitOf, Misuse } from "../exit.js";
import { type Input, readAll, readCa, readOne } from "../input.js";
import { plain } from "../terminal.js";
import {
  type AccessOptions,
  formats,
  checkOptions,
  type CheckOptions,
  checkSubject,
  subject,
  withAccess,
  withCheckOptions,
  withRun,
} from "../options.js";
import type { PlanOutput } from "../output.js";
import { whyOf, whyText } from "../report/why.js";
import { type Details, MANY, type Planned, type PlannedFleet, plansMarkdown, plansText } from "../report/plans.js";

/** What the plans of a command depend on. */
export interface RunOptions extends CheckOptions, AccessOptions {
  now?: string;
  serialNumber?: SerialNumberReading;
  parameter?: Record<string, string>;
}

interface Options extends RunOptions {
  format: "text" | "json" | "markdown";
  ca?: string;
  subject?: string;
  details?: Details;
  why?: string;
  inOrder?: true;
}

const AFTER = `
Devices that would share one thing, and duplicate certificates, are marked. They do not fail. With --account or --in-order the devices are
provisioned one after the other in one account: each finds what those before it have left.

Signs: + is created, = must exist, ~ changes, ✗ stops, · is not reached, ? is unknown. The exit code is 1 if a device is not
provisioned, and 3 if that is unknown because a requested check was not possible.

With --subject nothing in the certificate is checked. Its ID and its own serial number are unknown, and are shown in <…>. Git Bash on Windows
reads /CN=lamp-1 as a path: write CN=lamp-1 there.

Examples:
  jitp plan template.json device.pem
  jitp plan template.json 'batch-7/*.pem' --region eu-west-1 --details failing
  jitp plan template.json device.pem --ca ca.pem
  jitp plan template.json --subject /C=DE/O=Example/CN=lamp-1
  jitp plan template.json device.pem --account account.json
  jitp plan template.json device.pem --why thing.name
  jitp plan template.json device.pem --format markdown >> "$GITHUB_STEP_SUMMARY"
  jitp plan fleet.json --flow fleet --parameter SerialNumber=4711`;

export function addPlan(program: Command, context: Context): void {
  const command = program
    .command("plan")
    .alias("dry-run")
    .description("Show what happens to devices: each step, each call, and why it stops")
    .argument("<template>", "A template of any kind")
    .argument(
      "[certificate...]",
      "Device certificates: PEM, DER, bundles. Optional with --subject, and in the flows fleet and register-thing",
    )
    .addOption(formats("text", "json", "markdown"))
    .addOption(subject())
    .option(
      "--ca <file>",
      "Verify that this CA, the registered one, signed each certificate. Default: the CA certificate in the template's text, if any",
    )
    .addOption(
      new Option(
        "--details <which>",
        `The plans to show after the table of several certificates. Default: all, or failing for more than ${MANY}`,
      ).choices(["all", "failing", "none"]),
    )
    .option("--in-order", "Provision the devices one after the other in one account. Default: each by itself, unless --account is given")
    .option(
      "--why <value>",
      "Show only the origin of values: of one by what it is, such as thing.name or attributes.serial, or of all that contain a text",
    );
  withRun(withCheckOptions(withAccess(command)))
    .addHelpText("after", AFTER)
    .action((template: string, certificates: string[], options: Options) => run(template, certificates, options, context));
}

async function run(name: string, names: string[], options: Options, context: Context): Promise<void> {
  const { terminal } = context;
  checkSubject(options.subject, names, options.ca);
  if (names.length === 0 && options.subject === undefined && options.flow === "jitp") {
    throw new Misuse(
      "just-in-time provisioning needs a device certificate, or its subject",
      "jitp plan template.json device.pem, or jitp plan template.json --subject /CN=lamp-1",
    );
  }
  if (
    [name, ...new Set(names), options.ca, ...(options.policy ?? []), ...(options.groupPolicy ?? []), ...(options.account ?? [])].filter(
      (one) => one === "-",
    ).length > 1
  ) {
    throw new Misuse("only one of the template, the certificates and the CA can come from standard input");
  }
  checkFlow(options);
  if (options.details !== undefined && options.format === "json") {
    throw new Misuse("--details is for the formats text and markdown: JSON always has every plan");
  }
  if (options.why !== undefined && (options.format === "markdown" || options.details !== undefined)) {
    throw new Misuse("--why is for the formats text and json, without --details");
  }
  const source = readOne(name).bytes;
  const given = options.ca === undefined ? undefined : readCa(options.ca);
  const { inputs, trouble } = readAll(names, "*.pem");
  for (const one of trouble) complain(context, one);
  if (inputs.length === 0 && names.length > 0) return;
  saySwapped(name, source, inputs, context);
  const template = new Template(source, checkOptions(options));
  try {
    // A text about one CA, such as the output of DescribeCACertificate, carries its certificate.
    const own = options.flow === "jitp" ? template.report.caCertificatePem : undefined;
    const planned = await planAll(
      template,
      inputs,
      given ?? own,
      { ...runOptions(options), ...(options.inOrder && !options.account && { account: [] }) },
      options.subject,
      context,
      { values: options.why !== undefined, withAfter: options.format === "json" },
    );
    for (const { row } of planned.rows) context.exit(exitOf(row.verdict));
    if (planned.rows.length > 1) sayWhichCa(planned, context);
    if (options.why !== undefined && options.format === "text") return why(name, source.toString(), planned, options.why, context);
    if (options.format === "markdown") return terminal.out(plansMarkdown(planned, options.details));
    if (options.format === "text") return terminal.say(plansText(planned, options.details, terminal));
    terminal.out(json(output(name, planned, trouble, options.why, context)));
  } finally {
    template.free();
  }
}

/** Refuses options that are for another flow. */
export function checkFlow(options: Pick<RunOptions, "flow" | "serialNumber"> & { ca?: string }): void {
  if (options.flow !== "jitp") {
    if (options.ca !== undefined) throw new Misuse('--ca is for the flow "jitp": the other flows have no registered CA');
    if (options.serialNumber !== undefined) {
      throw new Misuse('--serial-number is for the flow "jitp": the other flows do not read the certificate');
    }
  }
}

/** Prints where values come from, with the name of each certificate if there are several. */
function why(name: string, source: string, { rows }: PlannedFleet, asked: string, { terminal }: Context): void {
  const found = rows.map(({ from, plan }) => ({ from, values: whyOf(plan(), asked) }));
  if (found.every(({ values }) => values.length === 0)) {
    const known = [...new Set(rows.flatMap(({ plan }) => (plan().values ?? []).map(({ where }) => where)))];
    const help = known.length === 0 ? "the plan has no values" : `values of the plan: ${known.join(", ")}`;
    throw new Misuse(`no value of the plan is named or contains ${JSON.stringify(asked)}`, help);
  }
  const shown = name === "-" ? "<stdin>" : name;
  const parts = found.flatMap(({ from, values }) => {
    if (values.length === 0) return [];
    const text = whyText(values, { name: shown, source, asked }, terminal);
    return [rows.length === 1 ? text : `${terminal.paint.bold(`── ${plain(from)}`)}\n${text}`];
  });
  terminal.say(parts.join("\n"));
}

function output(
  name: string,
  { counts, rows }: PlannedFleet,
  trouble: readonly Misuse[],
  asked: string | undefined,
  { version }: Context,
): PlanOutput {
  return {
    format: "jitp.plan",
    version: 1,
    jitp: version,
    ok: counts.provisions + counts.registered === rows.length && trouble.length === 0,
    template: name === "-" ? "<stdin>" : name,
    counts,
    plans: rows.map(({ from, plan: make, row: { duplicateOf, sameThingAs } }) => {
      const plan = make();
      return {
        ...(from === "" ? {} : { certificate: from }),
        plan,
        ...(asked === undefined ? {} : { why: whyOf(plan, asked) }),
        ...(duplicateOf === undefined ? {} : { duplicateOf }),
        ...(sameThingAs === undefined ? {} : { sameThingAs }),
      };
    }),
    trouble: trouble.map(({ message }) => ({ message })),
  };
}

/** Says once what each of several plans says of the CA: that it comes from the text, or that it is not the text's CA. */
function sayWhichCa({ rows }: PlannedFleet, { terminal }: Context): void {
  const plan = rows.find(({ row }) => row.certificateId !== undefined)?.plan();
  const { green, yellow } = terminal.paintErr;
  if (plan?.issuer?.origin === "text") {
    terminal.err(`${green("note")}: the CA certificate comes from the template's text (${plain(plan.issuer.ca ?? "")})\n`);
  }
  const other = plan?.diagnostics.find(({ code }) => code === "JITP136");
  if (other) terminal.err(`${yellow("warning")}: ${other.code}: ${plain(other.message)}\n`);
}

/** Points out that template and certificate are in each other's place. Each is refused by itself, but only the order is wrong. */
function saySwapped(name: string, source: Buffer, inputs: readonly Input[], { terminal }: Context): void {
  const isSwapped =
    readCertificates(source).some(({ error }) => error === undefined) &&
    validate(source).kind === "unknown" &&
    inputs.some(({ bytes }) => validate(bytes).kind !== "unknown");
  if (isSwapped) terminal.err(`${terminal.paintErr.green("note")}: ${plain(name)} is a certificate; name the template first\n`);
}

/** A device's certificate, and its source. */
interface Device {
  from: string;
  certificate: CertificateInput;
  summary: CertificateSummary;
}

/** A placeholder for an entry that is not a readable certificate, so that positions count all entries. */
const UNREADABLE = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

/** The options of a dry run that the command line gives. Files are read, and all plans use the same time. */
export function runOptions(options: RunOptions): Omit<DryRunOptions, "issuer" | "values"> & { now: string } {
  const { region, accountId, serialNumber, parameter: parameters, clientId } = options;
  return {
    now: options.now ?? new Date().toISOString(),
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(clientId === undefined ? {} : { clientId }),
    ...documentOptions(givenPolicies(options)),
    ...accountOption(options.account),
  };
}

/** The option `account`, if files were named. */
export function accountOption(names: readonly string[] | undefined): Pick<DryRunOptions, "account"> {
  const account = accountTexts(names);
  return account === undefined ? {} : { account };
}

/** A plan for each device's certificate of each file. If no file was named, there is one plan: of the subject, or without a certificate. */
export async function planAll(
  template: Template,
  inputs: readonly Input[],
  ca: CertificateInput | undefined,
  given: ReturnType<typeof runOptions>,
  subject: string | undefined,
  context: Context,
  { values = false, withAfter = false } = {},
): Promise<PlannedFleet> {
  const { now, account } = given;
  if (Array.isArray(account)) sayAccount(account, context);
  if (inputs.length === 0) {
    const only = template.dryRun(subject === undefined ? "" : { subject }, { ...given, values });
    return alone(only);
  }
  const devices = inputs.flatMap((input) => devicesOf(input, now, context));
  const bundle = devices.map(({ summary }) => (summary.error === undefined ? summary.pem : undefined) ?? UNREADABLE).join("");
  const issuers = ca === undefined ? undefined : await verifyIssuers(bundle, ca, { now });
  const { counts, rows } = template.dryRunFleet(bundle, issuers === undefined ? given : { ...given, issuers });
  const own = (i: number) => ({ values, ...(issuers?.[i] && { issuer: issuers[i] }) });
  const planOf = (i: number): Plan => template.dryRun(devices[i]?.certificate ?? "", { ...given, ...own(i) });
  // In one account each plan begins with what the one before has left.
  const chain = account === undefined ? undefined : template.run(given);
  const made: Plan[] = [];
  const next = (run: Run, i: number): Plan => {
    while (made.length <= i) {
      const plan = run.plan(devices[made.length]?.certificate ?? "", own(made.length));
      const isLast = made.length === devices.length - 1;
      made.push(withAfter && isLast ? afterwards(plan, run.account) : plan);
    }
    return made[i] as Plan;
  };
  return {
    counts,
    rows: devices.map(({ from, summary }, i): Planned => {
      const name = summary.subject?.find(({ oid }) => oid === "2.5.4.3")?.value;
      return {
        from,
        row: rows[i] as FleetRow,
        plan: () => (chain === undefined ? planOf(i) : next(chain, i)),
        ...(name === undefined ? {} : { name }),
        ...(summary.error === undefined ? {} : { error: summary.error }),
      };
    }),
  };
}

/** A plan of a run with the account after it. In JSON the last plan has it: a copy in each of many plans is too long. */
function afterwards(plan: Plan, after: AccountState): Plan {
  if (plan.account === undefined) return plan;
  const { changes, ...rest } = plan.account;
  return { ...plan, account: { changes, after, ...rest } };
}

/** The row and the counts of a single plan. */
function alone(only: Plan): PlannedFleet {
  const { verdict, access } = only;
  const { connects, over } = access ?? {};
  const row: FleetRow = { index: 0, verdict, codes: [], ...(connects && { connects }), ...(over && { over }) };
  const reach = verdict === "provisions" || verdict === "registered" ? reachOf(row) : undefined;
  const counts: PlannedFleet["counts"] = {
    provisions: 0,
    registered: 0,
    fails: 0,
    rejected: 0,
    unknown: 0,
    "not-a-template": 0,
    cannotConnect: reach === "cannot" ? 1 : 0,
    connectsUnknown: reach === "unknown" ? 1 : 0,
    duplicates: 0,
    sameThing: 0,
  };
  counts[verdict] = 1;
  return { counts, rows: [{ from: "", row, plan: () => only }] };
}

/** The devices' certificates of a file. */
function devicesOf({ name, bytes }: Input, now: string, context: Context): Device[] {
  const entries = readCertificates(bytes, { now });
  const [only] = entries;
  if (entries.length > 1 || only === undefined) {
    return meant(name, entries, context).map((summary) => ({ from: `${name}#${summary.index + 1}`, certificate: summary, summary }));
  }
  // The plan says more about the bytes than about an entry that could not be read. An empty file must not look like a certificate that was
  // left out, so it becomes a line end.
  return [{ from: name, certificate: bytes.length === 0 ? "\n" : bytes, summary: only }];
}

/** The entries of a bundle that may be a device's certificate. Entries that are left out are reported. */
function meant(name: string, entries: CertificateSummary[], { terminal }: Context): CertificateSummary[] {
  const found = entries.filter(
    ({ kind, basicConstraints }) => kind === "damaged" || (kind === "certificate" && basicConstraints?.ca !== true),
  );
  // If a bundle has nothing but CAs, they are meant as devices.
  const devices = found.length > 0 ? found : entries.filter(({ kind }) => kind === "certificate" || kind === "damaged");
  if (devices.length === 0) return entries;
  for (const { index, kind } of entries.filter((entry) => !devices.includes(entry))) {
    const what = kind === "certificate" ? "a CA certificate" : kind.replaceAll("-", " ");
    terminal.err(`${terminal.paintErr.green("note")}: ${plain(name)}#${index + 1} is skipped: ${what}\n`);
  }
  return devices;
}
