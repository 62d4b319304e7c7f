/** A line on a terminal that says how far a run is. */
import type { FleetProgress } from "jitp";
import type { WriteStream } from "node:tty";

/** In milliseconds, between two of its states. */
const PAUSE = 100;
const MEGABYTE = 1e6;
/** Back to the start of the line, and what is there goes. */
const CLEAR = "\r\u001b[K";

/** The line. It is shown on terminals only, and is gone before anything else is said there. */
export class Progress {
  readonly #stream: Pick<WriteStream, "isTTY" | "write">;
  readonly #total: number | undefined;
  readonly #begun = performance.now();
  #shown = 0;
  #isThere = false;

  /** `total`: the bytes of all, if that is known. */
  constructor(stream: Pick<WriteStream, "isTTY" | "write">, total: number | undefined) {
    this.#stream = stream;
    this.#total = total;
  }

  show({ rows, bytes }: FleetProgress): void {
    const now = performance.now();
    if (!this.#stream.isTTY || now - this.#shown < PAUSE) return;
    this.#shown = now;
    this.#isThere = true;
    this.#stream.write(CLEAR + progressText({ rows, bytes }, this.#total, (now - this.#begun) / 1000));
  }

  clear(): void {
    if (this.#isThere) this.#stream.write(CLEAR);
    this.#isThere = false;
  }
}

/** `120,000 certificates, 90 of 760 MB (11 %), 140,000 a second` */
export function progressText({ rows, bytes }: FleetProgress, total: number | undefined, seconds: number): string {
  const megabytes = (count: number) => grouped(Math.round(count / MEGABYTE));
  const share = total === undefined || total === 0 ? "" : ` of ${megabytes(total)}`;
  const percent = share === "" ? "" : ` (${Math.floor((100 * bytes) / (total ?? 1))} %)`;
  return `${grouped(rows)} certificates, ${megabytes(bytes)}${share} MB${percent}, ${grouped(Math.round(rows / Math.max(seconds, 0.001)))} a second`;
}

/** A number with a comma after each three digits. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
