/** Findings as SARIF 2.1.0, the format of code scanning. */
import { type Diagnostic, type Rule, type Severity, type Span, visibleText } from "jitp";
import { pathToFileURL } from "node:url";
import { isAbsolute } from "node:path";
import { helpOf } from "../flags.js";
import { json } from "../context.js";
import type { CheckedFile } from "./checked.js";
import { all as RULES } from "./rule.js";

const LEVELS: Record<Severity, string> = { error: "error", warning: "warning", hint: "note" };

/** The log of one run. `trouble` lists the files that could not be read. */
export function sarifReport(files: readonly CheckedFile[], trouble: readonly string[], version: string): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "jitp", version, semanticVersion: version, rules: RULES.map(ruleOf) } },
        invocations: [
          {
            executionSuccessful: trouble.length === 0,
            toolExecutionNotifications: trouble.map((text) => ({ level: "error", message: message(text) })),
          },
        ],
        columnKind: "utf16CodeUnits",
        artifacts: files.map(({ name }) => ({ location: { uri: uri(name) } })),
        results: files.flatMap(({ name, report }, index) =>
          report.diagnostics.map((diagnostic) => result(diagnostic, { uri: uri(name), index })),
        ),
      },
    ],
  };
  return json(log);
}

interface Artifact {
  uri: string;
  index: number;
}

function ruleOf(rule: Rule) {
  return {
    id: rule.code,
    // In SARIF a name must be an identifier.
    name: rule.name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.explanation },
    help: {
      text: rule.explanation,
      markdown: `${rule.explanation}\n\nSource: [${rule.sourceTitle}](${rule.source}), as of ${rule.sourceDate}`,
    },
    helpUri: rule.source,
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: [rule.phase, rule.basis], phase: rule.phase, basis: rule.basis },
  };
}

function result(diagnostic: Diagnostic, artifact: Artifact) {
  const { code, severity, span, path, related, fix } = diagnostic;
  const help = helpOf(diagnostic);
  const index = RULES.findIndex((rule) => rule.code === code);
  return {
    ruleId: code,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: LEVELS[severity],
    message: message(help === undefined ? diagnostic.message : `${diagnostic.message}\n${help}`),
    locations: [
      {
        ...location(artifact, span),
        ...(path === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: visibleText(path), kind: "member" }] }),
      },
    ],
    ...(related === undefined
      ? {}
      : {
          relatedLocations: related.map(({ message: text, span: place }, id) => ({
            id,
            message: message(text),
            ...location(artifact, place),
          })),
        }),
    // SARIF's fixes are alternatives, as the choices of a finding are.
    ...(fix === undefined && diagnostic.choices === undefined
      ? {}
      : {
          fixes: [...(fix === undefined ? [] : [fix]), ...(diagnostic.choices ?? [])].map(({ title, edits }) => ({
            description: message(title),
            artifactChanges: [
              {
                artifactLocation: artifact,
                replacements: edits.map((edit) => ({
                  deletedRegion: region(edit.span),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
          })),
        }),
  };
}

/** A message in plain text. SARIF allows links in it, `[text](address)`, and a text from a file must not become one. */
function message(text: string) {
  return { text: visibleText(text, { lines: true }).replace(/\](?=\()/g, "<U+005D>") };
}

function location(artifactLocation: Artifact, span: Span | undefined) {
  return { physicalLocation: { artifactLocation, ...(span === undefined ? {} : { region: region(span) }) } };
}

function region({ start, end }: Span) {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    charOffset: start.offset,
    charLength: end.offset - start.offset,
  };
}

/** A relative path stays one: code scanning reads it from the root of the repository. */
function uri(name: string): string {
  if (name === "<stdin>") return "stdin";
  if (isAbsolute(name)) return pathToFileURL(name).href;
  return (
    name
      .replaceAll("\\", "/")
      .replace(/^(\.\/)+/, "")
      .split("/")
      // Windows allows halves of surrogate pairs in names.
      .map((part) => encodeURIComponent(Buffer.from(part).toString()))
      .join("/")
  );
}
