/** The words of what an account has. */

import { counted } from "./common.ts";

/** Each kind in the singular and the plural. */
const KINDS = {
  things: ["thing", "things"],
  certificates: ["certificate", "certificates"],
  policies: ["policy", "policies"],
  thingTypes: ["thing type", "thing types"],
  thingGroups: ["thing group", "thing groups"],
  billingGroups: ["billing group", "billing groups"],
  caCertificates: ["CA certificate", "CA certificates"],
  provisioningTemplates: ["provisioning template", "provisioning templates"],
} as const;

/** A kind of resource. */
export type Kind = keyof typeof KINDS;

/** In the order in which they are told. */
export const RESOURCE_KINDS = Object.keys(KINDS) as Kind[];

export const resourceWords = {
  count: (kind: Kind, n: number) => counted(n, KINDS[kind][0], KINDS[kind][1]),
  all: (kind: Kind) => KINDS[kind][1],
  one: (kind: Kind, name: string) => `${KINDS[kind][0]} ${name}`,
  none: "no resources",
};
