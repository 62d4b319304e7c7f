/** The row of samples. */

import { byId, h, rerender, type Root } from "../ui/dom.ts";
import type { Sample } from "../model/samples.ts";

/** Builds the row; the answer marks the sample that is shown, if any. */
export function sampleButtons(root: Root, samples: readonly Sample[], use: (sample: Sample) => void): { render(current?: Sample): void } {
  const place = byId(root, "samples");
  return {
    render(current) {
      rerender(
        place,
        h("span", { class: "samples-label" }, "Try a sample"),
        ...samples.map((sample) =>
          h(
            "button",
            {
              type: "button",
              class: `sample tone-${sample.tone}`,
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
    },
  };
}
