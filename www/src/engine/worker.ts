/// <reference lib="webworker" />
/**
 * Runs jitp off the main thread: what the first plan needs, and what follows keys and new certificates. What follows a press is in
 * `late-worker.ts`, so that the first load is small.
 */

import init, { type AccountSource, type DryRunOptions, readAccount, readCertificates, redactPrivateKeys, verifyChains } from "jitp";
import type { Analysis, AnalysisRequest, Call, Calls, EarlyName } from "../model/protocol.ts";
import { judgedTogether } from "./together.ts";
import { heldTo, issuersOf, moment } from "./issuers.ts";
import { recognise } from "./recognise.ts";
import { type Result, resultOf } from "../model/tone.ts";
import { serve } from "./serve.ts";
import { drop, ownCa, prepare } from "./templates.ts";

/** The compiled template, and the plan of the device. */
async function planFor(request: AnalysisRequest, more: DryRunOptions) {
  const { certificate, options } = request;
  const account = await accountAfter(request);
  const authorities = heldTo(request)(request.authorities);
  const checked = options.flow === "jitp" && certificate !== undefined && authorities !== undefined;
  const issuer = checked ? (await issuersOf([{ pem: certificate, authorities }], options))?.[0] : undefined;
  // Only now: during the wait another call may have replaced the compiled template.
  const { template, run } = prepare(request);
  if (issuer) run.issuer = issuer;
  if (account !== undefined) run.account = account;
  // Without a certificate there is no plan to show. What the template refers to is traced all the same.
  return { template, issuer, plan: template.dryRun(deviceOf(request), { ...run, ...more }) };
}

async function preview(request: AnalysisRequest): Promise<Result> {
  const { plan, template } = await planFor(request, {});
  // The text is not shown, so that it does not stay.
  drop(template);
  return resultOf(plan);
}

async function analyse(request: AnalysisRequest): Promise<Analysis> {
  const { source, certificate, options, before = [] } = request;
  const { template, issuer, plan } = await planFor(request, { values: true });
  const { parameters, values = [] } = plan;
  const analysis: Analysis = { source, report: template.report, traced: { parameters, values } };
  if (options.flow !== "jitp" || certificate !== undefined || request.subject !== undefined) analysis.plan = plan;
  if (issuer) analysis.issuer = issuer;
  if (before.length > 0) analysis.before = before.length;
  const own = ownCa(template, options);
  const [authority] = own === undefined ? [] : readCertificates(own, moment(options)).filter(({ error }) => error === undefined);
  if (authority) analysis.authority = authority;
  return analysis;
}

/** The device as the package has it: a certificate, a subject alone, or nothing. */
function deviceOf({ certificate, subject }: Pick<AnalysisRequest, "certificate" | "subject">): string | { subject: string } {
  return certificate ?? (subject === undefined ? "" : { subject });
}

/** The account after the devices before this one: each finds what the earlier ones have left. */
async function accountAfter({ before = [], ...request }: AnalysisRequest): Promise<AccountSource | undefined> {
  if (request.account === undefined || before.length === 0) return request.account;
  return (await judgedTogether({ ...request, entries: before })).after ?? request.account;
}

async function can({ asked, context, ...request }: Calls["can"]["request"]): Promise<Calls["can"]["result"]> {
  const account = await accountAfter(request);
  const { template, run } = prepare(request);
  if (account !== undefined) run.account = account;
  const device = template.device(deviceOf(request), run);
  try {
    return device.simulate([asked], context);
  } finally {
    device.free();
  }
}

/** A text with its private keys overwritten. */
function redact(text: string): { text: string; keys: number } {
  const { text: redacted, found } = redactPrivateKeys(text);
  return { text: redacted, keys: found.length };
}

function read({ bundle, ...clock }: Calls["read"]["request"]): Calls["read"]["result"] {
  const { text, keys } = typeof bundle === "string" ? redact(bundle) : { text: bundle, keys: 0 };
  const all = readCertificates(text, moment(clock));
  const refused = all.filter(({ kind }) => kind === "private-key").length;
  // The rest of a bundle after its keys were removed is not an entry.
  const summaries = all.filter(({ kind }) => kind !== "private-key" && (keys === 0 || kind !== "nothing"));
  return { summaries: summaries.map((summary, index) => ({ ...summary, index })), keys: Math.max(keys, refused) };
}

async function chains({ bundle, ...clock }: Calls["chains"]["request"]): Promise<Calls["chains"]["result"]> {
  // The page already has the certificates.
  const { links, devices, diagnostics } = await verifyChains(bundle, clock);
  return { links, devices, diagnostics };
}

function answer(call: Call<EarlyName>): Calls[EarlyName]["result"] | Promise<Calls[EarlyName]["result"]> {
  switch (call.name) {
    case "analyse":
      return analyse(call.request);
    case "preview":
      return preview(call.request);
    case "can":
      return can(call.request);
    case "read":
      return read(call.request);
    case "recognise":
      return call.request.texts.map(recognise);
    case "account":
      return readAccount(call.request.texts);
    case "redact":
      return call.request.texts.map(redact);
    case "chains":
      return chains(call.request);
  }
}

serve(init, answer);
