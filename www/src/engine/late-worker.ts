/// <reference lib="webworker" />
/** What jitp does with very many certificates, and after a press: exports, samples, archives. A separate worker, so that its script can come after the first plan. */

import init, {
  accountScript,
  caRegistration,
  exportTemplate,
  fleetCsv,
  fleetNdjson,
  fleetTwins,
  planMarkdown,
  planSvg,
  planText,
  readCertificates,
  sampleCertificates,
  stringify,
  unstringify,
} from "jitp";
import type { Call, Calls, LateName } from "../model/protocol.ts";
import { judge, leave } from "./judging.ts";
import { list } from "./listing.ts";
import { serve } from "./serve.ts";
import { judgedTogether } from "./together.ts";
import { ownCa, prepare } from "./templates.ts";
import { unzip } from "./zip.ts";

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
    cas.flatMap(({ certificateId }) => certificateId ?? []),
  );
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

function parse(text: string): Calls["parse"]["result"] {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return {};
  }
}

function writeFleet({ lines, as, isFirst }: Calls["writeFleet"]["request"]): string {
  if (as === "ndjson") return fleetNdjson(lines);
  return fleetCsv(lines).slice(isFirst ? 0 : fleetCsv([]).length);
}

function answer(call: Call<LateName>): Calls[LateName]["result"] | Promise<Calls[LateName]["result"]> {
  switch (call.name) {
    case "list":
      return list(call.request);
    case "judge":
      return judge(call.request);
    case "leave":
      return leave(call.request);
    case "fleet":
      return judgedTogether(call.request);
    case "twins":
      return fleetTwins(call.request.rows);
    case "script":
      return script(call.request);
    case "parse":
      return parse(call.request.text);
    case "unzip":
      return unzip(call.request.bytes);
    case "register":
      return caRegistration(call.request.ca, call.request.options);
    case "sample":
      return sample(call.request);
    case "writeFleet":
      return writeFleet(call.request);
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

serve(init, answer);
