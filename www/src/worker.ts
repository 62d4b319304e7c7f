/// <reference lib="webworker" />
/** Runs jitp off the main thread. It keeps the last templates compiled, because options and certificates change more often. */

import init, { pictureSentences, planPicture, readCertificates, stringify, Template, type TemplateOptions, unstringify } from "jitp";
import type { Analysis, AnalysisRequest, Call, Calls, CallName, Reply, Start } from "./protocol.ts";

let ready: Promise<unknown> | undefined;
/** As many as playgrounds that one page is likely to have in use at a time. */
const KEPT = 4;
const compiled = new Map<string, Template>();

function templateFor(source: string, options: TemplateOptions): Template {
  const key = JSON.stringify([source, options]);
  let template = compiled.get(key);
  compiled.delete(key);
  template ??= new Template(source, options);
  // The last used stands last, so the first is the one that was not used for longest.
  compiled.set(key, template);
  if (compiled.size > KEPT) {
    const [oldest, unused] = compiled.entries().next().value ?? [];
    if (oldest !== undefined) compiled.delete(oldest);
    unused?.free();
  }
  return template;
}

function analyse({ source, certificate, options, parameters }: AnalysisRequest): Analysis {
  const { flow, ...run } = options;
  const { region, accountId } = options;
  const template = templateFor(source, { flow, ...(region && { region }), ...(accountId && { accountId }) });
  const { report } = template;
  const analysis: Analysis = { source, report };
  if (flow !== "jitp") {
    const given = Object.entries(parameters).filter(([name, value]) => value !== "" && report.parameters.includes(name));
    analysis.plan = template.dryRun(certificate ?? "", { ...run, parameters: Object.fromEntries(given) });
  } else if (certificate !== undefined) analysis.plan = template.dryRun(certificate, run);
  const { plan } = analysis;
  if (plan) analysis.picture = { element: planPicture(plan, { standalone: false, idPrefix: "picture" }), sentences: pictureSentences(plan) };
  return analysis;
}

function answer(call: Call): Calls[CallName]["result"] {
  switch (call.name) {
    case "analyse":
      return analyse(call.request);
    case "read":
      return readCertificates(call.request.bundle);
    case "stringify":
      return stringify(call.request.source, call.request.options);
    case "unstringify":
      return unstringify(call.request.source);
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
    reply = { run: message.run, result: answer(message) };
  } catch (error) {
    // jitp never throws on bad input. Whatever arrives here has left the wasm instance unusable.
    reply = { run: message.run, crashed: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
});
