/** The shapes of the picture of a plan: boxes, lines, numbers, and names cut into lines. */

import type { PictureElement } from "../types.js";
import type { Link, Part, PartStatus } from "./picture-model.js";

/** Width of a character of the monospaced type at its size below. */
const CHARACTER = 8.15;
const LINE = 17;
const MONO = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

/** The colours by name. In a page each is a CSS custom property, `--picture-` and the name. */
export const COLOURS = {
  surface: "#ffffff",
  ink: "#14201e",
  quiet: "#465552",
  line: "#82908d",
  ok: "#17693f",
  "ok-tint": "#e6f3eb",
  bad: "#b42318",
  "bad-tint": "#fdecea",
  warn: "#875000",
  "warn-tint": "#fcf1de",
  tint: "#f4f7f6",
};
export type Colour = keyof typeof COLOURS;

/** The colour of the words for the state of a part. */
const WORDS: Record<PartStatus, Colour> = { done: "ok", failed: "bad", stuck: "warn", skipped: "quiet", unknown: "warn", exists: "quiet" };

export const LOOK: Record<PartStatus, { line: Colour; fill: Colour; dashes?: string; mark: string }> = {
  done: { line: "ok", fill: "ok-tint", mark: "✓" },
  failed: { line: "bad", fill: "bad-tint", mark: "✗" },
  skipped: { line: "line", fill: "surface", dashes: "3 4", mark: "–" },
  stuck: { line: "warn", fill: "warn-tint", mark: "!" },
  unknown: { line: "warn", fill: "surface", dashes: "3 4", mark: "?" },
  exists: { line: "quiet", fill: "tint", dashes: "7 3", mark: "=" },
};

/** Gives a colour by its name. */
export type Paint = (name: Colour) => string;

/** Where a number sits in a box or on a line, and its size. */
const RADIUS = 9.5;

/** The number of a step, filled if the step is made or fails. */
function number({ step, status }: Link, x: number, y: number, colour: Paint): PictureElement[] {
  const { line } = LOOK[status];
  const filled = status !== "skipped" && status !== "unknown";
  return [
    element("circle", {
      cx: String(x),
      cy: String(y),
      r: String(RADIUS),
      fill: colour(filled ? line : "surface"),
      stroke: colour(line),
      "stroke-width": "1.5",
    }),
    label(String(step), x, y + 4, {
      "text-anchor": "middle",
      "font-weight": "700",
      "font-size": "12",
      fill: colour(filled ? "surface" : "quiet"),
    }),
  ];
}

/** The number of a step on its line, and the step's outcome. */
export function connection(x: number, y: number, link: Link, colour: Paint): PictureElement {
  const words = { done: "attached", failed: "fails here", skipped: "not attached", unknown: "unknown" }[link.status];
  return element(
    "g",
    { class: "picture-link", "data-step": String(link.step) },
    ...number(link, x, y, colour),
    label(`${LOOK[link.status].mark} ${words}`, x + 16, y + 4, { "font-size": "13", fill: colour(WORDS[link.status]) }),
  );
}

