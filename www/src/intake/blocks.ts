/** Blocks of lines: what is fenced in Markdown, here-documents, and the block scalars of YAML. */

import type { How } from "./piece.ts";
import { expanded } from "./quoted.ts";

/** A block, without the lines that begin and end it. */
export interface Block {
  text: string;
  from: number;
  to: number;
  how: How;
}

interface Line {
  text: string;
  from: number;
  to: number;
}

function linesOf(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  for (let at = from; at <= to; ) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 || feed > to ? to : feed;
    lines.push({ text: text.slice(at, end), from: at, to: end });
    at = end + 1;
  }
  return lines;
}

/** The fenced blocks of a text, whose inside is a text again. */
export function fences(text: string): Block[] {
  const found: Block[] = [];
  let open: { mark: string; from: number } | undefined;
  for (const line of linesOf(text, 0, text.length)) {
    const [, mark, info = ""] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line.text) ?? [];
    if (mark === undefined) continue;
    if (!open) open = { mark, from: line.to + 1 };
    else if (mark.startsWith(open.mark) && info.trim() === "") {
      found.push({ text: text.slice(open.from, line.from), from: open.from, to: line.from, how: "fence" });
      open = undefined;
    }
  }
  // A fence that somebody forgot to close, or did not copy.
  if (open && open.from < text.length) found.push({ text: text.slice(open.from), from: open.from, to: text.length, how: "fence" });
  return found;
}

const HEREDOC = /<<([-~]?)\s*\\?(["']?)([A-Za-z_]\w*)\2/;
/** Terraform's have no command, and other escapes. */
const ASSIGNED = /[\w\])]\s*=\s*(?:\w+\(\s*)?$/;
const SCALAR = /^(\s*)(?:-\s+)?[\w:."'-]+:\s*(?:![\w:]+\s+)?[|>][-+\d]*\s*(?:#.*)?$/;

/** The here-documents and block scalars in a part of a text, if they begin with a brace. */
export function documents(text: string, from: number, to: number): Block[] {
  const lines = linesOf(text, from, to);
  const last = new Map(lines.map((line, i) => [line.text.trim(), i]));
  const found: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line || line.text.length > 2_000 || /^\s*#/.test(line.text)) continue;
    const block = heredoc(lines, i, last) ?? scalar(lines, i);
    if (!block) continue;
    i = block.next - 1;
    if (/^\s*["']?[{[]/.test(block.text)) found.push(block);
  }
  return found;
}

function heredoc(lines: Line[], at: number, last: Map<string, number>): (Block & { next: number }) | undefined {
  const { text = "" } = lines[at] ?? {};
  const opened = HEREDOC.exec(text);
  const [, indent, quote, mark = ""] = opened ?? [];
  if (!opened || (last.get(mark) ?? -1) <= at) return undefined;
  let end = at + 1;
  while (lines[end]?.text.trim() !== mark) end++;
  const inner = dedented(lines.slice(at + 1, end), indent !== "");
  const assigned = ASSIGNED.test(text.slice(0, opened.index));
  const said = assigned ? inner.replace(/([$%])\1\{/g, "$1{") : quote === "" ? expanded(inner, false) : inner;
  return { text: said, from: lines[at + 1]?.from ?? 0, to: lines[end - 1]?.to ?? 0, how: "heredoc", next: end + 1 };
}

function scalar(lines: Line[], at: number): (Block & { next: number }) | undefined {
  const [, indent] = SCALAR.exec(lines[at]?.text ?? "") ?? [];
  if (indent === undefined) return undefined;
  let end = at + 1;
  for (; end < lines.length; end++) {
    const { text = "" } = lines[end] ?? {};
    if (text.trim() !== "" && (/^\s*/.exec(text)?.[0].length ?? 0) <= indent.length) break;
  }
  while (end > at + 1 && lines[end - 1]?.text.trim() === "") end--;
  if (end === at + 1) return undefined;
  return {
    text: dedented(lines.slice(at + 1, end), true),
    from: lines[at + 1]?.from ?? 0,
    to: lines[end - 1]?.to ?? 0,
    how: "yaml",
    next: end,
  };
}

/** The lines without the white space that all of them begin with. */
function dedented(lines: Line[], really: boolean): string {
  const written = lines.filter(({ text }) => text.trim() !== "");
  const margin = really ? Math.min(...written.map(({ text }) => /^\s*/.exec(text)?.[0].length ?? 0)) : 0;
  return lines.map(({ text }) => text.slice(margin)).join("\n");
}
