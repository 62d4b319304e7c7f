/** The picture of a plan: jitp gives it as data, and here it becomes elements. The same is told in words below. */

import type { PictureElement, Plan } from "jitp";
import { h } from "../ui/dom.ts";
import { part } from "./part.ts";
import { placeOf } from "../model/places.ts";
import type { Picture } from "../model/protocol.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The picture under its heading. */
export function picturePart({ element, sentences }: Picture, plan: Plan, showPlace: (place: string) => void): HTMLElement {
  const click = (event: Event) => {
    const place = (event.target as Element).closest("[data-place]")?.getAttribute("data-place");
    if (place) showPlace(place);
  };
  return part(
    "Picture",
    // For the keyboard the same values are below, as buttons.
    h("div", { class: "picture", on: { click } }, draw(element, plan)),
    h(
      "details",
      { class: "picture-words", "data-key": "picture-words" },
      h("summary", { "data-key": "picture-words-summary" }, "The picture in words"),
      h("ul", { class: "bullets" }, ...sentences.map((sentence) => h("li", {}, sentence))),
    ),
  );
}

function draw({ tag, attributes, children }: PictureElement, plan: Plan): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (name !== "xmlns") made.setAttribute(name, value);
  const place =
    attributes["data-part"] === undefined ? undefined : placeOf(plan, attributes["data-part"], Number(attributes["data-index"]));
  if (place !== undefined) made.setAttribute("data-place", place);
  made.append(...children.map((child) => (typeof child === "string" ? child : draw(child, plan))));
  return made;
}
