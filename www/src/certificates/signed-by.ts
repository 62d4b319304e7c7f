/** Who signed a certificate, as its card says it, and the chain from there. */

import type { SignatureVerdict } from "jitp";
import { registered } from "../model/authorities.ts";
import { entryTitle } from "../model/certificate-title.ts";
import { authoritiesOf, type Entry, lookup } from "../model/entries.ts";
import type { State } from "../model/state.ts";
import { h, icon, type IconName, prose, sentence } from "../ui/dom.ts";
import { authorityWords as say } from "../words/authorities.ts";
import { certificateWords as words } from "../words/certificates.ts";

const MARK: Record<SignatureVerdict, { icon: IconName; tone: string }> = {
  verified: { icon: "check", tone: "ok" },
  "not-verified": { icon: "cross", tone: "bad" },
  "not-checked": { icon: "dash", tone: "none" },
};

interface Told {
  signature: SignatureVerdict;
  reason: string;
  /** The name of the signer. */
  by: string;
}

/** The verdict on the signature of an entry. The chosen entry is checked against the registered CA. */
function told(state: State, entry: Entry): Told {
  const { summary, key } = entry;
  const titleOf = (key: number | undefined) => {
    const found = key === undefined ? undefined : lookup(state.entries).byKey.get(key);
    return found && entryTitle(found);
  };
  const { issuer } = state.analysis ?? {};
  const ca = registered(state);
  if (
    key === state.chosen &&
    ca &&
    issuer &&
    issuer.certificateId === summary.certificateId &&
    issuer.caCertificateId === ca.entry.summary.certificateId
  ) {
    return { ...issuer, by: entryTitle(ca.entry) };
  }
  const signer = state.signing?.signers.get(key);
  const commonName = summary.issuer?.find(({ oid }) => oid === "2.5.4.3")?.value;
  const named = commonName || summary.issuerText?.openssl || words.namelessIssuer;
  if (signer) return { ...signer, by: titleOf(signer.issuer) ?? named };
  const none = authoritiesOf(state.entries).size === 0;
  const reason = none ? words.addCa : words.noCaOfIssuer;
  return { signature: "not-checked", reason, by: named };
}

/** One line, with its reason on request. */
export function signedBy(state: State, entry: Entry, withReason: boolean): HTMLElement {
  const { signature, reason, by } = told(state, entry);
  const { icon: mark, tone } = MARK[signature];
  return h(
    "div",
    { class: `signer signer-${tone}` },
    icon(mark),
    h(
      "p",
      {},
      ...sentence((verdict) => words.signedBy(by, verdict), h("strong", {}, words.signature[signature])),
      withReason && signature !== "verified" && h("span", { class: "signer-reason" }, ...prose(reason)),
    ),
  );
}

/** The chain from a device upwards, if it is longer than the device. */
export function chainOf(state: State, entry: Entry): HTMLElement | null {
  const found = state.signing?.paths.get(entry.key);
  if (!found || found.path.length < 2) return null;
  const ca = registered(state)?.entry.key;
  const links = found.path.flatMap((key, i) => {
    const link = lookup(state.entries).byKey.get(key);
    if (!link) return [];
    const role = i === 0 ? say.device : i === 1 ? (key === ca ? say.toRegister : say.signed) : say.signedBefore;
    const last = i === found.path.length - 1;
    const told = i === 0 || !last ? role : found.complete ? say.root(role) : say.incomplete(role);
    return [
      h(
        "li",
        { class: key === ca ? "chain-link is-registered" : "chain-link" },
        h("span", { class: "chain-name" }, entryTitle(link)),
        h("span", { class: "aside" }, told),
      ),
    ];
  });
  return h("ol", { class: "chain", "aria-label": say.chain }, ...links);
}
