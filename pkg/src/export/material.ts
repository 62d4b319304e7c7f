/** The material of an export, read from a template of any kind. */

import { regionPartition } from "../partition.js";
import { stringify, validate } from "../api.js";
import type { CertificateInput, ExportOptions, Flow } from "../types.js";
import { type Prerequisites, prerequisites } from "./prerequisites.js";

/** The role that AWS IoT assumes to provision. */
export interface RoleWanted {
  /** The ARN of an existing role, or of one to create. */
  arn?: string;
  /** Its name; a role that is created gets it. */
  name: string;
  /** Its path in IAM, if it is not the root. */
  path?: string;
  partition: string;
}

/** All facts that an export contains. */
export interface Material {
  flow: Flow;
  /** The template body, laid out for reading if AWS's limit allows it; absent if the source only names a template. */
  body?: string;
  /** The name of the provisioning template to create, or of the one that the source names. */
  templateName?: string;
  role: RoleWanted;
  mode: "DEFAULT" | "SNI_ONLY";
  region?: string;
  /** This and all that follows is in the source if it is an input for `CreateProvisioningTemplate`. */
  description?: string;
  enabled?: boolean;
  tags: { key: string; value: string }[];
  hook?: { targetArn: string; payloadVersion?: string };
  /** What must exist before the first device connects. */
  needs: Prerequisites;
}

const ROLE = /^arn:(aws[\w-]*):iam::\d{12}:role\/((?:[!-.0-~]+\/)*)([\w+=,.@-]{1,64})$/;
const ROLE_NAME = "jitp-provisioning";

/** Reads the source. `notes` gets a sentence for each part that cannot be used. */
export function material(source: string, options: ExportOptions, notes: string[]): Material | undefined {
  const flow = options.flow ?? "jitp";
  if (flow === "register-thing") {
    notes.push("RegisterThing gets the template with every call: there is nothing to set up beforehand.");
    return undefined;
  }
  const written = (indent?: number) => stringify(source, { flow, ...(indent === undefined ? {} : { indent }), ...given(options) });
  const pretty = written(2);
  const compact = pretty.size > pretty.limit ? written(0) : pretty;
  const report = validate(source, { flow });
  if (compact.text === "" || report.kind === "unknown") {
    notes.push("The template cannot be read, so there is nothing to export.");
    for (const { severity, code, message } of compact.diagnostics.length > 0 ? compact.diagnostics : report.diagnostics) {
      if (severity === "error" || code === "JITP155") notes.push(`${code}: ${message}`);
    }
    return undefined;
  }
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    notes.push(
      `The template has ${errors.length === 1 ? "an error" : `${errors.length} errors`}: see ${[...new Set(errors.map(({ code }) => code))].join(", ")}.`,
    );
  }
  const parts = members(compact.text);
  const name = text(parts, "templateName");
  const made = { ...assemble(parts, flow, options, notes), needs: needs(source, flow, options, notes) };
  if (flow === "fleet" && name === undefined) {
    notes.push("A template for fleet provisioning needs a name, and none is given.");
    return undefined;
  }
  return made;
}

function needs(source: string, flow: Flow, { region, certificates = [], policies = {} }: ExportOptions, notes: string[]): Prerequisites {
  const all = Array.isArray(certificates) ? (certificates as readonly CertificateInput[]) : [certificates as CertificateInput];
  return prerequisites(source, { flow, region, certificates: all, policies }, notes);
}

function given({ roleArn, templateName }: ExportOptions) {
  return { ...(roleArn !== undefined && { roleArn }), ...(templateName !== undefined && { templateName }) };
}

function assemble(parts: Record<string, unknown>, flow: Flow, options: ExportOptions, notes: string[]): Omit<Material, "needs"> {
  const body = text(parts, "templateBody");
  const templateName = text(parts, "templateName");
  const description = text(parts, "description");
  const enabled = parts.enabled;
  const hook = flow === "fleet" ? hookOf(parts.preProvisioningHook) : undefined;
  return {
    flow,
    ...(body !== undefined && { body }),
    ...(templateName !== undefined && { templateName }),
    role: roleOf(text(parts, "roleArn") ?? text(parts, "provisioningRoleArn"), options.region, notes),
    mode: options.certificateMode ?? "DEFAULT",
    ...(options.region !== undefined && { region: options.region }),
    ...(description !== undefined && { description }),
    ...(typeof enabled === "boolean" && { enabled }),
    tags: tagsOf(parts.tags),
    ...(hook && { hook }),
  };
}

/** The members of a config. If `stringify` gives a text, the text is an object in JSON. */
function members(config: string): Record<string, unknown> {
  const value: unknown = JSON.parse(config);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(from: Record<string, unknown>, key: string): string | undefined {
  const value = from[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function roleOf(arn: string | undefined, region: string | undefined, notes: string[]): RoleWanted {
  const partition = (region === undefined ? undefined : regionPartition(region)) ?? "aws";
  if (arn === undefined) return { name: ROLE_NAME, partition };
  const [, of, path = "", name = ROLE_NAME] = ROLE.exec(arn) ?? [];
  if (of === undefined) {
    notes.push(`The role ARN in the template cannot be used. A role named ${ROLE_NAME} replaces it.`);
    return { name: ROLE_NAME, partition };
  }
  return { arn, name, ...(path !== "" && { path: `/${path}` }), partition: of };
}

function tagsOf(tags: unknown): { key: string; value: string }[] {
  if (!Array.isArray(tags)) return [];
  return tags.flatMap((tag: unknown) => {
    if (typeof tag !== "object" || tag === null) return [];
    const { Key: key, Value: value = "" } = tag as Record<string, unknown>;
    return typeof key === "string" && typeof value === "string" ? [{ key, value }] : [];
  });
}

function hookOf(hook: unknown): Material["hook"] {
  if (typeof hook !== "object" || hook === null) return undefined;
  const targetArn = text(hook as Record<string, unknown>, "targetArn");
  const payloadVersion = text(hook as Record<string, unknown>, "payloadVersion");
  return targetArn === undefined ? undefined : { targetArn, ...(payloadVersion !== undefined && { payloadVersion }) };
}

/** The trust policy of a provisioning role. */
export const TRUST_POLICY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "iot.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** The last part of the ARN of the managed policy that a provisioning role needs. */
export const MANAGED_POLICY = "service-role/AWSIoTThingsRegistration";
