/** What an AWS account has already. */

import type { Diagnostic } from "./diagnostic.js";

/** Resources by their names. `null`: it does not exist. */
type Known<Resource> = Record<string, Resource | null>;

/**
 * What is known of an account in one Region. A kind that is absent is unknown; one that is present is complete, unless `incomplete` names it. A
 * member of a resource that is absent is unknown.
 */
export interface AccountState {
  /** The Region that the resources are in. */
  region?: string;
  /** The account's number. */
  accountId?: string;
  /** Things by their names. */
  things?: Known<AccountThing>;
  /** Device certificates by their IDs. */
  certificates?: Known<AccountCertificate>;
  /** Policies by their names. */
  policies?: Known<AccountPolicy>;
  /** Thing types by their names. */
  thingTypes?: Known<AccountThingType>;
  /** Thing groups by their names. */
  thingGroups?: Known<AccountThingGroup>;
  /** Billing groups by their names. */
  billingGroups?: Known<AccountBillingGroup>;
  /** CA certificates by their IDs. */
  caCertificates?: Known<AccountCa>;
  /** Provisioning templates by their names. */
  provisioningTemplates?: Known<AccountTemplate>;
  /** The kinds of which there may be more resources. */
  incomplete?: string[];
}

/** A thing. */
export interface AccountThing {
  /** Its type; `null` if it has none. */
  thingTypeName?: string | null;
  /** Its attributes by their names. */
  attributes?: Record<string, string>;
  /** The names of its groups. */
  thingGroups?: string[];
  /** Its billing group; `null` if it is in none. */
  billingGroupName?: string | null;
  /** The principals that are attached to it. */
  principals?: AccountPrincipal[];
}

/** A principal that is attached to a thing. */
export interface AccountPrincipal {
  /** Its ARN. */
  principal: string;
  /** `EXCLUSIVE_THING` or `NON_EXCLUSIVE_THING`. */
  thingPrincipalType?: string;
}

/** A device certificate. */
export interface AccountCertificate {
  /** `ACTIVE`, `INACTIVE`, `PENDING_ACTIVATION` and so on, as AWS writes it. */
  status?: string;
  /** The names of the policies that are attached to it. */
  policies?: string[];
}

/** A policy. */
export interface AccountPolicy {
  /** Its document. */
  policyDocument?: string;
}

/** A thing type. */
export interface AccountThingType {
  /** Whether it is deprecated, so that no thing can get it. */
  deprecated?: boolean;
}

/** A thing group. */
export interface AccountThingGroup {
  /** The names of the policies that are attached to it. */
  policies?: string[];
  /** The group above it; `null` if there is none. */
  parentGroupName?: string | null;
  /** Whether it is a dynamic group, to which no thing can be added by name. */
  dynamic?: boolean;
}

/** A billing group. Nothing of it but its name matters. */
export type AccountBillingGroup = Record<symbol, never>;

/** A registered CA certificate. */
export interface AccountCa {
  /** `ACTIVE` or `INACTIVE`. */
  status?: string;
  /** `ENABLE` or `DISABLE`. */
  autoRegistrationStatus?: string;
  /** `DEFAULT` or `SNI_ONLY`. */
  certificateMode?: string;
  /** The provisioning template that its registration config names; `null` if it names none. */
  templateName?: string | null;
  /** The template body in its registration config; `null` if there is none. */
  templateBody?: string | null;
}

/** A provisioning template. */
export interface AccountTemplate {
  /** `JITP` or `FLEET_PROVISIONING`. */
  type?: string;
  /** Whether it is enabled. */
  enabled?: boolean;
  /** Its body. */
  templateBody?: string;
}

/**
 * Texts about an account: an {@link AccountState}, outputs of the AWS CLI or of the API as they come, or records of outputs
 * (`{"action": "DescribeThing", "request": {…}, "response": {…}}`, or `"error"` in place of the response). A text can hold several of these, one after another
 * or as a list. An object is read as the JSON text that it is written as.
 */
export type AccountSource = string | object | readonly (string | object | NamedText)[];

/** A text, with the name that findings call it by. */
export interface NamedText {
  /** For example the name of its file. */
  name: string;
  /** The text. */
  text: string;
}

/** What texts say of an account, as {@link readAccount} gives it. */
export interface AccountReport {
  /** What is known of the account. */
  account: AccountState;
  /** The texts, in the order in which they were given. */
  texts: AccountText[];
  /** The findings of all texts, in their order. Each has its places in its own text. */
  diagnostics: Diagnostic[];
}

/** What one text about an account is. */
export interface AccountText {
  /** Its name. */
  name: string;
  /** What it holds, in order: names of actions whose outputs it has, such as `DescribeThing`, and `account` for an {@link AccountState}. */
  holds: string[];
  /** The findings, with places in this text. */
  diagnostics: Diagnostic[];
}
