/** Makes the rules' page at build time, and the list of the rules' sources, both from the package's `rules()`. */

import { type Basis, type Flow, type Phase, type Rule, type RuleHome, rules } from "jitp";
import type { Plugin } from "vite";
import { isElsewhere } from "../src/share/elsewhere.ts";

/** The place of the example, in the words of a user. */
const HOME: Record<RuleHome, string> = {
  text: "the whole text",
  body: "in the template body",
  parameters: "in Parameters",
  resources: "Resources",
  thing: "in the thing resource",
  certificate: "in the certificate resource",
  policy: "in a policy resource",
  document: "the policy document, before it is escaped",
  subject: "the subject of the device certificate",
  "given-subject": "a subject given instead of a certificate",
  pem: "the text given as the certificate",
  chain: "the device certificate and CA certificates",
  registration: "a CA and its verification certificate",
  account: "what is known of the account",
  existing: "what the account has already",
};

const FLOW: Record<Flow, string> = {
  jitp: "",
  fleet: ", in fleet provisioning",
  "register-thing": ", in a call of RegisterThing",
};

const PHASE: Record<Phase, string> = { attach: "when the template is attached", connect: "when a device connects" };

const BASIS: Record<Basis, string> = {
  documented: "documented by AWS",
  observed: "observed, not documented",
  assumed: "assumed: AWS does not say",
};

const SOURCES = "virtual:rule-sources";
const WORDS = "virtual:rule-words";
const OF_CERTIFICATE = "virtual:certificate-rules";

/** What the rules about a device's certificate and its CA are read from. */
const CERTIFICATES: ReadonlySet<RuleHome> = new Set<RuleHome>(["pem", "chain", "registration"]);

/** Fills rules.html. */
export function rulesPage(): Plugin {
  const all = rules();
  const parts: Record<string, string> = { contents: contents(all), rules: sections(all), count: String(all.length) };
  return {
    name: "rules-page",
    transformIndexHtml: (html) => html.replace(/<!--fill:(\w+)-->/g, (mark, name: string) => parts[name] ?? mark),
  };
}

/** Gives the page the sources of the rules and the codes of those about certificates at once, and the explanations with the editor. */
export function ruleSources(): Plugin {
  const all = rules();
  const byCode = (told: (rule: Rule) => string) => Object.fromEntries(all.map((rule) => [rule.code, told(rule)]));
  const modules = new Map<string, unknown>([
    [SOURCES, byCode(({ source }) => source)],
    [WORDS, byCode(({ explanation }) => explanation)],
    [OF_CERTIFICATE, all.filter(({ home }) => CERTIFICATES.has(home)).map(({ code }) => code)],
  ]);
  return {
    name: "rule-sources",
    resolveId: (id) => (modules.has(id) ? `\0${id}` : undefined),
    load(id) {
      const content = modules.get(id.slice(1));
      return id.startsWith("\0") && content !== undefined ? `export default ${JSON.stringify(content)};` : undefined;
    },
  };
}

/** The rules by their headings, in order. */
function groups(all: Rule[]): [string, Rule[]][] {
  const byTitle = new Map<string, Rule[]>();
  for (const rule of all) byTitle.set(rule.group, [...(byTitle.get(rule.group) ?? []), rule]);
  return [...byTitle];
}

const anchor = (title: string) => title.toLowerCase().replace(/\W+/g, "-");

function contents(all: Rule[]): string {
  const entry = ({ code, name }: Rule) =>
    `<li data-rule="${code}"><a href="#${code}"><span class="contents-code">${code}</span> ${text(name)}</a></li>`;
  const group = ([title, members]: [string, Rule[]]) =>
    `<li data-group="${anchor(title)}"><a class="contents-group" href="#${anchor(title)}">${text(title)}</a>` +
    `<ol>${members.map(entry).join("")}</ol></li>`;
  return `<ol>${groups(all).map(group).join("")}</ol>`;
}

function sections(all: Rule[]): string {
  const group = ([title, members]: [string, Rule[]]) =>
    `<section class="rule-group" id="${anchor(title)}" aria-labelledby="${anchor(title)}-title">` +
    `<h2 id="${anchor(title)}-title">${text(title)}</h2>${members.map(section).join("")}</section>`;
  return groups(all).map(group).join("");
}

function section(rule: Rule): string {
  const { code, name, severity, phase, basis, summary, explanation, home, flow, source, sourceTitle, sourceDate } = rule;
  const place = HOME[home] + FLOW[flow];
  return (
    `<article class="rule" id="${code}" aria-labelledby="${code}-title">` +
    `<h3 id="${code}-title"><a class="rule-code" href="#${code}">${code}</a> ${text(name)}</h3>` +
    `<p class="rule-meta"><span class="rule-severity severity-${severity}">${severity}</span> ` +
    `${PHASE[phase]} · ${BASIS[basis]}</p>` +
    `<p class="rule-summary">${text(summary)}</p>` +
    `<p class="rule-why">${prose(explanation)}</p>` +
    `<div class="examples">${example("wrong", "Wrong", place, rule.wrong, rule.right, isElsewhere(code) ? "" : tried(code))}` +
    `${example("right", "Right", "", rule.right, rule.wrong)}</div>` +
    `<p class="rule-source">Source: <a href="${text(source)}" rel="noopener noreferrer">${text(sourceTitle)}</a>, as of ${text(sourceDate)}</p>` +
    "</article>"
  );
}

/** The link to the playground with the example and all that it needs. */
const tried = (code: string) =>
  `<a class="example-try" href="./index.html#${code}">Try the wrong example<span class="visually-hidden"> of ${code}</span></a>`;

/** One of the two examples. If both have several lines, the lines that the other one does not have are marked. */
function example(kind: string, title: string, place: string, code: string, other: string, link = ""): string {
  const others = new Set(other.split("\n"));
  const marking = others.size > 1 && code.includes("\n");
  const mark = (line: string) => {
    const indent = line.length - line.trimStart().length;
    return marking && !others.has(line) ? `${line.slice(0, indent)}<mark>${text(line.slice(indent))}</mark>` : text(line);
  };
  return (
    `<figure class="example example-${kind}"><figcaption><span class="example-word">${title}</span>` +
    `${place && ` <span class="example-place">${text(place)}</span>`}${link}</figcaption>` +
    `<pre><code>${code.split("\n").map(mark).join("\n")}</code></pre></figure>`
  );
}

/** A text with the parts between backticks as code, and with the codes of rules as links. */
function prose(message: string): string {
  const piece = (content: string, i: number) =>
    i % 2 === 1 ? `<code>${text(content)}</code>` : text(content).replace(/JITP\d{3}/g, (code) => `<a href="#${code}">${code}</a>`);
  return message
    .split(/`([^`]+)`/)
    .map(piece)
    .join("");
}

/** A text as HTML, in elements and in attributes. */
function text(plain: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return plain.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
