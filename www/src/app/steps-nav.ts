/** On a narrow screen one part is shown at a time; this leads from one to the other. On a wide one it is not displayed. */

import { byId, h, type Root } from "../ui/dom.ts";
import type { Headline } from "../plan/verdict.ts";

/** The parts of the page. */
export type View = "template" | "certificate" | "plan";

const TITLES: Record<View, string> = { template: "Template", certificate: "Certificate", plan: "Plan" };

const isView = (name: string | undefined): name is View => name !== undefined && name in TITLES;

/** How many pixels of the part that is shown have gone up beneath the navigation; less than none where that does not stick yet. */
function depthIn(root: Root): number {
  if (root.dataset.layout !== "steps") return 0;
  const board = boardOf(root);
  if (root.dataset.frame === "embed") return board.scrollTop;
  return byId(root, "steps-nav").getBoundingClientRect().bottom - board.getBoundingClientRect().top;
}

function goTo(root: Root, depth: number): void {
  if (root.dataset.frame === "embed") boardOf(root).scrollTop = depth;
  else window.scrollBy(0, depth - depthIn(root));
}

function boardOf(root: Root): HTMLElement {
  const board = root.querySelector<HTMLElement>(".board");
  if (!board) throw new Error("the playground has no board");
  return board;
}

/** Builds the navigation. */
export function stepsNav(root: Root): { show(view: View): void; render(words: string, tone: Headline["tone"], input: string): void } {
  const verdict = h("span", { class: "nav-verdict" });
  const title = (view: View) => h("span", { class: "nav-title" }, TITLES[view]);
  const titles = { template: title("template"), certificate: title("certificate"), plan: title("plan") };
  const buttons = (Object.keys(TITLES) as View[]).map((view, i) =>
    h(
      "button",
      { type: "button", class: "nav-step", "data-view": view, on: { click: () => show(view) } },
      h("span", { class: "panel-number", "aria-hidden": "true" }, i + 1),
      titles[view],
      view === "plan" && verdict,
    ),
  );
  byId(root, "steps-nav").append(...buttons);

  /** How far the reader had come in each part. */
  const depths = new Map<View, number>();

  function show(view: View): void {
    const from = root.dataset.view;
    if (from === view) return;
    const depth = depthIn(root);
    if (isView(from)) depths.set(from, depth);
    root.dataset.view = view;
    for (const button of buttons) {
      if (button.dataset.view === view) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    // Where one part is scrolled to says nothing of another: each begins at its beginning, and is found again where it was left.
    const back = depths.get(view) ?? 0;
    if (depth > 0 || back > 0) goTo(root, back);
  }
  show("plan");

  return {
    show,
    render(words, tone, input) {
      titles.certificate.textContent = input;
      verdict.textContent = words;
      verdict.className = `nav-verdict tone-${tone}`;
    },
  };
}
