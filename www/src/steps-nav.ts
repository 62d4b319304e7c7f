/** On a narrow screen one part is shown at a time; this leads from one to the other. On a wide one it is not displayed. */

import { byId, h, type Root } from "./dom.ts";
import type { Headline } from "./verdict.ts";

/** The parts of the page. */
export type View = "template" | "certificate" | "plan";

const TITLES: Record<View, string> = { template: "Template", certificate: "Certificate", plan: "Plan" };

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

  function show(view: View): void {
    root.dataset["view"] = view;
    for (const button of buttons) {
      if (button.dataset["view"] === view) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
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
