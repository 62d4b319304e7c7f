/** The title of a certificate. */

import type { CertificateSummary } from "jitp";
import { commonWords as words } from "../words/common.ts";
import type { Entry } from "./entries.ts";

/** Its common name, else its whole subject, else its serial number. */
export function certificateTitle(summary: CertificateSummary): string {
  const subject = summary.subject ?? [];
  const commonName = subject.find((attribute) => attribute.oid === "2.5.4.3")?.value;
  if (commonName) return commonName;
  if (subject.length > 0) return subject.map((attribute) => `${attribute.name}=${attribute.value}`).join(", ");
  return summary.serialNumber ? words.serialNumber(summary.serialNumber.hex) : words.noSubject;
}

/** The title of an entry, whether all is known of it or not. */
export const entryTitle = ({ summary, listed }: Entry): string => listed?.commonName ?? certificateTitle(summary);
