/** Who signed a certificate, as its card says it, and the way up from there. */

import type { SignatureVerdict } from "jitp";
import { authoritiesOf, registered } from "../model/authorities.ts";
import { certificateTitle } from "../model/certificate-title.ts";
import { h, icon, type IconName, prose } from "../ui/dom.ts";
import type { Entry, State } from "../model/state.ts";

const MARK: Record<SignatureVerdict, { icon: IconName; tone: string; word: string }> = {
  verified: { icon: "check", tone: "ok", word: "verified" },
  "not-verified": { icon: "cross", tone: "bad", word: "not verified" },
  "not-checked": { icon: "dash", tone: "none", word: "not checked" },
};

interface Told {
  signature: SignatureVerdict;
  reason: string;
  /** Who is said to have signed it. */
  by: string;
}

/** What is known of the signature on an entry. The chosen one is held against the CA that is taken for the registered one. */
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
  const reason = none ? "Add the CA's certificate, and the signature is verified." : "No CA that was given has the name of its issuer.";
  return { signature: "not-checked", reason, by: named };
}

/** One line; with its reason where there is room for it. */
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

/** The chain from a device upwards, where there is more to it than the device. */
export function chainOf(state: State, entry: Entry): HTMLElement | null {
  const found = state.signing?.paths.get(entry.key);
  if (!found || found.path.length < 2) return null;
  const ca = registered(state)?.entry.key;
  const links = found.path.flatMap((key, i) => {
    const link = state.entries.find((other) => other.key === key);
    if (!link) return [];
    const role = i === 0 ? "device" : i === 1 ? (key === ca ? "signed it: the CA to register" : "signed it") : "signed that";
    const last = i === found.path.length - 1;
    const end = i > 0 && last && (found.complete ? ", root" : ", its own issuer is not here");
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
