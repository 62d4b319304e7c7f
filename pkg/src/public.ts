/** All that the package exports, the same from each entry. */

export { dryRun, fleetTwins, readCertificates, redactPrivateKeys, rules, stringify, Template, unstringify, validate } from "./api.js";
export * from "./authority.js";
export * from "./export/index.js";
export { regionPartition } from "./partition.js";
export { visibleText, type VisibleOptions } from "./visible.js";
export type * from "./types.js";
