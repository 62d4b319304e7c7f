/** Takes a template from whoever calls: a text, the bytes of one, or the value that a JSON text stands for. */

const WANTED = "jitp: a template is a string, bytes, or an object that JSON can write";

/** A text beyond a megabyte is not read: what it is longer by need not reach the core, which says so. */
const LONGEST = 1_000_001;

/** A byte order mark stays for the core to find. Bytes that are not UTF-8 become U+FFFD, which the core refuses. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const encoder = new TextEncoder();

/** The bytes of a template, as it is given: which of them are not UTF-8 is for the core to find. */
export function sourceBytes(source: unknown): Uint8Array {
  // Copies, since callers may write to theirs later.
  if (source instanceof Uint8Array) return source.slice(0, LONGEST);
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice(0, LONGEST));
  return encoder.encode(sourceText(source));
}

/** The text of a template. What JSON would write as something else than was meant is misuse of the API. */
export function sourceText(source: unknown): string {
  if (source instanceof Uint8Array) return decoder.decode(source.subarray(0, LONGEST));
  if (source instanceof ArrayBuffer) return decoder.decode(new Uint8Array(source, 0, Math.min(source.byteLength, LONGEST)));
  return textOf(source).slice(0, LONGEST);
}

function textOf(source: unknown): string {
  if (typeof source === "string") return source;
  // By its tag, so that an object from another realm (a frame, a vm) is one, too; a Promise, a Map or a Date is none.
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
