/**
 * Unfolds the strings of a text that hold JSON: the template body of a config, and policy documents. What they hold is shown as the JSON that
 * it is, at any depth. A string that holds broken JSON is shown the same way, so that the fault can be seen and removed.
 */

import { Cells, type Island, Unfolded } from "./cells.ts";
import { isSpace, type Layer, sourceLayer, stringEnd, unescaped } from "./escapes.ts";

/** A longer text is not a template. */
const LONGEST = 100_000;

/** Nobody nests deeper than a string in a string in a string. */
const DEEPEST = 4;

/** The keys whose strings hold JSON, in lower case. */
const HOLD_JSON = new Set(["templatebody", "policydocument", "registrationconfig"]);

const LONGEST_KEY = 30;

const PUNCTUATION = new Set(["{", "}", "[", "]", ",", ":"]);

/** Unfolds a text; nothing if no string in it holds JSON. */
export function unfold(source: string): Unfolded | undefined {
  if (source.length > LONGEST) return undefined;
  const root: Island = { depth: 0, oneLine: !source.trim().includes("\n"), indent: "", lineEnd: "\n" };
  const writer = new Writer(source);
  writer.content(sourceLayer(source), root);
  return writer.found ? new Unfolded(writer.cells.done(), root) : undefined;
}

/** The place of the next token. */
interface Reading {
  at: number;
  /** The last string is a key of `HOLD_JSON`, and whether its colon was read. */
  holds: boolean;
  colon: boolean;
  /** The last character that is not white space. */
  last: string;
  /** Open brackets. */
  level: number;
}

class Writer {
  readonly cells = new Cells();
  readonly #source: string;
  found = false;
  /** The shown text of the present line, so far. */
  #line = "";

  constructor(source: string) {
    this.#source = source;
  }

  /** Writes the content of an island. */
  content(layer: Layer, island: Island): void {
    const { text } = layer;
    const end = island.depth === 0 ? text.length : text.trimEnd().length;
    const reading: Reading = { at: 0, holds: false, colon: false, last: "", level: 0 };
    while (reading.at < end) this.#token(layer, island, reading, end);
    this.#hide(layer, end, text.length);
  }

