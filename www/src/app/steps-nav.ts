/** The navigation between the parts. A narrow screen shows one part at a time; a wide one shows no navigation. */

import { byId, h, type Root } from "../ui/dom.ts";
import type { Tone } from "../model/tone.ts";
import { shellWords as words } from "../words/shell.ts";

/** The parts of the page. */
export type PagePart = "template" | "certificate" | "plan";

const TITLES: Record<PagePart, string> = { template: words.template, certificate: words.certificate, plan: words.plan };

const isPagePart = (name: string | undefined): name is PagePart => name !== undefined && name in TITLES;

/** How far the part is scrolled below the navigation, in pixels; negative as long as the navigation does not stick. */
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
export function stepsNav(root: Root): { show(view: PagePart): void; render(words: string, tone: Tone, input: string): void } {
  const verdict = h("span", { class: "nav-verdict" });
  const title = (view: PagePart) => h("span", { class: "nav-title" }, TITLES[view]);
  const titles = { template: title("template"), certificate: title("certificate"), plan: title("plan") };
  const buttons = (Object.keys(TITLES) as PagePart[]).map((view, i) =>
    h(
      "button",
      { type: "button", class: "nav-step", "data-view": view, on: { click: () => show(view) } },
      h("span", { class: "panel-number", "aria-hidden": "true" }, i + 1),
      titles[view],
      view === "plan" && verdict,
    ),
  );
  byId(root, "steps-nav").append(...buttons);

  /** The scroll position of each part. */
  const depths = new Map<PagePart, number>();

  function show(view: PagePart): void {
    const from = root.dataset.view;
    if (from === view) return;
    const depth = depthIn(root);
    if (isPagePart(from)) depths.set(from, depth);
    root.dataset.view = view;
    for (const button of buttons) {
      if (button.dataset.view === view) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    // Each part starts at its top, and keeps its own scroll position.
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
