import { PARTITIONS } from "./regions.js";

/**
 * The partition of a Region: `aws`, `aws-cn`, `aws-us-gov`, or another one that AWS lists. `undefined` if no partition has a Region of this
 * name. The pattern of the name decides, so that a Region that AWS opens later is recognised too.
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
