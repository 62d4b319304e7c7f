/** Completion and documentation in the editor, both from the package's JSON Schema. */

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  snippet,
} from "@codemirror/autocomplete";
import type { EditorState, Extension } from "@codemirror/state";
import { hoverTooltip, keymap } from "@codemirror/view";
import { h, prose } from "../ui/dom.ts";
import { visible } from "../ui/visible.ts";
import { placeAt, type JsonPlace } from "./json-place.ts";
import type { Schema } from "./json-schema.ts";
import { schemasAt } from "./schema.ts";

/** The extension. */
export const help: Extension = [
  autocompletion({ override: [complete], icons: false }),
  keymap.of(completionKeymap),
  hoverTooltip((view, at, side) => {
    const place = placeAt(view.state, at, side);
    if (!place?.token || at > place.token.to) return null;
    const { from, to } = place.token;
    const words = documentation(place, view.state.sliceDoc(from, to));
    if (!words) return null;
    const create = () => ({ dom: h("div", { class: "cm-doc" }, ...prose(words)) });
    return { pos: from, end: to, above: true, create };
  }),
];

/** The documentation of a key, or of a value of an enumeration. */
function documentation({ kind, path, whole }: JsonPlace, token: string): string | undefined {
  let written: unknown;
  try {
    written = JSON.parse(token);
  } catch {
    return undefined;
  }
  const schemas = schemasAt(whole, kind === "key" ? [...path, String(written)] : path);
  if (kind === "key") return description(schemas);
  for (const { enum: values, enumDescriptions } of schemas) {
    const words = enumDescriptions?.[values?.indexOf(written) ?? -1];
    if (words) return words;
  }
  return typeof written === "string" ? namedParameter(whole, written) : undefined;
}

function description(schemas: readonly Schema[]): string | undefined {
  const words = schemas.find((schema) => schema.description !== undefined)?.description;
  const deprecated = schemas.find((schema) => schema.deprecationMessage !== undefined)?.deprecationMessage;
  return [words, deprecated].filter(Boolean).join(" ") || undefined;
}

/** The documentation of a parameter, by its name. */
function namedParameter(whole: unknown, name: string): string | undefined {
  return description(schemasAt(bodyIn(whole), ["Parameters", name]).filter(({ type }) => type === undefined));
}

function complete(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  const place = placeAt(state, pos);
  if (!place || (!place.token && !context.explicit)) return null;
  const { from, to } = place.token ?? { from: pos, to: pos };
  const options = place.kind === "key" ? keys(place, state, to) : values(place);
  if (options.length === 0) return null;
  // The typed text is compared without its quotes.
  const opened = state.sliceDoc(from, from + 1) === '"' ? 1 : 0;
  const closed = to - from > 1 && state.sliceDoc(to - 1, to) === '"' ? 1 : 0;
  return { from: from + opened, to: to - opened * closed, options, validFor: /^[\w:.$-]*$/ };
}

/** Replaces the token, with its quotes, by a snippet. */
function putting(text: string): NonNullable<Completion["apply"]> {
  return (view, completion, from, to) => {
    const quote = (at: number) => view.state.sliceDoc(at, at + 1) === '"';
    snippet(text)(view, completion, quote(from - 1) ? from - 1 : from, quote(to) ? to + 1 : to);
  };
}

function keys({ path, keys, whole }: JsonPlace, state: EditorState, to: number): Completion[] {
  const colon = /^\s*:/.test(state.sliceDoc(to, to + 40));
  const known = new Map<string, Schema>();
  const schemas = schemasAt(whole, path);
  for (const { properties = {} } of schemas) {
    for (const [name, schema] of Object.entries(properties)) if (!known.has(name)) known.set(name, schema);
  }
  const required = new Set(schemas.flatMap(({ required = [] }) => required));
  return [...known].flatMap(([name, schema]): Completion[] => {
    const inner = schemasAt(whole, [...path, name]);
    if (keys.includes(name) || inner.some(({ doNotSuggest }) => doNotSuggest)) return [];
    const info = description([schema, ...inner]);
    const written = colon ? JSON.stringify(name) : `${JSON.stringify(name)}: ${stub(inner)}`;
    return [
      { label: name, displayLabel: visible(name), apply: putting(written), boost: required.has(name) ? 1 : 0, ...(info && { info }) },
    ];
  });
}

/** The initial value of a new key. */
function stub(schemas: readonly Schema[]): string {
  const type = schemas.find((schema) => schema.type !== undefined)?.type;
  if (type === "object") return "{\n\t#{}\n}";
  if (type === "array") return "[#{}]";
  return type === "string" ? '"#{}"' : "#{}";
}

function values({ path, whole }: JsonPlace): Completion[] {
  const found = new Map<string, Completion>();
  const add = (value: unknown, info?: string, boost = 0) => {
    if (typeof value === "object" || value === undefined) return;
    const label = String(value);
    if (found.has(label)) return;
    found.set(label, {
      label,
      displayLabel: visible(label),
      apply: putting(literally(JSON.stringify(value))),
      boost,
      ...(info && { info }),
    });
  };
  // A Ref names a parameter: the declared ones come first.
  if (path.at(-1) === "Ref") for (const name of declared(whole)) add(name, namedParameter(whole, name), 1);
  for (const schema of schemasAt(whole, path)) {
    if (schema.doNotSuggest) continue;
    schema.enum?.forEach((value, i) => add(value, schema.enumDescriptions?.[i]));
    if ("const" in schema) add(schema.const);
    for (const value of schema.examples ?? []) add(value);
    for (const { label, description: info, body } of schema.defaultSnippets ?? []) {
      if (typeof body !== "object" || body === null || label === undefined) continue;
      found.set(label, { label, apply: putting(fields(JSON.stringify(body, null, "\t"))), ...(info && { info }) });
    }
  }
  return [...found.values()];
}

/** A text without fields. Policy variables look like fields, so they are escaped. */
const literally = (text: string) => text.replaceAll(/([$#])\{([^}]*)\}/g, "$1\\{$2\\}");

/** Converts the fields of a snippet from the notation of VS Code to that of this editor. */
function fields(text: string): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    const [, content] = /^\d+:?(.*)$/.exec(inner) ?? [];
    return content === undefined ? literally(whole) : `#{${content}}`;
  });
}

function declared(whole: unknown): string[] {
  const { Parameters } = (bodyIn(whole) ?? {}) as { Parameters?: unknown };
  return typeof Parameters === "object" && Parameters !== null ? Object.keys(Parameters) : [];
}

/** The body of a template in the value of a whole text, which may be a config. */
function bodyIn(whole: unknown): unknown {
  for (const key of ["templateBody", "registrationConfig"]) {
    const inner = typeof whole === "object" && whole !== null ? (whole as Record<string, unknown>)[key] : undefined;
    if (typeof inner === "object" && inner !== null) return bodyIn(inner);
  }
  return whole;
}
