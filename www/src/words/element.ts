/** What the element tells the author of a page, and partly its users, of attributes that mean nothing. */

import { LANGUAGE } from "./common.ts";

const oneOf = (known: readonly string[]) => new Intl.ListFormat(LANGUAGE, { type: "disjunction" }).format(known);

export const elementWords = {
  unknown: (attribute: string, value: string, known: readonly string[]) =>
    `${attribute}="${value}" has no meaning. The value is ${oneOf(known)}.`,
  noElement: (attribute: string, selector: string) => `The page names ${selector} as the ${attribute}, and has no such element.`,
  notRead: (address: string, why: string) => `${address}, which the page names as the template, cannot be read: ${why}`,
  fileTooLong: "it is too long for a template",
  notLines: (lines: string) => `lines="${lines}" has no meaning. The value is numbers of lines, such as 3-5, 8.`,
  notParameters: "The page gives parameters that are not the JSON of an object. They are not used.",
  /** The name of the whole for assistive technology, by the parts that are shown. */
  label: {
    full: "Playground: template, certificate and plan",
    plan: "Playground: plan",
    editor: "Playground: template and findings",
    verdict: "Playground: verdict",
  },
  /** The name of the whole once there is a plan; `label` is the name before. */
  planOf: (label: string, thing: string) => `${label} of ${thing}`,
  toAuthor: (complaint: string) => `<jitp-playground>: ${complaint}`,
};
