/** `jitp export` */
import { type Command, Option } from "commander";
import { exportTemplate, type ExportOptions, type ExportTarget, validate } from "jitp";
import { complain, type Context, json } from "../context.js";
import { FINDINGS, Misuse } from "../exit.js";
import { documentOptions, givenPolicies } from "../can/devices.js";
import { readAll, readOne } from "../input.js";
import { flow, formats, gathered, regionName } from "../options.js";
import type { ExportOutput } from "../output.js";
import { plain } from "../terminal.js";
import { give, refuseSame } from "../write.js";

interface Options extends Omit<ExportOptions, "policies" | "certificates"> {
  policy?: string[];
  to: ExportTarget;
  output?: string;
  format: "text" | "json";
}

const AFTER = `
The export goes to standard output, notes about it to standard error. The exit code is 1 if the template has errors.
A template that cannot be read is not exported.

The export also creates what must exist before a device connects, as the plan says: the thing type, the thing groups, the billing group, and the
policies that --policy gives. Some names depend on the certificate: name the devices' certificates, and what they need is created.

Examples:
  jitp export template.json 'batch-7/*.pem' --to cli -o register-ca.sh
  jitp export template.json --to cli > register-ca.sh
  jitp export template.json --to terraform --certificate-mode SNI_ONLY -o provisioning.tf`;

export function addExport(program: Command, context: Context): void {
  program
    .command("export")
    .description("Export the setup of a template as commands or configuration")
    .argument("<template>", "A template of any kind")
    .argument("[certificate...]", "Device certificates: PEM, DER, bundles. Their plans say what must exist")
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
    .option(
      "--policy <name=file>",
      "The document of a policy that the template only names, to create the policy. Default for the name: the name of the file without its extension. Can be repeated",
      gathered,
    )
    .option("-o, --output <file>", "Write to this file. Default: standard output")
    .addOption(formats("text", "json"))
    .addHelpText("after", AFTER)
    .action((name: string, certificates: string[], options: Options) => run(name, certificates, options, context));
}

function run(name: string, names: string[], { to, output: file, format, policy = [], ...given }: Options, context: Context): void {
  const { terminal, version } = context;
  if (given.certificateMode !== undefined && (given.flow ?? "jitp") !== "jitp") {
    throw new Misuse('--certificate-mode is for the flow "jitp": the other flows have no registered CA');
  }
  if ([name, ...new Set(names), ...policy].filter((one) => one === "-").length > 1) {
    throw new Misuse("only one of the template, the certificates and the policies can come from standard input");
  }
  const source = readOne(name).bytes;
  const { inputs, trouble } = readAll(names, "*.pem");
  for (const one of trouble) complain(context, one);
  if (trouble.length > 0) return;
  if (file !== undefined) for (const one of [name, ...inputs.map((input) => input.name)]) refuseSame(file, one);
  const { policies } = documentOptions(givenPolicies({ policy, groupPolicies: true }));
  const result = exportTemplate(source, to, {
    ...given,
    ...(policies !== undefined && { policies }),
    ...(inputs.length > 0 && { certificates: inputs.map(({ bytes }) => bytes) }),
  });
  if (result.text === "" || !validate(source, { flow: given.flow ?? "jitp" }).ok) context.exit(FINDINGS);
  const output: ExportOutput = { format: "jitp.export", version: 1, jitp: version, result };
  const written = format === "json" ? json(output) : result.text;
  if (format === "text") for (const note of result.notes) terminal.err(`${terminal.paintErr.green("note")}: ${plain(note)}\n`);
  give(written, file, terminal);
}
