/** The path to an offset in a JSON text, and the value of the text so far, read from an unfinished tree. */

import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import type { Path } from "./schema.ts";
import { unfoldedOf } from "./unfolding.ts";

/** The key or value at an offset. */
export interface JsonPlace {
  kind: "key" | "value";
  /** The path to the object of the key, or to the value. */
  path: Path;
  /** The token at the offset, if any. */
  token: { from: number; to: number } | undefined;
  /** The other keys of the object. */
  keys: string[];
  /** The value of the whole text. */
  whole: unknown;
}

/** The time for reading the rest of a text, in milliseconds; a template is read in a few. */
const PATIENCE = 200;

const TOKENS = ["PropertyName", "String", "Number", "True", "False", "Null"];

/** The key or value that is, or could be, at this offset. */
export function placeAt(state: EditorState, offset: number, side: -1 | 0 | 1 = -1): JsonPlace | undefined {
  const text = (node: SyntaxNode) => state.sliceDoc(node.from, node.to);
  // On a slow machine the editor reads in pieces, and nobody asks again when it is done.
  const tree = ensureSyntaxTree(state, state.doc.length, PATIENCE) ?? syntaxTree(state);
  const strings = new Set(unfoldedOf(state)?.islands.map(({ from }) => from));
  const whole = tree.topNode.firstChild ? valueAt(tree.topNode.firstChild, text, strings) : undefined;
  let node: SyntaxNode | null = tree.resolveInner(offset, side);
  const token = TOKENS.includes(node.name) && node.from < offset + (side === 1 ? 1 : 0) ? node : undefined;
  if (token) node = token.parent;
  if (token?.name === "PropertyName") {
    const object = node?.parent;
    return object ? { kind: "key", path: pathTo(object, text), token, keys: keysOf(object, text, token), whole } : undefined;
  }
  // Unfinished JSON is below an error node.
  while (node && !["Property", "Object", "Array"].includes(node.name)) node = node.parent;
  if (!node) return undefined;
  if (node.name === "Object") {
    return { kind: "key", path: pathTo(node, text), token: token && range(token), keys: keysOf(node, text), whole };
  }
  if (node.name === "Array") {
    const index = children(node).filter((item) => item.to < offset && isValue(item)).length;
    return { kind: "value", path: [...pathTo(node, text), index], token: token && range(token), keys: [], whole };
  }
  const name = node.getChild("PropertyName");
  const object = node.parent;
  if (!name || !object || offset <= name.to) return undefined;
  return { kind: "value", path: [...pathTo(object, text), keyOf(name, text)], token: token && range(token), keys: [], whole };
}

const range = ({ from, to }: SyntaxNode) => ({ from, to });

function pathTo(node: SyntaxNode, text: (node: SyntaxNode) => string): (string | number)[] {
  const { parent } = node;
  if (!parent) return [];
  if (parent.name === "Property") {
    const name = parent.getChild("PropertyName");
    return [...(parent.parent ? pathTo(parent.parent, text) : []), name ? keyOf(name, text) : ""];
  }
  if (parent.name === "Array") {
    return [...pathTo(parent, text), children(parent).filter((item) => item.to <= node.from && isValue(item)).length];
  }
  return pathTo(parent, text);
}

const isValue = ({ name }: SyntaxNode) => name === "Object" || name === "Array" || TOKENS.includes(name);

function children(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
}

function keysOf(object: SyntaxNode, text: (node: SyntaxNode) => string, without?: SyntaxNode): string[] {
  const names = object.getChildren("Property").map((property) => property.getChild("PropertyName"));
  return names.flatMap((name) => (name && name.from !== without?.from ? [keyOf(name, text)] : []));
}

function keyOf(name: SyntaxNode, text: (node: SyntaxNode) => string): string {
  return String(parsed(text(name)) ?? text(name).slice(1, -1));
}

/** The value of a node. A policy document that is a string is one, although its content is shown; a template's body is what it holds. */
function valueAt(node: SyntaxNode, text: (node: SyntaxNode) => string, strings: ReadonlySet<number>): unknown {
  if (node.name === "Object") {
    const entries = node.getChildren("Property").flatMap((property): [string, unknown][] => {
      const name = property.getChild("PropertyName");
      const value = children(property).findLast(isValue);
      if (!name) return [];
      const key = keyOf(name, text);
      if (!value || value.from === name.from) return [[key, undefined]];
      const isDocument = strings.has(value.from) && key.toLowerCase() === "policydocument";
      return [[key, isDocument ? text(value) : valueAt(value, text, strings)]];
    });
    return Object.fromEntries(entries);
  }
  if (node.name === "Array")
    return children(node)
      .filter(isValue)
      .map((item) => valueAt(item, text, strings));
  return parsed(text(node));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
