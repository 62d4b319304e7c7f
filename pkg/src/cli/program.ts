/** The command line as a whole: what there is, and what all commands share. */
import { Command } from "commander";
import { addCert } from "./commands/cert.js";
import { addCompletions } from "./commands/completions.js";
import { addExport } from "./commands/export.js";
import { addFix } from "./commands/fix.js";
import { addFmt } from "./commands/fmt.js";
import { addPlan } from "./commands/plan.js";
import { addRules } from "./commands/rules.js";
import { addSample } from "./commands/sample.js";
import { addStringify } from "./commands/stringify.js";
import { addValidate } from "./commands/validate.js";
import type { Context } from "./context.js";
import { plain } from "./terminal.js";

const AFTER = `
Exit code: 0 where all is well, 1 where something was found, 2 for a wrong command line or a file that cannot be read.
A file named - is standard input. Patterns such as 'templates/**/*.json' may be quoted: jitp knows them, too.
Colours: NO_COLOR=1 turns them off, FORCE_COLOR=1 on.`;

/** Puts the commands together. */
export function program(context: Context): Command {
  const { terminal } = context;
  const root = new Command("jitp")
    .description("Know what AWS IoT just-in-time provisioning will do, before a device connects.")
    .version(context.version, "-V, --version", "Print the version")
    .helpOption("-h, --help", "Print help")
    .helpCommand("help [command]", "Print help for a command")
    .addHelpText("after", AFTER)
    .showHelpAfterError("(see jitp --help)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      // Commander repeats words of the command line.
      writeErr: (text) => terminal.err(plain(text, { lines: true })),
      outputError: (text, write) => write(text),
    });
  for (const add of [addValidate, addFix, addFmt, addStringify, addPlan, addCert, addSample, addExport, addRules, addCompletions]) add(root, context);
  for (const command of root.commands) {
    command
      .copyInheritedSettings(root)
      .helpOption("-h, --help", "Print help")
      .showHelpAfterError(`(see jitp ${command.name()} --help)`);
  }
  return root;
}
