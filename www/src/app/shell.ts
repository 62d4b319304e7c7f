/** The fixed parts of a playground: header, navigation, panels. */

import { h, icon, type Root } from "../ui/dom.ts";
import { DIRECTION, LANGUAGE } from "../words/common.ts";
import { shellWords as words } from "../words/shell.ts";

/** Fills the window, or a box in another page. */
export type Frame = "page" | "embed";

/** The actions in the header of the page. */
export interface HeadActions {
  share(): void;
  /** Shows what this browser keeps. */
  recent(): void;
  /** Says how to check that nothing is sent. */
  privacy(): void;
  forget(): void;
}

/** Builds them in `root`. */
export function shell(root: Root, frame: Frame, actions?: HeadActions): void {
  // A playground in a shadow root is part of another page, which has its own landmarks.
  const own = !(root.getRootNode() instanceof ShadowRoot);
  root.classList.add("playground");
  // The page around it may be in another language, and be written in another direction.
  root.lang = LANGUAGE;
  if (frame === "embed") root.dir = DIRECTION;
  root.dataset.frame = frame;
  root.replaceChildren(
    ...(frame === "page" ? [skip(), head(actions)] : []),
    h(own ? "nav" : "div", {
      class: "steps-nav",
      id: "steps-nav",
      role: own ? undefined : "group",
      "aria-label": words.parts,
    }),
    h("div", { class: "notices", id: "notices", role: "status" }),
    h(
      own ? "main" : "div",
      { class: "board" },
      frame === "embed" && own && h("h1", { class: "visually-hidden" }, "jitp"),
      panel(own, "template", 1, [words.template], words.templateLead),
      panel(own, "certificate", 2, [h("span", { id: "certificate-name" }, words.certificate)], words.certificateLead),
      panel(own, "plan", 3, [words.plan], words.planLead),
    ),
    ...(frame === "embed" ? [h(own ? "footer" : "div", { class: "embed-bar", id: "embed-bar", hidden: true })] : []),
    h("p", { class: "visually-hidden", id: "announcer", role: "status" }),
  );
}

function skip(): HTMLElement {
  return h("a", { class: "skip", href: "#plan" }, words.skip);
}

function head(actions: HeadActions | undefined): HTMLElement {
  const link = (title: string, more: string, run: () => void) =>
    h("button", { type: "button", class: `link head-link ${more}`, on: { click: run } }, title);
  return h(
    "header",
    { class: "top" },
    h("h1", { class: "wordmark" }, "jitp"),
    h("p", { class: "tagline" }, words.tagline),
    h("div", { class: "samples", id: "samples", role: "group", "aria-label": words.samples }),
    h("p", { class: "how-to", id: "how-to" }),
    h(
      "div",
      { class: "head-side" },
      h(
        "div",
        { class: "head-words" },
        h("p", { class: "privacy" }, words.nothingSent),
        actions && link(words.howKnown, "", () => actions.privacy()),
        actions && link(words.forget, "head-more", () => actions.forget()),
        h("a", { class: "head-link rules-link", href: "./rules.html", target: "_blank", rel: "noopener noreferrer" }, words.rules),
      ),
      actions && h("button", { type: "button", class: "button head-recent", on: { click: () => actions.recent() } }, words.recent),
      actions &&
        h("button", { type: "button", class: "button head-share", on: { click: () => actions.share() } }, icon("link"), words.share),
    ),
  );
}

function panel(own: boolean, id: string, number: number, title: (Node | string)[], lead: string): HTMLElement {
  return h(
    own ? "section" : "div",
    { class: "panel", id, role: own ? undefined : "group", "aria-labelledby": `${id}-title`, tabindex: -1 },
    h(
      "div",
      { class: "panel-head" },
      h("h2", { class: "panel-title", id: `${id}-title` }, h("span", { class: "panel-number", "aria-hidden": "true" }, number), ...title),
      h("p", { class: "panel-lead", id: `${id}-lead` }, lead),
    ),
  );
}
