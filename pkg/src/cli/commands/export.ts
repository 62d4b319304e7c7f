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
The export goes to standard output, notes about it to standard error. The exit code is 1 if the template has errors.
A template that cannot be read is not exported.

Examples:
  jitp export template.json --to cli > register-ca.sh
  jitp export template.json --to terraform --certificate-mode SNI_ONLY -o provisioning.tf`;

export function addExport(program: Command, context: Context): void {
  program
    .command("export")
    .description("Export the setup of a template as commands or configuration")
    .argument("<template>", "A template of any kind")
    .addOption(
      new Option("--to <target>", "The export: a script for the AWS CLI, a CloudFormation template, or a Terraform configuration")
        .choices(["cli", "cloudformation", "terraform"])
        .makeOptionMandatory(),
    )
    .addOption(flow("The flow that the template is for"))
    .option("--region <region>", "The AWS Region to register in. Default: the setting of the tool", regionName)
    .option("--role-arn <arn>", "The provisioning role. Default: the role of the template, otherwise a new role")
    .option(
      "--template-name <name>",
      "Create a provisioning template with this name, and refer to it from the CA. Default: register the body with the CA",
    )
    .addOption(new Option("--certificate-mode <mode>", "The mode to register the CA in. Default: DEFAULT").choices(["DEFAULT", "SNI_ONLY"]))
    .option("-o, --output <file>", "Write to this file. Default: standard output")
    .addOption(formats("text", "json"))
    .addHelpText("after", AFTER)
    .action((name: string, options: Options) => run(name, options, context));
}

function run(name: string, { to, output: file, format, ...given }: Options, context: Context): void {
  const { terminal, version } = context;
  if (given.certificateMode !== undefined && (given.flow ?? "jitp") !== "jitp") {
    throw new Misuse('--certificate-mode is for the flow "jitp": the other flows have no registered CA');
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