/** A part: its kind, its state, and its name in as many lines as it needs. */
export function box(part: Part, x: number, y: number, width: number, colour: Paint): { element: PictureElement; height: number } {
  const { line, fill, dashes, mark } = LOOK[part.status];
  const rows = part.name === "" ? [] : wrap(part.name, Math.floor((width - 20) / CHARACTER));
  const indent = part.step ? 10 + 2 * RADIUS + 7 : 10;
  // By the widest of the fonts that are common.
  const besides = part.label.length * 7.7 + part.state.length * 7.1 + 16 > width - indent - 16;
  const height = 28 + rows.length * LINE + (besides ? LINE : 0) + (rows.length > 0 ? 4 : 0);
  const state = part.state === "" ? "" : `${mark} ${part.state}`;
  const made = element(
    "g",
    {
      "data-part": part.kind,
      "data-index": String(part.index),
      ...(part.step && { "data-step": String(part.step.step) }),
      class: `picture-part picture-${part.status}`,
    },
    element(
      "title",
      {},
      `${[part.label, part.name, part.state].filter((word) => word !== "").join(", ")}${part.step ? ` (step ${part.step.step})` : ""}`,
    ),
    element("rect", {
      x: String(x),
      y: String(y),
      width: String(width),
      height: String(height),
      rx: "6",
      fill: colour(fill),
      stroke: colour(line),
      "stroke-width": part.status === "failed" ? "2.5" : "1.5",
      ...(dashes && { "stroke-dasharray": dashes }),
    }),
    ...(part.step ? number(part.step, x + 10 + RADIUS, y + 14.5, colour) : []),
    label(part.label, x + indent, y + 19, { "font-size": "13", "font-weight": "600", fill: colour("quiet") }),
    ...(state === ""
      ? []
      : [
          besides
            ? label(state, x + 10, y + 19 + LINE + (part.step ? 2 : 0), { "font-size": "13", fill: colour(WORDS[part.status]) })
            : label(state, x + width - 10, y + 19, { "font-size": "13", "text-anchor": "end", fill: colour(WORDS[part.status]) }),
        ]),
    ...rows.map((row, i) =>
      label(row, x + 10, y + 38 + (besides ? LINE : 0) + i * LINE, {
        "font-family": MONO,
        fill: colour(part.status === "skipped" ? "quiet" : "ink"),
        ...(part.kind === "certificate" || part.kind === "thing" ? { "font-weight": "700" } : {}),
      }),
    ),
  );
  return { element: made, height };
}

/** At most so many lines. A longer name is cut in the middle, where names differ least. */
const MOST_LINES = 3;

/** Cuts a name into lines of at most `columns`, in which wide characters count twice. */
function wrap(name: string, columns: number): string[] {
  const clusters = clustersOf(name);
  const wide = (cluster: string) =>
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(cluster)
      ? 2
      : 1;
  const room = columns * MOST_LINES;
  const length = clusters.reduce((sum, cluster) => sum + wide(cluster), 0);
  const shown = length <= room ? clusters : shortened(clusters, room - 2, wide);
  const rows: string[] = [];
  let row = "";
  let used = 0;
  for (const cluster of shown) {
    if (used + wide(cluster) > columns) {
      // A word or a part of a name stays together if that costs little.
      const [, kept = row, rest = ""] =
        rows.length < MOST_LINES - 1 ? (/^(.*(?:[ _:.@-]|\p{Ll}(?=\p{Lu})))(.{1,8})$/su.exec(row) ?? []) : [];
      rows.push(kept);
      row = rest;
      used = [...rest].length;
    }
    row += cluster;
    used += wide(cluster);
  }
  return [...rows, row];
}

/** The characters as people see them; code points in an engine without a segmenter. */
function clustersOf(name: string): string[] {
  if (!("Segmenter" in Intl)) return [...name];
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(name)].map(({ segment }) => segment);
}

function shortened(clusters: string[], room: number, wide: (cluster: string) => number): string[] {
  const half = Math.floor(room / 2);
  const take = (from: string[]) => {
    let used = 0;
    return from.filter((cluster) => (used += wide(cluster)) <= half);
  };
  return [...take(clusters), "…", ...take(clusters.slice(-room).reverse()).reverse()];
}

export function stroke(d: string, colour: string, dashes: string | undefined): PictureElement {
  return element("path", { d, fill: "none", stroke: colour, "stroke-width": "1.5", ...(dashes && { "stroke-dasharray": dashes }) });
}

function label(text: string, x: number, y: number, attributes: Record<string, string>): PictureElement {
  return element("text", { x: String(x), y: String(y), ...attributes }, text);
}

export function element(tag: string, attributes: Record<string, string>, ...children: (PictureElement | string)[]): PictureElement {
  return { tag, attributes, children };
}
