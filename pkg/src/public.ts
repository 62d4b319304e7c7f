/** All that the package exports, the same from each entry. */

export { Device } from "./access/device.js";
export {
  dryRun,
  fleetTwins,
  listCertificates,
  readAccount,
  readCertificates,
  redactPrivateKeys,
  rules,
  simulate,
  stringify,
  Template,
  unstringify,
  validate,
} from "./api.js";
export * from "./authority.js";
export * from "./diff/index.js";
export * from "./export/index.js";
export { dryRunFleet } from "./fleet/index.js";
export { regionPartition } from "./partition.js";
export { readFleetRows } from "./records.js";
export { isolatedText, visibleText, type VisibleOptions } from "./visible.js";
export type * from "./types.js";
