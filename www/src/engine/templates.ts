/** The compiled templates of a worker. It keeps the last ones, because options and certificates change more often. */

import { type DryRunOptions, Template, type TemplateOptions } from "jitp";
import type { AnalysisRequest } from "../model/protocol.ts";

/** The number of playgrounds that one page is likely to use at a time. */
const KEPT = 4;
const compiled = new Map<string, Template>();

function templateFor(source: string, options: TemplateOptions, bytes?: Uint8Array): Template {
  const key = JSON.stringify([source, options, bytes && new TextDecoder("latin1").decode(bytes)]);
  let template = compiled.get(key);
  compiled.delete(key);
  template ??= new Template(bytes ?? source, options);
  // The order is that of the last use, so the first is the oldest.
  compiled.set(key, template);
  if (compiled.size > KEPT) {
    const [oldest, unused] = compiled.entries().next().value ?? [];
    if (oldest !== undefined) compiled.delete(oldest);
    unused?.free();
  }
  return template;
}

/** The compiled template, and the options of its dry run. */
export function prepare({ source, bytes, options, parameters, account }: Omit<AnalysisRequest, "certificate" | "authorities">): {
  template: Template;
  run: DryRunOptions;
} {
  const { flow, ...others } = options;
  const run: DryRunOptions = { ...others, ...(account !== undefined && { account }) };
  const { region, accountId } = options;
  const template = templateFor(source, { flow, ...(region && { region }), ...(accountId && { accountId }) }, bytes);
  if (flow === "jitp") return { template, run };
  const declared = template.report.parameters;
  const given = Object.entries(parameters).filter(([name, value]) => value !== "" && declared.includes(name));
  return { template, run: { ...run, parameters: Object.fromEntries(given) } };
}

/** Removes a template that will not be asked for again. */
export function drop(template: Template): void {
  for (const [key, kept] of compiled) if (kept === template) compiled.delete(key);
  template.free();
}

/** PEM of the CA in the text, which is the registered one. */
export function ownCa({ report }: Template, { flow }: TemplateOptions): string | undefined {
  return flow === "jitp" ? report.caCertificatePem : undefined;
}
