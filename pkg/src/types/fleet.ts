/** Many certificates at once. */
import type { AccountState } from "./account.js";
import type { AccessAnswer } from "./access.js";
import type { IssuerCheck } from "./authority.js";
import type { AccessUse, DryRunOptions, Plan } from "./plan.js";
import type { Basis } from "./rule.js";

/** Options of a dry run of many certificates. */
export interface FleetOptions extends Omit<DryRunOptions, "issuer" | "values"> {
  /** Whether the CA signed each entry of the bundle, in its order, as `verifyIssuers` found out; in JITP only. */
  issuers?: readonly IssuerCheck[];
}

/** The earlier rows with which a row of a fleet shares a certificate or a thing. */
export type Twins = Pick<FleetRow, "duplicateOf" | "sameThingAs">;

/** What happens to one certificate of a fleet. */
export interface FleetRow {
  /** Position in the bundle, from 0. */
  index: number;
  /** What happens to the device. */
  verdict: Plan["verdict"];
  /** The certificate ID; absent if the entry is not a readable certificate. */
  certificateId?: string;
  /** The name of the thing, if the template creates one and its name is known. */
  thingName?: string;
  /** The number of the step at which the plan stops. */
  stoppedAt?: number;
  /** The codes of the findings that decide the verdict, each once, that of the cause first: the errors, or the check that was not made. */
  codes: string[];
  /** The cause, in words. */
  cause?: string;
  /** As in {@link Plan}. */
  basis?: Basis;
  /** Whether the device can connect then, as in {@link Access}; absent if it is not provisioned. */
  connects?: AccessAnswer;
  /** What its policies are for, if it cannot connect, or if that is not known. */
  over?: AccessUse;
  /** The answer in a sentence, if it cannot connect, or if that is not known. */
  access?: string;
  /** The `index` of the first row with the same certificate, if this is a later one. */
  duplicateOf?: number;
  /** The `index` of the first row with the same thing name and another certificate: both devices would be one thing. */
  sameThingAs?: number;
}

/** What happens to every certificate of a bundle. */
export interface Fleet {
  /**
   * How many devices have each verdict; how many of those that are provisioned or registered cannot connect (`over` is not `"https"`), and of how many that is
   * not known; how many rows have `duplicateOf`, and how many `sameThingAs`.
   */
  counts: Record<Plan["verdict"] | "cannotConnect" | "connectsUnknown" | "duplicates" | "sameThing", number>;
  /** In the order of the bundle. */
  rows: FleetRow[];
  /** The account after all rows, in their order; only if an account was given. */
  after?: AccountState;
}
