/** `jitp fleet` */
import { type Command, InvalidArgumentError } from "commander";
import {
  type CertificateInput,
  createPool,
  dryRunFleet,
  type FleetCallOptions,
  type FleetChunk,
  fleetCsv,
  type FleetLine,
  type FleetPool,
  type FleetSummary,
  Template,
} from "jitp";
import { availableParallelism } from "node:os";
import { sayAccount } from "../account.js";
import { complain, type Context, jsonLine } from "../context.js";
import { exitOf, Misuse } from "../exit.js";
import { Lines } from "../fleet/lines.js";
import { Files, filesOf } from "../fleet/names.js";
import { Progress } from "../fleet/progress.js";
import { Shown, summaryText } from "../fleet/text.js";
import { readCa, readOne } from "../input.js";
import { checkOptions, formats, wholeNumber, withAccess, withCheckOptions, withRun } from "../options.js";
import { checkFlow, type RunOptions, runOptions } from "./plan.js";

type Format = "text" | "ndjson" | "csv";

interface Options extends RunOptions {
  format: Format;
  ca?: string;
  jobs?: number;
  from: number;
}

/** In bytes. With less to read, a worker would not pay for its start. */
const WORTH_WORKERS = 32e6;
/** More than this would wait for the thread that writes. */
const MOST_WORKERS = 8;

const AFTER = `
Reads files of any size as a stream: memory grows by some 150 bytes a certificate, by which duplicates and shared things are found. In a folder
it reads what ends like a certificate, in the order of the names. Each entry of a bundle has a row, CA certificates too.

The format text shows the first devices that have a problem, then a summary. The formats ndjson and csv have a row for each certificate, as
it comes; the summary is then on standard error. --from 1000 leaves out the first 1000 rows, and the head of the CSV, so that the output of a
run that was cut off can be continued: those certificates are read all the same, so that the rest is what the whole run would have written.

Standard input (-) is a filter: a certificate in each line, a row for each line, in their order, as they come. A line is a certificate in base64 (DER or
PEM), or JSON: a string, or an object with "certificate" or "certificatePem", and an "id" that its row has as well (in CSV as the
certificate's name). A line that is not a certificate has a row that says so. If standard input begins as PEM (text before
it is allowed) or as DER does, it is a bundle.

With --account the devices are provisioned one after the other in one account, by one worker. The exit code is that of jitp plan: 1 if a device is not
provisioned, and 3 if that is unknown because a requested check was not possible.

Examples:
  jitp fleet template.json devices.pem
  jitp fleet template.json batch-7/ --ca ca.pem --format csv > batch-7.csv
  jitp fleet template.json devices.pem --format ndjson > rows.ndjson
  jitp fleet template.json devices.pem --format ndjson --from "$(wc -l < rows.ndjson)" >> rows.ndjson
  psql -Atc 'select certificate from devices' | jitp fleet template.json - --format ndjson`;

export function addFleet(program: Command, context: Context): void {
  const command = program
    .command("fleet")
    .description("Say what happens to each of any number of devices, as a stream: a row for each, and a summary")
    .argument("<template>", "A template of any kind")
    .argument("<certificates...>", "Device certificates: files, folders, or - for a certificate in each line of standard input")
    .addOption(formats<Format>("text", "ndjson", "csv"))
    .option(
      "--ca <file>",
      "Verify that this CA, the registered one, signed each certificate. Default: the CA certificate in the template's text, if any",
    )
    .option(
      "--jobs <number>",
      "The number of workers that judge at the same time. Default: one for each processor if there is much to read",
      jobs,
    )
    .option("--from <number>", "Leave out this number of rows at the start. Default: 0", wholeNumber, 0);
  withRun(withCheckOptions(withAccess(command)))
    .addHelpText("after", AFTER)
    .action((template: string, certificates: string[], options: Options) => run(template, certificates, options, context));
}

function jobs(value: string): number {
  const number = wholeNumber(value);
  if (number < 1 || number > 256) throw new InvalidArgumentError("Expected a whole number from 1 to 256.");
  return number;
}

