/**
 * Keeps the page calm while a user types. Half-typed JSON is broken after nearly every key, and a flickering plan helps nobody: an answer that
 * the text cannot be read waits for a pause, and every other answer is shown at once.
 */

import type { Analysis } from "../model/protocol.ts";

/** The pause in typing after which broken JSON is reported, in milliseconds. */
const PAUSE = 700;

/** Text that is not well-formed JSON. */
const MALFORMED = "JITP001";

/** Shows analyses through `show`. `typed` is called at every key, `settle` when the text changed by other means. */
export function calmly(show: (analysis: Analysis) => void): {
  typed(): void;
  settle(): void;
  take(analysis: Analysis): void;
} {
  let lastKey = -Infinity;
  let readable = false;
  let waiting = 0;
  const reveal = (analysis: Analysis) => {
    readable = !malformed(analysis);
    show(analysis);
  };
  return {
    typed() {
      lastKey = performance.now();
      clearTimeout(waiting);
    },
    settle() {
      lastKey = -Infinity;
      clearTimeout(waiting);
    },
    take(analysis) {
      clearTimeout(waiting);
      const left = PAUSE - (performance.now() - lastKey);
      if (left > 0 && readable && malformed(analysis)) waiting = window.setTimeout(() => reveal(analysis), left);
      else reveal(analysis);
    },
  };
}

function malformed({ report }: Analysis): boolean {
  return report.diagnostics.some(({ code }) => code === MALFORMED);
}
