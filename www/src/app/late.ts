/** Loads what the first paint does not need. */

import { painted } from "../editor/painted.ts";

export const late = (): Promise<typeof import("./editor.ts")> => import("./editor.ts");

/** Loads the bar of a playground in another page. */
export const bar = (): Promise<typeof import("./embed-bar.ts")> => import("./embed-bar.ts");

/** Loads the examples of the rules. */
export const ruleExamples = (): Promise<typeof import("../share/rule-examples.ts")> => import("../share/rule-examples.ts");

/** Loads what is below the verdict and the steps. */
export const below = async (): Promise<typeof import("../plan/below.ts")> => {
  await painted();
  return import("../plan/below.ts");
};
