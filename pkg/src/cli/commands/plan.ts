/** `jitp plan` */
import { type Command, InvalidArgumentError, Option } from "commander";
import { type DryRunOptions, readCertificates, type SerialNumberReading, Template } from "jitp";
import { complain, type Context, json } from "../context.js";
import { FINDINGS, Misuse } from "../exit.js";
import { type Input, readAll, readOne, textOf } from "../input.js";
import { formats, judging, type JudgeOptions, withJudging } from "../options.js";
import type { PlanOutput } from "../output.js";
import { countVerdicts, type Details, MANY, plansMarkdown, plansText, type Planned } from "../report/plans.js";

interface Options extends JudgeOptions {
  format: "text" | "json" | "markdown";
  now?: string;
  serialNumber?: SerialNumberReading;
  parameter?: Record<string, string>;
  details?: Details;
}

const AFTER = `
Signs: + is made, = has to exist, ~ changes, ✗ stops, · is never reached. The exit code is 1 where a device is not provisioned.

Examples:
  jitp plan template.json device.pem
  jitp plan template.json 'batch-7/*.pem' --region eu-west-1 --details failing
  jitp plan template.json device.pem --format markdown >> "$GITHUB_STEP_SUMMARY"
  jitp plan fleet.json --flow fleet --parameter SerialNumber=4711`;

export function addPlan(program: Command, context: Context): void {
  const command = program
    .command("plan")
    .description("Say what becomes of devices: each step, each call, and why it stops")
    .argument("<template>", "A template of any kind")
    .argument("[certificate...]", "Device certificates: PEM, DER, bundles; may be left out with another flow than jitp")
    .addOption(formats("text", "json", "markdown"))
    .option("--now <time>", "The moment of the connection, as in 2026-11-23T12:00:00Z; without it the clock's")
    .addOption(new Option("--serial-number <reading>", "Where AWS::IoT::Certificate::SerialNumber comes from").choices(["auto", "subject", "certificate"]))
    .option("--parameter <name=value>", "A parameter that the caller of RegisterThing gives (another flow than jitp); may be repeated", parameter)
    .addOption(new Option("--details <which>", `Which plans follow the table of several certificates; with more than ${MANY} "failing", else "all"`).choices(["all", "failing", "none"]));
  withJudging(command)
    .addHelpText("after", AFTER)
    .action((template: string, certificates: string[], options: Options) => run(template, certificates, options, context));
}

function parameter(word: string, others: Record<string, string> = {}): Record<string, string> {
  const at = word.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It is a name, an equals sign, and a value.");
  return { ...others, [word.slice(0, at)]: word.slice(at + 1) };
}

function run(name: string, names: string[], options: Options, context: Context): void {
  const { terminal, version } = context;
  if (names.length === 0 && options.flow === "jitp") {
    throw new Misuse("just-in-time provisioning begins with a certificate: name one", "jitp plan template.json device.pem");
  }
  if (name === "-" && names.includes("-")) throw new Misuse("the template and the certificate cannot both come from standard input");
  const source = textOf(readOne(name));
  const { inputs, trouble } = readAll(names);
  for (const one of trouble) complain(context, one);
  if (inputs.length === 0 && names.length > 0) return;
  const planned = plans(source, inputs, options);
  const counts = countVerdicts(planned);
  const ok = counts.provisions === planned.length;
  if (!ok) context.exit(FINDINGS);
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

/** A plan for each certificate of each file; one with nothing where no file was named. */
function plans(source: string, inputs: readonly Input[], options: Options): Planned[] {
  const template = new Template(source, judging(options));
  const { region, accountId, now, serialNumber, parameter: parameters } = options;
  const given: DryRunOptions = {
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(now === undefined ? {} : { now }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  try {
    if (inputs.length === 0) return [{ from: "", plan: template.dryRun("", given) }];
    return inputs.flatMap(({ name, bytes }) => {
      const entries = readCertificates(bytes);
      if (entries.length <= 1) return [{ from: name, plan: template.dryRun(bytes, given) }];
      return entries.map((entry) => ({ from: `${name}#${entry.index + 1}`, plan: template.dryRun(entry, given) }));
    });
  } finally {
    template.free();
  }
}
