/** Draws the picture of a plan. It is one column of 360 units, so that it can be read on a phone and grows with the space around it. */

import type { PictureElement, PictureOptions, Plan } from "../types.js";
import { type Link, model, type Part, sentences, type PartStatus } from "./picture-model.js";
import { verdictWords } from "./words.js";
import { visibleText } from "../visible.js";

const WIDTH = 360;
const MARGIN = 4;
/** Width of a character of the monospaced type at its size below. */
const CHARACTER = 8.15;
const LINE = 17;
const MONO = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

/** The colours by name. In a page each is a CSS custom property, `--picture-` and the name. */
const COLOURS = {
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
type Colour = keyof typeof COLOURS;

/** The colour of the words for the state of a part. */
const WORDS: Record<PartStatus, Colour> = { done: "ok", failed: "bad", stuck: "warn", skipped: "quiet", unknown: "warn", exists: "quiet" };

const LOOK: Record<PartStatus, { line: Colour; fill: Colour; dashes?: string; mark: string }> = {
  done: { line: "ok", fill: "ok-tint", mark: "✓" },
  failed: { line: "bad", fill: "bad-tint", mark: "✗" },
  skipped: { line: "line", fill: "surface", dashes: "3 4", mark: "–" },
  stuck: { line: "warn", fill: "warn-tint", mark: "!" },
  unknown: { line: "warn", fill: "surface", dashes: "3 4", mark: "?" },
  exists: { line: "quiet", fill: "tint", dashes: "7 3", mark: "=" },
};

/**
 * The picture as data: certificate, thing, type, groups, billing group and policies, their connections, the step that creates each,
 * and the place where a failing plan stops. Elements that show a part have `data-part` (its kind) and `data-index`.
 */
export function planPicture(plan: Plan, options: PictureOptions = {}): PictureElement {
  const { standalone = true, idPrefix = "jitp" } = options;
  const colour = (name: Colour) => (standalone ? COLOURS[name] : `var(--picture-${name}, ${COLOURS[name]})`);
  const { ca, certificate, thing, around, policies, toThing, toPolicies } = model(plan);
  const drawn: PictureElement[] = [];
  const lines: PictureElement[] = [];

  const above = ca ? box(ca, MARGIN, MARGIN, WIDTH - 2 * MARGIN, colour) : undefined;
  if (ca && above) {
    const { line, dashes } = LOOK[ca.status];
    lines.push(stroke(`M${WIDTH / 2} ${MARGIN + above.height}v20`, colour(line), dashes));
    drawn.push(above.element);
  }
  const y = MARGIN + (above ? above.height + 20 : 0);
  const top = box(certificate, MARGIN, y, WIDTH - 2 * MARGIN, colour);
  drawn.push(top.element);
  const start = y + top.height;
  const below = start + 46;
  let bottom = start;

  const left = { x: MARGIN, width: 170 };
  if (thing) {
    lines.push(...connection(left.x + 28, start, below, toThing, colour));
    const made = box(thing, left.x, below, left.width, colour);
    drawn.push(made.element);
    bottom = tree(around, left.x + 12, below + made.height, left.x + left.width, around[0]?.status ?? "exists", lines, drawn, colour);
  }
  if (policies.length > 0) {
    const trunk = 192;
    lines.push(...connection(trunk, start, below, toPolicies, colour));
    bottom = Math.max(bottom, tree(policies, trunk, below - 8, WIDTH - MARGIN, toPolicies.status, lines, drawn, colour));
  }
  if (!thing && policies.length === 0) bottom = start;
  const height = bottom + MARGIN;
  const [title, description] = [`${idPrefix}-title`, `${idPrefix}-description`];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${height}`,
      ...(standalone && { width: String(WIDTH * 2), height: String(height * 2) }),
      role: "img",
      "aria-labelledby": title,
      "aria-describedby": description,
      "font-family": SANS,
      "font-size": "13.5",
    },
    element("title", { id: title }, `Picture of the plan: ${verdictWords(plan)}`),
    element(
      "desc",
      { id: description },
      sentences(plan)
        .map((sentence) => visibleText(sentence))
        .join(" "),
    ),
    ...(standalone ? [element("rect", { width: String(WIDTH), height: String(height), fill: colour("surface") })] : []),
    ...lines,
    ...drawn,
  );
}

/** The picture as an SVG file or, depending on the options, as markup for a page. */
export function planSvg(plan: Plan, options?: PictureOptions): string {
  return `${markup(planPicture(plan, options))}\n`;
}

/** The picture in sentences: the text alternative, for a list next to it. */
export function pictureSentences(plan: Plan): string[] {
  return sentences(plan).map((sentence) => visibleText(sentence));
}

/** Draws parts below each other on one line. The result is the lower end of the last one. */
function tree(
  parts: readonly Part[],
  trunk: number,
  top: number,
  right: number,
  status: PartStatus,
  lines: PictureElement[],
  drawn: PictureElement[],
  colour: (name: Colour) => string,
): number {
  const { line, dashes } = LOOK[status === "exists" ? "done" : status];
  let y = top;
  let path = `M${trunk} ${top}`;
  for (const part of parts) {
    y += 8;
    const made = box(part, trunk + 14, y, right - trunk - 14, colour);
    path += `V${y + made.height / 2}h14m-14 0`;
    drawn.push(made.element);
    y += made.height;
  }
  if (parts.length > 0) lines.push(stroke(path, colour(line), dashes));
  return y;
}

/** The line of a step, with the step's number and outcome. */
function connection(x: number, from: number, to: number, { step, status }: Link, colour: (name: Colour) => string): PictureElement[] {
  const { line, dashes } = LOOK[status];
  const middle = (from + to) / 2;
  const words = { done: "attached", failed: "fails here", skipped: "not attached", unknown: "unknown" }[status];
  const filled = status !== "skipped" && status !== "unknown";
  return [
    stroke(`M${x} ${from}V${to}`, colour(line), dashes),
    element("circle", {
      cx: String(x),
      cy: String(middle),
      r: "9.5",
      fill: colour(filled ? line : "surface"),
      stroke: colour(line),
      "stroke-width": "1.5",
    }),
    label(String(step), x, middle + 4, {
      "text-anchor": "middle",
      "font-weight": "700",
      "font-size": "12",
      fill: colour(filled ? "surface" : "quiet"),
    }),
    label(`${LOOK[status].mark} ${words}`, x + 16, middle + 4, { "font-size": "13", fill: colour(WORDS[status]) }),
  ];
}

/** A part: its kind, its state, and its name in as many lines as it needs. */
function box(
  part: Part,
  x: number,
  y: number,
  width: number,
  colour: (name: Colour) => string,
): { element: PictureElement; height: number } {
  const { line, fill, dashes, mark } = LOOK[part.status];
  const rows = part.name === "" ? [] : wrap(part.name, Math.floor((width - 20) / CHARACTER));
  const besides = part.label.length + part.state.length > width / 9.4;
  const height = 28 + rows.length * LINE + (besides ? LINE : 0) + (rows.length > 0 ? 4 : 0);
  const state = part.state === "" ? "" : `${mark} ${part.state}`;
  const made = element(
    "g",
    { "data-part": part.kind, "data-index": String(part.index), class: `picture-part picture-${part.status}` },
    element("title", {}, [part.label, part.name, part.state].filter((word) => word !== "").join(", ")),
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
    label(part.label, x + 10, y + 19, { "font-size": "13", "font-weight": "600", fill: colour("quiet") }),
    ...(state === ""
      ? []
      : [
          besides
            ? label(state, x + 10, y + 19 + LINE, { "font-size": "13", fill: colour(WORDS[part.status]) })
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
      const [, kept = row, rest = ""] = rows.length < MOST_LINES - 1 ? (/^(.*[ _:.@-])(.{1,7})$/su.exec(row) ?? []) : [];
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

function stroke(d: string, colour: string, dashes: string | undefined): PictureElement {
  return element("path", { d, fill: "none", stroke: colour, "stroke-width": "1.5", ...(dashes && { "stroke-dasharray": dashes }) });
}

function label(text: string, x: number, y: number, attributes: Record<string, string>): PictureElement {
  return element("text", { x: String(x), y: String(y), ...attributes }, text);
}

function element(tag: string, attributes: Record<string, string>, ...children: (PictureElement | string)[]): PictureElement {
  return { tag, attributes, children };
}

function markup({ tag, attributes, children }: PictureElement): string {
  const given = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
  const inside = children.map((child) => (typeof child === "string" ? escaped(child) : markup(child))).join("");
  return inside === "" ? `<${tag}${given}/>` : `<${tag}${given}>${inside}</${tag}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}
