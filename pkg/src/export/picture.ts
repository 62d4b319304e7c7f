/**
 * Draws the picture of a plan, numbered as its steps are: what is made, side by side; below it what is attached to the certificate; last the
 * certificate's status. With little width the certificate is above the others, so that all can be read on a phone.
 */

import type { PictureElement, PictureOptions, Plan } from "../types.js";
import { type Link, model, type Part, type PartStatus, sentences } from "./picture-model.js";
import { box, COLOURS, connection, element, LOOK, type Paint, SANS, stroke } from "./picture-shapes.js";
import { verdictWords } from "./words.js";
import { visibleText } from "../visible.js";

/** The width without another one, and the least. */
const WIDTH = 720;
const LEAST = 320;
/** From this width on the certificate is beside what follows it, in columns. */
const WIDE = 480;
const MARGIN = 4;
/** Between columns, and between boxes below each other that no number is between. */
const GAP = 20;
/** From the left side of a column to the line that leaves it. */
const TRUNK = 14;
/** The same beside policies, where a number has the least space. */
const INSET = 10;
/** From a box to the number below it, and between the numbers of two lines. */
const LANE = 25;

/** A line that leaves a column: where it begins, and the lower end of what it passes. */
interface Trunk {
  x: number;
  from: number;
  end: number;
}

/**
 * The picture as data: certificate, thing, type, groups, billing group and policies, their connections, the step that makes each,
 * and the place where a failing plan stops. Elements that show a part have `data-part` (its kind) and `data-index`; what a step makes has the
 * step's number as `data-step`.
 */
export function planPicture(plan: Plan, options: PictureOptions = {}): PictureElement {
  const { standalone = true, idPrefix = "jitp" } = options;
  const width = Math.max(LEAST, options.width ?? WIDTH);
  const colour: Paint = (name) => (standalone ? COLOURS[name] : `var(--picture-${name}, ${COLOURS[name]})`);
  const { height, lines, drawn } = layout(plan, width, colour);
  const scale = width < WIDTH ? WIDTH / width : 1;
  const [title, description] = [`${idPrefix}-title`, `${idPrefix}-description`];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      ...(standalone && { width: String(width * scale), height: String(height * scale) }),
      role: "img",
      "aria-labelledby": title,
      "aria-describedby": description,
      "font-family": SANS,
      "font-size": "13.5",
    },
    element("title", { id: title }, `Picture of the plan: ${verdictWords(plan)}`),
    element("desc", { id: description }, pictureSentences(plan).join(" ")),
    ...(standalone ? [element("rect", { width: String(width), height: String(height), fill: colour("surface") })] : []),
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

/** The lines, and what is drawn over them in the order of the steps. */
function layout(plan: Plan, width: number, colour: Paint): { height: number; lines: PictureElement[]; drawn: PictureElement[] } {
  const { ca, certificate, thing, around, policies, toThing, toPolicies, status } = model(plan);
  const wide = width >= WIDE;
  const lines: PictureElement[] = [];
  const drawn: PictureElement[] = [];
  const line = (path: string, of: PartStatus) => lines.push(stroke(path, colour(LOOK[of].line), LOOK[of].dashes));
  /** Draws a box. The result is its lower end. */
  const draw = (part: Part, x: number, y: number, room: number) => {
    const made = box(part, x, y, room, colour);
    drawn.push(made.element);
    return y + made.height;
  };
  /** Draws boxes below each other at one line, with the first at `top`. The result is the line's end, and the lower end of the last box. */
  const tree = (parts: readonly Part[], x: number, right: number, top: number, of: PartStatus, start?: number) => {
    const inset = start === undefined ? INSET : TRUNK;
    let [y, middle, path] = [top, top, start === undefined ? "" : `M${x} ${start}`];
    for (const [i, part] of parts.entries()) {
      const from = i === 0 ? top : y + 8;
      y = draw(part, x + inset, from, right - x - inset);
      middle = (from + y) / 2;
      path += `${path === "" ? "M" : "V"}${path === "" ? `${x} ` : ""}${middle}h${inset}m${-inset} 0`;
    }
    line(path, of);
    return { middle, end: y };
  };

  const others = (thing ? 1 : 0) + (policies.length > 0 ? 1 : 0);
  const count = Math.max(1, wide ? others + 1 : others);
  // A single column leaves space for the certificate's own line beside it.
  const left = !wide && others === 1 ? MARGIN + 2 * TRUNK : MARGIN;
  // What is around the thing is set in.
  const extra = around.length > 0 && count > 1 && width < WIDTH ? 2 * TRUNK : 0;
  const room = (width - MARGIN - left - GAP * (count - 1) - extra) / count;
  const roomy = room + extra;

  let top = MARGIN;
  const [x, own] = [MARGIN, wide ? room : width - 2 * MARGIN];
  if (ca) {
    const end = draw(ca, x, top, own);
    line(`M${x + TRUNK} ${end}v${GAP}`, ca.status);
    top = end + GAP;
  }
  const registered = draw(certificate, x, top, own);
  if (!wide) top = registered + GAP;
  let start = wide ? x + room + GAP : left;

  let ofThing: Trunk | undefined;
  if (thing) {
    const from = draw(thing, start, top, roomy);
    const of = around[0]?.status === "exists" ? "done" : (around[0]?.status ?? "done");
    const { end } = around.length > 0 ? tree(around, start + 2 * TRUNK, start + roomy, from + 8, of, from) : { end: from };
    ofThing = { x: start + TRUNK, from, end };
    start += roomy + GAP;
  }
  let ofPolicies: Trunk | undefined;
  const [only, ...more] = policies;
  if (only) {
    if (more.length > 0) {
      const { middle, end } = tree(policies, start + INSET, start + room, top, toPolicies.status);
      ofPolicies = { x: start + INSET, from: middle, end };
    } else {
      const end = draw(only, start, top, room);
      ofPolicies = { x: start + TRUNK, from: end, end };
    }
  }

  // The numbers on the lines are below each other, so that they are read in their order.
  const trunks: [Trunk, Link][] = [];
  if (ofPolicies) trunks.push([ofPolicies, toPolicies]);
  if (ofThing) trunks.push([ofThing, toThing]);
  let lane = 0;
  const lanes = trunks.map(([{ end }]) => (lane = Math.max(lane, end) + LANE));
  const last = Math.max(lane, registered) + (trunks.length > 0 ? LANE - 4 : GAP);
  for (const [i, [{ x: at, from }, link]] of trunks.entries()) {
    line(`M${at} ${from}V${last}`, link.status);
    drawn.push(connection(at, lanes[i] ?? last, link, colour));
  }
  line(`M${wide || others < 2 ? MARGIN + TRUNK : start - GAP / 2} ${registered}V${last}`, certificate.step?.status ?? "done");
  const height = draw(status, MARGIN, last, width - 2 * MARGIN) + MARGIN;
  return { height, lines, drawn };
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
