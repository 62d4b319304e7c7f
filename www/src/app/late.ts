/** Loads what the first paint does not need. */

export const late = (): Promise<typeof import("./editor.ts")> => import("./editor.ts");
