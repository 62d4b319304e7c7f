/// <reference lib="webworker" />
/** Runs jitp off the main thread. It keeps the last template compiled, because options and certificates change more often. */

import init, { readCertificates, stringify, Template, unstringify } from "jitp";
import type { Analysis, AnalysisRequest, Call, Calls, CallName, Reply, Start } from "./protocol.ts";

let ready: Promise<unknown> | undefined;
let compiled: { source: string; template: Template } | undefined;

function templateFor(source: string): Template {
  if (compiled?.source !== source) {
    compiled?.template.free();
    compiled = undefined;
    compiled = { source, template: new Template(source) };
  }
  return compiled.template;
}

function analyse({ source, certificate, options }: AnalysisRequest): Analysis {
  const template = templateFor(source);
  const analysis: Analysis = { source, report: template.report };
  if (certificate !== undefined) analysis.plan = template.dryRun(certificate, options);
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
