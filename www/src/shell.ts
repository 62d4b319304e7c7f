/** The frame of a playground: what stands there before anything is known of a template. */

import { h, type Root } from "./dom.ts";

/** Fills the window, or is sized to a box in somebody's page. */
export type Frame = "page" | "embed";

/** Puts the frame into `root`. */
export function shell(root: Root, frame: Frame): void {
  root.classList.add("playground");
  root.dataset["frame"] = frame;
  root.replaceChildren(
    ...(frame === "page" ? [skip(), head()] : []),
    h("nav", { class: "steps-nav", id: "steps-nav", "aria-label": "Parts of the page" }),
    h("div", { class: "notices", id: "notices", role: "status" }),
    h(
      frame === "page" ? "main" : "div",
      { class: "board" },
      panel("template", 1, ["Template"], "attached to your CA"),
      panel("certificate", 2, [h("span", { id: "certificate-name" }, "Certificate")], "of one of its devices"),
      panel("plan", 3, ["Plan"], "what AWS\u00a0IoT does when the device first connects"),
    ),
    h("p", { class: "visually-hidden", id: "announcer", role: "status" }),
  );
}

function skip(): HTMLElement {
  return h("a", { class: "skip", href: "#plan" }, "Skip to the plan");
}

function head(): HTMLElement {
  return h(
    "header",
    { class: "top" },
    h(
      "div",
      { class: "top-line" },
      h("h1", { class: "wordmark" }, "jitp"),
      h("p", { class: "tagline" }, "See what AWS\u00a0IoT just-in-time provisioning will do, before a device connects."),
      h("p", { class: "privacy" }, "Runs in this page. Nothing is sent or stored."),
      h("a", { class: "rules-link", href: "./rules.html", target: "_blank", rel: "noopener noreferrer" }, "All rules"),
    ),
    h(
      "div",
      { class: "top-line" },
      h("div", { class: "samples", id: "samples", role: "group", "aria-label": "Samples" }),
      h("p", { class: "how-to", id: "how-to" }),
    ),
  );
}

function panel(id: string, number: number, title: (Node | string)[], lead: string): HTMLElement {
  return h(
    "section",
    { class: "panel", id, "aria-labelledby": `${id}-title`, tabindex: -1 },
    h(
      "div",
      { class: "panel-head" },
      h(
        "h2",
        { class: "panel-title", id: `${id}-title` },
        h("span", { class: "panel-number", "aria-hidden": "true" }, number),
        ...title,
      ),
      h("p", { class: "panel-lead", id: `${id}-lead` }, lead),
    ),
  );
}
