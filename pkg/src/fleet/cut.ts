/** Where a text with certificates can be cut, so that its pieces can be judged apart. */

const encoder = new TextEncoder();
const BEGIN = encoder.encode("-----BEGIN ");
const END = encoder.encode("\n-----END CERTIFICATE-----");
const LINE_ENDS = [0x0a, 0x0d];
/** First bytes of what is not a text: DER, and the marks of UTF-16. */
const BINARY = [0x30, 0xff, 0xfe];

/** Whether a source with this first byte can be a text. Only that can be cut. */
export function isCuttable(first: number | undefined): boolean {
  return first !== undefined && !BINARY.includes(first);
}

/**
 * The last place before which and after which there is a whole block; 0 if there is none.
 *
 * After an END line nothing is open, whatever was before it: it closes a block, or is passed over outside of one. A piece with a block in it has
 * the same entries alone as in its text. The place is before the line's end, because a piece that begins with a line end is never taken for
 * DER.
 */
export function lastCut(text: Uint8Array): number {
  let end = endBefore(text, text.length);
  while (end > 0) {
    const begin = lastIndexOf(text, BEGIN, end);
    if (begin < 0) return 0;
    const cut = endBefore(text, begin);
    if (cut === 0) return 0;
    // An END line without a block before it is not the end of one.
    if (indexOf(text, BEGIN, cut) >= 0) return cut;
    end = cut;
  }
  return 0;
}

/** The end of the last END line that begins before a place; 0 if there is none. */
function endBefore(text: Uint8Array, before: number): number {
  for (let at = lastIndexOf(text, END, before); at >= 0; at = lastIndexOf(text, END, at)) {
    const end = at + END.length;
    if (end < before && LINE_ENDS.includes(text[end] as number)) return end;
  }
  return 0;
}

function lastIndexOf(text: Uint8Array, wanted: Uint8Array, before: number): number {
  let at = before;
  while (at > 0) {
    at = text.lastIndexOf(wanted[0] as number, at - 1);
    if (at < 0 || isAt(text, wanted, at)) return at;
  }
  return -1;
}

/** The first place before another. */
function indexOf(text: Uint8Array, wanted: Uint8Array, before: number): number {
  for (let at = text.indexOf(wanted[0] as number); at >= 0 && at < before; at = text.indexOf(wanted[0] as number, at + 1))
    if (isAt(text, wanted, at)) return at;
  return -1;
}

function isAt(text: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (text[at + i] !== wanted[i]) return false;
  return true;
}
