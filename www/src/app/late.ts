/** Loads what the first paint does not need. */

import { painted } from "../editor/painted.ts";

export const late = (): Promise<typeof import("./editor.ts")> => import("./editor.ts");

/** Loads what is below the verdict and the steps. */
export const below = async (): Promise<typeof import("../plan/below.ts")> => {
  await painted();
  return import("../plan/below.ts");
};
