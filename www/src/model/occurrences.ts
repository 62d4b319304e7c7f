/** Which places of the template, the certificate and the plan belong together. */

import type { Plan } from "jitp";
import { originPlace, parameterPlace } from "./places.ts";

/** A range of the template with a meaning: a declared parameter, or a property of a resource. */
export interface Occurrence {
  place: string;
  from: number;
  to: number;
}

/** What a plan says of where its values come from. */
export type Traced = Required<Pick<Plan, "parameters" | "values">>;

/** Where a place of the source is in the text that the editor shows; nothing if it is not shown. */
export type Shown = (offset: number) => number | undefined;

/** Places that belong together. */
export interface Related {
  places: Set<string>;
  /** In the template, in the order of importance: the value itself comes first. */
  ranges: { from: number; to: number }[];
}

/** jitp accepts keys in another case, so places are compared without case. */
export const same = (place: string): string => place.toLowerCase();

/** The origins and uses of a place, by what the core has traced. */
export function related(place: string, traced: Traced | undefined, occurrences: readonly Occurrence[], shown: Shown): Related {
  const parameters = traced?.parameters ?? [];
  const references = (traced?.values ?? []).flatMap(({ uses }) => uses.map(({ name, span }) => ({ name, at: shown(span.start.offset) })));
  const usesOf = ({ from, to }: Occurrence) =>
    references.filter(({ at }) => at !== undefined && from <= at && at < to).map(({ name }) => name);
  const own = occurrences.filter((other) => same(other.place) === same(place)).slice(-1);
  const isSource = place.startsWith("#") || place.startsWith("/Parameters/");
  const names = new Set(
    isSource
      ? parameters
          .filter((parameter) => originPlace(parameter) === place || same(parameterPlace(parameter.name)) === same(place))
          .map(({ name }) => name)
      : own.flatMap(usesOf),
  );
  const declared = occurrences.filter((other) => [...names].some((name) => other.place === parameterPlace(name)));
  const goesTo = isSource
    ? occurrences.filter((other) => usesOf(other).some((name) => names.has(name)) && !isContainer(other, occurrences))
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

/** Whether it contains other places. */
function isContainer({ place }: Occurrence, all: readonly Occurrence[]): boolean {
  return all.some((other) => other.place.startsWith(`${place}/`));
}

/** The shortest range around an offset. */
export function occurrenceAt(offset: number, occurrences: readonly Occurrence[]): Occurrence | undefined {
  return occurrences
    .filter(({ from, to }) => from <= offset && offset <= to)
    .reduce<Occurrence | undefined>((best, other) => (best && best.to - best.from <= other.to - other.from ? best : other), undefined);
}
