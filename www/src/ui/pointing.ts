/**
 * Shows why: the place that a user points at, with the pointer or the keyboard, lights up together with its origin and its uses in the plan,
 * in the certificate and in the template.
 */

import type { Root } from "./dom.ts";
import { stretchOf } from "../model/access.ts";
import { type Occurrence, type Related, related, same, type Shown, type Traced } from "../model/occurrences.ts";

/** The part of a playground that this needs. */
export interface PointingEvents {
  traced(): Traced | undefined;
  occurrences(): readonly Occurrence[];
  /** Where the editor shows a stretch of the template; nothing if it does not. */
  shown: Shown;
  /** Lights up these ranges of the template, and no others; `reveal` scrolls to them. */
  light(ranges: Related["ranges"], reveal: boolean): void;
}

/** How long the pointer must rest on a place before its relatives scroll into view, in milliseconds. */
const REST = 250;

/** What an element points at: its place, or what it lights without being a place itself. */
function pointsAt(element: Element): string | undefined {
  const at = element.closest<HTMLElement>("[data-place], [data-lights]");
  return at?.dataset.place ?? at?.dataset.lights;
}

/** Follows pointer and focus below a root. */
export class Pointing {
  readonly #root: Root;
  readonly #events: PointingEvents;
  /** The pointer counts before the focus, and both count before the caret in the editor. */
  readonly #at: { pointer?: string | undefined; focus?: string | undefined; editor?: string | undefined } = {};
  #lit: string | undefined;
  #rest = 0;

  constructor(root: Root, events: PointingEvents) {
    this.#root = root;
    this.#events = events;
    const place = (event: Event) => (event.target instanceof Element ? pointsAt(event.target) : undefined);
    root.addEventListener("pointerover", (event) => this.#point("pointer", event.pointerType === "touch" ? undefined : place(event)));
    root.addEventListener("pointerleave", () => this.#point("pointer", undefined));
    root.addEventListener("focusin", (event) => this.#point("focus", place(event)));
    root.addEventListener("focusout", () => this.#point("focus", undefined));
  }

  /** The editor's pointer or caret is in this stretch, or in none. */
  inEditor(occurrence: Occurrence | undefined): void {
    this.#point("editor", occurrence?.place);
  }

  /** Lights the places up again after the page was rendered. */
  refresh(): void {
    const lit = this.#lit;
    if (lit === undefined) return;
    this.#lit = undefined;
    this.#light(lit, false);
  }

  /** What an element lights has changed: it has another `data-lights`. */
  follow(element: HTMLElement): void {
    const place = element.dataset.lights;
    if (element.matches(":hover")) this.#point("pointer", place);
    if (element.matches(":focus-within")) this.#point("focus", place);
  }

  #point(by: "pointer" | "focus" | "editor", place: string | undefined): void {
    this.#at[by] = place;
    const now = this.#at.pointer ?? this.#at.focus ?? this.#at.editor;
    if (now === this.#lit) return;
    clearTimeout(this.#rest);
    const fromEditor = now !== undefined && now === this.#at.editor;
    this.#light(now, !fromEditor && by === "focus");
    if (now !== undefined) this.#rest = window.setTimeout(() => this.#light(now, !fromEditor, true), REST);
  }

  #light(place: string | undefined, revealInEditor: boolean, revealHere = false): void {
    this.#lit = place;
    const { places, ranges } = this.#related(place);
    for (const element of this.#root.querySelectorAll("[data-place]")) {
      element.classList.toggle("is-pointed", places.has(same(element.getAttribute("data-place") ?? "")));
    }
    this.#events.light(ranges, revealInEditor);
    if (revealHere && this.#root.dataset.layout !== "steps") this.#reveal();
  }

  #related(place: string | undefined): Related {
    if (place === undefined) return { places: new Set(), ranges: [] };
    const written = stretchOf(place);
    if (!written) return related(place, this.#events.traced(), this.#events.occurrences(), this.#events.shown);
    const shown = this.#events.shown(written);
    return { places: new Set([same(place)]), ranges: shown ? [shown] : [] };
  }

  /** Scrolls one of the lit elements of each panel into view, if panels scroll on their own. */
  #reveal(): void {
    for (const panel of this.#root.querySelectorAll<HTMLElement>("#certificate, #plan")) {
      const lit = [...panel.querySelectorAll(".is-pointed")].map((element) => element.getBoundingClientRect());
      const { top, bottom } = panel.getBoundingClientRect();
      const [first] = lit;
      if (!first || lit.some((box) => box.top >= top && box.bottom <= bottom)) continue;
      panel.scrollTop += first.top - top - 80;
    }
  }
}
