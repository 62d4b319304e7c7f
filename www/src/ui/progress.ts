/** Says how far something long is, with a way to stop it. */

import { byId, h, type Root } from "./dom.ts";

/** How long something takes before it is told, and the time between two figures, in milliseconds. */
const PAUSE = 300;
const STEP = 200;

export interface Progress {
  /** Whether the user has stopped it. */
  readonly stopped: boolean;
  /** So many are done. */
  done(n: number, all: number): void;
  /** It is over. */
  end(): void;
}

/**
 * Follows something that may be long, which begins now. `told` says how far it is, nothing as long as nobody knows; without `cancel`, the word on
 * the button, it cannot be stopped. What is known to be long is told at once.
 */
export function progress(root: Root, told: (n?: number, all?: number) => string, cancel?: string, isLong = false): Progress {
  let stopped = false;
  let newest: [number, number] | undefined;
  // Assistive technology reads the bar when it wants to; each figure read aloud would be noise.
  const words = h("p", { "aria-live": "off" });
  const bar = h("progress", { class: "notice-bar" });
  const end = () => {
    clearTimeout(timer);
    notice.remove();
  };
  const click = () => {
    stopped = true;
    end();
  };
  const notice = h(
    "div",
    { class: "notice notice-progress" },
    words,
    bar,
    cancel !== undefined && h("button", { type: "button", class: "button", on: { click } }, cancel),
  );
  const draw = () => {
    const text = told(...(newest ?? []));
    words.textContent = text;
    bar.setAttribute("aria-label", text);
    if (newest) {
      bar.max = newest[1];
      bar.value = newest[0];
    }
    if (!notice.isConnected) byId(root, "notices").append(notice);
    timer = window.setTimeout(draw, STEP);
  };
  let timer = window.setTimeout(draw, isLong ? 0 : PAUSE);
  return {
    get stopped() {
      return stopped;
    },
    done(n, all) {
      const isFirst = newest === undefined;
      newest = [n, all];
      // The first figure says that something goes on.
      if (!isFirst || !notice.isConnected) return;
      clearTimeout(timer);
      draw();
    },
    end,
  };
}

/** The parts of something long that are followed as one: `before` are done already. */
export const partOf = (whole: Progress, before: number, all: number): Progress => ({
  get stopped() {
    return whole.stopped;
  },
  done: (n) => whole.done(before + n, all),
  end: () => undefined,
});
