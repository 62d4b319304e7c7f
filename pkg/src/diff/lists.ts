/** Comparing values and lists, each in time that is linear in their lengths. */
import type { Changed, ChangedPair, ListDifference } from "../types.js";

/** The two values if they differ; `undefined` if not. */
export function changed<Value extends string | number>(before: Value | undefined, after: Value | undefined): Changed<Value> | undefined {
  return before === after ? undefined : sides(before, after);
}

/** Both values as they are. */
export function sides<Value>(before: Value | undefined, after: Value | undefined): Changed<Value> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** The entries that differ, in the order of their names; `undefined` if there are none. */
export function changedEntries(
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Record<string, Changed<string>> | undefined {
  const [first, second] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  const found = names.flatMap((name) => {
    const change = changed(first.get(name), second.get(name));
    return change === undefined ? [] : [[name, change] as const];
  });
  // Object.fromEntries adds any name as data, also `__proto__`.
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Two lists as pairs of the same key, and what is left of each. */
export interface Matched<Value> extends ListDifference<Value> {
  pairs: ChangedPair<Value>[];
}

/** Pairs the values of two lists by a key. A key that is there several times makes as many pairs as both lists can. */
export function matched<Value>(before: readonly Value[], after: readonly Value[], keyOf: (value: Value) => string): Matched<Value> {
  const open = new Map<string, Value[]>();
  for (const value of [...before].reverse()) {
    const key = keyOf(value);
    const others = open.get(key);
    if (others === undefined) open.set(key, [value]);
    else others.push(value);
  }
  const pairs: ChangedPair<Value>[] = [];
  const added: Value[] = [];
  const used = new Set<Value>();
  const found = new Map<Value, Value>();
  for (const value of after) {
    const other = open.get(keyOf(value))?.pop();
    if (other === undefined) added.push(value);
    else found.set(other, value);
  }
  for (const value of before) {
    const other = found.get(value);
    if (other === undefined) continue;
    used.add(value);
    pairs.push({ before: value, after: other });
  }
  return { pairs, added, removed: before.filter((value) => !used.has(value)) };
}

/** What only one of two lists of names has; `undefined` if both have the same. */
export function listed<Value>(
  before: readonly Value[] = [],
  after: readonly Value[] = [],
  keyOf: (value: Value) => string,
): ListDifference<Value> | undefined {
  // Names are boxed, so that two equal ones stay two.
  const box = (values: readonly Value[]) => values.map((value) => ({ value }));
  const { added, removed } = matched(box(before), box(after), ({ value }) => keyOf(value));
  if (added.length === 0 && removed.length === 0) return undefined;
  return { added: added.map(({ value }) => value), removed: removed.map(({ value }) => value) };
}

/** A key of several parts that cannot be mistaken for other parts. */
export function keyed(...parts: readonly (string | number | undefined)[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}

/** The members that are not `undefined`; `undefined` if there are none. */
export function present<Members extends object>(members: { [Name in keyof Members]: Members[Name] | undefined }): Members | undefined {
  const found = Object.entries(members).filter(([, value]) => value !== undefined);
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Members);
}

/** A sentence as a key. Sentences that list the same names in another order have the same one. */
export function sentence(text: string | undefined): string {
  return (text ?? "")
    .split(/[\s,.]+/)
    .sort()
    .join(" ");
}
