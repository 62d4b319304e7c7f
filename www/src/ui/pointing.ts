/**
 * Why, by pointing: what the reader points at, with the pointer or the keyboard, lights up together with where it comes from
 * and where it goes: in the plan, in the certificate, in the template.
 */

import type { Plan } from "jitp";
import type { Root } from "./dom.ts";
import { originPlace, parameterPlace } from "../model/places.ts";

/** A stretch of the template that says something: a declared parameter, or a property of a resource. */
export interface Occurrence {
  place: string;
  from: number;
  to: number;
  /** The parameters that it takes. */
  uses: string[];
}

/** What belongs together. */
export interface Related {
  places: Set<string>;
  /** In the template, in the order of importance: the value itself comes first. */
  ranges: { from: number; to: number }[];
}

/** Keys in another case are read as the right ones, so places are compared without it. */
const same = (place: string): string => place.toLowerCase();

/** All that a place is made from and goes to. */
export function related(place: string, plan: Plan | undefined, occurrences: readonly Occurrence[]): Related {
  const parameters = plan?.parameters ?? [];
  const own = occurrences.filter((other) => same(other.place) === same(place)).slice(-1);
  const isSource = place.startsWith("#") || place.startsWith("/Parameters/");
  const names = new Set(
    isSource
      ? parameters
          .filter((parameter) => originPlace(parameter) === place || same(parameterPlace(parameter.name)) === same(place))
          .map(({ name }) => name)
      : own.flatMap(({ uses }) => uses),
  );
  const declared = occurrences.filter((other) => [...names].some((name) => other.place === parameterPlace(name)));
  const goesTo = isSource
    ? occurrences.filter((other) => other.uses.some((name) => names.has(name)) && !isContainer(other, occurrences))
    : [];
  const lit = [...new Set([...own, ...goesTo, ...declared])];
  return {
    places: new Set([
      same(place),
      ...lit.map((other) => same(other.place)),
      ...parameters
        .filter(({ name }) => names.has(name))
        .flatMap((parameter) => [same(parameterPlace(parameter.name)), originPlace(parameter) ?? ""]),
    ]),
    ranges: lit.map(({ from, to }) => ({ from, to })),
  };
}

/** Whether parts of it are places of their own. */
function isContainer({ place }: Occurrence, all: readonly Occurrence[]): boolean {
  return all.some((other) => other.place.startsWith(`${place}/`));
}

/** The narrowest stretch around an offset. */
export function occurrenceAt(offset: number, occurrences: readonly Occurrence[]): Occurrence | undefined {
  return occurrences
    .filter(({ from, to }) => from <= offset && offset <= to)
    .reduce<Occurrence | undefined>((best, other) => (best && best.to - best.from <= other.to - other.from ? best : other), undefined);
}

/** What pointing asks the playground. */
export interface PointingEvents {
  plan(): Plan | undefined;
  occurrences(): readonly Occurrence[];
  /** Lights these stretches of the template up, and no others; `reveal` brings them into view. */
  light(ranges: Related["ranges"], reveal: boolean): void;
}

/** How long the pointer rests before what it points at is brought into view. */
const REST = 250;

/** Follows pointer and focus below a root. */
export class Pointing {
  readonly #root: Root;
  readonly #events: PointingEvents;
  /** What is pointed at: the pointer counts before the focus, and both before the caret in the editor. */
  readonly #at: { pointer?: string | undefined; focus?: string | undefined; editor?: string | undefined } = {};
  #lit: string | undefined;
  #rest = 0;

  constructor(root: Root, events: PointingEvents) {
    this.#root = root;
    this.#events = events;
    const place = (event: Event) =>
      (event.target instanceof Element ? event.target.closest("[data-place]")?.getAttribute("data-place") : null) ?? undefined;
    root.addEventListener("pointerover", (event) => this.#point("pointer", event.pointerType === "touch" ? undefined : place(event)));
    root.addEventListener("pointerleave", () => this.#point("pointer", undefined));
    root.addEventListener("focusin", (event) => this.#point("focus", place(event)));
    root.addEventListener("focusout", () => this.#point("focus", undefined));
  }

  /** The editor's pointer or caret is in this stretch, or in none. */
  inEditor(occurrence: Occurrence | undefined): void {
    this.#point("editor", occurrence?.place);
  }

  /** Lights up again what the page has drawn anew. */
  refresh(): void {
    const lit = this.#lit;
    if (lit === undefined) return;
    this.#lit = undefined;
    this.#light(lit, false);
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
    const { places, ranges } =
      place === undefined ? { places: new Set<string>(), ranges: [] } : related(place, this.#events.plan(), this.#events.occurrences());
    for (const element of this.#root.querySelectorAll("[data-place]")) {
      element.classList.toggle("is-pointed", places.has(same(element.getAttribute("data-place") ?? "")));
    }
    this.#events.light(ranges, revealInEditor);
    if (revealHere && this.#root.dataset.layout !== "steps") this.#reveal();
  }

  /** Where panels scroll by themselves, brings one of the lit elements of each into view. */
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
