// Cases made from public reports and pages, which are not part of this repository: policies, a device, a request and the answer.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env.JITP_CORPUS ?? fileURLToPath(new URL("../../../shared/corpus", import.meta.url));
const file = join(folder, "access/cases.json");

/** The cases, or `undefined` if there is no corpus. */
export const cases = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;

/** The name of the thing, and the common name of the certificate, in every case. */
export const NAME = "dev-1";
/** The account of every case. */
export const ACCOUNT = "123456789012";

/** The request of a case, as `simulate` takes it. */
export function requestOf({ verb, arg }) {
  if (verb === "connect") return { verb };
  if (verb === "subscribe") return { verb, filter: arg };
  if (verb === "call") {
    const space = arg.indexOf(" ");
    return { verb, action: arg.slice(0, space), resource: arg.slice(space + 1) };
  }
  return { verb, topic: arg };
}

/** The context of a case: nothing but the client ID, if it is not the thing's name. */
export const contextOf = ({ client }) => (client === null ? {} : { clientId: client });

/** A template that makes the device of a case: its thing, its certificate and its policies. */
export function templateOf({ policies, attributes, type, exclusive }) {
  const Resources = {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: { Ref: "AWS::IoT::Certificate::CommonName" },
        ...(Object.keys(attributes).length > 0 && { AttributePayload: attributes }),
        ...(type !== null && { ThingTypeName: type }),
        ...(exclusive && { ThingPrincipalType: "EXCLUSIVE_THING" }),
      },
    },
    certificate: {
      Type: "AWS::IoT::Certificate",
      Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
    },
  };
  for (const [i, policy] of policies.entries()) {
    Resources[`policy${i + 1}`] = {
      Type: "AWS::IoT::Policy",
      Properties: typeof policy === "string" ? { PolicyName: policy } : { PolicyDocument: JSON.stringify(policy) },
    };
  }
  const Parameters = { "AWS::IoT::Certificate::CommonName": { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } };
  return JSON.stringify({ Parameters, Resources });
}
