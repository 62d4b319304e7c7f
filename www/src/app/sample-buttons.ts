/** The samples: a row of buttons, or a list to choose from if the head has no space for the row. Style sheets show one of them. */

import { byId, h, rerender, type Root } from "../ui/dom.ts";
import { shellWords as words } from "../words/shell.ts";
import type { Sample } from "../model/samples.ts";
import { toneOf } from "../model/tone.ts";

/** Builds the row; the answer marks the sample that is shown, if any. */
export function sampleButtons(root: Root, samples: readonly Sample[], use: (sample: Sample) => void): { render(current?: Sample): void } {
  const place = byId(root, "samples");
  const row = h("div", { class: "samples-row" });
  const list: HTMLSelectElement = h("select", {
    id: "sample-list",
    title: words.trySample,
    on: {
      change: () => {
        const sample = samples.find(({ id }) => id === list.value);
        if (sample) use(sample);
      },
    },
  });
  place.append(row, h("div", { class: "samples-choice" }, h("label", { class: "samples-label", for: "sample-list" }, words.sample), list));
  // The first option is no sample: it is what is shown as soon as the user has changed something.
  list.append(
    h("option", { value: "", disabled: true, hidden: true }, words.trySample),
    ...samples.map(({ id, title }) => h("option", { value: id }, title)),
  );
  let shown: Sample | undefined;
  return {
    render(current) {
      list.value = current?.id ?? "";
      rerender(
        row,
        h("span", { class: "samples-label" }, words.trySample),
        ...samples.map((sample) =>
          h(
            "button",
            {
              type: "button",
              class: `sample tone-${toneOf(sample.result)}`,
              title: sample.description,
              "aria-pressed": String(sample === current),
              "data-key": sample.id,
              on: { click: () => use(sample) },
            },
            h("span", { class: "sample-mark", "aria-hidden": "true" }),
            sample.title,
          ),
        ),
      );
      if (current === shown) return;
      shown = current;
      // On a phone the row is wider than the window. Only the row scrolls, not the page.
      const pressed = row.querySelector<HTMLElement>("[aria-pressed=true]");
      if (pressed) row.scrollLeft = pressed.offsetLeft - (row.clientWidth - pressed.offsetWidth) / 2;
    },
  };
}
