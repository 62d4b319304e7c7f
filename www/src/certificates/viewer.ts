/** The certificate viewer: everything that is in a certificate. */

import { code } from "../ui/code-box.ts";
import type { CertificateSummary, NameAttribute, NameText } from "jitp";
import { certificateTitle } from "../model/certificate-title.ts";
import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root } from "../ui/dom.ts";
import { remarks } from "../ui/remarks.ts";
import { copyButton, save } from "../ui/copy-save.ts";

type Content = Node | string | false | null | undefined;

/** Opens the viewer; `rules` is the address of the rules' page. */
export function certificateDialog(root: Root, summary: CertificateSummary, rules: string | undefined): void {
  const { pem = "", id, serialNumber, key, signatureAlgorithm, fingerprints, basicConstraints } = summary;
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
      copyButton("PEM", () => pem, "Copy PEM"),
      h(
        "button",
        { type: "button", class: "button", on: { click: () => save(pem, file, "application/x-pem-file") } },
        icon("download"),
        "Save PEM",
      ),
    ),
    remarks(summary.diagnostics ?? [], rules, true) ?? "",
    ...name("Subject", summary.subject, summary.subjectText),
    ...name("Issuer", summary.issuer, summary.issuerText),
    title("Certificate"),
    facts(
      ["Version", text(summary.version?.toString())],
      ["Serial number", serialNumber && copied("Serial number", serialNumber.decimal)],
      ["Serial number, hex", serialNumber && copied("Serial number in hex", serialNumber.hex)],
      ["Valid from", text(moment(summary.notBefore))],
      ["Valid until", text(moment(summary.notAfter))],
      ["Key", key && [[key.algorithm, key.curve, key.bits && `${key.bits} bits`].filter(Boolean).join(", ")]],
      ["Signature algorithm", signatureAlgorithm && named(signatureAlgorithm.name, signatureAlgorithm.oid)],
      ["Size", summary.bytes !== undefined && [`${summary.bytes.toLocaleString("en")} bytes of DER`]],
    ),
    title("Usage"),
    facts(
      [
        "Basic constraints",
        [
          basicConstraints === undefined
            ? "none"
            : `CA:${basicConstraints.ca ? "TRUE" : "FALSE"}${basicConstraints.pathLength === undefined ? "" : `, path length ${basicConstraints.pathLength}`}`,
        ],
      ],
      ["Key usage", [summary.keyUsage?.join(", ") ?? "none: not restricted"]],
      [
        "Extended key usage",
        summary.extendedKeyUsage ? summary.extendedKeyUsage.flatMap(({ name, oid }) => named(name, oid)) : ["none: not restricted"],
      ],
      ["Subject alternative names", [summary.subjectAltName?.map(({ type, value }) => `${type}: ${value}`).join(", ") ?? "none"]],
    ),
    title("Identifiers"),
    facts(
      ["Certificate ID in AWS IoT", copied("Certificate ID", id)],
      ["SHA-256 fingerprint", copied("SHA-256 fingerprint", fingerprints?.sha256)],
      ["SHA-1 fingerprint", copied("SHA-1 fingerprint", fingerprints?.sha1)],
      ["Subject key identifier", copied("Subject key identifier", summary.subjectKeyId) || ["none"]],
      ["Authority key identifier", copied("Authority key identifier", summary.authorityKeyId) || ["none"]],
    ),
    title("Extensions"),
    (summary.extensions ?? []).length === 0
      ? h("p", { class: "fact-quiet" }, "No extensions.")
      : h(
          "ul",
          { class: "viewer-list" },
          ...(summary.extensions ?? []).map(({ name, oid, critical, bytes }) =>
            h(
              "li",
              {},
              h("span", {}, name, " ", critical && h("strong", {}, "critical")),
              h("span", { class: "aside" }, `${name === oid ? "" : `${oid} · `}${bytes} bytes`),
            ),
          ),
        ),
    h("details", {}, h("summary", {}, "PEM"), code(pem, "The certificate as PEM")),
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
  return time?.replace("T", " ").replace("Z", " UTC");
}

/** A name in both notations, and attribute by attribute. */
function name(what: string, attributes: NameAttribute[] = [], text?: NameText): HTMLElement[] {
  if (attributes.length === 0) return [title(what), h("p", { class: "fact-quiet" }, `The ${what.toLowerCase()} is empty.`)];
  const form = (kind: string, written: string | undefined): [string, Content[] | undefined] => [
    kind,
    written === undefined ? undefined : [h("code", {}, written), copyButton(`${what} in the form of ${kind}`, () => written)],
  ];
  return [
    title(what),
    facts(form("RFC 4514", text?.rfc4514), form("OpenSSL", text?.openssl)),
    h(
      "ul",
      { class: "viewer-list" },
      ...attributes.map(({ name, value, oid, encoding, index }) =>
        h(
          "li",
          {},
          h("span", {}, h("code", {}, name), " ", value === "" ? h("em", {}, "empty") : value),
          h("span", { class: "aside" }, `${index} · ${oid} · ${encoding}`),
        ),
      ),
    ),
  ];
}
