/** Makes an export in each format. */

import type { CertificateSummary, ExportOptions, ExportTarget } from "jitp";
import { authoritiesOf, type Entry } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import { png } from "./png.ts";
import { exportWords as words } from "../words/export.ts";

/** The formats. */
export type Format = "config" | ExportTarget | "text" | "markdown" | "json" | "svg" | "png";

/** A finished export. */
export interface Export {
  content: string | Blob;
  fileName: string;
  mediaType: string;
  /** Notes for the user, in sentences. */
  notes: string[];
}

/** How the CA is registered. */
export type Registration = Pick<ExportOptions, "certificateMode" | "templateName">;

/** The part of a playground that this needs. */
export interface ExportSource {
  readonly state: Pick<State, "source" | "options" | "analysis" | "entries">;
  readonly call: Ask;
}

/** Makes an export; nothing if the engine stopped, and an empty text with notes if there is nothing to export. */
export async function makeExport(from: ExportSource, format: Format, registration: Registration): Promise<Export | undefined> {
  switch (format) {
    case "config":
      return config(from);
    case "cli":
    case "cloudformation":
    case "terraform": {
      const { source, options, entries } = from.state;
      const { flow, region } = options;
      const certificates = devices(entries);
      const given = { flow, ...(region !== undefined && { region }), ...registration, ...(certificates.length > 0 && { certificates }) };
      const made = await from.call("export", { source, to: format, options: given });
      return made && { content: made.text, fileName: made.fileName, mediaType: made.mediaType, notes: made.notes };
    }
    default:
      return ofPlan(from, format);
  }
}

/** The device certificates that the page has. If all are CAs, they are meant as devices. */
function devices(entries: Entry[]): CertificateSummary[] {
  const authorities = authoritiesOf(entries);
  const readable = entries.filter(({ summary }) => summary.error === undefined);
  const found = readable.filter(({ key }) => !authorities.has(key));
  return (found.length > 0 ? found : readable).map(({ summary }) => summary);
}

async function config({ state, call }: ExportSource): Promise<Export | undefined> {
  const { source, options, analysis } = state;
  const jitp = options.flow === "jitp";
  const result = await (jitp ? call("stringify", { source, options: {} }) : call("unstringify", { source }));
  if (!result) return undefined;
  // A body is exported as it is written; only a body inside a config must be unescaped.
  const content = !jitp && analysis?.report.kind === "template-body" ? source : result.text;
  const notes: string[] = [];
  if (content === "") notes.push(words.unreadable);
  // AWS refuses a config without a role, and only the user knows the role.
  else if (jitp && analysis?.report.role === undefined) notes.push(words.noRole);
  return { content, fileName: jitp ? "registration-config.json" : "template-body.json", mediaType: "application/json", notes };
}

const FILES = {
  text: { fileName: "jitp-plan.txt", mediaType: "text/plain" },
  markdown: { fileName: "jitp-plan.md", mediaType: "text/markdown" },
  json: { fileName: "jitp-plan.json", mediaType: "application/json" },
  svg: { fileName: "jitp-plan.svg", mediaType: "image/svg+xml" },
  png: { fileName: "jitp-plan.png", mediaType: "image/png" },
};

async function ofPlan({ state, call }: ExportSource, format: keyof typeof FILES): Promise<Export | undefined> {
  const plan = state.analysis?.plan;
  const file = { ...FILES[format], notes: [] };
  if (!plan) return { ...file, content: "", notes: [words.noPlan] };
  if (format === "json") return { ...file, content: `${JSON.stringify(plan, null, 2)}\n` };
  const content = await call("write", { plan, as: format === "png" ? "svg" : format });
  if (content === undefined) return undefined;
  return { ...file, content: format === "png" ? await png(content) : content };
}
