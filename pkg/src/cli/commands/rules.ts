/** `jitp rules` and `jitp explain` */
import type { Command } from "commander";
import type { Rule } from "jitp";
import { type Context, json } from "../context.js";
import { Misuse } from "../exit.js";
import { formats } from "../options.js";
import type { RulesOutput } from "../output.js";
import { all, ruleNamed } from "../report/rule.js";
import { colourOf } from "../report/text.js";
import { type Terminal, wrap } from "../terminal.js";

interface Options {
  format: "text" | "json";
}

export function addRules(program: Command, context: Context): void {
  program
    .command("rules")
    .description("List all rules")
    .addOption(formats("text", "json"))
    .action(({ format }: Options) => give(all, format, context, table));
  program
    .command("explain")
    .description("Explain rules: the reason, the effect, the fix")
    .argument("<rule...>", "Codes or names, for example JITP012, 12, double-encoded-body")
    .addOption(formats("text", "json"))
    .action((words: string[], { format }: Options) => give(words.map(named), format, context, explanations));
}

function give(
  rules: readonly Rule[],
  format: Options["format"],
  { terminal, version }: Context,
  text: (rules: readonly Rule[], terminal: Terminal) => string,
): void {
  const output: RulesOutput = { format: "jitp.rules", version: 1, jitp: version, rules: [...rules] };
  if (format === "json") terminal.out(json(output));
  else terminal.say(text(rules, terminal));
}

function named(word: string): Rule {
  const rule = ruleNamed(word);
  if (rule !== undefined) return rule;
  const near = all.filter(({ name }) => word.length > 2 && name.includes(word.toLowerCase())).map(({ name }) => name);
  const help = near.length > 0 ? `did you mean ${near.slice(0, 4).join(", ")}?` : "jitp rules lists all rules";
  throw new Misuse(`unknown rule ${word === "" ? '""' : word}`, help);
}

function table(rules: readonly Rule[], { paint }: Terminal): string {
  const width = Math.max(...rules.map(({ name }) => name.length));
  let group = "";
  const lines: string[] = [];
  for (const rule of rules) {
    if (rule.group !== group) lines.push(...(group === "" ? [] : [""]), paint.bold(rule.group));
    group = rule.group;
    const severity = colourOf(rule.severity, paint)(rule.severity.padEnd(7));
    lines.push(`  ${rule.code}  ${severity}  ${rule.name.padEnd(width)}  ${rule.summary}`);
  }
  return `${lines.join("\n")}\n`;
}

const PHASES = {
  attach: { error: "AWS refuses this template.", other: "This is about the template itself." },
  connect: {
    error: "Provisioning fails when the device connects for the first time.",
    other: "This is about a device's first connection.",
  },
};
const BASES = {
  documented: "AWS documents it.",
  observed: "Observed in working samples or users' reports.",
  assumed: "Assumed: AWS does not document it, and jitp uses the most likely reading.",
};

function explanations(rules: readonly Rule[], terminal: Terminal): string {
  return rules.map((rule) => explanation(rule, terminal)).join("\n");
}

function explanation(rule: Rule, { paint, width }: Terminal): string {
  const colour = colourOf(rule.severity, paint);
  const example = (text: string) => text.split("\n").map((line) => `    ${line}`);
  return [
    `${colour(`${rule.severity}[${rule.code}]`)}${paint.bold(`: ${rule.name}`)}`,
    "",
    wrap(rule.summary, width),
    "",
    wrap(rule.explanation, width),
    "",
    wrap(`${PHASES[rule.phase][rule.severity === "error" ? "error" : "other"]} ${BASES[rule.basis]}`, width),
    "",
    paint.bold("Wrong"),
    ...example(rule.wrong),
    paint.bold("Right"),
    ...example(rule.right),
    "",
    `Source: ${rule.sourceTitle}, as of ${rule.sourceDate}`,
    `        ${rule.source}`,
    "",
  ].join("\n");
}