  #token(layer: Layer, island: Island, reading: Reading, end: number): void {
    const { text } = layer;
    const character = text[reading.at] ?? "";
    if (isSpace(character)) this.#space(layer, island, reading, end);
    else if (character === '"') this.#string(layer, island, reading, end);
    else {
      if (island.oneLine) this.#layoutBefore(character, island, reading);
      this.#copy(layer, reading.at, reading.at + 1);
      if (character === ":") reading.colon = reading.holds;
      else reading.holds = false;
      reading.last = character;
      reading.at += 1;
      if (island.oneLine) this.#layoutAfter(layer, island, reading, end);
    }
  }

  #string(layer: Layer, island: Island, reading: Reading, end: number): void {
    const { text } = layer;
    const { at } = reading;
    const stop = Math.min(stringEnd(text, at) ?? end, end);
    const isWhole = island.depth === 0 && text.slice(0, at).trim() === "" && text.slice(stop).trim() === "";
    const inner = (reading.colon || isWhole) && this.#inner(layer, at, stop);
    if (inner) {
      this.found = true;
      const indent = /^[ \t]*/.exec(this.#line)?.[0] ?? "";
      const lineEnd = inner.text.includes("\r\n") ? "\r\n" : "\n";
      const own: Island = { depth: inner.depth, oneLine: !/[\r\n]/.test(inner.text.trim()), indent, lineEnd };
      this.cells.quote("open", this.#written(layer, at, at + 1), own);
      this.content(inner, own);
      this.cells.quote("close", this.#written(layer, stop - 1, stop), own);
    } else this.#copy(layer, at, stop);
    reading.holds = !inner && stop - at <= LONGEST_KEY && HOLD_JSON.has(text.slice(at + 1, stop - 1).toLowerCase());
    reading.colon = false;
    reading.last = '"';
    reading.at = stop;
  }

  /** The content of a string that holds JSON. */
  #inner(layer: Layer, from: number, to: number): Layer | undefined {
    const { text, depth } = layer;
    // A quote that should have an escape ends a string in the middle of something.
    if (depth >= DEEPEST || text[to - 1] !== '"' || to - from < 2 || !/^\s*([,}\]]|$)/.test(text.slice(to, to + 1_000))) return undefined;
    const inner = unescaped(layer, from + 1, to - 1);
    return inner && /^\s*\{/.test(inner.text) ? inner : undefined;
  }

  #space(layer: Layer, island: Island, reading: Reading, end: number): void {
    const { text } = layer;
    let stop = reading.at;
    while (stop < end && isSpace(text[stop])) stop += 1;
    const next = text[stop] ?? "";
    const { last } = reading;
    if (island.depth > 0 && last === "") this.#hide(layer, reading.at, stop);
    else if (!island.oneLine) {
      // The lines of a string begin where the line of its key does.
      const line = Math.max(text.lastIndexOf("\n", stop - 1), text.lastIndexOf("\r", stop - 1)) + 1;
      const from = Math.max(line, reading.at);
      this.#copy(layer, reading.at, from);
      if (line > reading.at) this.#eye(island.indent);
      this.#copy(layer, from, stop);
    } else if (last === "" || stop === end) this.#copy(layer, reading.at, stop);
    else if (last === ":" && next !== "") {
      // The space after a colon is one of those that are wanted anyway.
      this.#copy(layer, reading.at, reading.at + 1);
      this.#hide(layer, reading.at + 1, stop);
    } else if (PUNCTUATION.has(last) || PUNCTUATION.has(next)) this.#hide(layer, reading.at, stop);
    else this.#copy(layer, reading.at, stop);
    reading.at = stop;
  }

  #layoutBefore(character: string, island: Island, reading: Reading): void {
    if (character !== "}" && character !== "]") return;
    reading.level = Math.max(reading.level - 1, 0);
    if (reading.last !== "{" && reading.last !== "[") this.#newLine(island, reading.level);
  }

  #layoutAfter({ text }: Layer, island: Island, reading: Reading, end: number): void {
    const { last, at, level } = reading;
    let next = at;
    while (next < end && isSpace(text[next])) next += 1;
    if (last === "{" || last === "[") {
      reading.level = level + 1;
      if (text[next] !== "}" && text[next] !== "]") this.#newLine(island, reading.level);
    } else if (last === ",") {
      // A comma too many is followed by a bracket, which begins its line itself.
      if (text[next] !== "}" && text[next] !== "]") this.#newLine(island, level);
    } else if (last === ":" && !isSpace(text[at])) this.#eye(" ");
  }

  #newLine({ indent }: Island, level: number): void {
    this.#eye(`\n${indent}${"  ".repeat(level)}`);
  }

  #eye(text: string): void {
    this.cells.eye(text);
    this.#shown(text);
  }

  #shown(text: string): void {
    const line = text.lastIndexOf("\n");
    this.#line = line === -1 ? this.#line + text : text.slice(line + 1);
  }

  #written({ at }: Layer, from: number, to: number): string {
    return this.#source.slice(at[from], at[to]);
  }

  /** Shows a part of a layer. */
  #copy(layer: Layer, from: number, to: number): void {
    const { text, depth } = layer;
    if (depth === 0) this.cells.add(text.slice(from, to), text.slice(from, to));
    else {
      for (let i = from; i < to; i++) {
        // The editor knows one kind of line end.
        const isEnd = text[i] === "\r";
        const length = isEnd && text[i + 1] === "\n" && i + 1 < to ? 2 : 1;
        this.cells.add(isEnd ? "\n" : (text[i] ?? ""), this.#written(layer, i, i + length));
        i += length - 1;
      }
    }
    this.#shown(text.slice(from, to).replaceAll(/\r\n?/g, "\n"));
  }

  /** Leaves out a part of a layer that is white space. */
  #hide(layer: Layer, from: number, to: number): void {
    if (from < to) this.cells.add("", this.#written(layer, from, to));
  }
}
