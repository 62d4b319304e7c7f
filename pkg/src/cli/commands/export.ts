/** `jitp export` */
import { type Command, Option } from "commander";
import { exportTemplate, type ExportOptions, type ExportTarget, validate } from "jitp";
import { type Context, json } from "../context.js";
import { FINDINGS, Misuse } from "../exit.js";
import { readOne } from "../input.js";
import { flow, formats, regionName } from "../options.js";
import type { ExportOutput } from "../output.js";
import { plain } from "../terminal.js";
import { give, refuseSame } from "../write.js";

interface Options extends ExportOptions {
  to: ExportTarget;
  output?: string;
  format: "text" | "json";
}

const AFTER = `
The file goes to standard output, what its reader has to know to standard error. The exit code is 1 where the template has errors;
one that cannot be read is not exported.

Examples:
  jitp export template.json --to cli > register-ca.sh
  jitp export template.json --to terraform --certificate-mode SNI_ONLY -o provisioning.tf`;

export function addExport(program: Command, context: Context): void {
  program
    .command("export")
    .description("Write the commands or the configuration that set a template up in an account")
    .argument("<template>", "A template of any kind")
    .addOption(
      new Option("--to <target>", "What to write: a script around the AWS CLI, CloudFormation, or Terraform")
        .choices(["cli", "cloudformation", "terraform"])
        .makeOptionMandatory(),
    )
    .addOption(flow("The flow that the template is for"))
    .option("--region <region>", "The AWS Region to register in", regionName)
    .option("--role-arn <arn>", "The provisioning role; without it that of the template, or a new one")
    .option("--template-name <name>", "Create a provisioning template of this name, and let the CA refer to it")
    .addOption(new Option("--certificate-mode <mode>", "How the CA is registered").choices(["DEFAULT", "SNI_ONLY"]))
    .option("-o, --output <file>", "Write to a file")
    .addOption(formats("text", "json"))
    .addHelpText("after", AFTER)
    .action((name: string, options: Options) => run(name, options, context));
}

function run(name: string, { to, output: file, format, ...given }: Options, context: Context): void {
  const { terminal, version } = context;
  if (given.certificateMode !== undefined && (given.flow ?? "jitp") !== "jitp") {
    throw new Misuse('--certificate-mode is for the flow "jitp": no CA is registered for the others');
  }
  const source = readOne(name).bytes;
  if (file !== undefined) refuseSame(file, name);
  const result = exportTemplate(source, to, given);
  if (result.text === "" || !validate(source, { flow: given.flow ?? "jitp" }).ok) context.exit(FINDINGS);
  const output: ExportOutput = { format: "jitp.export", version: 1, jitp: version, result };
  const written = format === "json" ? json(output) : result.text;
  if (format === "text") for (const note of result.notes) terminal.err(`${terminal.paintErr.green("note")}: ${plain(note)}\n`);
  give(written, file, terminal);
}
