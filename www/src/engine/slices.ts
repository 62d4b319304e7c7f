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

/** The bytes of a file that are in memory at a time. */
const PIECE = 400_000;

/** The same of a file, which is never in memory as a whole. Each part ends after a block, and comes with the number of bytes so far. */
export async function* filed(file: Blob): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = new TextDecoder();
  let rest = "";
  let any = false;
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = file.slice(at, at + PIECE);
    const bytes = Math.min(at + PIECE, file.size);
    const isLast = bytes === file.size;
    const text = rest + decoder.decode(await piece.arrayBuffer(), { stream: !isLast });
    const block = text.lastIndexOf("-----END ");
    const end = isLast ? text.length : block === -1 ? 0 : text.indexOf("\n", block) + 1;
    const part = text.slice(0, end);
    // A rest without a block would become an unreadable entry.
    if (part.includes("-----BEGIN ") || (isLast && !any)) yield { text: part, bytes };
    any ||= end > 0;
    rest = text.slice(end);
    // Without the beginning of a block there is nothing in it, except maybe the beginning of that.
    if (!rest.includes("-----")) rest = rest.slice(-5);
  }
}
