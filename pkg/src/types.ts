/**
 * The shapes of jitp's input and output. Each is plain data: it survives `JSON.stringify`,
 * `structuredClone` and a `postMessage`.
 */
export type * from "./types/flow.js";
export type * from "./types/rule.js";
export type * from "./types/diagnostic.js";
export type * from "./types/template.js";
export type * from "./types/certificate.js";
export type * from "./types/authority.js";
export type * from "./types/policy.js";
export type * from "./types/plan.js";
export type * from "./types/account.js";
export type * from "./types/fleet.js";
export type * from "./types/stream.js";
export type * from "./types/access.js";
export type * from "./types/simulate.js";
export type * from "./types/sample.js";
export type * from "./types/export.js";
export type * from "./types/diff.js";
export type * from "./types/secrets.js";
