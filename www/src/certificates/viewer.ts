/** The certificate viewer: everything that is in a certificate. */

import { code } from "../ui/code-box.ts";
import type { CertificateSummary, NameAttribute, NameText } from "jitp";
import { certificateTitle } from "../model/certificate-title.ts";
import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root } from "../ui/dom.ts";
import { remarks } from "../ui/remarks.ts";
import { copyButton, save } from "../ui/copy-save.ts";
import { viewerWords as words } from "../words/viewer.ts";

type Content = Node | string | false | null | undefined;

/** Opens the viewer; `rules` is the address of the rules' page. */
export function certificateDialog(root: Root, summary: CertificateSummary, rules: string | undefined): void {
  const { pem = "", certificateId, serialNumber, key, signatureAlgorithm, fingerprints, basicConstraints } = summary;
  const file = `${(certificateTitle(summary).match(/[\w.-]+/g) ?? ["certificate"]).join("-").slice(0, 60)}.pem`;
  const text = (content: string | undefined) => (content === undefined ? undefined : [content]);
  const copied = (what: string, value: string | undefined) =>
    value !== undefined && [h("code", { class: "breaks" }, value), copyButton(what, () => value)];
  openDialog(
    root,
    "viewer",
    certificateTitle(summary),
    h(
      "div",
      { class: "toolbar" },
      copyButton(words.pem, () => pem, words.copyPem),
      h(
        "button",
        { type: "button", class: "button", on: { click: () => save(pem, file, "application/x-pem-file") } },
        icon("download"),
        words.savePem,
      ),
    ),
    remarks(summary.diagnostics ?? [], rules, true) ?? "",
    ...name("subject", summary.subject, summary.subjectText),
    ...name("issuer", summary.issuer, summary.issuerText),
    title(words.certificate),
    facts(
      [words.version, text(summary.version?.toString())],
      [words.serialNumber, serialNumber && copied(words.serialNumber, serialNumber.decimal)],
      [words.serialHex, serialNumber && copied(words.serialInHex, serialNumber.hex)],
      [words.validFrom, text(moment(summary.notBefore))],
      [words.validUntil, text(moment(summary.notAfter))],
      [words.key, key && [[key.algorithm, key.curve, key.bits && words.bits(key.bits)].filter(Boolean).join(", ")]],
      [words.signatureAlgorithm, signatureAlgorithm && named(signatureAlgorithm.name, signatureAlgorithm.oid)],
      [words.size, summary.bytes !== undefined && [words.der(summary.bytes)]],
    ),
    title(words.usage),
    facts(
      [
        words.basicConstraints,
        [
          basicConstraints === undefined
            ? words.none
            : basicConstraints.pathLength === undefined
              ? `CA:${basicConstraints.ca ? "TRUE" : "FALSE"}`
              : words.pathLength(`CA:${basicConstraints.ca ? "TRUE" : "FALSE"}`, basicConstraints.pathLength),
        ],
      ],
      [words.keyUsage, [summary.keyUsage?.join(", ") ?? words.notRestricted]],
      [
        words.extendedKeyUsage,
        summary.extendedKeyUsage ? summary.extendedKeyUsage.flatMap(({ name, oid }) => named(name, oid)) : [words.notRestricted],
      ],
      [words.altNames, [summary.subjectAltName?.map(({ type, value }) => `${type}: ${value}`).join(", ") ?? words.none]],
    ),
    title(words.identifiers),
    facts(
      [words.certificateIdInAws, copied(words.certificateId, certificateId)],
      [words.sha256, copied(words.sha256, fingerprints?.sha256)],
      [words.sha1, copied(words.sha1, fingerprints?.sha1)],
      [words.subjectKeyId, copied(words.subjectKeyId, summary.subjectKeyId) || [words.none]],
      [words.authorityKeyId, copied(words.authorityKeyId, summary.authorityKeyId) || [words.none]],
    ),
    title(words.extensions),
    (summary.extensions ?? []).length === 0
      ? h("p", { class: "fact-quiet" }, words.noExtensions)
      : h(
          "ul",
          { class: "viewer-list" },
          ...(summary.extensions ?? []).map(({ name, oid, critical, bytes }) =>
            h(
              "li",
              {},
              h("span", {}, name, " ", critical && h("strong", {}, words.critical)),
              h("span", { class: "aside" }, `${name === oid ? "" : `${oid} · `}${words.bytes(bytes)}`),
            ),
          ),
        ),
    h("details", {}, h("summary", {}, words.pem), code(pem, words.wholePem)),
  ).classList.add("viewer");
}

function title(text: string): HTMLElement {
  return h("h3", { class: "dialog-subtitle" }, text);
}

function facts(...rows: [string, Content[] | false | undefined][]): HTMLElement {
  return h(
    "dl",
    { class: "viewer-facts" },
    ...rows.flatMap(([term, content]) => (content ? [h("dt", {}, term), h("dd", {}, ...content)] : [])),
  );
}

function named(name: string, oid: string): HTMLElement[] {
  return [h("span", {}, name, " ", name !== oid && h("span", { class: "aside" }, oid))];
}

function moment(time: string | undefined): string | undefined {
  return time && words.utc(time.replace("T", " ").replace("Z", ""));
}

/** A name in both notations, and attribute by attribute. */
function name(what: keyof typeof words.names, attributes: NameAttribute[] = [], text?: NameText): HTMLElement[] {
  const told = words.names[what];
  if (attributes.length === 0) return [title(told.title), h("p", { class: "fact-quiet" }, told.empty)];
  const form = (kind: string, written: string | undefined): [string, Content[] | undefined] => [
    kind,
    written === undefined ? undefined : [h("code", {}, written), copyButton(words.inForm(what, kind), () => written)],
  ];
  return [
    title(told.title),
    facts(form("RFC 4514", text?.rfc4514), form("OpenSSL", text?.openssl)),
    h(
      "ul",
      { class: "viewer-list" },
      ...attributes.map(({ name, value, oid, encoding, index }) =>
        h(
          "li",
          {},
          h("span", {}, h("code", {}, name), " ", value === "" ? h("em", {}, words.empty) : value),
          h("span", { class: "aside" }, `${index} · ${oid} · ${encoding}`),
        ),
      ),
    ),
  ];
}
