/** `jitp cert` */
import type { Command } from "commander";
import { type CertificateSummary, type NameAttribute, readCertificates } from "jitp";
import { complain, type Context, json } from "../context.js";
import { FINDINGS } from "../exit.js";
import { readAll } from "../input.js";
import { formats } from "../options.js";
import type { CertOutput } from "../output.js";
import { plain, type Paint } from "../terminal.js";

interface Options {
  format: "text" | "json";
}

const AFTER = `
Every entry of a bundle is shown, in whatever form it comes: PEM with anything around it, DER. The exit code is 1 where one is no
readable certificate. Private keys are not read.

Examples:
  jitp cert device.pem
  openssl s_client -connect example.com:8883 -showcerts </dev/null | jitp cert -`;

export function addCert(program: Command, context: Context): void {
  program
    .command("cert")
    .description("Say what is in certificates, as far as provisioning goes")
    .argument("<file...>", "Certificates: PEM, DER, bundles")
    .addOption(formats("text", "json"))
    .addHelpText("after", AFTER)
    .action((names: string[], options: Options) => run(names, options, context));
}

function run(names: string[], { format }: Options, context: Context): void {
  const { terminal, version } = context;
  const { inputs, trouble } = readAll(names);
  for (const one of trouble) complain(context, one);
  const certificates = inputs.flatMap(({ name, bytes }) => readCertificates(bytes).map((entry) => ({ file: name, ...entry })));
  const ok = certificates.every(({ error }) => error === undefined);
  if (!ok) context.exit(FINDINGS);
  if (format === "text") return terminal.out(certificates.map((entry) => described(entry, terminal.paint)).join("\n"));
  const output: CertOutput = {
    format: "jitp.cert",
    version: 1,
    jitp: version,
    ok: ok && trouble.length === 0,
    certificates,
    trouble: trouble.map(({ message }) => ({ message })),
  };
  terminal.out(json(output));
}

function described(entry: CertificateSummary & { file: string }, paint: Paint): string {
  const head = paint.bold(`${plain(entry.file)}#${entry.index + 1}`);
  if (entry.error !== undefined) return `${head}: ${paint.red(plain(entry.error))}\n`;
  const { key, serialNumber, signatureAlgorithm } = entry;
  const rows: [string, string | undefined][] = [
    ["subject", nameText(entry.subject)],
    ["issuer", nameText(entry.issuer)],
    ["serial number", serialNumber && `${serialNumber.decimal} (0x${serialNumber.hex})`],
    ["valid", entry.notBefore && `${entry.notBefore} to ${entry.notAfter}`],
    ["key", key && [key.algorithm, key.curve ?? (key.bits === undefined ? undefined : `${key.bits} bits`)].filter(Boolean).join(" ")],
    ["signature", signatureAlgorithm?.name],
    ["certificate ID", entry.id],
  ];
  const lines = rows.flatMap(([title, text]) => (text === undefined ? [] : [`  ${paint.blue(title.padEnd(15))} ${plain(text)}`]));
  return `${head}\n${lines.join("\n")}\n`;
}

/** As OpenSSL writes names, in the order of the encoding. */
function nameText(name: NameAttribute[] | undefined): string | undefined {
  return name?.map((attribute) => `${attribute.name} = ${attribute.value}`).join(", ");
}
