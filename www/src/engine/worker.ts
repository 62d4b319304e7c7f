/// <reference lib="webworker" />
/** Runs jitp off the main thread. It keeps the last templates compiled, because options and certificates change more often. */

import init, {
  accountScript,
  type AccountSource,
  caRegistration,
  type DryRunOptions,
  exportTemplate,
  fleetCsv,
  fleetNdjson,
  fleetTwins,
  type IssuerCheck,
  pictureSentences,
  planMarkdown,
  planPicture,
  planSvg,
  planText,
  readAccount,
  readCertificates,
  redactPrivateKeys,
  sampleCertificates,
  stringify,
  Template,
  type TemplateOptions,
  unstringify,
  verifyChains,
  verifyIssuers,
} from "jitp";
import {
  type Analysis,
  type AnalysisRequest,
  type Call,
  type Calls,
  type CallName,
  type FleetRequest,
  PICTURES,
  type Reply,
  type Start,
} from "../model/protocol.ts";
import { recognise } from "./recognise.ts";
import { type Result, resultOf } from "../model/tone.ts";
import { unzip } from "./zip.ts";
import { workerWords } from "../words/engine.ts";

let ready: Promise<unknown> | undefined;
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
function prepare({ source, bytes, options, parameters, account }: Omit<AnalysisRequest, "certificate" | "authorities">): {
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
  for (const [key, kept] of compiled) if (kept === template) compiled.delete(key);
  template.free();
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
  if (analysis.plan) {
    const drawn = PICTURES.map((width) => planPicture(plan, { standalone: false, idPrefix: `picture-${width}`, width }));
    analysis.picture = { drawn, sentences: pictureSentences(plan) };
  }
  return analysis;
}

/** The device as the package has it: a certificate, a subject alone, or nothing. */
function deviceOf({ certificate, subject }: Pick<AnalysisRequest, "certificate" | "subject">): string | { subject: string } {
  return certificate ?? (subject === undefined ? "" : { subject });
}

/** The account after the devices before this one: each finds what the earlier ones have left. */
async function accountAfter({ before = [], ...request }: AnalysisRequest): Promise<AccountSource | undefined> {
  if (request.account === undefined || before.length === 0) return request.account;
  return (await fleet({ ...request, entries: before })).after ?? request.account;
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

/** PEM of the CA in the text, which is the registered one. */
function ownCa({ report }: Template, { flow }: TemplateOptions): string | undefined {
  return flow === "jitp" ? report.caCertificatePem : undefined;
}

/** The CAs that a certificate is checked against: the CA in the text first, unless the user chose another. */
function heldTo(request: Parameters<typeof prepare>[0]): (authorities: string | undefined) => string | undefined {
  const own = request.chosen === true ? undefined : ownCa(prepare(request).template, request.options);
  return (authorities) => (own === undefined ? authorities : `${own}\n${authorities ?? ""}`);
}

/** The result if there are CAs, and none of them is known to be the issuer. */
const NO_ISSUER: IssuerCheck = {
  signature: "not-checked",
  reason: workerWords.unknownIssuer,
  namesMatch: false,
  diagnostics: [],
};

/** Whether its CA signed each certificate; nothing if there is no CA for any of them. */
async function issuersOf(entries: readonly FleetRequest[], options: { now?: string }): Promise<IssuerCheck[] | undefined> {
  const byCa = new Map<string, number[]>();
  entries.forEach(({ authorities }, i) => {
    if (authorities === undefined) return;
    const group = byCa.get(authorities);
    if (group) group.push(i);
    else byCa.set(authorities, [i]);
  });
  if (byCa.size === 0) return undefined;
  const checks: IssuerCheck[] = entries.map(() => NO_ISSUER);
  for (const [authorities, group] of byCa) {
    if (authorities === "") continue;
    const found = await verifyIssuers(group.map((i) => entries[i]?.pem ?? "").join("\n"), authorities, moment(options));
    group.forEach((i, at) => {
      const check = found[at];
      if (check) checks[i] = check;
    });
  }
  return checks;
}

async function fleet(request: Calls["fleet"]["request"]): Promise<Calls["fleet"]["result"]> {
  const { entries, options } = request;
  const held = heldTo(request);
  const asked = entries.map(({ pem, authorities: given }) => {
    const authorities = held(given);
    return { pem, ...(authorities !== undefined && { authorities }) };
  });
  const issuers = options.flow === "jitp" ? await issuersOf(asked, options) : undefined;
  const { template, run } = prepare(request);
  return template.dryRunFleet(entries.map(({ pem }) => pem).join("\n"), { ...run, ...(issuers && { issuers }) });
}

function script({ entries, account: _, ...request }: Calls["script"]["request"]): string {
  const { template, run } = prepare(request);
  const plans = entries.map(({ pem }) => {
    // The script needs little of a plan, and there may be many.
    const { access: __, ...plan } = template.dryRun(pem, run);
    return { ...plan, steps: [], policies: [], parameters: [], diagnostics: [] };
  });
  const authorities = new Set([ownCa(template, request.options), ...entries.map(({ authorities }) => authorities)]);
  const cas = readCertificates([...authorities].filter((pem) => pem !== undefined).join("\n"));
  return accountScript(
    plans,
    template.report.templateName,
    cas.flatMap(({ id }) => id ?? []),
  );
}

/** The clock that was chosen. */
const moment = ({ now }: { now?: string }) => (now === undefined ? {} : { now });

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

async function sample({ source, bytes, options, parameters }: Calls["sample"]["request"]): Promise<Calls["sample"]["result"]> {
  try {
    const { plan: _, ...made } = await sampleCertificates(bytes ?? source, { ...options, ...(options.flow !== "jitp" && { parameters }) });
    return made;
  } catch (error) {
    // Pages from http have no WebCrypto.
    return { problem: error instanceof Error ? error.message.replace(/^jitp: /, "") : String(error) };
  }
}

function answer(call: Call): Calls[CallName]["result"] | Promise<Calls[CallName]["result"]> {
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
    case "script":
      return script(call.request);
    case "redact":
      return call.request.texts.map(redact);
    case "unzip":
      return unzip(call.request.bytes);
    case "chains":
      return chains(call.request);
    case "register":
      return caRegistration(call.request.ca, call.request.options);
    case "sample":
      return sample(call.request);
    case "fleet":
      return fleet(call.request);
    case "twins":
      return fleetTwins(call.request.rows);
    case "writeFleet":
      return (call.request.as === "csv" ? fleetCsv : fleetNdjson)(call.request.lines);
    case "stringify":
      return stringify(call.request.source, call.request.options);
    case "unstringify":
      return unstringify(call.request.source);
    case "export":
      return exportTemplate(call.request.source, call.request.to, call.request.options);
    case "write":
      return { text: planText, markdown: planMarkdown, svg: planSvg }[call.request.as](call.request.plan);
  }
}

self.addEventListener("message", async (event: MessageEvent<Start | Call>) => {
  const message = event.data;
  if ("start" in message) {
    ready = init(message.start);
    const told: Reply = await ready.then(
      () => ({ started: true }),
      (error: unknown) => ({ crashed: String(error) }),
    );
    self.postMessage(told);
    return;
  }
  let reply: Reply;
  try {
    await ready;
    reply = { run: message.run, result: await answer(message) };
  } catch (error) {
    // jitp never throws on bad input, so the wasm instance is unusable now.
    reply = { run: message.run, crashed: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
});
