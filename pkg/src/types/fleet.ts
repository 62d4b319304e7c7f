/** Many certificates at once. */
import type { AccountState } from "./account.js";
import type { AccessAnswer } from "./access.js";
import type { IssuerCheck } from "./authority.js";
import type { CertificateInput } from "./certificate.js";
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
  /** The account after all rows, in their order; only if an account was given, and not if the rows are of a {@link Run}. */
  after?: AccountState;
}

/**
 * An account that devices change, one after another, as {@link Template.run} gives it. It lives in wasm memory: call {@link Run.free} when
 * done (or leave it to the garbage collector). It needs its template, and cannot be used after that was freed.
 *
 * If the memory is lost because another call needed more than there is, the account is made again from what was handed over, which a run
 * keeps until it is freed.
 */
export interface Run {
  /**
   * Says what happens to the next device, as {@link Template.dryRun} does in the account of now, and changes the account. The plan has no
   * `account.after`: {@link Run.account} is the account after it. The time does not grow with the number of devices before.
   *
   * @param device the device's certificate, or `{ subject }`. A subject has no certificate ID, so that no certificate is added to the account
   * @param options what only this device has: the check of its CA, and whether the plan tells the origin of its values
   * @throws TypeError if the call itself is wrong, which changes nothing; Error after {@link Run.free} or {@link Template.free}
   */
  plan(device: CertificateInput, options?: Pick<DryRunOptions, "issuer" | "values">): Plan;
  /**
   * Gives a row for each of the next devices, in the order of the bundle, as {@link Template.dryRunFleet} does, and changes the account.
   * The parts of a bundle, one after another, have the rows of the whole. Only `index`, `duplicateOf` and `sameThingAs` count within each
   * part, and so does `counts`: {@link fleetTwins} marks the rows of all parts. There is no `after`: see {@link Run.account}.
   *
   * @param bundle PEM with anything around it, or DER
   * @param options the check of the CA of each entry
   * @throws TypeError if the call itself is wrong, which changes nothing; Error after {@link Run.free} or {@link Template.free}
   */
  rows(bundle: string | Uint8Array, options?: Pick<FleetOptions, "issuers">): Fleet;
  /** The account now: a new object at each time, in a form that can be given as an account. Error after {@link Run.free}. */
  readonly account: AccountState;
  /** Gives its memory back. It may be called more than once. */
  free(): void;
  /** For `using run = template.run()`. */
  [Symbol.dispose](): void;
}
