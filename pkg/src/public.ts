/** All that the package shows, whichever entry it is taken from. */

export { dryRun, fleetTwins, readCertificates, redactPrivateKeys, rules, stringify, Template, unstringify, validate } from "./api.js";
export * from "./authority.js";
export * from "./export/index.js";
export { regionPartition } from "./partition.js";
export { visibleText, type VisibleOptions } from "./visible.js";
export type * from "./types.js";
