/** Findings as GitHub's workflow commands: annotations in the log and in the pull request. */
import type { Diagnostic } from "jitp";
import { helpOf } from "../flags.js";
import { plain } from "../terminal.js";
import type { CheckedFile } from "./checked.js";
import { ruleOf } from "./rule.js";
import { headline } from "./text.js";

const COMMANDS = { error: "error", warning: "warning", hint: "notice" } as const;

export function githubReport(files: readonly CheckedFile[]): string {
  const lines = files.flatMap(({ name, report }) => report.diagnostics.map((diagnostic) => command(name, diagnostic)));
  return [...lines, headline(files), ""].join("\n");
}

function command(file: string, found: Diagnostic): string {
  const { code, severity, message, span } = found;
  const help = helpOf(found);
  const { start, end } = span ?? {};
  const title = [code, ruleOf(code)?.name].filter((part) => part !== undefined).join(" ");
  const place = start && end ? { line: start.line, endLine: end.line, col: start.column, endColumn: end.column } : {};
  // GitHub accepts columns only within one line.
  if (start?.line !== end?.line) Object.assign(place, { col: undefined, endColumn: undefined });
  const properties = Object.entries({ file, ...place, title })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${COMMANDS[severity]} ${properties.join(",")}::${data(help === undefined ? message : `${message}\n${help}`)}`;
}

/** The text after a command. Characters that cannot be seen are spelled out, and line ends are kept. */
function data(text: string): string {
  return plain(text, { lines: true }).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
