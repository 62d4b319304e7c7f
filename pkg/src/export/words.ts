/** The words that every form of a plan has in common. */

import type {
  Access,
  AccessRight,
  CertificateSummary,
  FleetRow,
  Parameter,
  Plan,
  Precondition,
  Reach,
  ResourceChange,
  StatementPlace,
} from "../types.js";

const PREFIX = "AWS::IoT::Certificate::";

/** A parameter's name, without the prefix that all eight have. */
export function shortName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** What happens to a device that is provisioned, by the `access` of its plan or by its row in a fleet; nothing without an answer. */
export function reachOf(access: Pick<Access, "connects" | "over">): Reach;
export function reachOf(row: Pick<FleetRow, "connects" | "over">): Reach | undefined;
export function reachOf({ connects, over }: Pick<FleetRow, "connects" | "over">): Reach | undefined {
  switch (connects) {
    case "allowed":
      return "connects";
    case "denied":
      return over === "https" ? "https" : "cannot";
    default:
      return connects;
  }
}

/** Whether a plan is about a device that is provisioned or registered and cannot connect, though it should. */
export function cannotConnect({ verdict, access }: Pick<Plan, "verdict" | "access">): boolean {
  return (verdict === "provisions" || verdict === "registered") && access !== undefined && reachOf(access) === "cannot";
}

/** The verdict in a few words. */
export function verdictWords(plan: Plan): string {
  const { flow, verdict, stoppedAt, basis, access } = plan;
  // An assumption about AWS must not sound like a fact.
  const likely = basis === "assumed";
  switch (verdict) {
    case "provisions":
      if (cannotConnect(plan)) return "Provisions, but cannot connect";
      return access && reachOf(access) === "unknown" ? "Provisions, access unknown" : "Provisions";
    case "registered":
      return cannotConnect(plan) ? "Registered already, but cannot connect" : "Registered already";
    case "fails":
      return `${likely ? "Likely to fail" : "Fails"}${stoppedAt === undefined ? "" : ` at step ${stoppedAt}`}`;
    case "rejected":
      return `${likely ? "Likely to be rejected" : "Rejected"}${{ jitp: " when attached", fleet: " when created", "register-thing": "" }[flow]}`;
    case "unknown":
      return "Unknown";
    case "not-a-template":
      return "Not a template";
  }
}

/** The words for a template that AWS refuses, as certain as the basis of the rule. */
export function refusalWords({ flow, basis }: Pick<Plan, "flow" | "basis">): string {
  const refuses = {
    documented: "AWS documents that it refuses",
    observed: "AWS has been seen to refuse",
    assumed: "AWS is likely to refuse",
  }[basis ?? "assumed"];
  return `${refuses} this template${flow === "jitp" ? " when it is attached" : ""}`;
}

/** The source of a parameter's value. */
export function originWords({ name, origin, attribute }: Parameter, { certificate, flow }: Plan): string {
  switch (origin) {
    case "subject": {
      const named = certificate.subject?.find(({ index }) => index === attribute?.index)?.name ?? attribute?.oid ?? "";
      const others = attribute?.others ?? [];
      const unused = others.length > 0 ? `; not used: ${others.join(", ")}` : "";
      return `subject attribute ${named}`.trim() + unused;
    }
    case "certificate": {
      const isId = name === `${PREFIX}Id`;
      if (certificate.certificateId === undefined)
        return `${isId ? "certificate ID" : "the certificate's own serial number"}, not known without the certificate`;
      return isId ? "certificate ID: SHA-256 of the certificate" : "the certificate's own serial number";
    }
    case "given":
      return "given to RegisterThing";
    case "default":
      return "Default in the template";
    case "missing":
      return flow === "jitp" ? "neither in the certificate nor as Default" : "neither given nor with a Default";
  }
}

/** The subject that a plan knows without a certificate, as RFC 4514 writes it. */
export function onlySubject({ kind, subjectText }: CertificateSummary): string | undefined {
  return kind === "subject" ? subjectText?.rfc4514 : undefined;
}

/** What a plan of a subject alone does not know. */
export const NOT_CHECKED = "its certificate was not checked";

/** A name for a certificate: its common name, else its ID; `undefined` if it has neither. */
export function certificateName({ subject, certificateId, error }: CertificateSummary): string | undefined {
  if (error !== undefined) return undefined;
  return subject?.find(({ oid, value }) => oid === "2.5.4.3" && value !== "")?.value ?? certificateId;
}

/** The kinds of what must exist already. */
export const PRECONDITIONS: Record<Precondition["kind"], string> = {
  "thing-type": "thing type",
  "thing-group": "thing group",
  "billing-group": "billing group",
  policy: "policy",
};

const SIGNATURES = { verified: "signed it", "not-verified": "did not sign it", "not-checked": "may have signed it" };

/** Whether the CA to register signed the certificate; `undefined` if no CA was given. */
export function issuerWords({ issuer }: Plan): string | undefined {
  return issuer?.ca === undefined ? undefined : `The CA ${issuer.ca} ${SIGNATURES[issuer.signature]}.`;
}

/** The status of the certificate in the end. */
export function endWords({ certificateStatus, flow, verdict, steps }: Plan): string | undefined {
  if (verdict === "registered") return "The certificate stays ACTIVE.";
  if (certificateStatus !== undefined) return `The certificate becomes ${certificateStatus}.`;
  if (verdict === "unknown" || steps[0]?.outcome === "unknown") return "The final status of the certificate is unknown.";
  if (verdict === "not-a-template") return undefined;
  return flow === "jitp" ? "The certificate is never registered." : undefined;
}

const VERBS: Record<AccessRight["verb"], string> = {
  connect: "connect as",
  publish: "publish to",
  subscribe: "subscribe to",
  receive: "receive from",
  call: "call",
};

/** A right as the end of a sentence that begins with "may": `publish to lamps/lamp-1/state`. */
export function rightWords({ verb, action, resource }: AccessRight): string {
  return verb === "call"
    ? `call ${action} on ${resource}`
    : `${action === "iot:RetainPublish" ? "retain messages on" : VERBS[verb]} ${resource}`;
}

/** A statement in words: `statement 2 of lampPolicy`. */
export function statementWords({ policy, statement, sid }: StatementPlace): string {
  return `statement ${statement}${sid === undefined ? "" : ` (${sid})`} of ${policy}`;
}

/** A document laid out for reading, or unchanged if it is not JSON. */
export function prettyDocument(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), null, 2);
  } catch {
    return document;
  }
}

/** An attribute or a group before and after. */
export function entryWords({ name, before, after }: ResourceChange["entries"][number]): string {
  const shown = (value: string | undefined) => (value === undefined ? "none" : JSON.stringify(value));
  return `${name}: ${shown(before)} → ${shown(after)}`;
}

/** Whether a plan gets as far as a change of `plan.account.changes`: those after the step that fails do not happen. */
export function isReached({ step }: ResourceChange, { steps }: Plan): boolean {
  return steps.find(({ number }) => number === step)?.outcome !== "skipped";
}
