/** Cuts a bundle of many certificates, so that the page can process each result between two frames. */

/** The number of PEM blocks in a text. */
export function blocksIn(text: string): number {
  let blocks = 0;
  for (let at = text.indexOf("-----END "); at !== -1; at = text.indexOf("-----END ", at + 1)) blocks++;
  return blocks;
}

/** The parts of a bundle with so many blocks, together the whole of it. Each begins with the text before its first block. */
export function* slices(bundle: string, most: number): Generator<string> {
  let start = 0;
  let blocks = 0;
  for (let at = bundle.indexOf("-----END "); at !== -1; at = bundle.indexOf("-----END ", at + 1)) {
    if (++blocks % most !== 0) continue;
    const end = bundle.indexOf("\n", at);
    if (end === -1) break;
    yield bundle.slice(start, end + 1);
    start = end + 1;
  }
  // A rest without a block would become an unreadable entry.
  const rest = bundle.slice(start);
  if (start === 0 || rest.includes("-----BEGIN ")) yield rest;
}

/** The bytes of a file that are read at a time; at first fewer, so that the first figure comes soon. */
const PIECE = 1_000_000;
const FIRST = 60_000;

const [BEGIN, END, DASHES] = ["-----BEGIN ", "-----END ", "-----"].map((text) => new TextEncoder().encode(text)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const [FEED, DASH] = [0x0a, 0x2d];

/**
 * The same of a file, which is never in memory as a whole: as bytes, because to make texts of them would take longer than to read them. Each part
 * ends after a block, comes with the number of bytes so far, and may be handed over to a worker.
 */
export async function* filed(file: Blob): AsyncGenerator<{ part: Uint8Array<ArrayBuffer>; bytes: number }> {
  const read = (from: number, size: number) => file.slice(from, from + size).arrayBuffer();
  let any = false;
  let size = FIRST;
  let next = read(0, size);
  for (let at = 0; at < file.size; ) {
    const piece = new Uint8Array(await next);
    const isLast = at + piece.length >= file.size;
    const block = lastOf(END, piece);
    const end = isLast ? piece.length : block === -1 ? 0 : piece.indexOf(FEED, block) + 1;
    // Without the beginning of a block there is nothing in it, except maybe the beginning of that.
    const isEmpty = end === 0 && lastOf(DASHES, piece) === -1;
    at += isEmpty ? piece.length - DASHES.length : end;
    size = end === 0 && !isEmpty ? 2 * size : PIECE;
    // The browser reads on while somebody else uses this part.
    next = read(at, size);
    const part = piece.subarray(0, end);
    // A rest without a block would become an unreadable entry.
    if (end > 0 && (lastOf(BEGIN, part) !== -1 || (isLast && !any))) yield { part, bytes: at };
    any ||= end > 0;
  }
}

/** The last place of a word that begins with dashes; -1 if there is none. */
function lastOf(word: Uint8Array, text: Uint8Array): number {
  for (let at = text.lastIndexOf(DASH); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(DASH, at - 1)) {
    if (word.every((byte, i) => text[at + i] === byte)) return at;
  }
  return -1;
}
