/** Exports a template as commands or as configuration that set it up in an account. */

import type { CertificateInput, Exported, ExportOptions, ExportTarget, TemplateSource } from "../types.js";
import { cloudFormation } from "./cloudformation.js";
import { material, type Material } from "./material.js";
import { documentsByName, optionError, read } from "../options.js";
import { sourceText } from "../source.js";
import { shellScript } from "./shell.js";
import { terraform } from "./terraform.js";

const TARGETS: Record<ExportTarget, { fileName: string; mediaType: string; write(material: Material): string }> = {
  cli: { fileName: "register-ca.sh", mediaType: "application/x-sh", write: shellScript },
  cloudformation: { fileName: "provisioning.yaml", mediaType: "application/yaml", write: cloudFormation },
  terraform: { fileName: "provisioning.tf", mediaType: "text/plain", write: terraform },
};

/**
 * Writes commands or a configuration that set up a template in an account: the provisioning role, and the CA with its registration config.
 * With a name, it is the provisioning template and the CA that refers to it. They also create the thing type, the thing groups, the billing
 * group and the policies that must exist before a device connects, as its plan says.
 *
 * A template that cannot be read gives an empty text, and notes that say why. A template with findings is still written, and a note names
 * them.
 *
 * @param source a template of any kind, as for {@link validate}
 * @param to `"cli"`: a POSIX shell script around the AWS CLI; `"cloudformation"`: a template in YAML; `"terraform"`
 * @throws TypeError if the call itself is wrong: another target, or an option that does not exist
 *
 * @example
 * import { exportTemplate } from "jitp";
 * const { text, fileName, notes } = exportTemplate("{}", "terraform", { certificateMode: "SNI_ONLY" });
 */
export function exportTemplate(source: TemplateSource, to: ExportTarget, options?: ExportOptions): Exported {
  if (!Object.hasOwn(TARGETS, to)) throw new TypeError(`jitp: a template is exported to one of ${Object.keys(TARGETS).join(", ")}`);
  const { fileName, mediaType, write } = TARGETS[to];
  const given = checked(options);
  const notes: string[] = [];
  const made = material(sourceText(source), given, notes);
  if (!made) return { text: "", fileName: named(fileName, given), mediaType, notes };
  notes.push(...remarks(made, to));
  return { text: write(made), fileName: named(fileName, given), mediaType, notes };
}

/** The name of the file. Without a CA it must not speak of one. */
function named(fileName: string, { flow }: ExportOptions): string {
  return flow === "fleet" && fileName === "register-ca.sh" ? "create-template.sh" : fileName;
}

/** The options that are texts. */
const TEXTS = ["flow", "region", "roleArn", "templateName", "certificateMode"];

function checked(options: ExportOptions | undefined): ExportOptions {
  const given = read(options, [...TEXTS, "certificates", "policies"]);
  for (const [key, value] of Object.entries(given)) {
    if (TEXTS.includes(key) && value !== undefined && typeof value !== "string") throw optionError(key, "must be a string");
  }
  const mode = given.certificateMode;
  if (mode !== undefined && mode !== "DEFAULT" && mode !== "SNI_ONLY") {
    throw optionError("certificateMode", "is one of DEFAULT, SNI_ONLY");
  }
  const { certificates, policies, ...texts } = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    ...texts,
    ...(certificates !== undefined && { certificates: certificates as CertificateInput[] }),
    ...(policies !== undefined && { policies: documentsByName(given, "policies") }),
  };
}

function remarks({ flow, body, templateName, role, mode, region }: Material, to: ExportTarget): string[] {
  const notes: string[] = [];
  if (body === undefined) notes.push(`The text only names the template ${JSON.stringify(templateName)}, which must exist in the account.`);
  else if (role.arn === undefined) notes.push("The template names no provisioning role, so one is created.");
  else if (to === "cli") notes.push(`The role ${role.name} is created if the account has none of that name.`);
  else notes.push(`The role ${role.name} must exist: the template names it.`);
  if (flow === "jitp" && mode === "DEFAULT") {
    notes.push("In the mode DEFAULT the CA needs a verification certificate, which is signed with the CA's key.");
  }
  if (region !== undefined && to === "terraform") notes.push(`The Region ${region} is for your provider "aws" to say.`);
  if (to === "cloudformation" && body?.includes("{{resolve:")) {
    notes.push("CloudFormation replaces {{resolve:…}} in the template body by its own value.");
  }
  return notes;
}
