/** Looks up a place of a text in the package's JSON Schema. Texts are unfinished, so parts that do not match are skipped. */

import root from "jitp/schema.json";
import type { Schema } from "./json-schema.ts";
import { POLICY } from "./policy-schema.ts";

const ROOT = root as Schema;

/** A step into a value: a key or an index. */
export type Path = readonly (string | number)[];

/** The schemas for the value at a path of this value, the outermost first. */
export function schemasAt(whole: unknown, path: Path): Schema[] {
  let schemas = flat(ROOT, whole);
  let value = whole;
  let last: string | number = "";
  for (const step of path) {
    // What a string holds is in the path if it is shown.
    if (typeof value === "string" && String(last).toLowerCase() === "policydocument") schemas = flat(POLICY, undefined);
    last = step;
    value = child(value, step);
    schemas = schemas.flatMap((schema) => inner(schema, step)).flatMap((schema) => flat(schema, value));
  }
  return schemas;
}

function child(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
}

function inner({ properties, additionalProperties, items, prefixItems }: Schema, step: string | number): Schema[] {
  if (typeof step === "number") {
    const item = prefixItems?.[step] ?? items;
    return typeof item === "object" ? [item] : [];
  }
  const named = properties && Object.hasOwn(properties, step) ? properties[step] : undefined;
  if (named) return [named];
  return typeof additionalProperties === "object" ? [additionalProperties] : [];
}

/** A schema with all schemas that it refers to and that apply to this value, and with all alternatives, since the value is unfinished. */
function flat(schema: Schema, value: unknown): Schema[] {
  const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
  const parts = [...allOf, ...anyOf, ...oneOf];
  if ($ref !== undefined) parts.push(resolve($ref));
  // A string that is shown as the JSON in it.
  if (schema.contentSchema && typeof value === "object") parts.push(schema.contentSchema);
  if (schema.if) {
    const next = fits(schema.if, value) ? schema.then : schema.else;
    if (next) parts.push(next);
  }
  return [schema, ...parts.flatMap((part) => flat(part, value))];
}

function resolve(ref: string): Schema {
  return ref === "#" ? ROOT : (ROOT.$defs?.[ref.replace("#/$defs/", "")] ?? {});
}

/** Whether a value matches a condition, for the kinds of condition that this schema uses. */
function fits(schema: Schema, value: unknown): boolean {
  const { type, required, properties = {}, not, allOf = [], anyOf } = schema;
  if (schema.$ref !== undefined && !fits(resolve(schema.$ref), value)) return false;
  if (type !== undefined && typeOf(value) !== type) return false;
  if ("const" in schema && schema.const !== value) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (not && fits(not, value)) return false;
  if (!allOf.every((part) => fits(part, value))) return false;
  if (anyOf && !anyOf.some((part) => fits(part, value))) return false;
  if (typeof value !== "object" || value === null) return true;
  if (required && !required.every((key) => Object.hasOwn(value, key))) return false;
  return Object.entries(properties).every(([key, part]) => !Object.hasOwn(value, key) || fits(part, child(value, key)));
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
