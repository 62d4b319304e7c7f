/** `jitp validate` */
import type { Command } from "commander";
import { validate } from "jitp";
import { complain, type Context, json } from "../context.js";
import { FINDINGS } from "../exit.js";
import { readAll, textOf } from "../input.js";
import { formats, checkOptions, type CheckOptions, wholeNumber, withCheckOptions } from "../options.js";
import type { ValidateOutput } from "../output.js";
import { githubReport } from "../report/github.js";
import { countAll, type CheckedFile } from "../report/checked.js";
import { sarifReport } from "../report/sarif.js";
import { textReport } from "../report/text.js";

interface Options extends CheckOptions {
  format: "text" | "json" | "sarif" | "github";
  maxWarnings?: number;
}

const AFTER = `
Findings are errors (AWS refuses the template, or provisioning fails), warnings and hints. The exit code is 1 if there is an error,
or if there are more warnings than --max-warnings allows.

Examples:
  jitp validate template.json
  jitp validate 'fleet/**/*.json' --max-warnings 0
  terraform output -raw template | jitp validate -
  jitp validate template.json --format sarif > jitp.sarif`;

export function addValidate(program: Command, context: Context): void {
  const command = program
    .command("validate")
    .description("Check templates")
    .argument("<file...>", "Templates of any kind: bodies, registration configs, inputs for CreateProvisioningTemplate")
    .addOption(formats("text", "json", "sarif", "github"))
    .option("--max-warnings <number>", "Fail if there are more warnings than this. Default: no limit", wholeNumber);
  withCheckOptions(command)
    .addHelpText("after", AFTER)
    .action((names: string[], options: Options) => run(names, options, context));
}

function run(names: string[], options: Options, context: Context): void {
  const { terminal, version } = context;
  const { inputs, trouble } = readAll(names, "*.json");
  for (const one of trouble) complain(context, one);
  const files = inputs.map((input): CheckedFile => {
    const source = textOf(input);
    return { name: input.name, source, report: validate(input.bytes, checkOptions(options)) };
  });
  const counts = countAll(files);
  const found = counts.errors > 0 || counts.warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY);
  if (found) context.exit(FINDINGS);
  switch (options.format) {
    case "json":
      terminal.out(
        json({
          format: "jitp.validate",
          version: 1,
          jitp: version,
          ok: !found && trouble.length === 0,
          counts,
          files: files.map(({ name, report }) => ({ file: name, ...report })),
          trouble: trouble.map(({ message }) => ({ message })),
        } satisfies ValidateOutput),
      );
      break;
    case "sarif":
      terminal.out(
        sarifReport(
          files,
          trouble.map(({ message }) => message),
          version,
        ),
      );
      break;
    case "github":
      terminal.out(githubReport(files));
      break;
    case "text":
      // If no file was read, there is nothing to sum up.
      if (files.length > 0) terminal.say(textReport(files, terminal));
      if (found && counts.errors === 0) {
        terminal.err(`error: more than ${options.maxWarnings} warnings\n`);
      }
  }
}
