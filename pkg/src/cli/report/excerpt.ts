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
