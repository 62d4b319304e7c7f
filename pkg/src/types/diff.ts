/** The differences between two plans. */
import type { AccessAnswer, AccessRight } from "./access.js";
import type { SignatureVerdict } from "./authority.js";
import type { Diagnostic } from "./diagnostic.js";
import type { AccessUse, Isolation, Plan, PlannedPolicy, Precondition, ResourceChange, StepOutcome } from "./plan.js";
import type { Basis } from "./rule.js";

/** A value that is not the same on the two sides. It is absent on a side that does not have it. */
export interface Changed<Value> {
  /** The value of the first plan. */
  before?: Value;
  /** The value of the second plan. */
  after?: Value;
}

/** Two values that belong together and differ. */
export interface ChangedPair<Value> {
  /** The value of the first plan. */
  before: Value;
  /** The value of the second plan. */
  after: Value;
}

/** What one of two lists has and the other does not. The order of the lists does not matter. */
export interface ListDifference<Value> {
  /** What only the second plan has, in its order. */
  added: Value[];
  /** What only the first plan has, in its order. */
  removed: Value[];
}

/** One of the two plans, in a few words. They are there whether they differ or not. */
export interface PlanSide {
  /** The verdict in a few words, for example `Fails at step 2`. */
  verdict: string;
  /** The summary of the plan. */
  summary: string;
  /** The name of the thing; absent if the plan creates none. */
  thingName?: string;
}

/** The differences between two things. */
export interface ThingDifference {
  /** The name of the thing; absent on a side that creates no thing. */
  name?: Changed<string>;
  /** The ARN: it differs if the name, the Region or the account does. */
  arn?: Changed<string>;
  /** The thing type. */
  typeName?: Changed<string>;
  /** The attributes that differ, by name. */
  attributes?: Record<string, Changed<string>>;
  /** The thing groups. */
  groups?: ListDifference<string>;
  /** The billing group. */
  billingGroup?: Changed<string>;
  /** OverrideSettings that differ, by name. */
  overrides?: Record<string, Changed<string>>;
}

/**
 * The differences between the policies that are attached. A named policy is the same if its name is, and a policy document if it is the same
 * JSON: neither white space nor the order of members counts.
 */
export interface PolicyDifference extends ListDifference<PlannedPolicy> {
  /** Policies that the template has in both plans, under the same logical name, and that are not the same policy. */
  changed: ChangedPair<PlannedPolicy>[];
}

/** The differences between what the device may do. */
export interface AccessDifference {
  /** Whether the device can connect; absent on a side on which it is not provisioned. */
  connects?: Changed<AccessAnswer>;
  /** The same in a sentence. */
  headline?: Changed<string>;
  /** What the policies are for. */
  over?: Changed<AccessUse>;
  /** The client ID. */
  clientId?: Changed<string>;
  /** What the policies allow. */
  rights?: RightDifference;
  /** Whether the device may act as another one. */
  isolation?: Changed<Isolation>;
}

/** The differences between what the policies allow. */
export interface RightDifference extends ListDifference<AccessRight> {
  /**
   * Rights to the same with another answer or reason, and rights by the same line of a policy to something else, because a variable has another
   * value.
   */
  changed: ChangedPair<AccessRight>[];
}

/** The differences between what happens to the resources of an account. */
export interface AccountDifference extends ListDifference<ResourceChange> {
  /** The same resource, with another change to it. */
  changed: ChangedPair<ResourceChange>[];
}

/** What a step does in one of the plans. */
export interface StepSide {
  /** How far it gets. */
  outcome: StepOutcome;
  /** The API actions that it calls, in order. */
  actions: string[];
}

/** A step whose outcome or actions differ. */
export interface StepDifference extends ChangedPair<StepSide> {
  /** The step, from 1 to 6. */
  number: number;
  /** The purpose of the step in the second plan, in a few words. */
  title: string;
}

/**
 * The differences between what results from two plans. A member is absent if it is the same in both. The certificate and the values of the
 * parameters go into a plan; they do not count. Neither does the order in which a sentence lists names.
 */
export interface PlanDifference {
  /** Whether nothing differs. */
  same: boolean;
  /** The two plans, in a few words. */
  sides: ChangedPair<PlanSide>;
  /** The verdict. */
  verdict?: Changed<Plan["verdict"]>;
  /** The step at which the plan stops. */
  stoppedAt?: Changed<number>;
  /** The basis of the verdict. */
  basis?: Changed<Basis>;
  /** Whether the CA to register signed the certificate. */
  signature?: Changed<SignatureVerdict>;
  /** The status that the certificate ends in. */
  certificateStatus?: Changed<"ACTIVE" | "INACTIVE" | "PENDING_ACTIVATION">;
  /** The thing. */
  thing?: ThingDifference;
  /** The policies that are attached. */
  policies?: PolicyDifference;
  /** What must already exist in the account. */
  preconditions?: ListDifference<Precondition>;
  /** What happens to the resources of the account, if one was given for a plan. */
  account?: AccountDifference;
  /** What the device may do. */
  access?: AccessDifference;
  /**
   * The findings. The same finding has the same code, severity and message, and is at the same place of the template's body; the position in a
   * list and the line do not count.
   */
  findings?: ListDifference<Diagnostic>;
  /** The steps. */
  steps?: StepDifference[];
  /** The ARN of the provisioning role. */
  roleArn?: Changed<string>;
  /** What differs and does not count, a sentence each: white space in a policy document. */
  ignored: string[];
  /** What could not be compared, a sentence each. If there is any, `same` says only that no difference was found. */
  notCompared: string[];
}

/** The differences between two plans for a device. */
export interface DeviceDifference {
  /** A name for the device: the file of its certificate, its subject, or something else that tells it from others. */
  device: string;
  /** How its plans differ. */
  difference: PlanDifference;
}

/** Names for texts about differences. */
export interface DiffOptions {
  /** A name for the first side, such as the file of its template. Default: `before`. */
  before?: string;
  /** A name for the second side. Default: `after`. */
  after?: string;
  /** Whether `diffMarkdown` adds the details of each device to the table. Default: `true`. */
  details?: boolean;
}

/** The kind of a {@link DiffLine}. */
export type DiffTone = "title" | "heading" | "added" | "removed" | "changed" | "detail" | "blank";

/** A line of a difference as `diffLines` gives it: plain text without line ends, control characters or colours. */
export interface DiffLine {
  /** The kind of the line. */
  tone: DiffTone;
  /** The level of its indentation. */
  indent: number;
  /** `+`, `-`, `~`, or empty. */
  sign: string;
  /** What it says. */
  text: string;
}
