/** The values of a subject, for those who have the template and not the certificate. */

import type { Plan } from "jitp";

/** Values by the object identifier of their attribute. */
export type Subject = Record<string, string>;

/** The values of the subject that a plan uses, and no others. */
export function subjectOf(plan: Plan): Subject {
  const used = plan.parameters.flatMap(({ attribute, value }) => (attribute && value !== undefined ? [[attribute.oid, value]] : []));
  return Object.fromEntries(used) as Subject;
}

/** A subject with these values, as RFC 4514 writes it. */
export function subjectText(subject: Subject): string {
  return Object.entries(subject)
    .map(([oid, value]) => `${oid}=${escaped(value)}`)
    .join(",");
}

/** Every character that could mean something else is written as its bytes. */
function escaped(value: string): string {
  const bytes = (text: string) =>
    [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(16).padStart(2, "0").toUpperCase()}`);
  return value.replace(/[^A-Za-z0-9 _.:@/-]|^ | $/gu, (character) => bytes(character).join(""));
}

/** Reads such values from untrusted JSON; nothing if they have another shape. */
export function readSubject(value: unknown): Subject | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const named = Object.entries(value);
  const holds = ([oid, text]: [string, unknown]) =>
    /^[0-2](\.\d{1,9}){1,12}$/.test(oid) && typeof text === "string" && text.length <= 1_000;
  return named.length <= 50 && named.every(holds) ? (Object.fromEntries(named) as Subject) : undefined;
}
