/**
 * How the three parts are laid out. Style sheets cannot ask for the height of a box that grows with its content, nor
 * whether they are in a page or in a box of it, so the root says it: `three` or `two` columns, or `steps`, one part at a time.
 */

import type { Root } from "../ui/dom.ts";
import type { Frame } from "./shell.ts";

type Layout = "three" | "two" | "steps";

/** Below this, columns are narrower than what is in them. */
const TWO = 900;
const THREE = 1180;
/** Below this, a window is too low for panels that scroll by themselves. */
const LOW = 560;

function layout(width: number, height: number): Layout {
  if (width < TWO || height < LOW) return "steps";
  return width < THREE ? "two" : "three";
}

/** Keeps `data-layout` true to the window, or to the box. The answer ends it. */
export function watchSize(root: Root, frame: Frame): () => void {
  if (frame === "page") {
    const follow = () => (root.dataset.layout = layout(window.innerWidth, window.innerHeight));
    follow();
    window.addEventListener("resize", follow);
    return () => window.removeEventListener("resize", follow);
  }
  // The author of the page chose the height of the box, so only its width decides.
  const follow = () => (root.dataset.layout = layout(root.clientWidth, Infinity));
  follow();
  const observer = new ResizeObserver(follow);
  observer.observe(root);
  return () => observer.disconnect();
}
