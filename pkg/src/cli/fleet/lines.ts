/** Standard input as a filter: a certificate in each line, and a row for each. */
import type { FleetChunk } from "jitp";

const LINE_END = 0x0a;
/** The tag of a SEQUENCE, with which DER begins, and the least second byte of a long one. */
const SEQUENCE = 0x30;
const LONG = 0x80;
const ARMOR = "-----BEGIN ";

/** What the lines are called by whoever wrote them. */
export type LineId = string | number;

/** A certificate in each line; or, if it begins as PEM or as DER does, a bundle. */
export class Lines {
  readonly #source: AsyncIterable<Uint8Array>;
  /** The IDs of lines whose rows are to come. Nothing for a line without one. */
  readonly #ids: (LineId | undefined)[] = [];
  #isBundle: boolean | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FleetChunk, void, undefined> {
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of this.#source) {
      if (this.#isBundle) {
        yield chunk;
        continue;
      }
      rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
      this.#isBundle ??= isBundle(rest);
      if (this.#isBundle) {
        yield rest;
        continue;
      }
      const end = rest.lastIndexOf(LINE_END);
      if (this.#isBundle === undefined || end < 0) continue;
      // All lines that are there go on at once, and none waits for another.
      yield this.#lines(rest.subarray(0, end));
      rest = Buffer.from(rest.subarray(end + 1));
    }
    if (rest.length > 0 && !this.#isBundle) yield isBundle(rest) ? rest : this.#lines(rest);
  }

  /** The ID of the next row. Rows are asked for in their order. */
  next(): LineId | undefined {
    return this.#ids.shift();
  }

  #lines(bytes: Buffer): string[] {
    return bytes
      .toString("utf8")
      .split("\n")
      .map((line) => {
        const { certificate, id } = certificateIn(line.trim());
        this.#ids.push(id);
        return certificate;
      });
  }
}

/** Whether an input is a bundle; nothing if more of it must be seen. */
function isBundle(beginning: Buffer): boolean | undefined {
  const [first, second] = beginning;
  if (first === SEQUENCE) return second === undefined ? undefined : second >= LONG;
  const text = beginning.toString("latin1").trimStart();
  // No certificate in a line begins so, but a bundle may have other text before it.
  return text.startsWith(ARMOR) || text.includes(`\n${ARMOR}`) || (ARMOR.startsWith(text) ? undefined : false);
}

/** The certificate of a line, in base64 or as PEM. A line of another form is its own certificate: its row says that it is not one. */
function certificateIn(line: string): { certificate: string; id?: LineId } {
  if (!/^["{]/.test(line)) return { certificate: line };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { certificate: line };
  }
  if (typeof value === "string") return { certificate: value };
  const { certificate, certificatePem, id } = value as Record<string, unknown>;
  const given = certificate ?? certificatePem;
  return {
    certificate: typeof given === "string" ? given : line,
    ...((typeof id === "string" || typeof id === "number") && { id }),
  };
}
