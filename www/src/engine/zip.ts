/** Opens a ZIP, in the worker. It may be hostile: sizes are measured and not believed, and no name is used as a path. */

import { Unzip, UnzipInflate, unzipSync } from "fflate";
import type { Unzipped } from "../model/protocol.ts";
import { isZip } from "./zip-mark.ts";
import { workerWords } from "../words/worker.ts";

/** No folder of certificates has more files. */
const MOST_FILES = 20_000;
/** In bytes, over all files. */
const LARGEST = 64_000_000;
/** The number of compressed bytes between two checks of the size. They expand to a thousand times as many at most. */
const STEP = 4_096;

/** Unpacks it. A ZIP in it is not opened. */
export function unzip(zip: Uint8Array): Unzipped {
  const problem = refusal(zip);
  if (problem !== undefined) return { problem };
  const unzipped = { files: [] as { name: string; bytes: Uint8Array<ArrayBuffer> }[], nested: [] as string[], broken: [] as string[] };
  let total = 0;
  let count = 0;
  const stream = new Unzip((file) => {
    const { name } = file;
    if (++count > MOST_FILES || !isWanted(name)) return;
    const parts: Uint8Array[] = [];
    let failed = false;
    file.ondata = (error, part, final) => {
      if (failed) return;
      if (error) {
        failed = true;
        unzipped.broken.push(name);
        return;
      }
      total += part.length;
      parts.push(part);
      if (final && total <= LARGEST) take(name, joined(parts));
    };
    try {
      file.start();
    } catch {
      // An unsupported compression.
      if (!failed) unzipped.broken.push(name);
      failed = true;
    }
  });
  const take = (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    if (isZip(bytes)) unzipped.nested.push(name);
    else unzipped.files.push({ name, bytes });
  };
  stream.register(UnzipInflate);
  try {
    for (let at = 0; at < zip.length; at += STEP) {
      stream.push(zip.subarray(at, at + STEP), at + STEP >= zip.length);
      if (total > LARGEST) return { problem: TOO_LARGE };
      if (count > MOST_FILES) return { problem: TOO_MANY };
    }
  } catch {
    // The files before the fault are whole.
    unzipped.broken.push(workerWords.zipRest);
  }
  return unzipped;
}

const TOO_LARGE = workerWords.zipLarge;
const TOO_MANY = workerWords.zipMany;

/** Why a ZIP is not opened, as far as its directory tells. */
function refusal(zip: Uint8Array): string | undefined {
  if (((zip[6] ?? 0) & 1) === 1) return workerWords.zipLocked;
  let total = 0;
  let count = 0;
  try {
    unzipSync(zip, {
      filter: ({ originalSize }) => {
        total += originalSize;
        count += 1;
        return false;
      },
    });
  } catch {
    return workerWords.zipDamaged;
  }
  if (count > MOST_FILES) return TOO_MANY;
  return total > LARGEST ? TOO_LARGE : undefined;
}

/** Neither folders nor the hidden files of operating systems. */
function isWanted(name: string): boolean {
  return !name.endsWith("/") && !name.split(/[/\\]/).some((part) => /^\.[^.]/.test(part) || part === "__MACOSX");
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
