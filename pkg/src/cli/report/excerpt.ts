/** The place of a finding with its line, as rustc shows it. */
import { redactPrivateKeys, type Span } from "jitp";
import { columns, plain, type Paint } from "../terminal.js";

export interface View {
  paint: Paint;
  width: number;
}

type Colour = (text: string) => string;

const BEFORE = 24;

/**
 * The lines `--> name:line:column` and the excerpt with its caret. If the line is long, such as that of an escaped body, only the part around
 * the span is shown.
 */
export function excerpt(name: string, source: string, span: Span | undefined, colour: Colour, view: View): string[] {
  const { paint } = view;
  if (span === undefined) return [` ${paint.blue("-->")} ${plain(name)}`];
  const { start, end } = span;
  const number = String(start.line);
  const margin = " ".repeat(number.length);
  const bar = paint.blue("|");
  const { text, before, marked, cut } = window(withoutKeys(source), span, view.width - number.length - 3);
  const caret = " ".repeat(columns(before)) + colour("^".repeat(Math.max(columns(marked), 1)));
  const rest = end.line > start.line ? colour(`... to line ${end.line}, column ${end.column}`) : "";
  return [
    `${margin}${paint.blue("-->")} ${plain(name)}:${start.line}:${start.column}`,
    `${margin} ${bar}`,
    `${paint.blue(number)} ${bar} ${text}`,
    `${margin} ${bar} ${caret}${cut || rest === "" ? "" : " "}${rest}`.trimEnd(),
  ];
}

/** In lines. Of a longer block only the beginning and the end are shown. */
const MOST_LINES = 12;

/** As {@link excerpt}, with all lines of a span that has several. */
export function block(name: string, source: string, span: Span | undefined, colour: Colour, view: View): string[] {
  if (span === undefined || span.end.line === span.start.line) return excerpt(name, source, span, colour, view);
  const { start, end } = span;
  const digits = String(end.line).length;
  const lines = withoutKeys(source)
    .slice(start.offset - (start.column - 1))
    .split(/\r\n|[\r\n]/, end.line - start.line + 1);
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length));
  const room = view.width - digits - 5;
  const bar = view.paint.blue("|");
  const shown = lines.map((line, i) => {
    const text = line.slice(indent);
    const cut = columns(text) > room ? `${text.slice(0, whole(text, room - 1))}…` : text;
    return `${view.paint.blue(String(start.line + i).padStart(digits))} ${bar} ${colour(i === 0 ? "/" : "|")} ${plain(cut)}`.trimEnd();
  });
  if (shown.length > MOST_LINES) shown.splice(MOST_LINES / 2, shown.length - MOST_LINES, `${" ".repeat(digits)} ${bar} ${colour("|")} …`);
  return [
    `${" ".repeat(digits)}${view.paint.blue("-->")} ${plain(name)}:${start.line}:${start.column}`,
    `${" ".repeat(digits)} ${bar}`,
    ...shown,
    `${" ".repeat(digits)} ${bar} ${colour("|_^")}`,
  ];
}

/** The last text, kept because the findings of one text follow one another. */
let looked = { source: "", shown: "" };

/** The text without private keys, as long as before. The whole text is searched, because a key may not be recognised in a piece of a line. */
function withoutKeys(source: string): string {
  if (looked.source !== source) looked = { source, shown: redactPrivateKeys(source).text };
  return looked.shown;
}

/** The part of the line to show, its text before the caret, and the text above the caret. */
function window(source: string, { start, end }: Span, width: number) {
  const lineStart = start.offset - (start.column - 1);
  const lineEnd = endOfLine(source, start.offset);
  const spanEnd = Math.min(end.offset, lineEnd);
  const fits = lineEnd - lineStart <= width;
  const from = fits ? lineStart : whole(source, Math.max(lineStart, Math.min(start.offset - BEFORE, lineEnd - width + 2)));
  const to = fits ? lineEnd : whole(source, Math.min(lineEnd, from + width - 2));
  const shown = Math.min(spanEnd, to);
  const left = from > lineStart ? "…" : "";
  const right = to < lineEnd ? "…" : "";
  return {
    text: left + plain(source.slice(from, to)) + right,
    before: left + plain(source.slice(from, start.offset)),
    marked: plain(source.slice(start.offset, shown)),
    cut: shown < spanEnd,
  };
}

function endOfLine(source: string, from: number): number {
  const at = source.slice(from).search(/[\r\n]/);
  return at < 0 ? source.length : from + at;
}

/** The offset, moved forward if it would split a surrogate pair. */
function whole(source: string, offset: number): number {
  const code = source.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}
