/** `npx jitp`: a command line over the package's public API. */
import { CommanderError } from "commander";
import { complain, type Context, json } from "./context.js";
import { flagOf } from "./flags.js";
import { CLEAN, MISUSE, Misuse, worse } from "./exit.js";
import type { TroubleOutput } from "./output.js";
import { program } from "./program.js";
import { plain, terminal } from "./terminal.js";

/** The version in Cargo.toml. build.mjs puts it in. */
declare const JITP_VERSION: string;

// A program that stops reading (`jitp rules | head`) is not an error.
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
  // Commander has already printed its message, and a request for help is not misuse.
  if (error instanceof CommanderError) ended(error);
  else if (error instanceof Misuse) complain(context, error);
  else if (isOfOption(error)) complain(context, new Misuse(`${flagOf(error.option)} ${error.problem}`));
  else if (error instanceof TypeError && error.message.startsWith("jitp: "))
    complain(context, new Misuse(error.message.slice("jitp: ".length)));
  else fault(error);
}

// A program that asked for JSON gets JSON, even after misuse.
if (process.exitCode === MISUSE && !context.terminal.wrote() && wantsJson(process.argv.slice(2))) {
  const { version, troubles } = context;
  context.terminal.out(json({ format: "jitp.trouble", version: 1, jitp: version, ok: false, trouble: troubles } satisfies TroubleOutput));
}

/** Commander ended the run, after it printed help or because of misuse. */
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

/** Reports a bug. No input and no command line should lead here, and it must not look like a finding. */
function fault(error: unknown): void {
  const told = error instanceof Error ? error.stack : String(error);
  context.troubles.push({ message: "this is a bug in jitp" });
  context.terminal.err(`error: this is a bug in jitp, please report it\n${plain(String(told), { lines: true })}\n`);
  context.exit(MISUSE);
}

/** Whether the API refuses an option. The command line then names its flag. */
function isOfOption(error: unknown): error is TypeError & { option: string; problem: string } {
  return error instanceof TypeError && "option" in error && "problem" in error;
}
