/** The entries of very many certificates, with few facts of each. */

import { listCertificates, readCertificates, redactPrivateKeys } from "jitp";
import type { Calls } from "../model/protocol.ts";
import { moment } from "./issuers.ts";

/** One block, with nothing but Base64 in it: at most a mislabelled key, which the parser finds and refuses. */
const PLAIN = /\s*-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----\s*/y;

/** Whether a text is certificates and nothing else, so that the search for keys, which takes longer than all else, would find none. */
function isPlain(text: string): boolean {
  let end = 0;
  // It begins again after it has failed.
  while (PLAIN.test(text)) end = PLAIN.lastIndex;
  return end === text.length;
}

const single = new TextDecoder("latin1");

/** What may be listed: without private keys. Bytes that need no search stay bytes. */
function cleaned(bundle: string | Uint8Array): { text: string | Uint8Array; keys: number } {
  if (isPlain(typeof bundle === "string" ? bundle : single.decode(bundle))) return { text: bundle, keys: 0 };
  const { text, found } = redactPrivateKeys(typeof bundle === "string" ? bundle : new TextDecoder().decode(bundle));
  return { text, keys: found.length };
}

export function list({ bundle, ...clock }: Calls["list"]["request"]): Calls["list"]["result"] {
  const { text, keys } = cleaned(bundle);
  const all = listCertificates(text);
  const refused = all.filter(({ kind }) => kind === "private-key").length;
  // The rest of a bundle after its keys were removed is not an entry.
  const kept = all.filter(({ kind }) => kind !== "private-key" && (keys === 0 || kind !== "nothing"));
  const listed = kept.map((certificate) => {
    const { pem, commonName } = certificate;
    const summary = pem === undefined || commonName !== undefined ? undefined : readCertificates(pem, moment(clock))[0];
    return { certificate, ...(summary && { summary }) };
  });
  return { listed, keys: Math.max(keys, refused) };
}
