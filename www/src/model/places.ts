/**
 * Names for what can be pointed at. A place in the template body is a JSON pointer into it, as in `Diagnostic.path`; one
 * in the certificate begins with `#`. Elements carry their place as `data-place`.
 */

import type { Parameter, Plan } from "jitp";

/** The certificate's ID, and its own serial number. */
export const CERTIFICATE_ID = "#id";
export const SERIAL_NUMBER = "#serial";

/** An attribute of the subject. */
export const subjectPlace = (index: number): string => `#subject/${index}`;

/** A place in the template body. */
export const pointer = (...path: (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** A property of a resource. */
export const property = (resource: string, ...path: (string | number)[]): string => pointer("Resources", resource, "Properties", ...path);

/** The declaration of a parameter. */
export const parameterPlace = (name: string): string => pointer("Parameters", name);

/** The place in the certificate that a parameter's value comes from. */
export function originPlace({ name, origin, attribute }: Parameter): string | undefined {
  if (origin === "subject") return attribute && subjectPlace(attribute.index);
  if (origin !== "certificate") return undefined;
  return name.endsWith("::Id") ? CERTIFICATE_ID : SERIAL_NUMBER;
}

/** The place of a part of the picture. */
export function placeOf({ thing, policies, values }: Plan, part: string, index: number): string | undefined {
  switch (part) {
    case "certificate":
      return CERTIFICATE_ID;
    case "status":
      return values?.find(({ where }) => where === "certificate.status")?.path;
    case "thing":
      return thing && property(thing.logicalName, "ThingName");
    case "thing-type":
      return thing && property(thing.logicalName, "ThingTypeName");
    case "thing-group":
      return thing && property(thing.logicalName, "ThingGroups", index);
    case "billing-group":
      return thing && property(thing.logicalName, "BillingGroup");
    case "policy": {
      const policy = policies[index];
      return policy && property(policy.logicalName, policy.document === undefined ? "PolicyName" : "PolicyDocument");
    }
    default:
      return undefined;
  }
}