async function run(name: string, names: string[], options: Options, context: Context): Promise<void> {
  const { terminal } = context;
  checkFlow(options);
  const isFilter = names.includes("-");
  if (isFilter && new Set(names).size > 1) throw new Misuse("standard input is read by itself", "name either files or -");
  const others = [name, options.ca, ...(options.policy ?? []), ...(options.groupPolicy ?? []), ...(options.account ?? [])];
  if ([...others, ...(isFilter ? ["-"] : [])].filter((one) => one === "-").length > 1)
    throw new Misuse("only one of the template, the certificates and the CA can come from standard input");
  const source = readOne(name).bytes;
  const given = options.ca === undefined ? undefined : readCa(options.ca);
  const { files, trouble } = isFilter ? { files: [], trouble: [] } : filesOf(names);
  for (const one of trouble) complain(context, one);
  if (!isFilter && files.length === 0) return;
  const template = new Template(source, checkOptions(options));
  const total = isFilter ? undefined : files.reduce((sum, { size }) => sum + size, 0);
  const pool = poolFor(options, total);
  try {
    // A text about one CA, such as the output of DescribeCACertificate, carries its certificate.
    const ca: CertificateInput | undefined = given ?? (options.flow === "jitp" ? template.report.caCertificatePem : undefined);
    const common = runOptions(options);
    if (Array.isArray(common.account)) sayAccount(common.account, context);
    const progress = new Progress(process.stderr, total);
    const settings: FleetCallOptions = {
      ...common,
      ...(ca !== undefined && { ca }),
      onProgress: (now) => progress.show(now),
    };
    const input = isFilter ? new Lines(process.stdin) : new Files(files, (misuse) => complain(context, misuse));
    const summary = await written(input, options, context, progress, (chunks) =>
      pool === undefined ? dryRunFleet(template, chunks, settings) : pool.dryRunFleet(template, chunks, settings),
    );
    for (const [verdict, count] of Object.entries(summary.counts)) if (count > 0 && isVerdict(verdict)) context.exit(exitOf(verdict));
    const view = { paint: options.format === "text" ? terminal.paint : terminal.paintErr };
    const text = summaryText(summary, view);
    if (options.format === "text") terminal.say(text);
    else terminal.err(text);
  } finally {
    await pool?.terminate();
    template.free();
  }
}

/** Writes the rows as they come. */
async function written(
  input: Files | Lines,
  { format, from }: Options,
  { terminal }: Context,
  progress: Progress,
  judge: (chunks: AsyncIterable<FleetChunk>) => ReturnType<typeof dryRunFleet>,
): Promise<FleetSummary> {
  const fleet = judge(input);
  const shown = new Shown(terminal);
  const head = fleetCsv([]);
  if (format === "csv" && from === 0) terminal.out(head);
  for await (const rows of fleet) {
    const lines: string[] = [];
    const csv: FleetLine[] = [];
    let i = 0;
    for (const row of rows) {
      // Files and lines are asked for each row, also one that is not written.
      const file = input instanceof Files ? input.next(rows.place(i)?.from ?? 0) : "";
      const id = input instanceof Lines ? input.next() : undefined;
      i += 1;
      if (row.index < from) continue;
      if (format === "text") lines.push(shown.line(row, file));
      else if (format === "ndjson") lines.push(jsonLine({ ...(id !== undefined && { id }), ...row, ...(file !== "" && { file }) }));
      else csv.push({ ...row, ...(file !== "" && { file }), ...(id !== undefined && { certificate: String(id) }) });
    }
    if (csv.length > 0) lines.push(fleetCsv(csv).slice(head.length));
    const text = lines.join("");
    if (text === "") continue;
    progress.clear();
    if (format === "text") terminal.say(text);
    else terminal.out(text);
    await terminal.taken();
  }
  progress.clear();
  if (format === "text") terminal.say(shown.rest());
  return fleet.summary;
}

/** The workers, if they are wanted or worth their start. In an account one device comes after another. */
function poolFor({ jobs: wanted, account }: Options, total: number | undefined): FleetPool | undefined {
  if (wanted !== undefined) return wanted > 1 ? createPool({ workers: wanted }) : undefined;
  const workers = Math.min(availableParallelism(), MOST_WORKERS);
  return account === undefined && workers > 1 && total !== undefined && total > WORTH_WORKERS ? createPool({ workers }) : undefined;
}

function isVerdict(name: string): name is FleetLine["verdict"] & Parameters<typeof exitOf>[0] {
  return ["provisions", "registered", "fails", "rejected", "unknown", "not-a-template"].includes(name);
}
