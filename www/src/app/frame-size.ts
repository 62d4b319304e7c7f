/**
 * Chooses the layout of the three parts: `three` or `two` columns, or `steps`, one part at a time. A style sheet cannot know the height of a box
 * that grows with its content, nor whether the playground fills a page or a box, so an attribute of the root says the layout.
 */

import type { Root } from "../ui/dom.ts";
import type { Frame } from "./shell.ts";

type Layout = "three" | "two" | "steps";

/** Narrower columns do not fit their content. */
const TWO = 900;
const THREE = 1180;
/** A lower window is too low for panels that scroll on their own. */
const LOW = 560;

function layout(width: number, height: number): Layout {
  if (width < TWO || height < LOW) return "steps";
  return width < THREE ? "two" : "three";
}

/** Keeps `data-layout` up to date with the size of the window or the box. The answer ends it. */
export function watchSize(root: Root, frame: Frame): () => void {
  if (frame === "page") {
    const follow = () => (root.dataset.layout = layout(window.innerWidth, window.innerHeight));
    follow();
    window.addEventListener("resize", follow);
    return () => window.removeEventListener("resize", follow);
  }
  // The author of the page chose the height of the box, so only its width counts.
  const follow = () => (root.dataset.layout = layout(root.clientWidth, Infinity));
  follow();
  const observer = new ResizeObserver(follow);
  observer.observe(root);
  return () => observer.disconnect();
}
