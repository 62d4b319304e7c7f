/** Links to samples: `?sample=no-country` or `#no-country`. */

import { type Sample, SAMPLES } from "../model/samples.ts";

/** The sample that an address asks for. */
export function sampleIn({ search, hash }: Pick<Location, "search" | "hash">): Sample | undefined {
  const id = new URLSearchParams(search).get("sample") ?? hash.slice(1);
  return SAMPLES.find((sample) => sample.id === id);
}
