/** Which places of the template, the certificate and the plan belong together. */

import type { Plan } from "jitp";
import { originPlace, parameterPlace } from "./places.ts";

/** A range of the template with a meaning: a declared parameter, or a property of a resource. */
export interface Occurrence extends Stretch {
  place: string;
  /** The part that is lit: a name or a value. */
  token: Stretch;
}

/** What a plan says of where its values come from. */
export type Traced = Required<Pick<Plan, "parameters" | "values">>;

/** A stretch of a text. */
export interface Stretch {
  from: number;
  to: number;
}

/** Where a stretch of the source is in the text that the editor shows; nothing if it is not shown. */
export type Shown = (written: Stretch) => Stretch | undefined;

/** Places that belong together. */
export interface Related {
  places: Set<string>;
  /** In the template, in the order of importance: the value itself comes first. */
  ranges: Stretch[];
}

/** jitp accepts keys in another case, so places are compared without case. */
export const same = (place: string): string => place.toLowerCase();

/** The origins and uses of a place, by what the core has traced. */
export function related(place: string, traced: Traced | undefined, occurrences: readonly Occurrence[], shown: Shown): Related {
  const parameters = traced?.parameters ?? [];
  const references = (traced?.values ?? []).flatMap(({ uses }) =>
    uses.flatMap(({ name, span }) => {
      const at = shown({ from: span.start.offset, to: span.end.offset });
      return at ? [{ name, at }] : [];
    }),
  );
  const within = ({ from, to }: Occurrence) => references.filter(({ at }) => from <= at.from && at.from < to);
  const usesOf = (other: Occurrence) => within(other).map(({ name }) => name);
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
    // In a text that functions make, each reference to one of the parameters is lit.
    ranges: lit.flatMap((other) => {
      const used = within(other).filter(({ name, at }) => names.has(name) && at.from < at.to);
      return used.length > 0 ? used.map(({ at }) => at) : [other.token];
    }),
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
