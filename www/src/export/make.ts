/** What there is to take away, and how each is made. */

import type { ExportOptions, ExportTarget } from "jitp";
import type { Playground } from "../app/playground.ts";
import { png } from "./png.ts";

/** What can be taken away. */
export type Item = "config" | ExportTarget | "text" | "markdown" | "json" | "svg" | "png";

/** One of them, made. */
export interface Taken {
  content: string | Blob;
  fileName: string;
  mediaType: string;
  /** What to know about it, in sentences. */
  notes: string[];
}

/** How the CA is registered. */
export type Registration = Pick<ExportOptions, "certificateMode" | "templateName">;

/** Makes an item; nothing where the engine stopped, and an empty text with notes where there is nothing to make it from. */
export async function make(playground: Playground, item: Item, registration: Registration): Promise<Taken | undefined> {
  switch (item) {
    case "config":
      return config(playground);
    case "cli":
    case "cloudformation":
    case "terraform": {
      const { source, options } = playground.state;
      const { flow, region } = options;
      const given = { flow, ...(region !== undefined && { region }), ...registration };
      const made = await playground.call("export", { source, to: item, options: given });
      return made && { content: made.text, fileName: made.fileName, mediaType: made.mediaType, notes: made.notes };
    }
    default:
      return ofPlan(playground, item);
  }
}

async function config(playground: Playground): Promise<Taken | undefined> {
  const { source, options, analysis } = playground.state;
  const jitp = options.flow === "jitp";
  const result = await (jitp ? playground.call("stringify", { source, options: {} }) : playground.call("unstringify", { source }));
  if (!result) return undefined;
  // A body is taken as it is written; only one that stood in a config has to be unfolded.
  const content = !jitp && analysis?.report.kind === "template-body" ? source : result.text;
  const notes =
    content === ""
      ? [`There is no ${jitp ? "registration config" : "template body"} to take: the template cannot be read.`]
      : // Without it AWS does not take the config, and only the reader knows it.
        jitp && analysis?.report.role === undefined
        ? ["Add the ARN of your provisioning role as roleArn."]
        : [];
  return { content, fileName: jitp ? "registration-config.json" : "template-body.json", mediaType: "application/json", notes };
}

const FILES = {
  text: { fileName: "jitp-plan.txt", mediaType: "text/plain" },
  markdown: { fileName: "jitp-plan.md", mediaType: "text/markdown" },
  json: { fileName: "jitp-plan.json", mediaType: "application/json" },
  svg: { fileName: "jitp-plan.svg", mediaType: "image/svg+xml" },
  png: { fileName: "jitp-plan.png", mediaType: "image/png" },
};

async function ofPlan(playground: Playground, item: keyof typeof FILES): Promise<Taken | undefined> {
  const plan = playground.state.analysis?.plan;
  const file = { ...FILES[item], notes: [] };
  if (!plan) return { ...file, content: "", notes: ["There is no plan yet."] };
  if (item === "json") return { ...file, content: `${JSON.stringify(plan, null, 2)}\n` };
  const content = await playground.call("write", { plan, as: item === "png" ? "svg" : item });
  if (content === undefined) return undefined;
  return { ...file, content: item === "png" ? await png(content) : content };
}
