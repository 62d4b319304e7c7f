/** `npx jitp`: a command line over the package's public API. */
import { CommanderError } from "commander";
import { complain, type Context, json } from "./context.js";
import { flagOf } from "./flags.js";
import { CLEAN, MISUSE, Misuse, worse } from "./exit.js";
import type { TroubleOutput } from "./output.js";
import { program } from "./program.js";
import { plain, terminal } from "./terminal.js";

/** Written in by build.mjs, out of Cargo.toml. */
declare const JITP_VERSION: string;

// Whoever reads has had enough (`jitp rules | head`): that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(process.exitCode);
  });
}

const context: Context = {
  terminal: terminal(),
  version: JITP_VERSION,
  exit: (code) => {
    process.exitCode = worse(Number(process.exitCode ?? CLEAN), code);
  },
  troubles: [],
};

try {
  await program(context).parseAsync();
} catch (error) {
  // Commander has printed what it had to say; that help was asked for is no misuse.
  if (error instanceof CommanderError) ended(error);
  else if (error instanceof Misuse) complain(context, error);
  else if (isOfOption(error)) complain(context, new Misuse(`${flagOf(error.option)} ${error.problem}`));
  else if (error instanceof TypeError && error.message.startsWith("jitp: "))
    complain(context, new Misuse(error.message.slice("jitp: ".length)));
  else fault(error);
}

// A program that asked for JSON reads JSON, whatever went wrong.
if (process.exitCode === MISUSE && !context.terminal.wrote() && wantsJson(process.argv.slice(2))) {
  const { version, troubles } = context;
  context.terminal.out(json({ format: "jitp.trouble", version: 1, jitp: version, ok: false, trouble: troubles } satisfies TroubleOutput));
}

/** Commander ended the run: for help that was asked for, or for misuse. */
function ended({ exitCode, message }: CommanderError): void {
  context.exit(exitCode === 0 ? CLEAN : MISUSE);
  if (exitCode !== 0)
    context.troubles.push({
      message: message.startsWith("(") ? "no command" : message.replace(/^error: /, "").replace(/\n[^]*/, ""),
    });
}

/** Whether a command line asks for JSON. It may be wrong, so that nothing has parsed it. */
function wantsJson(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  return options.some((word, i) => /^(?:--format=|-f)json$/.test(word) || (/^(?:--format|-f)$/.test(word) && options[i + 1] === "json"));
}

/** No input and no command line leads here; it must not look like a finding. */
function fault(error: unknown): void {
  const told = error instanceof Error ? error.stack : String(error);
  context.troubles.push({ message: "this is a bug in jitp" });
  context.terminal.err(`error: this is a bug in jitp, please report it\n${plain(String(told), { lines: true })}\n`);
  context.exit(MISUSE);
}

/** Whether the API objects to an option, which has the name of a flag here. */
function isOfOption(error: unknown): error is TypeError & { option: string; problem: string } {
  return error instanceof TypeError && "option" in error && "problem" in error;
}
