/** A plan in Markdown (GitHub's flavour), for a ticket, a merge request or a chat. */

import type { Plan, Step } from "../types.js";
import { isolationWords } from "./access-words.js";
import { cell, code, fenced, list, prose, table } from "./markdown.js";
import {
  certificateName,
  endWords,
  entryWords,
  isReached,
  issuerWords,
  NOT_CHECKED,
  onlySubject,
  originWords,
  PRECONDITIONS,
  prettyDocument,
  shortName,
  verdictWords,
} from "./words.js";

const SIGN: Record<Step["outcome"], string> = { done: "✓", failed: "✗", skipped: "·", unknown: "?" };

/**
 * The plan in Markdown: the verdict, the parameters as a table, the six steps, what must exist, the findings. Names and messages are always
 * text or code. They do not become a link, markup or a mention of a person, whatever they hold.
 */
export function planMarkdown(plan: Plan): string {
  const { summary, certificate, parameters, steps, access, preconditions, diagnostics, policies, lookAt, notes } = plan;
  const name = certificateName(certificate);
  const end = endWords(plan);
  const signed = issuerWords(plan);
  const subject = onlySubject(certificate);
  const blocks = [
    `## ${prose(verdictWords(plan))}`,
    prose(summary),
    list([
      subject !== undefined && `Subject ${code(subject)}: ${NOT_CHECKED}`,
      name !== undefined &&
        subject === undefined &&
        `Certificate ${code(name)}${certificate.certificateId !== undefined && certificate.certificateId !== name ? `, ID ${code(certificate.certificateId)}` : ""}`,
      signed !== undefined && `${prose(signed)} ${prose(plan.issuer?.reason ?? "")}`,
      end !== undefined && prose(end),
    ]),
    parameters.length > 0 &&
      table(
        ["Parameter", "Value", "Comes from"],
        parameters.map((parameter) => [
          cell(shortName(parameter.name)),
          parameter.value === undefined ? "**no value**" : cell(parameter.value),
          prose(originWords(parameter, plan), cell),
        ]),
      ),
    "### Steps",
    table(
      ["", "Step", "API call", "What happens"],
      steps.map((step) => [SIGN[step.outcome], `${step.number}. ${prose(step.title)}`, cell(step.action), prose(step.detail, cell)]),
    ),
    plan.account !== undefined && "### In the account",
    plan.account !== undefined &&
      table(
        ["", "What happens", "Before and after"],
        plan.account.changes.map((one) => {
          const { change, sentence, entries } = one;
          if (!isReached(one, plan)) return ["not reached", prose(sentence, cell), ""];
          return [
            change,
            prose(sentence, cell),
            (change === "unchanged" ? [] : entries).map((entry) => cell(entryWords(entry))).join("<br>"),
          ];
        }),
      ),
    list((plan.account?.taken ?? []).map((sentence) => `Assumed: ${prose(sentence)}`)),
    access !== undefined && "### Access",
    access !== undefined && prose(access.headline),
    access !== undefined &&
      access.may.length > 0 &&
      table(
        ["", "Request", "Resource", ""],
        access.may.map(({ verb, action, resource, answer, reason }) => [
          { allowed: "✓", denied: "✗", unknown: "?" }[answer],
          verb === "call" ? cell(action) : verb,
          cell(resource),
          prose(reason ?? "", cell),
        ]),
      ),
    list([
      access?.isolation !== undefined && prose(isolationWords(access.isolation)),
      ...(access?.context.assumed ?? []).map((sentence) => prose(sentence)),
    ]),
    access !== undefined && "### The device's first minute",
    list(
      (access?.firstMinute ?? []).map(
        ({ title, detail, seen }) => `**${prose(title)}**: ${[detail, ...seen].map((one) => prose(one)).join(" ")}`,
      ),
    ),
    preconditions.length > 0 && "### Must exist already",
    list(preconditions.map(({ kind, name, arn }) => `${PRECONDITIONS[kind]} ${code(name)}: ${code(arn)}`)),
    diagnostics.length > 0 && "### Findings",
    list(
      diagnostics.map(
        ({ code: rule, severity, message, help }) =>
          `**${severity}** ${code(rule)}: ${prose(message)}${help === undefined ? "" : ` ${prose(help)}`}`,
      ),
    ),
    ...policies.flatMap(({ name, document }) =>
      document === undefined ? [] : [`### Policy ${code(name)}`, fenced(prettyDocument(document), "json")],
    ),
    lookAt.length > 0 && "### Where AWS shows this",
    list(lookAt.map((place) => prose(place))),
    notes.length > 0 && "### On the device",
    list(notes.map((note) => prose(note))),
  ];
  return `${blocks.filter((block) => block !== false && block !== "").join("\n\n")}\n`;
}
