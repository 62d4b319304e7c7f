/** Finds the work to start with: of this tab, of a page that was left, or of the last visit. */

import { list, type Listed, load, nameOf, save } from "../documents/store.ts";
import { hold, type Release } from "../documents/hold.ts";
import { forgetUnsaved, quietly, showHere, shownHere, unsaved } from "../documents/tab.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import { readWork, type Work, workOn } from "../model/work.ts";
import { documentsWords as words } from "../words/documents.ts";

/** The key of local storage that held the only work of earlier versions. */
export const EARLIER = "jitp:work";

/** The work to start with. */
export interface Recalled {
  work: Work;
  /** The sample, if the work is an unchanged one. */
  sample?: Sample;
  id?: string;
  release?: Release;
  notice?: string;
}

/** The work of this tab, or the newest that no other tab shows. */
export async function recall(): Promise<Recalled | { notice: string } | undefined> {
  try {
    await storeNotes();
    const earlier = recallEarlier();
    if (earlier) return earlier;
    const here = shownHere();
    if (here?.startsWith("sample:")) return recallSample(here.slice("sample:".length));
    return here === undefined ? await recallNewest() : await recallHere(here);
  } catch {
    return { notice: words.damaged };
  }
}

function recallSample(id: string): Recalled | undefined {
  const sample = SAMPLES.find((sample) => sample.id === id);
  if (!sample) return undefined;
  const { file: from, pem } = sample.certificate;
  return { work: workOn(sample.template, [{ from, pem }]), sample };
}

async function recallHere(id: string): Promise<Recalled | { notice: string } | undefined> {
  const release = await hold(id, true);
  const found = await load(id);
  if (!found) {
    release?.();
    showHere(undefined);
    return (await list()).some((one) => one.id === id) ? { notice: words.damaged } : undefined;
  }
  // A tab was duplicated.
  if (!release) return { work: found.work, notice: words.copied(nameOf(found.listed)) };
  return { work: found.work, id, release };
}

async function recallNewest(): Promise<Recalled | { notice: string } | undefined> {
  const [newest] = await list();
  const release = newest && (await hold(newest.id));
  // Two tabs are two documents.
  if (!newest || !release) return undefined;
  const found = await load(newest.id);
  if (found) return { work: found.work, id: newest.id, release };
  release();
  return { notice: words.damaged };
}

/** Stores what pages that were left could not store in time. */
async function storeNotes(): Promise<void> {
  for (const [id, text] of unsaved()) {
    const note = quietly(() => JSON.parse(text) as { listed: Listed; head: unknown; certificates?: unknown });
    const work = readWork(note && { ...(note.head as object), certificates: note.certificates ?? [] });
    if (note && work && note.listed.id === id)
      await save(note.listed, work, note.certificates === undefined ? undefined : work.certificates);
    forgetUnsaved(id);
  }
}

/** What an earlier version kept. It becomes a document once it is shown, when the worker has searched it. */
function recallEarlier(): Recalled | undefined {
  const earlier = quietly(() => localStorage.getItem(EARLIER));
  if (earlier == null) return undefined;
  localStorage.removeItem(EARLIER);
  const kept = quietly(() => JSON.parse(earlier) as { sample?: unknown } | null);
  const work = readWork(kept);
  if (!work) return undefined;
  const sample = SAMPLES.find(({ id, template }) => id === kept?.sample && template === work.template);
  return { work, ...(sample && { sample }) };
}
