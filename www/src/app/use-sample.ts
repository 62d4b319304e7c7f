/** Puts a sample in the place of what is shown, with a way back to the reader's own work. */

import type { Playground } from "./playground.ts";
import type { Sample } from "../model/samples.ts";
import { workOn } from "../model/work.ts";

export async function useSample(playground: Playground, chosen: Sample): Promise<void> {
  const { state } = playground;
  const own = playground.sample === undefined && (state.source.trim() !== "" || state.entries.length > 0);
  const back = playground.way();
  const { file: from, pem } = chosen.certificate;
  // What was asked "what if" of one's own is asked of the sample as well.
  const { options, parameters } = state;
  const work = { ...workOn(chosen.template, [{ from, pem }]), options: { ...options, flow: "jitp" as const }, parameters };
  if (!(await playground.show(work, chosen)) || !own) return;
  playground.notify("The sample has taken the place of your template and certificates.", {
    action: { title: "Bring mine back", run: back },
    stay: true,
  });
}
