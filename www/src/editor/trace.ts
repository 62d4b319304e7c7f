/**
 * Finds every declared parameter and every property of a resource in a template: its place, and its range of the text. It reads the tree of the
 * editor's parser, which accepts unfinished text. What is in strings is read as it is shown unfolded.
 */

import { jsonLanguage } from "@codemirror/lang-json";
import type { SyntaxNode } from "@lezer/common";
import type { Occurrence } from "../model/occurrences.ts";
import { parameterPlace, pointer } from "../model/places.ts";

/** A longer text is not a template, and would be read again at every key. */
const LONGEST = 200_000;

/** A text in which strings are unfolded, and the offsets at which their contents begin. */
interface Read {
  text: string;
  strings: ReadonlySet<number>;
}

/** All ranges of an unfolded text that a user can point at. `strings` has the offsets at which the content of a string begins. */
export function trace(text: string, strings: ReadonlySet<number>): Occurrence[] {
  const root = text.length > LONGEST ? null : jsonLanguage.parser.parse(text).topNode.firstChild;
  if (!root) return [];
  const read = { text, strings };
  const members = membersOf(read, root);
  const find = (name: string, all = members) => all.find(({ key }) => key.toLowerCase() === name)?.value;
  const config = find("registrationconfig");
  const body = find("templatebody") ?? (config && find("templatebody", membersOf(read, config)));
  const within = body ? membersOf(read, body) : members;
  return [...parameters(read, find("parameters", within)), ...resources(read, find("resources", within))];
}

function value(raw: string): string | undefined {
  try {
    const made: unknown = JSON.parse(raw);
    return typeof made === "string" ? made : undefined;
  } catch {
    return undefined;
  }
}

interface Member {
  key: string;
  name: SyntaxNode;
  node: SyntaxNode;
  value: SyntaxNode | undefined;
}

function membersOf(read: Read, node: SyntaxNode): Member[] {
  return node.getChildren("Property").flatMap((property) => {
    const name = property.getChild("PropertyName");
    const last = property.lastChild;
    const key = name && value(read.text.slice(name.from, name.to));
    if (!name || key === undefined || key === null) return [];
    return [{ key, name, node: property, value: last && last.from > name.from ? last : undefined }];
  });
}

function occurrence(place: string, { from, to }: SyntaxNode, token: SyntaxNode): Occurrence {
  return { place, from, to, token: { from: token.from, to: token.to } };
}

function parameters(read: Read, declared: SyntaxNode | undefined): Occurrence[] {
  if (!declared) return [];
  return membersOf(read, declared).map(({ key, name, node }) => occurrence(parameterPlace(key), node, name));
}

function resources(read: Read, declared: SyntaxNode | undefined): Occurrence[] {
  if (!declared) return [];
  return membersOf(read, declared).flatMap(({ key: logicalName, value: resource }) => {
    const properties = resource && membersOf(read, resource).find(({ key }) => key.toLowerCase() === "properties")?.value;
    return properties ? within(read, pointer("Resources", logicalName, "Properties"), properties) : [];
  });
}

/** The members of an object or a list, and their members. What a string holds is one value. */
function within(read: Read, place: string, node: SyntaxNode): Occurrence[] {
  const inside = (step: string | number, whole: SyntaxNode, name: SyntaxNode | undefined, held: SyntaxNode | undefined): Occurrence[] => {
    const here = place + pointer(step);
    const own = occurrence(here, whole, tokenOf(read, held) ?? name ?? whole);
    return held && !read.strings.has(held.from) && !isFunction(read, held) ? [own, ...within(read, here, held)] : [own];
  };
  if (node.name === "Object") return membersOf(read, node).flatMap((member) => inside(member.key, member.node, member.name, member.value));
  if (node.name !== "Array") return [];
  return childrenOf(node)
    .filter(isValue)
    .flatMap((element, i) => inside(i, element, undefined, element));
}

/** The one token that says what a value is: a string or number itself, or the name in a `Ref`. */
function tokenOf(read: Read, held: SyntaxNode | undefined): SyntaxNode | undefined {
  if (!held) return undefined;
  if (held.name !== "Object" && held.name !== "Array") return held;
  const [only, ...others] = membersOf(read, held);
  return only && others.length === 0 && /^ref$/i.test(only.key) && only.value?.name === "String" ? only.value : undefined;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

const isValue = ({ name }: SyntaxNode): boolean => /^(Object|Array|String|Number|True|False|Null)$/.test(name);

function isFunction(read: Read, node: SyntaxNode): boolean {
  const [first] = membersOf(read, node);
  return first !== undefined && /^(ref|fn::\w+)$/i.test(first.key);
}
