import { PARTITIONS } from "./regions.js";

/**
 * The partition of a Region: `aws`, `aws-cn`, `aws-us-gov`, and whatever else AWS lists. `undefined` for a name that is not that of a Region
 * in any of them. It is told by the pattern of the name, so that a Region that is opened tomorrow is one.
 *
 * The wasm module need not be loaded.
 *
 * @param region the name, as in `eu-west-1`
 *
 * @example
 * import { regionPartition } from "jitp";
 * const partition = regionPartition("cn-north-1"); // aws-cn
 */
export function regionPartition(region: string): string | undefined {
  return PARTITIONS.find(({ regions }) => regions.test(region))?.id;
}
