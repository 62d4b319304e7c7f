/** Completion scripts. All words in them are our own: the names and descriptions of commands. */

/** The parts of a command that a shell must know. */
export interface Shape {
  name: string;
  description: string;
  options: {
    flags: string[];
    description: string;
    takesValue: boolean;
    choices: readonly string[];
  }[];
  /** The words that its arguments may be. */
  words: readonly string[];
  /** Whether its arguments are files. */
  files: boolean;
}

const single = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const ROOT = ["--help", "--version", "help"];

export function bash(commands: readonly Shape[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, choices }) => `    ${flags.map((flag) => `${name}:${flag}`).join("|")}) words=${single(choices.join(" "))} ;;`),
  );
  const own = commands.map(({ name, options, words }) => {
    const flags = options.flatMap((option) => option.flags).join(" ");
    return `    ${name}:-*) words=${single(flags)} ;;\n    ${name}:*) words=${single(words.join(" "))} ;;`;
  });
  const names = commands.map(({ name }) => name).join(" ");
  return `# bash completion for jitp
_jitp() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  COMPREPLY=()
  case $command:$previous in
${values.join("\n")}
    *) case $command:$current in
    :*) words=${single([names, ...ROOT].join(" "))} ;;
    help:*) words=${single(names)} ;;
${own.join("\n")}
    esac ;;
  esac
  # What is not completed here are names of files, by "complete -o default".
  [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -o bashdefault -F _jitp jitp
`;
}

export function zsh(commands: readonly Shape[]): string {
  const plain = (text: string) => text.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
  const option = ({ flags, description, takesValue, choices }: Shape["options"][number]) => {
    const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(" ")})` : "_files"}` : "";
    return flags.map((flag) => single(`${flag}[${plain(description)}]${value}`));
  };
  const own = commands.map(({ name, options, words, files }) => {
    const rest = files ? ["'*:file:_files'"] : words.length > 0 ? [single(`*:word:(${words.join(" ")})`)] : [];
    return `        ${name}) _arguments ${[...options.flatMap(option), ...rest].join(" ")} ;;`;
  });
  const list = commands.map(({ name, description }) => `    ${single(`${name}:${plain(description)}`)}`).join("\n");
  return `#compdef jitp
_jitp() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${list}
    'help:Print help for a command'
  )
  _arguments -C '(- *)'{-h,--help}'[Print help]' '(- *)'{-V,--version}'[Print the version]' '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
        help) _describe command commands ;;
${own.join("\n")}
      esac ;;
  esac
}
if [[ \${funcstack[1]} == _jitp ]]; then _jitp "$@"; else compdef _jitp jitp; fi
`;
}

export function fish(commands: readonly Shape[]): string {
  const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const lines = ["# fish completion for jitp"];
  for (const { name, description } of [...commands, { name: "help", description: "Print help for a command" }]) {
    lines.push(`complete -c jitp -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`);
  }
  lines.push(
    "complete -c jitp -n __fish_use_subcommand -s h -l help -d 'Print help'",
    "complete -c jitp -n __fish_use_subcommand -s V -l version -d 'Print the version'",
    `complete -c jitp -n '__fish_seen_subcommand_from help' -f -a ${quoted(commands.map(({ name }) => name).join(" "))}`,
  );
  for (const { name, options, words, files } of commands) {
    const when = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    if (!files) lines.push(`complete -c jitp ${when} -f${words.length > 0 ? ` -a ${quoted(words.join(" "))}` : ""}`);
    for (const { flags, description, takesValue, choices } of options) {
      const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(" ");
      const value = !takesValue ? "" : choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : " -r";
      lines.push(`complete -c jitp ${when} ${names}${value} -d ${quoted(description)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
