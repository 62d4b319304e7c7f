/** Reads a template as a caller gives it: a text, the bytes of one, or the value that a JSON text stands for. */

const WANTED = "jitp: a template is a string, bytes, or an object that JSON can write";

/** In bytes, or in characters of a string. The core refuses a text beyond a megabyte, so that the rest need not reach it. */
const LONGEST = 1_000_001;

/** A byte order mark stays for the core to find. Bytes that are not UTF-8 become U+FFFD, which the core refuses. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const encoder = new TextEncoder();

/** The bytes of a template as it is given. The core finds those that are not UTF-8. */
export function sourceBytes(source: unknown): Uint8Array {
  // These are copies, because callers may write to theirs later.
  if (source instanceof Uint8Array) return source.slice(0, LONGEST);
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice(0, LONGEST));
  return encoder.encode(sourceText(source));
}

/** The text of a template. A value that JSON would write as something else than was meant is misuse of the API. */
export function sourceText(source: unknown): string {
  if (source instanceof Uint8Array) return decoder.decode(source.subarray(0, LONGEST));
  if (source instanceof ArrayBuffer) return decoder.decode(new Uint8Array(source, 0, Math.min(source.byteLength, LONGEST)));
  return textOf(source).slice(0, LONGEST);
}

function textOf(source: unknown): string {
  if (typeof source === "string") return source;
  // The tag decides, so that an object from another realm (a frame, a vm) is accepted, and a Promise, a Map or a Date is not.
  if (Array.isArray(source) || Object.prototype.toString.call(source) !== "[object Object]") {
    const hint = source instanceof Promise ? "; this one is a Promise, to be awaited first" : "";
    throw new TypeError(WANTED + hint);
  }
  let text: unknown;
  try {
    text = JSON.stringify(source);
  } catch (error) {
    throw new TypeError(`${WANTED}; this one it cannot`, { cause: error });
  }
  // An object's own toJSON may give nothing.
  if (typeof text !== "string") throw new TypeError(`${WANTED}; this one it cannot`);
  return text;
}
