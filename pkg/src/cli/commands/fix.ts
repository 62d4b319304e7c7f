/** `jitp fix` */
import type { Command } from "commander";
import { applyFixes, type FixedText } from "../apply.js";
import { complain, type Context, json } from "../context.js";
import { FINDINGS, Misuse } from "../exit.js";
import { type Input, readAll } from "../input.js";
import { formats, checkOptions, type CheckOptions, withCheckOptions } from "../options.js";
import type { FixOutput } from "../output.js";
import { textReport } from "../report/text.js";
import { plain } from "../terminal.js";
import { diff, save, textToChange } from "../write.js";

interface Options extends CheckOptions {
  format: "text" | "json";
  dryRun?: true;
}

interface Fixed extends FixedText {
  input: Input;
  before: string;
}

const AFTER = `
A fix is safe if there is only one. A finding with several possible fixes is left to you. The fixed text of standard input goes to
standard output. The exit code is 1 if an error is left, and with --dry-run if a file would change.

Examples:
  jitp fix template.json
  jitp fix 'fleet/**/*.json' --dry-run`;

export function addFix(program: Command, context: Context): void {
  const command = program
    .command("fix")
    .description("Apply safe fixes")
    .argument("<file...>", "Templates of any kind")
    .addOption(formats("text", "json"))
    .option("--dry-run", "Show a diff, write nothing");
  withCheckOptions(command)
    .addHelpText("after", AFTER)
    .action((names: string[], options: Options) => run(names, options, context));
}

function run(names: string[], options: Options, context: Context): void {
  const { inputs, trouble } = readAll(names, "*.json");
  for (const one of trouble) complain(context, one);
  const fixed: Fixed[] = [];
  for (const input of inputs) {
    try {
      const before = textToChange(input);
      const result = { input, before, ...applyFixes(before, checkOptions(options)) };
      if (options.dryRun !== true && !input.piped && result.text !== before) save(input.name, result.text);
      fixed.push(result);
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      trouble.push(error);
      complain(context, error);
    }
  }
  const left = fixed.some(({ report }) => !report.ok);
  const pending = options.dryRun === true && fixed.some(({ text, before }) => text !== before);
  if (left || pending) context.exit(FINDINGS);
  if (options.format === "json") {
    const output: FixOutput = {
      format: "jitp.fix",
      version: 1,
      jitp: context.version,
      ok: !left && !pending && trouble.length === 0,
      files: fixed.map(({ input, before, text, fixes, report }) => ({
        file: input.name,
        changed: text !== before,
        fixes,
        text,
        diagnostics: report.diagnostics,
      })),
      trouble: trouble.map(({ message }) => ({ message })),
    };
    context.terminal.out(json(output));
  } else {
    tell(fixed, options, context);
  }
}

/** Diffs and texts are for programs too, so that nothing else goes to standard output then. Messages go to standard error. */
function tell(fixed: Fixed[], options: Options, { terminal }: Context): void {
  const alone = options.dryRun === true || fixed.some(({ input }) => input.piped);
  const say = alone ? terminal.err : terminal.say;
  const paint = alone ? terminal.paintErr : terminal.paint;
  for (const { input, before, text, fixes } of fixed) {
    if (options.dryRun === true) {
      if (text !== before) terminal.out(diff(input.name, before, text, terminal));
    } else if (input.piped) {
      terminal.out(text);
    }
    for (const { code, title } of fixes) {
      const verb = options.dryRun === true ? "would fix" : "fixed";
      say(`${paint.green(verb)} ${plain(input.name)}: ${plain(title)} (${code})\n`);
    }
  }
  if (fixed.length === 0) return;
  const left = fixed.map(({ input, text, report }) => ({ name: input.name, source: text, report }));
  say(textReport(left, { paint, width: terminal.width }));
}
