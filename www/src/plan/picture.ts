/** The picture of a plan: jitp gives it as data, and here it becomes elements. The same is told in words below. */

import { pictureSentences, planPicture } from "virtual:picture";
import type { PictureElement, Plan } from "jitp";
import { h } from "../ui/dom.ts";
import { part } from "./part.ts";
import { isolated } from "../ui/visible.ts";
import { placeOf } from "../model/places.ts";
import { planWords as words } from "../words/plan.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The widths that the picture is drawn for. The style shows the one that fits the panel. */
const WIDTHS = [360, 500, 760];

/** The picture under its heading. */
export function picturePart(plan: Plan, showPlace: (place: string) => void): HTMLElement {
  const click = (event: Event) => {
    const place = (event.target as Element).closest("[data-place]")?.getAttribute("data-place");
    if (place) showPlace(place);
  };
  return part(
    words.picture,
    // For the keyboard the same values are below, as buttons.
    h(
      "div",
      { class: "picture", on: { click } },
      // The style shows the one that fits the panel, on paper too.
      ...WIDTHS.map((width) => {
        const drawn = planPicture(plan, { standalone: false, idPrefix: `picture-${width}`, width });
        return h("div", { class: `picture-for picture-${width}` }, draw(drawn, plan));
      }),
    ),
    h(
      "details",
      { class: "picture-words", "data-key": "picture-words" },
      h("summary", { "data-key": "picture-words-summary" }, words.inWords),
      h("ul", { class: "bullets" }, ...pictureSentences(plan).map((sentence) => h("li", {}, sentence))),
    ),
  );
}

function draw({ tag, attributes, children }: PictureElement, plan: Plan): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (name !== "xmlns") made.setAttribute(name, value);
  const place =
    attributes["data-part"] === undefined ? undefined : placeOf(plan, attributes["data-part"], Number(attributes["data-index"]));
  if (place !== undefined) made.setAttribute("data-place", place);
  made.append(...children.map((child) => (typeof child === "string" ? isolated(child) : draw(child, plan))));
  return made;
}
