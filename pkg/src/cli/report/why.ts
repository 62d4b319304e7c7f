/** Where a value of a plan comes from: its pieces, each with its place in the template and its attribute of the certificate. */
import type { Parameter, Plan, PlannedValue, ValuePiece } from "jitp";
import { plain } from "../terminal.js";
import { excerpt, type View } from "./excerpt.js";

/** A value that was asked for, with the parameters that it uses. */
export type Why = PlannedValue & { parameters: Parameter[] };

/** The values that are asked for: by what they are (`thing.name`, `attributes.serial`, `thing.groups`), or by a text that they contain. */
export function whyOf({ values = [], parameters }: Plan, asked: string): Why[] {
  const whole = values.filter(({ where }) => where === asked || where === `thing.${asked}`);
  const within = values.filter(({ where }) => where.startsWith(`${asked}.`) || where.startsWith(`thing.${asked}.`));
  const named = whole.length > 0 ? whole : within;
  const found = named.length > 0 ? named : values.filter(({ value }) => value?.includes(asked));
  return found.map((value) => ({ ...value, parameters: parameters.filter(({ name }) => value.uses.some((use) => use.name === name)) }));
}

/** The template, and what was asked for. */
interface Asked {
  name: string;
  source: string;
  asked: string;
}

/** The values as text for people. */
export function whyText(found: readonly Why[], asked: Asked, view: View): string {
  return `${found.map((value) => textOf(value, asked, view).join("\n")).join("\n\n")}\n`;
}

function textOf(value: Why, { name, source, asked }: Asked, view: View): string[] {
  const { bold, cyan, yellow } = view.paint;
  const told = (span: PlannedValue["span"]) => (span === undefined ? [] : excerpt(name, source, span, cyan, view));
  if (value.value === undefined) {
    const missing = value.uses.filter((use) => value.parameters.some((one) => one.name === use.name && one.value === undefined));
    return [
      bold(`${plain(value.where)} has no value`),
      ...(missing.length === 0 ? told(value.span) : []),
      ...missing.flatMap((use) => [yellow(`${plain(use.name)} has no value`), ...told(use.span)]),
    ];
  }
  const others = isPart(value, asked) ? [] : value.uses.filter((use) => value.pieces.every(({ parameter }) => parameter !== use.name));
  return [
    bold(`${plain(value.where)} = ${plain(value.value)}`),
    ...piecesOf(value, asked).flatMap((piece) => [
      `${plain(JSON.stringify(piece.text))} ${plain(wordsOf(piece, value))}`,
      ...told(piece.span),
    ]),
    ...others.flatMap((use) => [plain(otherWords(use.name, value)), ...told(use.span)]),
  ];
}

/** A parameter that is no piece of the value: it chooses among values, or is not chosen. */
function otherWords(name: string, { parameters }: Why): string {
  const parameter = parameters.find((one) => one.name === name);
  const value = parameter?.value === undefined ? "" : ` (${JSON.stringify(parameter.value)}): ${originOf(parameter)}`;
  return `The expression also uses ${name}${value}`;
}

/** Whether a text in the value was asked for, and not the value by what it is. */
function isPart({ where, value }: Why, asked: string): boolean {
  const isNamed = [asked, `thing.${asked}`].some((name) => where === name || where.startsWith(`${name}.`));
  return !isNamed && (value?.includes(asked) ?? false);
}

/** The pieces to show: if a part of the value was asked for, those that it touches. */
function piecesOf(why: Why, asked: string): ValuePiece[] {
  const { value = "", pieces } = why;
  const onlyPart = isPart(why, asked);
  let end = 0;
  return pieces.filter(({ text, from }) => {
    const start = end;
    end += text.length;
    return from !== "quote" && (!onlyPart || touches(value, asked, start, end));
  });
}

/** Whether a part of the text stands within `start` and `end`, wholly or in part. */
function touches(value: string, part: string, start: number, end: number): boolean {
  if (part === "") return true;
  for (let at = value.indexOf(part, Math.max(0, start - part.length + 1)); at >= 0 && at < end; at = value.indexOf(part, at + 1)) {
    if (at + part.length > start) return true;
  }
  return false;
}

function wordsOf(piece: ValuePiece, { parameters }: Why): string {
  const functions = piece.through.map(({ name }) => name).filter((name, i, all) => name !== all[i - 1]);
  const through = functions.length === 0 ? "" : `, through ${functions.join(", ")}`;
  switch (piece.from) {
    case "literal":
      return `is text of the template${through}`;
    case "delimiter":
      return `is the delimiter of Fn::Join${through}`;
    case "map":
      return `is a value of Mappings${through}`;
    case "certificate":
      return `is the certificate's ID${through}`;
    case "rule":
      return `is not in the template: AWS gives it${through}`;
    case "quote":
      return "is a quote";
    case "parameter": {
      const parameter = parameters.find(({ name }) => name === piece.parameter);
      const which = parameter?.value === piece.text ? "the value" : "a part of the value";
      return `is ${which} of ${piece.parameter}${through}${parameter ? `: ${originOf(parameter)}` : ""}`;
    }
  }
}

/** The origin of a parameter's value. People count from 1. */
function originOf({ name, origin, attribute }: Parameter): string {
  if (attribute) return `attribute ${attribute.index + 1} of the subject (${attribute.oid}, ${attribute.encoding})`;
  if (origin === "certificate") return name.endsWith("::Id") ? "the certificate's ID" : "the certificate's own serial number";
  return origin === "given" ? "given with the call" : "its Default";
}
