/** The words about texts and files that were pasted, dropped or opened. */

import { commonWords, counted, number } from "./common.ts";
import { workWords } from "./work.ts";

/** Where in a text the template was. */
const PLACES = {
  json: "",
  rest: "",
  fence: " from the fenced block",
  heredoc: " from the here-document",
  command: " from the shell command",
  string: " from the program's string",
  yaml: " from the YAML",
  code: " from the program, written as JSON",
  stack: " from the stack",
};

/** How a template was written into the text around it. */
export type Place = keyof typeof PLACES;

const list = (items: readonly string[]) => items.slice(0, 3).join(", ") + (items.length > 3 ? ` and ${number(items.length - 3)} more` : "");

/** What a text or files gave. */
export interface Receipt {
  /** Where all came from: names of files, or how the text came. */
  from: string;
  template?: { file?: string; how?: Place; references: readonly string[] };
  /** The number of templates that are not shown, and the files that have them. */
  otherTemplates: number;
  otherFiles: readonly string[];
  certificates: number;
  outputs: number;
  /** What is known of the account now. */
  known?: string;
  /** The lines that are not used. */
  unused: number;
  keys: number;
  /** Whether the certificate of a sample was replaced. */
  sampleGone: boolean;
}

export const intakeWords = {
  pasted: "pasted text",
  dropped: "dropped text",
  /** What the step is called, as in "Undone: ticket.md". */
  step: (from: string) => from || "files",
  /** Where all came from, if from several files. */
  files: (n: number) => `${number(n)} files`,
  asPasted: "Undo, and paste as it is",
  openAnyway: "Open it as the template",
  keyOverwritten: "A private key was overwritten before the text was read. It is not kept.",
  nothing: "The text has no template, no certificate, and no output of the AWS CLI.",
  filesMissing: (files: readonly string[]) =>
    files.length === 1
      ? `The command reads ${files[0]}, which is not in the text. Add that file.`
      : `The command reads ${list(files)}, which are not in the text. Add those files.`,
  other: (names: readonly string[]) =>
    names.length === 1
      ? `${names[0]} was not used: it is not a template, a certificate, or an output of the AWS CLI.`
      : `${counted(names.length, "file")} were not used: ${list(names)}. None of them is a template, a certificate, or an output of the AWS CLI.`,
  reading: (n = 0, all = 0) => (all < 2 ? "Reading" : `Reading ${number(n)} of ${counted(all, "certificate")}`),
  readingFiles: (n = 0, all = 0) => (all < 2 ? "Reading" : `Reading ${number(n)} of ${counted(all, "file")}`),
  cancel: "Cancel",
  cancelled: "Cancelled. Nothing was added.",
  unread: (name: string, cause: string) => `${name} could not be read: ${cause}`,
  tooLarge: (name: string, why: string) => `${name} was not read. ${why}`,
  templateTooLarge: "It is larger than 1 MB. AWS accepts templates of up to 10,240 characters.",
  zipProblem: (name: string, why: string) => `${name} was not opened. ${why}`,
  zipEmpty: (name: string) => `${name} has no files.`,
  zipInZip: "A ZIP inside a ZIP is not opened. Unpack it and add its files.",
  zipBroken: "It cannot be unpacked: it is damaged, or its compression is not supported.",
  workProblem: (name: string, why: string) => `${name} could not be read. ${why}`,
  workReplaced: (name: string) => `The work in ${name} replaced yours.`,
  restore: "Restore my work",
  /** What the step is called. */
  work: (name: string) => `work in ${name}`,
  /** One sentence for what came, one for each thing that a user must know about it. */
  received({ from, template, otherTemplates, otherFiles, certificates, outputs, known, unused, keys, sampleGone }: Receipt): string {
    const { references = [] } = template ?? {};
    const came = [
      template && `the template${PLACES[template.how ?? "json"]}`,
      certificates > 0 && counted(certificates, "certificate"),
      outputs > 0 && counted(outputs, "output of the AWS CLI", "outputs of the AWS CLI"),
    ].filter((one) => typeof one === "string");
    const file = template?.file;
    const first =
      file !== undefined && template?.how === undefined && certificates + outputs === 0
        ? `${file} is in the editor now.`
        : outputs > 0 && !template && certificates === 0
          ? `${from} tells of the account.`
          : `Read from ${from}: ${came.join(", ")}.`;
    return [
      first,
      known !== undefined && `Known of the account now: ${known}.`,
      unused > 0 && `${counted(unused, "other line was", "other lines were")} left out.`,
      otherTemplates > 0 && `${counted(otherTemplates, "other template was", "other templates were")} left out.`,
      otherFiles.length > 0 && `Not used: ${list(otherFiles)}.`,
      references.length > 0 && `Replace ${list(references.map((name) => `\${${name}}`))}: only the program knows the value.`,
      sampleGone && workWords.sampleGone,
      keys > 0 && commonWords.keyRefused,
    ]
      .filter((one) => typeof one === "string")
      .join(" ");
  },
};
