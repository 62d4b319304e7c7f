/** Links to samples, `?sample=no-country` or `#no-country`, and to the wrong examples of rules, `?rule=JITP010` or `#JITP010`. */

import { type Sample, SAMPLES } from "../model/samples.ts";

type Address = Pick<Location, "search" | "hash">;

/** The sample that an address asks for. */
export function sampleIn(address: Address): Sample | undefined {
  const id = asked(address, "sample");
  return SAMPLES.find((sample) => sample.id === id);
}

/** The code of the rule that an address asks for. */
export function ruleIn(address: Address): string | undefined {
  const code = asked(address, "rule");
  return /^JITP\d+$/i.test(code) ? code.toUpperCase() : undefined;
}

const asked = ({ search, hash }: Address, name: string): string => new URLSearchParams(search).get(name) ?? hash.slice(1);
