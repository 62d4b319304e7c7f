/** Certificates as text for people, and who signed whom. */
import type { CertificateSummary, Chains, Diagnostic } from "jitp";
import { plain, type Paint } from "../terminal.js";
import { colourOf } from "./text.js";

/** An entry, and the file that it comes from. */
export type Entry = CertificateSummary & { file: string };

export type Links = Omit<Chains, "certificates">;

/** The name of an entry, the same everywhere: `file#number`. */
export function nameOf({ file, index }: Entry): string {
  return `${file}#${index + 1}`;
}

/** One entry: its kind, its facts and its findings. `number` is its number among several. */
export function certificateText(entry: Entry, number: number | undefined, paint: Paint): string {
  const count = number === undefined ? "" : `${number}. `;
  const head = `${count}${paint.bold(plain(nameOf(entry)))} ${entry.kind.replaceAll("-", " ")}`;
  const rows = rowsOf(entry).flatMap(([title, text]) =>
    text === undefined || text === "" ? [] : [`  ${paint.blue(title.padEnd(16))} ${plain(text)}`],
  );
  const error = entry.error === undefined ? [] : [`  ${paint.red(plain(entry.error))}`];
  return `${[head, ...error, ...rows, ...findings(entry.diagnostics, paint)].join("\n")}\n`;
}

function rowsOf(entry: CertificateSummary): [string, string | undefined][] {
  const { serialNumber, signatureAlgorithm, fingerprints, subjectAltName, extendedKeyUsage } = entry;
  return [
    ["subject", entry.subjectText?.openssl],
    ["issuer", entry.issuerText?.openssl],
    ["serial number", serialNumber && `${serialNumber.decimal} (0x${serialNumber.hex})`],
    ["valid", entry.notBefore && `${entry.notBefore} to ${entry.notAfter}`],
    ["key", keyText(entry)],
    ["signature", signatureAlgorithm?.name],
    ["CA", authorityText(entry)],
    ["key usage", entry.keyUsage?.join(", ")],
    ["extended usage", extendedKeyUsage?.map(({ name }) => name).join(", ")],
    ["other names", subjectAltName?.map(({ type, value }) => `${type}:${value}`).join(", ")],
    ["subject key ID", entry.subjectKeyId],
    ["issuer's key ID", entry.authorityKeyId],
    ["SHA-1", fingerprints?.sha1],
    ["certificate ID", entry.certificateId],
  ];
}

function keyText({ key }: CertificateSummary): string | undefined {
  if (key === undefined) return undefined;
  const size = key.curve ?? (key.bits === undefined ? undefined : `${key.bits} bits`);
  return size === undefined ? key.algorithm : `${key.algorithm} ${size}`;
}

function authorityText({ basicConstraints }: CertificateSummary): string | undefined {
  if (basicConstraints === undefined) return undefined;
  const { ca, pathLength } = basicConstraints;
  return ca ? `yes${pathLength === undefined ? "" : `, path length ${pathLength}`}` : "no";
}

function findings(diagnostics: readonly Diagnostic[] | undefined, paint: Paint): string[] {
  return (diagnostics ?? []).flatMap(({ severity, code, message, help }) => [
    `  ${colourOf(severity, paint)(`${severity}[${code}]`)}: ${plain(message)}`,
    ...(help === undefined ? [] : [`    ${paint.blue("=")} ${paint.bold("help")}: ${plain(help)}`]),
  ]);
}

/** Who signed whom. */
export function chainsText({ links, diagnostics }: Links, entries: readonly Entry[], paint: Paint): string {
  const name = (position: number) => plain(nameOf(entries[position] as Entry));
  const lines = links.map(({ certificate, issuer, signature, reason }) => {
    const colour = { verified: paint.green, "not-verified": paint.red, "not-checked": paint.yellow }[signature];
    const by = certificate === issuer ? "itself" : name(issuer);
    return `  ${name(certificate)} by ${by}: ${colour(plain(reason))}`;
  });
  return `${[paint.bold("Signed"), ...lines, ...findings(diagnostics, paint)].join("\n")}\n`;
}
