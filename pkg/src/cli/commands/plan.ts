/** `jitp plan` */
import { type Command, Option } from "commander";
import {
  type CertificateInput,
  type CertificateSummary,
  type DryRunOptions,
  readCertificates,
  type SerialNumberReading,
  Template,
  verifyIssuer,
} from "jitp";
import { complain, type Context, json } from "../context.js";
import { exitOf, Misuse } from "../exit.js";
import { type Input, readAll, readOne, textOf } from "../input.js";
import { plain } from "../terminal.js";
import { formats, judging, type JudgeOptions, withJudging, withRun } from "../options.js";
import type { PlanOutput } from "../output.js";
import { countVerdicts, type Details, MANY, plansMarkdown, plansText, type Planned } from "../report/plans.js";

interface Options extends JudgeOptions {
  format: "text" | "json" | "markdown";
  ca?: string;
  now?: string;
  serialNumber?: SerialNumberReading;
  parameter?: Record<string, string>;
  details?: Details;
}

const AFTER = `
Signs: + is made, = has to exist, ~ changes, ✗ stops, · is never reached, ? is not known. The exit code is 1 where a device is not
provisioned, and 3 where that is not known, since a check that was asked for could not be made.

Examples:
  jitp plan template.json device.pem
  jitp plan template.json 'batch-7/*.pem' --region eu-west-1 --details failing
  jitp plan template.json device.pem --ca ca.pem
  jitp plan template.json device.pem --format markdown >> "$GITHUB_STEP_SUMMARY"
  jitp plan fleet.json --flow fleet --parameter SerialNumber=4711`;

export function addPlan(program: Command, context: Context): void {
  const command = program
    .command("plan")
    .description("Say what becomes of devices: each step, each call, and why it stops")
    .argument("<template>", "A template of any kind")
    .argument("[certificate...]", "Device certificates: PEM, DER, bundles; may be left out with another flow than jitp")
    .addOption(formats("text", "json", "markdown"))
    .option("--ca <file>", "The CA that is to be registered: whether it signed each certificate is verified")
    .addOption(
      new Option(
        "--details <which>",
        `Which plans follow the table of several certificates; with more than ${MANY} "failing", else "all"`,
      ).choices(["all", "failing", "none"]),
    );
  withRun(withJudging(command))
    .addHelpText("after", AFTER)
    .action((template: string, certificates: string[], options: Options) => run(template, certificates, options, context));
}

async function run(name: string, names: string[], options: Options, context: Context): Promise<void> {
  const { terminal, version } = context;
  if (names.length === 0 && options.flow === "jitp") {
    throw new Misuse("just-in-time provisioning begins with a certificate: name one", "jitp plan template.json device.pem");
  }
  if (name === "-" && names.includes("-")) {
    throw new Misuse("the template and the certificate cannot both come from standard input");
  }
  if (options.ca !== undefined && options.flow !== "jitp") {
    throw new Misuse('--ca is for the flow "jitp": no CA is registered for the others');
  }
  const source = textOf(readOne(name));
  const ca = options.ca === undefined ? undefined : readOne(options.ca).bytes;
  const { inputs, trouble } = readAll(names);
  for (const one of trouble) complain(context, one);
  if (inputs.length === 0 && names.length > 0) return;
  const planned = await plans(source, inputs, ca, options, context);
  const counts = countVerdicts(planned);
  const ok = counts.provisions === planned.length;
  for (const { plan } of planned) context.exit(exitOf(plan.verdict));
  if (options.format === "markdown") return terminal.out(plansMarkdown(planned, options.details));
  if (options.format === "text") return terminal.out(plansText(planned, options.details, terminal));
  const output: PlanOutput = {
    format: "jitp.plan",
    version: 1,
    jitp: version,
    ok: ok && trouble.length === 0,
    template: name === "-" ? "<stdin>" : name,
    counts,
    plans: planned.map(({ from, plan }) => (from === "" ? { plan } : { certificate: from, plan })),
    trouble: trouble.map(({ message }) => ({ message })),
  };
  terminal.out(json(output));
}

/** A plan for each device's certificate of each file; one with nothing where no file was named. */
async function plans(
  source: string,
  inputs: readonly Input[],
  ca: Buffer | undefined,
  options: Options,
  context: Context,
): Promise<Planned[]> {
  const { region, accountId, now, serialNumber, parameter: parameters } = options;
  const moment = now === undefined ? {} : { now };
  const given: DryRunOptions = {
    ...moment,
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  const template = new Template(source, judging(options));
  const plan = async (from: string, certificate: CertificateInput, error?: string): Promise<Planned> => {
    const issuer = ca === undefined ? {} : { issuer: await verifyIssuer(certificate, ca, moment) };
    return { from, plan: template.dryRun(certificate, { ...given, ...issuer }), ...(error === undefined ? {} : { error }) };
  };
  try {
    if (inputs.length === 0) return [await plan("", "")];
    const planned: Planned[] = [];
    for (const { name, bytes } of inputs) {
      const entries = devices(name, readCertificates(bytes, moment), context);
      // The bytes say more than an entry that could not be read.
      if (entries === undefined) planned.push(await plan(name, bytes));
      else for (const entry of entries) planned.push(await plan(`${name}#${entry.index + 1}`, entry, entry.error));
    }
    return planned;
  } finally {
    template.free();
  }
}

/** The entries of a bundle that may be a device's certificate; nothing where there is only one entry. What is left out is said. */
function devices(name: string, entries: CertificateSummary[], { terminal }: Context): CertificateSummary[] | undefined {
  if (entries.length <= 1) return undefined;
  const found = entries.filter(
    ({ kind, basicConstraints }) => kind === "damaged" || (kind === "certificate" && basicConstraints?.ca !== true),
  );
  // A bundle of nothing but CAs was meant so.
  const meant = found.length > 0 ? found : entries.filter(({ kind }) => kind === "certificate" || kind === "damaged");
  if (meant.length === 0) return entries;
  for (const { index, kind } of entries.filter((entry) => !meant.includes(entry))) {
    const what = kind === "certificate" ? "a CA's certificate" : kind.replaceAll("-", " ");
    terminal.err(`${terminal.paintErr.green("note")}: ${plain(name)}#${index + 1} is left out: ${what}\n`);
  }
  return meant;
}
