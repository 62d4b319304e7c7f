/** Shows a sample, with a way back to the user's own work. */

import type { Sample } from "../model/samples.ts";
import type { State } from "../model/state.ts";
import { type Work, workOn } from "../model/work.ts";
import type { Notify } from "../ui/notices.ts";
import { workWords as words } from "../words/work.ts";

/** The part of a playground that this needs. */
export interface SamplesHost {
  readonly state: State;
  /** The sample that is shown, as long as nothing of it was changed. */
  readonly sample: Sample | undefined;
  readonly notify: Notify;
  show(work: Work, sample: Sample, title?: string): Promise<boolean>;
  /** A way back to the present work. */
  way(): () => void;
}

/** Shows it, as a step with a title; the first one is not a step. */
export async function useSample(host: SamplesHost, chosen: Sample, title?: string): Promise<void> {
  const { state } = host;
  const own = host.sample === undefined && (state.source.trim() !== "" || state.entries.length > 0);
  const back = host.way();
  const { file: from, pem } = chosen.certificate;
  // The What if options stay.
  const { options, parameters } = state;
  const work = { ...workOn(chosen.template, [{ from, pem }]), options: { ...options, flow: "jitp" as const }, parameters };
  if (!(await host.show(work, chosen, title)) || !own) return;
  host.notify(words.sampleReplaced, {
    action: { title: words.restore, run: back },
    stay: true,
  });
}
