/** Cuts a bundle of many certificates, so that the page can process each result between two frames. */

/** The number of PEM blocks in a text. */
export function blocksIn(text: string): number {
  let blocks = 0;
  for (let at = text.indexOf("-----END "); at !== -1; at = text.indexOf("-----END ", at + 1)) blocks++;
  return blocks;
}

/** The number of PEM blocks that are read at a time. */
const BLOCKS = 25;

/** The parts of a bundle, together the whole of it. Each begins with the text before its first block. */
export function slices(bundle: string | Uint8Array): (string | Uint8Array)[] {
  if (typeof bundle !== "string") return [bundle];
  const parts: string[] = [];
  let start = 0;
  let blocks = 0;
  for (let at = bundle.indexOf("-----END "); at !== -1; at = bundle.indexOf("-----END ", at + 1)) {
    if (++blocks % BLOCKS !== 0) continue;
    const end = bundle.indexOf("\n", at);
    if (end === -1) break;
    parts.push(bundle.slice(start, end + 1));
    start = end + 1;
  }
  // A rest without a block would become an unreadable entry.
  const rest = bundle.slice(start);
  return parts.length > 0 && !rest.includes("-----BEGIN ") ? parts : [...parts, rest];
}
