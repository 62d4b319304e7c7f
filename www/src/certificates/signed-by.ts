/** Who signed a certificate, as its card says it, and the chain from there. */

import type { SignatureVerdict } from "jitp";
import { registered } from "../model/authorities.ts";
import { certificateTitle } from "../model/certificate-title.ts";
import { authoritiesOf, type Entry } from "../model/entries.ts";
import type { State } from "../model/state.ts";
import { h, icon, type IconName, prose } from "../ui/dom.ts";

const MARK: Record<SignatureVerdict, { icon: IconName; tone: string; word: string }> = {
  verified: { icon: "check", tone: "ok", word: "verified" },
  "not-verified": { icon: "cross", tone: "bad", word: "not verified" },
  "not-checked": { icon: "dash", tone: "none", word: "not checked" },
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
    const found = state.entries.find((other) => other.key === key);
    return found && certificateTitle(found.summary);
  };
  const { issuer } = state.analysis ?? {};
  const ca = registered(state);
  if (key === state.chosen && ca && issuer && issuer.certificateId === summary.id && issuer.caId === ca.entry.summary.id) {
    return { ...issuer, by: certificateTitle(ca.entry.summary) };
  }
  const signer = state.signing?.signers.get(key);
  const commonName = summary.issuer?.find(({ oid }) => oid === "2.5.4.3")?.value;
  const named = commonName || summary.issuerText?.openssl || "an issuer without a name";
  if (signer) return { ...signer, by: titleOf(signer.issuer) ?? named };
  const none = authoritiesOf(state.entries).size === 0;
  const reason = none ? "Add the CA certificate to verify the signature." : "No given CA has the name of the issuer.";
  return { signature: "not-checked", reason, by: named };
}

/** One line, with its reason on request. */
export function signedBy(state: State, entry: Entry, withReason: boolean): HTMLElement {
  const { signature, reason, by } = told(state, entry);
  const { icon: mark, tone, word } = MARK[signature];
  return h(
    "div",
    { class: `signer signer-${tone}` },
    icon(mark),
    h(
      "p",
      {},
      `Signed by ${by}: `,
      h("strong", {}, word),
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
    const link = state.entries.find((other) => other.key === key);
    if (!link) return [];
    const role = i === 0 ? "device" : i === 1 ? (key === ca ? "signed it: the CA to register" : "signed it") : "signed the one before";
    const last = i === found.path.length - 1;
    const end = i > 0 && last && (found.complete ? ", root" : ", its issuer is not here");
    return [
      h(
        "li",
        { class: key === ca ? "chain-link is-registered" : "chain-link" },
        h("span", { class: "chain-name" }, certificateTitle(link.summary)),
        h("span", { class: "aside" }, role, end),
      ),
    ];
  });
  return h("ol", { class: "chain", "aria-label": "Chain, the device first" }, ...links);
}
