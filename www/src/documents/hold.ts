/** Which documents are open in a tab. A document that one tab holds is written by no other. */

/** Lets go of a document. */
export type Release = () => void;

/** How long to wait for the page before a reload to let go of its document, in milliseconds. */
const HANDOVER = 400;

/** Holds a document, so that no other tab writes to it; nothing if another tab holds it. `wait`: the page before a reload may still have it. */
export async function hold(id: string, wait = false): Promise<Release | undefined> {
  // Only pages from https and this machine have locks.
  if (!("locks" in navigator)) return (await ask(id)) ?? (wait ? ask(id) : undefined);
  return new Promise((resolve) => {
    const held = (lock: Lock | null) => (lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined));
    const how = wait ? { signal: AbortSignal.timeout(HANDOVER) } : { ifAvailable: true };
    navigator.locks.request(`jitp:${id}`, how, held as (lock: Lock | null) => Promise<void>).catch(() => resolve(undefined));
  });
}

/** The documents that any tab shows. */
export async function held(): Promise<Set<string>> {
  if (!("locks" in navigator)) {
    const told = new Set([...own].filter(([, rank]) => rank === HELD).map(([id]) => id));
    await hear({ list: true }, (id) => {
      told.add(id);
      return false;
    });
    return told;
  }
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith("jitp:") ? [name.slice("jitp:".length)] : [])));
}

/** Without locks the tabs ask each other. A tab answers within this time, in milliseconds, if it is not frozen. */
const ANSWER = 250;

/** The messages between tabs: who has this, what do you have, and the answer to both. */
type Message = { want: string; rank: number } | { list: true } | { has: string };

/** The documents that this tab holds or wants. Of two that want the same at the same moment, the lower rank gets it. */
const own = new Map<string, number>();
const HELD = 0;

let channel: BroadcastChannel | undefined;

function tabs(): BroadcastChannel | undefined {
  if (channel || !("BroadcastChannel" in globalThis)) return channel;
  const opened = new BroadcastChannel("jitp:tabs");
  channel = opened;
  opened.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    const has = (id: string) => opened.postMessage({ has: id } satisfies Message);
    if ("want" in data && (own.get(data.want) ?? Number.POSITIVE_INFINITY) < data.rank) has(data.want);
    if ("list" in data) for (const [id, rank] of own) if (rank === HELD) has(id);
  });
  return opened;
}

/** Asks the other tabs, and hears the documents in their answers until `enough`, or until nobody can answer any more. */
function hear(question: Message, enough: (id: string) => boolean): Promise<void> {
  const asked = tabs();
  if (!asked) return Promise.resolve();
  return new Promise((resolve) => {
    const ending = new AbortController();
    const end = () => {
      ending.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = window.setTimeout(end, ANSWER);
    const heard = ({ data }: MessageEvent<Message>) => {
      if ("has" in data && enough(data.has)) end();
    };
    asked.addEventListener("message", heard, { signal: ending.signal });
    asked.postMessage(question);
  });
}

/** Holds a document if no other tab says that it does. */
async function ask(id: string): Promise<Release | undefined> {
  if (own.has(id)) return undefined;
  // Never the rank of one that is held.
  const rank = 1 + Math.random();
  own.set(id, rank);
  let taken = false;
  await hear({ want: id, rank }, (other) => (taken ||= other === id));
  if (taken) own.delete(id);
  else own.set(id, HELD);
  return taken ? undefined : () => void own.delete(id);
}

/** A new name for a document. Pages from http have no `randomUUID`. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
