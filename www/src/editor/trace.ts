/**
 * Finds every declared parameter and every property of a resource in a template: its place, and its range of the text. It reads the tree of the editor's parser, which accepts unfinished text. A body inside a string is read through its escapes.
 */

import { jsonLanguage } from "@codemirror/lang-json";
import type { SyntaxNode } from "@lezer/common";
import type { Occurrence } from "../model/occurrences.ts";
import { parameterPlace, pointer } from "../model/places.ts";

/** A longer text is not a template, and would be read again at every key. */
const LONGEST = 200_000;

/** A text, and the offsets of its characters in the outermost text. */
interface Layer {
  text: string;
  at(offset: number): number;
}

/** All ranges of a text that a user can point at. */
export function trace(text: string): Occurrence[] {
  if (text.length > LONGEST) return [];
  return inLayer({ text, at: (offset) => offset }, 0);
}

/** Nobody nests deeper than a string in a string in a string. */
function inLayer(layer: Layer, depth: number): Occurrence[] {
  const root = jsonLanguage.parser.parse(layer.text).topNode.firstChild;
  if (!root || depth > 3) return [];
  if (root.name === "String") return inString(layer, root, depth);
  const members = membersOf(layer, root);
  const find = (name: string) => members.find(({ key }) => key.toLowerCase() === name)?.value;
  const config = find("registrationconfig");
  const body = find("templatebody") ?? (config && membersOf(layer, config).find(({ key }) => key.toLowerCase() === "templatebody")?.value);
  if (body?.name === "String") return inString(layer, body, depth);
  return [...parameters(layer, find("parameters")), ...resources(layer, find("resources"))];
}

function inString(layer: Layer, node: SyntaxNode, depth: number): Occurrence[] {
  const raw = layer.text.slice(node.from, node.to);
  const text = value(raw);
  if (text === undefined) return [];
  // The offset of each character in the raw text: an escape is one character.
  const starts: number[] = [];
  for (let i = 1; i < raw.length - 1; i += raw[i] !== "\\" ? 1 : raw[i + 1] === "u" ? 6 : 2) starts.push(i);
  const at = (offset: number) => layer.at(node.from + (starts[offset] ?? raw.length - 1));
  return inLayer({ text, at }, depth + 1);
}

function value(raw: string): string | undefined {
  try {
    const read: unknown = JSON.parse(raw);
    return typeof read === "string" ? read : undefined;
  } catch {
    return undefined;
  }
}

interface Member {
  key: string;
  node: SyntaxNode;
  value: SyntaxNode | undefined;
}

function membersOf(layer: Layer, node: SyntaxNode): Member[] {
  return node.getChildren("Property").flatMap((property) => {
    const name = property.getChild("PropertyName");
    const last = property.lastChild;
    const key = name && value(layer.text.slice(name.from, name.to));
    if (!name || key === undefined || key === null) return [];
    return [{ key, node: property, value: last && last.from > name.from ? last : undefined }];
  });
}

function occurrence(layer: Layer, place: string, node: SyntaxNode): Occurrence {
  return { place, from: layer.at(node.from), to: layer.at(node.to) };
}

function parameters(layer: Layer, declared: SyntaxNode | undefined): Occurrence[] {
  if (!declared) return [];
  return membersOf(layer, declared).map(({ key, node }) => occurrence(layer, parameterPlace(key), node));
}

function resources(layer: Layer, declared: SyntaxNode | undefined): Occurrence[] {
  if (!declared) return [];
  return membersOf(layer, declared).flatMap(({ key: logicalName, value: resource }) => {
    const properties = resource && membersOf(layer, resource).find(({ key }) => key.toLowerCase() === "properties")?.value;
    return properties ? within(layer, pointer("Resources", logicalName, "Properties"), properties) : [];
  });
}

/** The members of an object or a list, and their members. */
function within(layer: Layer, place: string, node: SyntaxNode): Occurrence[] {
  const inside = (step: string | number, whole: SyntaxNode, held: SyntaxNode | undefined): Occurrence[] => {
    const here = place + pointer(step);
    const own = occurrence(layer, here, whole);
    return held && !isFunction(layer, held) ? [own, ...within(layer, here, held)] : [own];
  };
  if (node.name === "Object") return membersOf(layer, node).flatMap((member) => inside(member.key, member.node, member.value));
  if (node.name !== "Array") return [];
  return childrenOf(node)
    .filter(isValue)
    .flatMap((element, i) => inside(i, element, element));
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

const isValue = ({ name }: SyntaxNode): boolean => /^(Object|Array|String|Number|True|False|Null)$/.test(name);

function isFunction(layer: Layer, node: SyntaxNode): boolean {
  const [first] = membersOf(layer, node);
  return first !== undefined && /^(ref|fn::\w+)$/i.test(first.key);
}
