/** `--account`: what the AWS account has already. */
import { type NamedText, readAccount } from "jitp";
import type { Context } from "./context.js";
import { exitOfFindings, Misuse } from "./exit.js";
import { type Input, LONGEST_SHOWN, readAll } from "./input.js";
import { textOfFindings } from "./report/text.js";
import { plain } from "./terminal.js";

/** The texts of these files, for the option `account`. Nothing can be planned without one that was named. */
export function accountTexts(names: readonly string[] | undefined): NamedText[] | undefined {
  if (names === undefined) return undefined;
  const { inputs, trouble } = readAll([...names], "*.json");
  const [first] = trouble;
  if (first !== undefined) throw new Misuse(first.message);
  return inputs.map(named);
}

/** A file as a text about an account. */
export const named = (input: Input): NamedText => ({ name: input.name, text: input.bytes.toString("utf8") });

/** Prints the findings in the texts, once. An account that was misread gives no plan that could be relied on. */
export function sayAccount(texts: readonly NamedText[] | undefined, context: Context): void {
  if (texts === undefined || said.has(texts)) return;
  said.add(texts);
  const { terminal } = context;
  const report = readAccount(texts);
  const view = { paint: terminal.paintErr, width: terminal.width };
  for (const [i, { name, diagnostics }] of report.texts.entries())
    if (diagnostics.length > 0) terminal.err(textOfFindings(plain(name), texts[i]?.text.slice(0, LONGEST_SHOWN) ?? "", diagnostics, view));
  context.exit(exitOfFindings(report.diagnostics));
}

/** The texts whose findings were printed. */
const said = new WeakSet<readonly NamedText[]>();
