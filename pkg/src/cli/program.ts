/** The whole command line: all commands, and what they share. */
import { type Argument, Command } from "commander";
import { addAccount } from "./commands/account.js";
import { addCan } from "./commands/can.js";
import { addCert } from "./commands/cert.js";
import { addCompletions } from "./commands/completions.js";
import { addDiff } from "./commands/diff.js";
import { addExport } from "./commands/export.js";
import { addFix } from "./commands/fix.js";
import { addFleet } from "./commands/fleet.js";
import { addFmt } from "./commands/fmt.js";
import { addPlan } from "./commands/plan.js";
import { addRules } from "./commands/rules.js";
import { addSample } from "./commands/sample.js";
import { addStringify } from "./commands/stringify.js";
import { addValidate } from "./commands/validate.js";
import type { Context } from "./context.js";
import { MEANINGS, Misuse } from "./exit.js";
import { REPEATABLE } from "./options.js";
import { plain, wrap } from "./terminal.js";

const CODES = MEANINGS.map(([code, means]) => `  ${code}  ${wrap(means, 120, "     ").trimStart()}`).join("\n");

const AFTER = `
Exit codes:
${CODES}
Warnings and hints alone do not fail. For more about a command: jitp help COMMAND.
A file named - is standard input. Patterns such as 'templates/**/*.json' can be quoted: jitp expands them.
Colours: NO_COLOR=1 turns them off, FORCE_COLOR=1 turns them on.`;

/** Puts the commands together. */
export function program(context: Context): Command {
  const { terminal } = context;
  const root = new Command("jitp")
    .description("Shows what AWS IoT just-in-time provisioning will do, before a device connects.")
    .version(context.version, "-V, --version", "Print the version")
    .helpOption("-h, --help", "Print help")
    .helpCommand("help [command]", "Print help for a command")
    .addHelpText("after", AFTER)
    .showHelpAfterError("(see jitp --help)")
    // The list shows each command under one name. The command's own help has the other names.
    .configureHelp({
      subcommandTerm: (command) =>
        [command.name(), ...(command.options.length > 0 ? ["[options]"] : []), ...command.registeredArguments.map(argument)].join(" "),
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      // Commander repeats words of the command line.
      writeErr: (text) => terminal.err(plain(text, { lines: true })),
      outputError: (text, write) => write(text),
    });
  for (const add of [
    addValidate,
    addFix,
    addFmt,
    addStringify,
    addPlan,
    addFleet,
    addDiff,
    addCan,
    addCert,
    addAccount,
    addSample,
    addExport,
    addRules,
    addCompletions,
  ])
    add(root, context);
  for (const command of root.commands) {
    command.copyInheritedSettings(root).helpOption("-h, --help", "Print help").showHelpAfterError(`(see jitp ${command.name()} --help)`);
    refuseRepeats(command);
  }
  root.on("command:*", ([word]: string[]) => unknownCommand(root, word ?? ""));
  refuseHelpFor(root);
  return root;
}

/** An argument as usage lines show it. */
function argument(given: Argument): string {
  const name = `${given.name()}${given.variadic ? "..." : ""}`;
  return given.required ? `<${name}>` : `[${name}]`;
}

/** Other names that people use for the commands. */
const CALLED: Readonly<Record<string, string>> = {
  check: "validate",
  lint: "validate",
  verify: "validate",
  test: "validate",
  simulate: "can",
  access: "can",
  "test-authorization": "can",
  authorize: "can",
  run: "plan",
  batch: "fleet",
  bulk: "fleet",
  stream: "fleet",
  dryrun: "plan",
  preview: "plan",
  compare: "diff",
  changes: "diff",
  format: "fmt",
  prettier: "fmt",
  repair: "fix",
  mend: "fix",
  escape: "stringify",
  wrap: "stringify",
  pack: "stringify",
  unescape: "unstringify",
  unwrap: "unstringify",
  unpack: "unstringify",
  certificate: "cert",
  certs: "cert",
  certificates: "cert",
  inspect: "cert",
  x509: "cert",
  chain: "cert",
  generate: "sample",
  example: "sample",
  rule: "rules",
  list: "rules",
  why: "explain",
  show: "explain",
  describe: "explain",
  deploy: "export",
  terraform: "export",
  cloudformation: "export",
  completion: "completions",
};

/** `jitp help WORD` for an unknown command: Commander would print the help of all and not mention the word. */
function refuseHelpFor(root: Command): void {
  const parts = root as unknown as { _dispatchHelpCommand(word?: string): unknown; args: string[] };
  const dispatch = parts._dispatchHelpCommand.bind(root);
  parts._dispatchHelpCommand = (word) => {
    const known = word === undefined || root.commands.some((command) => command.name() === word || command.aliases().includes(word));
    if (known) return dispatch(word);
    // Commander looks for the word here, to find others that are spelled alike.
    parts.args = [word];
    return unknownCommand(root, word);
  };
}

/** Refuses a command that does not exist, and names the one that was most likely meant, if there is one. */
function unknownCommand(root: Command, word: string): void {
  const called = Object.hasOwn(CALLED, word.toLowerCase()) ? CALLED[word.toLowerCase()] : undefined;
  if (called !== undefined) root.error(`error: unknown command '${plain(word)}'\n(Did you mean ${called}?)`, { exitCode: 1 });
  // Commander finds names that are spelled alike.
  (root as unknown as { unknownCommand(): void }).unknownCommand();
}

/** Refuses an option that is given twice. Commander would silently use only the last one. */
function refuseRepeats(command: Command): void {
  for (const option of command.options) {
    let times = 0;
    command.on(`option:${option.name()}`, () => {
      times += 1;
      const names = [option.long ?? "", `${command.name()} ${option.long}`];
      if (times > 1 && !names.some((name) => REPEATABLE.includes(name))) throw new Misuse(`${option.long} is set more than once`);
    });
  }
}
