/** `jitp sample` */
import { type Command, Option } from "commander";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { sampleCertificates, type SampleOptions } from "jitp";
import { type Context, json } from "../context.js";
import { CLEAN, exitOf, Misuse } from "../exit.js";
import { readOne } from "../input.js";
import { formats, checkOptions, type CheckOptions, withCheckOptions, withRun } from "../options.js";
import type { SampleOutput } from "../output.js";
import { coloured } from "../report/plans.js";
import { plain } from "../terminal.js";
import { reason, refuseSame, save } from "../write.js";

interface Options extends CheckOptions, Pick<SampleOptions, "now" | "serialNumber"> {
  format: "text" | "json";
  dir: string;
  force?: true;
  commands?: true;
  parameter?: Record<string, string>;
}

/** The file mode of a private key: only the owner can read it. */
const KEY_MODE = 0o600;

const AFTER = `
Writes ca.pem, ca.key, device.pem and device.key: a sample CA, and a device certificate that it signed, with the subject that the
template needs. The keys are for tests. They are created on this computer and stay on it. The exit code is 1 if the device would
still not be provisioned.

Examples:
  jitp sample template.json --dir sample
  jitp sample template.json --commands`;

export function addSample(program: Command, context: Context): void {
  const command = program
    .command("sample")
    .description("Create a sample CA and a device certificate that fits a template")
    .argument("<template>", "A template of any kind")
    .addOption(formats("text", "json"))
    .option("--dir <folder>", "Write the files to this folder", ".")
    .option("--force", "Overwrite existing files")
    .addOption(
      new Option("--commands", "Print the openssl commands that create the same files, write nothing").conflicts(["dir", "force"]),
    );
  withRun(withCheckOptions(command))
    .addHelpText("after", AFTER)
    .action((name: string, options: Options) => run(name, options, context));
}

async function run(name: string, options: Options, context: Context): Promise<void> {
  const { terminal, version } = context;
  const { dir, force, commands: only, now, serialNumber, parameter: parameters } = options;
  const given: SampleOptions = {
    ...checkOptions(options),
    ...(now === undefined ? {} : { now }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  const source = readOne(name).bytes;
  const files = {
    ca: join(dir, "ca.pem"),
    caKey: join(dir, "ca.key"),
    device: join(dir, "device.pem"),
    deviceKey: join(dir, "device.key"),
  };
  if (only !== true) for (const file of Object.values(files)) refuseSame(file, name);
  const { ca, device, subject, commands, plan } = await sampleCertificates(source, given);
  const code = exitOf(plan.verdict);
  context.exit(code);
  if (only !== true) {
    const contents = [
      { file: files.ca, text: ca.pem },
      { file: files.caKey, text: ca.privateKey, mode: KEY_MODE },
      { file: files.device, text: device.pem },
      { file: files.deviceKey, text: device.privateKey, mode: KEY_MODE },
    ];
    write(contents, dir, force === true);
  }
  if (options.format === "json") {
    const written = only === true ? {} : { files };
    const output: SampleOutput = { format: "jitp.sample", version: 1, jitp: version, ...written, subject, commands, plan };
    return terminal.out(json(output));
  }
  if (only === true) {
    // Standard output is for a shell, so that the reason why the device is not provisioned goes to standard error.
    if (code !== CLEAN) terminal.err(coloured(plan, terminal.paintErr));
    return terminal.out(commands);
  }
  for (const file of Object.values(files)) terminal.say(`${terminal.paint.green("+")} ${plain(file)}\n`);
  terminal.say(`  subject ${plain(subject)}\n\n${coloured(plan, terminal.paint)}`);
}

/** Writes the files. It looks for existing ones before it writes anything, so that it does not stop halfway. */
function write(contents: { file: string; text: string; mode?: number }[], dir: string, force: boolean): void {
  const there = contents.map(({ file }) => file).filter((file) => existsSync(file));
  if (there.length > 0 && !force)
    throw new Misuse(`${there.join(", ")}: already exists`, "use --force to overwrite, --dir to write to another folder");
  try {
    makeFolder(dir);
  } catch (error) {
    throw new Misuse(`cannot create the folder ${dir}: ${reason(error)}`);
  }
  for (const { file, text, mode } of contents) {
    // A file that already exists would keep its mode.
    try {
      rmSync(file, { force: true });
    } catch (error) {
      throw new Misuse(`cannot write ${file}: ${reason(error)}`);
    }
    save(file, text, { flag: "wx", ...(mode === undefined ? {} : { mode }) });
  }
}

/** Creates a folder and those above it, one by one. If the system refuses to create one, Node's recursive way never ends. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
