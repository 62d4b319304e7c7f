/** Takes a template from whoever calls: a text, or the value that a JSON text stands for. */

const WANTED = "jitp: a template is a string, or an object that JSON can write";

/** The text of a template. What JSON would write as something else than was meant is misuse of the API. */
export function sourceText(source: unknown): string {
  if (typeof source === "string") return source;
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) {
    throw new TypeError(`${WANTED}; bytes have to be decoded, for example by readFileSync(file, "utf8")`);
  }
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
