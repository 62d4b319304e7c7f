/** `jitp fmt` */
import type { Command } from "commander";
import { stringify, unstringify, validate } from "jitp";
import { complain, type Context } from "../context.js";
import { FINDINGS, Misuse } from "../exit.js";
import { readAll } from "../input.js";
import { textOfFindings } from "../report/text.js";
import { plain } from "../terminal.js";
import { diff, save, textToChange } from "../write.js";

interface Options {
  check?: true;
  diff?: true;
}

const AFTER = `
Indents by two spaces, one member per line. A template body in a string is not changed. Only white space changes. The exit code
is 1 if a file cannot be formatted, and with --check or --diff if a file is not formatted.

Examples:
  jitp fmt template.json
  jitp fmt --check 'fleet/**/*.json'`;

export function addFmt(program: Command, context: Context): void {
  program
    .command("fmt")
    .description("Format templates")
    .argument("<file...>", "Templates of any kind")
    .option("--check", "List the files that are not formatted, write nothing")
    .option("--diff", "Show a diff, write nothing")
    .addHelpText("after", AFTER)
    .action((names: string[], options: Options) => run(names, options, context));
}

function run(names: string[], options: Options, context: Context): void {
  const { terminal } = context;
  const { inputs, trouble } = readAll(names, "*.json");
  for (const one of trouble) complain(context, one);
  for (const input of inputs) {
    try {
      const before = textToChange(input);
      const after = formatted(input.name, before, context);
      if (after === undefined) {
        context.exit(FINDINGS);
      } else if (options.check === true || options.diff === true) {
        if (after === before) continue;
        context.exit(FINDINGS);
        terminal.out(options.diff === true ? diff(input.name, before, after, terminal) : `${plain(input.name)}\n`);
      } else if (input.piped) {
        terminal.out(after);
      } else if (after !== before) {
        save(input.name, after);
        terminal.say(`formatted ${plain(input.name)}\n`);
      }
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      complain(context, error);
    }
  }
}

/** The formatted text; `undefined` if the text cannot be read, which is then reported. */
function formatted(name: string, source: string, { terminal }: Context): string | undefined {
  const { kind } = validate(source);
  const { text, diagnostics } = kind === "template-body" ? unstringify(source) : stringify(source);
  if (text === "" || kind === "unknown" || !sameValue(source, text)) {
    const view = { paint: terminal.paintErr, width: terminal.width };
    terminal.err(`${plain(name)} cannot be formatted: it is not valid JSON of a template\n`);
    terminal.err(
      textOfFindings(
        name,
        source,
        diagnostics.filter(({ severity, code }) => severity === "error" || code === "JITP155"),
        view,
      ),
    );
    return undefined;
  }
  const ended = text.endsWith("\n") ? text : `${text}\n`;
  return /^[^\n]*\r\n/.test(source) ? ended.replaceAll("\n", "\r\n") : ended;
}

/** Whether both texts are JSON of the same value. `fmt` must change nothing but white space. */
function sameValue(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}
