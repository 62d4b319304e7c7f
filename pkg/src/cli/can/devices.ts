/** The devices that `jitp can` asks: that of a template and a certificate, or one of given policies. */
import {
  type CertificateInput,
  Device,
  type DeviceThing,
  type DryRunOptions,
  type NamedPolicy,
  type Plan,
  type PolicyDocument,
  Template,
  type TemplateOptions,
  verifyIssuer,
} from "jitp";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { Misuse } from "../exit.js";
import { type Input, readOne, textOf } from "../input.js";
import type { AccessOptions } from "../options.js";
import type { Shown } from "../report/decision.js";
import type { Changes } from "./authorization.js";

export type { Changes };

/** A policy that was given as a file. */
export interface GivenPolicy extends NamedPolicy {
  shown: Shown;
}

/** A place that a request names: the Region and the account. */
export interface Location {
  region?: string;
  accountId?: string;
}

/** What is known of the device, with a template and without. */
export interface Known {
  policies: readonly GivenPolicy[];
  /** Absent: not known. */
  groupPolicies: readonly GivenPolicy[] | undefined;
  changes: Changes;
  location: Location;
}

/** The devices of a run, and what is needed to explain their answers. */
export interface Devices {
  /** The device as it is seen from a place. */
  at(location: Location): Device;
  /** The text in which a policy is. */
  textOf(policy: string): Shown | undefined;
  /** The name and the ARN of a policy in AWS, as far as they are known. */
  policyOf(policy: string): { name: string; arn?: string };
  /** The plan that the device comes from; absent without a template. */
  plan?: Plan;
  free(): void;
}

/** The policies of the command line. The groups' are absent if they are not known. */
export function givenPolicies(options: AccessOptions): Pick<Known, "policies" | "groupPolicies"> {
  const groupPolicies = readPolicies(options.groupPolicy ?? [], "--group-policy");
  if (groupPolicies.length > 0 && !options.groupPolicies) throw new Misuse("--group-policy and --no-group-policies exclude each other");
  const isKnown = groupPolicies.length > 0 || !options.groupPolicies;
  return { policies: readPolicies(options.policy ?? [], "--policy"), groupPolicies: isKnown ? groupPolicies : undefined };
}

/** Policies as options of a dry run. */
export function documentOptions({ policies, groupPolicies }: Pick<Known, "policies" | "groupPolicies">): DryRunOptions {
  return {
    policies: documentsOf(policies),
    ...(groupPolicies === undefined ? {} : { groupPolicies: documentsOf(groupPolicies) }),
  };
}

/** Reads the files of `--policy` and `--group-policy`: `NAME=FILE`, or a file whose name is that of the policy. */
function readPolicies(words: readonly string[], flag: string): GivenPolicy[] {
  const all = words.map((word): GivenPolicy => {
    const at = existsSync(word) ? -1 : word.indexOf("=");
    const input = readOne(word.slice(at + 1), "*.json");
    const name = at > 0 ? word.slice(0, at) : word === "-" ? "stdin" : basename(word).replace(/\.[^.]*$/, "");
    return { name, document: new Uint8Array(input.bytes), shown: { name: input.name, text: textOf(input) } };
  });
  const twice = all.find(({ name }, i) => all.findIndex((other) => other.name === name) !== i);
  if (twice !== undefined) throw new Misuse(`${flag} has two policies with the name ${twice.name}`, "name one of them: NAME=FILE");
  return all;
}

/** Devices that are described by flags alone. */
export function described(
  { policies, groupPolicies = [], changes, location }: Known,
  thing: DeviceThing | undefined,
  certificate: CertificateInput | undefined,
): Devices {
  const attached = policies.filter(({ name }) => !changes.skip.includes(name));
  const unseen = changes.add.filter((name) => !policies.some((policy) => policy.name === name));
  return {
    ...kept((at) => {
      const { region, accountId } = { ...location, ...at };
      return new Device({
        policies: attached.map(named),
        groupPolicies: groupPolicies.map(named),
        unseenPolicies: unseen,
        ...(thing === undefined ? {} : { thing }),
        ...(certificate === undefined ? {} : { certificate }),
        ...(region === undefined ? {} : { region }),
        ...(accountId === undefined ? {} : { accountId }),
      });
    }),
    textOf: (policy) => [...policies, ...groupPolicies].find(({ name }) => name === policy)?.shown,
    policyOf: (policy) => ({ name: policy }),
  };
}

function documentsOf(policies: readonly GivenPolicy[]): Record<string, PolicyDocument> {
  return Object.fromEntries(policies.map(({ name, document }) => [name, document]));
}

const named = ({ name, document }: GivenPolicy): NamedPolicy => ({ name, document });

/** The devices of one run, one for each place, and their end. */
function kept(make: (location: Location) => Device): Pick<Devices, "at" | "free"> {
  const made = new Map<string, Device>();
  return {
    at(location) {
      const key = `${location.region ?? ""} ${location.accountId ?? ""}`;
      const device = made.get(key) ?? make(location);
      made.set(key, device);
      return device;
    },
    free() {
      for (const device of made.values()) device.free();
    },
  };
}

/** The device that a template provisions. */
export async function provisioned(
  source: Input,
  given: {
    known: Known;
    certificate: CertificateInput;
    template: TemplateOptions;
    run: DryRunOptions;
    clientId: string | undefined;
    ca: Uint8Array | undefined;
  },
): Promise<Devices> {
  const { known, certificate, clientId, ca } = given;
  const template = new Template(source.bytes, given.template);
  const jitp = (given.template.flow ?? "jitp") === "jitp";
  const registered = ca ?? (jitp ? template.report.caCertificatePem : undefined);
  // A subject has no signature to verify.
  const isVerified =
    jitp &&
    registered !== undefined &&
    !(typeof certificate === "object" && "subject" in certificate && typeof certificate.subject === "string");
  const run: DryRunOptions = {
    ...given.run,
    ...documentOptions(known),
    ...(isVerified ? { issuer: await verifyIssuer(certificate, registered) } : {}),
  };
  const plan = template.dryRun(certificate, { ...run, ...known.location, ...(clientId === undefined ? {} : { clientId }) });
  const attached = [...plan.policies.map(({ name }) => name), ...known.changes.add];
  const other = known.policies.find(({ name }) => !attached.includes(name));
  if (other !== undefined && plan.policies.length > 0) {
    template.free();
    const names = plan.policies.filter(({ document }) => document === undefined).map(({ name }) => name);
    const help = names.length > 0 ? `it names ${names.join(", ")}: write NAME=FILE` : "it carries the documents of all its policies";
    throw new Misuse(`the template does not name the policy ${other.name}`, help);
  }
  const planned = (policy: string) => plan.policies.find(({ logicalName }) => logicalName === policy);
  const { add: policyNamesToAdd, skip: policyNamesToSkip } = known.changes;
  const devices = kept((at) => template.device(certificate, { ...run, ...known.location, ...at }, { policyNamesToAdd, policyNamesToSkip }));
  return {
    at: devices.at,
    plan,
    free() {
      devices.free();
      template.free();
    },
    textOf(policy) {
      const found = [...known.policies, ...(known.groupPolicies ?? [])].find(
        ({ name }) => name === policy || name === planned(policy)?.name,
      );
      return found?.shown ?? { name: source.name, text: textOf(source) };
    },
    policyOf(policy) {
      const { name = policy, arn = "<" } = planned(policy) ?? {};
      return arn.includes("<") ? { name } : { name, arn };
    },
  };
}
