/**
 * Documents in this browser's IndexedDB. A document is a `Work` in three parts: what a list shows of it, the template with its options, and the
 * certificates in slices, so that neither a key press nor a list touches thousands of certificates.
 */

import { readTexts, readWork, type Work } from "../model/work.ts";
import { documentsWords as words } from "../words/documents.ts";

const NAME = "jitp";
const VERSION = 1;
const [LIST, WORKS, CERTIFICATES] = ["list", "works", "certificates"];

/** The certificates that are written or read in one go: the page is not busy for long. */
const SLICE = 400;

/** A document as a list shows it. */
export interface Listed {
  id: string;
  /** The name that the user gave it. */
  title?: string;
  /** The name that its content gives it. */
  name: string;
  /** When it was last changed, in milliseconds. */
  changed: number;
  verdict?: { words: string; tone: string };
  devices: number;
}

/** What a document is called. */
export const nameOf = ({ title, name }: Listed): string => title ?? (name || words.untitled);

/** A work without its certificates. */
export type Head = Omit<Work, "certificates">;

/** A stored document. */
export interface StoredDocument {
  listed: Listed;
  work: Work;
}

/** The database; nothing if there is none and none is wanted. Rejects if the browser stores nothing for the page. */
function open(create: boolean): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      if (!create) {
        request.transaction?.abort();
        return;
      }
      request.result.createObjectStore(LIST as string, { keyPath: "id" });
      request.result.createObjectStore(WORKS as string, { keyPath: "id" });
      request.result.createObjectStore(CERTIFICATES as string, { keyPath: ["id", "at"] });
    };
    request.onsuccess = () => {
      // "Forget everything" in another tab removes the database.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => (request.error?.name === "AbortError" ? resolve(undefined) : reject(request.error));
    request.onblocked = () => reject(new Error("blocked"));
  });
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Runs one transaction, and resolves when it is complete; `steps` awaits nothing but its requests. */
async function transact<T>(
  mode: IDBTransactionMode,
  create: boolean,
  steps: (store: (name: string | undefined) => IDBObjectStore) => Promise<T>,
): Promise<T | undefined> {
  const database = await open(create);
  if (!database) return undefined;
  try {
    const transaction = database.transaction([LIST, WORKS, CERTIFICATES] as string[], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    // The error of a step is the better one.
    done.catch(() => undefined);
    const result = await steps((name) => transaction.objectStore(name as string));
    transaction.commit();
    await done;
    return result;
  } finally {
    database.close();
  }
}

const slicesOf = (id: string) => IDBKeyRange.bound([id], [id, []]);

/** All documents, the newest first. */
export async function list(): Promise<Listed[]> {
  const all = await transact("readonly", false, (store) => answer<Listed[]>(store(LIST).getAll()));
  return (all ?? []).toSorted((a, b) => b.changed - a.changed);
}

/** A document; nothing if there is none or it cannot be read. */
export function load(id: string): Promise<StoredDocument | undefined> {
  return transact("readonly", false, async (store) => {
    const listed: Listed | undefined = await answer(store(LIST).get(id));
    const head: unknown = await answer(store(WORKS).get(id));
    const work = readWork(head);
    if (!listed || !work) return undefined;
    for (let at = 0; ; at++) {
      const slice: { texts: unknown[] } | undefined = await answer(store(CERTIFICATES).get([id, at]));
      if (!slice) return { listed, work };
      const texts = readTexts(slice.texts);
      if (!texts) return undefined;
      for (const text of texts) work.certificates.push(text);
    }
  });
}

/** Stores a document; without certificates it keeps those that it has. */
export async function save(listed: Listed, head: Head, certificates?: Work["certificates"]): Promise<void> {
  await transact("readwrite", true, async (store) => {
    const before: Listed | undefined = await answer(store(LIST).get(listed.id));
    await answer(store(LIST).put({ ...(before?.title !== undefined && { title: before.title }), ...listed }));
    await answer(store(WORKS).put({ ...head, certificates: [], id: listed.id }));
    if (!certificates) return;
    await answer(store(CERTIFICATES).delete(slicesOf(listed.id)));
    for (let at = 0; at * SLICE < certificates.length; at++) {
      const texts = certificates.slice(at * SLICE, (at + 1) * SLICE);
      await answer(store(CERTIFICATES).put({ id: listed.id, at, texts }));
    }
  });
}

/** Gives a document a name. */
export async function rename(id: string, title: string): Promise<void> {
  await transact("readwrite", false, async (store) => {
    const listed: Listed | undefined = await answer(store(LIST).get(id));
    if (listed) await answer(store(LIST).put({ ...listed, title }));
  });
}

/** Removes a document. */
export async function remove(id: string): Promise<void> {
  await transact("readwrite", false, async (store) => {
    await answer(store(LIST).delete(id));
    await answer(store(WORKS).delete(id));
    await answer(store(CERTIFICATES).delete(slicesOf(id)));
  });
}

/** Removes all of them, and the database. */
export function clear(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
