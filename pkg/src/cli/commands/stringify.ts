/** `jitp stringify` and `jitp unstringify` */
import type { Command } from "commander";
import { type Flow, type Stringified, stringify, type StringifyOptions, unstringify } from "jitp";
import { type Context, json } from "../context.js";
import { FINDINGS } from "../exit.js";
import { readOne, textOf } from "../input.js";
import { flow, formats, wholeNumber } from "../options.js";
import type { StringifyOutput, UnstringifyOutput } from "../output.js";
import { textOfFindings } from "../report/text.js";
import { give, refuseSame } from "../write.js";

interface Options extends Omit<StringifyOptions, "indent"> {
  flow: Flow;
  indent?: number;
  output?: string;
  format: "text" | "json";
}

const AFTER = `
The result goes to standard output, findings go to standard error. The exit code is 1 if there is an error.

Examples:
  jitp stringify body.json --role-arn arn:aws:iam::123456789012:role/JITPRole -o config.json
  jitp stringify body.json --template-name sensors | aws iot create-provisioning-template --cli-input-json file:///dev/stdin`;

export function addStringify(program: Command, context: Context): void {
  program
    .command("stringify")
    .description("Write a template as AWS expects it, with the body as an escaped string")
    .argument("<body>", "A template of any kind")
    .option("--role-arn <arn>", "The provisioning role. Default: the role in the source")
    .option("--template-name <name>", "Write an input for CreateProvisioningTemplate with this name. Default: write a registration config")
    .option(
      "--indent <spaces>",
      "Indent the body by 1 to 8 spaces; 0 removes all white space. Default: keep the text of the body",
      wholeNumber,
    )
    .addOption(flow("The flow that the template is for"))
    .option("-o, --output <file>", "Write to this file. Default: standard output")
    .addOption(formats("text", "json"))
    .addHelpText("after", AFTER)
    .action((name: string, options: Options) => {
      const input = readOne(name);
      if (options.output !== undefined) refuseSame(options.output, name);
      const { flow, roleArn, templateName, indent } = options;
      const given: StringifyOptions = {
        flow,
        ...(roleArn === undefined ? {} : { roleArn }),
        ...(templateName === undefined ? {} : { templateName }),
        ...(indent === undefined ? {} : { indent }),
      };
      const result = stringify(input.bytes, given);
      const output: StringifyOutput = { format: "jitp.stringify", version: 1, jitp: context.version, result };
      tell(name, textOf(input), result, options, output, context);
    });
  program
    .command("unstringify")
    .description("Extract the template body, formatted for reading")
    .argument("<config>", "A registration config, or an input for CreateProvisioningTemplate")
    .option("-o, --output <file>", "Write to this file. Default: standard output")
    .addOption(formats("text", "json"))
    .action((name: string, options: Pick<Options, "output" | "format">) => {
      const input = readOne(name);
      if (options.output !== undefined) refuseSame(options.output, name);
      const result = unstringify(input.bytes);
      const output: UnstringifyOutput = { format: "jitp.unstringify", version: 1, jitp: context.version, result };
      tell(name, textOf(input), result, options, output, context);
    });
}

function tell(
  name: string,
  source: string,
  { text, diagnostics }: Stringified,
  { output: file, format }: Pick<Options, "output" | "format">,
  output: StringifyOutput | UnstringifyOutput,
  context: Context,
): void {
  const { terminal } = context;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || text === "") context.exit(FINDINGS);
  const view = { paint: terminal.paintErr, width: terminal.width };
  const shown = name === "-" ? "<stdin>" : name;
  if (format === "text") terminal.err(textOfFindings(shown, source, diagnostics, view));
  const written = format === "json" ? json(output) : text === "" ? "" : `${text}\n`;
  give(written, file, terminal);
}
