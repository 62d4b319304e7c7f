/** What the answers on access mean for the page: what would decide an open answer, and where a stretch of text is. */

import type { Missing } from "jitp";

const MISSING: Record<Missing["kind"], (name: string) => string> = {
  value: (name) => `the value of \`${name}\``,
  policy: (name) => `the document of the policy \`${name}\``,
  unreadable: (name) => `a document of the policy \`${name}\` that can be read`,
  group: (name) => `the policies of the thing group \`${name}\``,
  option: (name) => `the option \`${name}\``,
};

/** What would decide an open answer, as a sentence; empty if nobody can give it. */
export function decidedBy(missing: readonly Missing[]): string {
  if (missing.length === 0) return "";
  const words = missing.map(({ kind, name }) => MISSING[kind](name));
  return `This would decide it: ${words.join(", ")}.`;
}

/** The place of a stretch of the template's text, for `data-place` and `data-lights`. It is not one of the places in the template's body. */
export const stretchPlace = (from: number, to: number): string => `@${from}-${to}`;

/** The stretch of such a place; nothing for other places. */
export function stretchOf(place: string): { from: number; to: number } | undefined {
  const [, from, to] = /^@(\d+)-(\d+)$/.exec(place) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}
