/** The work that a link carries, and the link. */

import { LARGEST_WORK, type Work } from "../model/work.ts";
import { subjectOf } from "../model/subject.ts";
import type { Plan } from "jitp";
import { toHash } from "./format.ts";
import { LARGEST } from "./packed.ts";

/**
 * The work without its certificates. The values of the subject that the template uses come along, so that others see the same verdict. They are
 * in the certificate, which may not be shared.
 */
export function withoutCertificates({ authority: _, certificates, subject: given, ...others }: Work, plan: Plan | undefined): Work {
  const values = certificates.length > 0 && plan ? subjectOf(plan) : (given ?? {});
  const subject = Object.keys(values).length > 0 && others.options.flow === "jitp" ? { subject: values } : {};
  return { ...others, ...subject, certificates: [], chosen: 0 };
}

/** A link to the page at this address with the work in its hash; nothing if the work is too large for a link. */
export async function linkTo(page: string, work: Work): Promise<string | undefined> {
  const { certificates } = work;
  const many = certificates.reduce((sum, { pem }) => sum + pem.length, 0) > LARGEST;
  if (many || certificates.length > LARGEST_WORK.most.certificates || JSON.stringify(work).length > LARGEST) return undefined;
  return `${page.split(/[?#]/, 1)[0]}${await toHash(work)}`;
}
