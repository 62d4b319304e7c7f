/** `jitp completions` */
import { Argument, type Command } from "commander";
import { bash, fish, type Shape, zsh } from "../completions.js";
import type { Context } from "../context.js";
import { all } from "../report/rule.js";

const WRITERS = { bash, zsh, fish };

const AFTER = `
To install them:
  bash  echo 'source <(jitp completions bash)' >> ~/.bashrc
  zsh   jitp completions zsh > "\${fpath[1]}/_jitp"
  fish  jitp completions fish > ~/.config/fish/completions/jitp.fish`;

export function addCompletions(program: Command, { terminal }: Context): void {
  program
    .command("completions")
    .description("Print the shell completions")
    .addArgument(new Argument("<shell>").choices(Object.keys(WRITERS)))
    .addHelpText("after", AFTER)
    .action((shell: keyof typeof WRITERS) => terminal.out(WRITERS[shell](shapeOf(program))));
}

/** The words to complete, read from the commands themselves. */
function shapeOf(program: Command): Shape[] {
  return program.commands.map((command) => {
    const options = command.options.map(({ long, short, description, argChoices, required, optional }) => ({
      flags: [long, short].filter((flag): flag is string => typeof flag === "string"),
      description,
      takesValue: required || optional,
      choices: argChoices ?? [],
    }));
    const help = { flags: ["--help", "-h"], description: "Print help", takesValue: false, choices: [] };
    const words = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
    return {
      name: command.name(),
      description: command.description(),
      options: [...options, help],
      words: command.name() === "explain" ? all.flatMap(({ code, name }) => [code, name]) : words,
      // Arguments without fixed words are files.
      files: command.registeredArguments.length > 0 && command.name() !== "explain" && words.length === 0,
    };
  });
}
