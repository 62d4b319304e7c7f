/** `jitp cert` */
import type { Command } from "commander";
import { type MomentOptions, readCertificates, verifyChains } from "jitp";
import { complain, type Context, json } from "../context.js";
import { CLEAN, exitOfFindings, FINDINGS, UNKNOWN, worse } from "../exit.js";
import { readAll } from "../input.js";
import { formats } from "../options.js";
import type { CertOutput } from "../output.js";
import { certificateText, chainsText, type Entry, type Links } from "../report/certificates.js";

interface Options {
  format: "text" | "json";
  now?: string;
}

const AFTER = `
Shows every entry of a bundle in any format: PEM with other text around it, base64, DER, PKCS#7. For several certificates it verifies who
signed whom. The exit code is 1 if an entry is not a readable certificate or AWS IoT does not accept it, and 3 if a date cannot be
read, a critical extension was not checked, or a signature could not be verified. Private keys are not read.

Examples:
  jitp cert device.pem
  openssl s_client -connect example.com:8883 -showcerts </dev/null | jitp cert -`;

export function addCert(program: Command, context: Context): void {
  program
    .command("cert")
    .description("Show certificates: what provisioning needs, and who signed whom")
    .argument("<file...>", "Certificates: PEM, DER, bundles")
    .addOption(formats("text", "json"))
    .option("--now <time>", "Check validity at this time, for example 2026-11-23T12:00:00Z. Default: now")
    .addHelpText("after", AFTER)
    .action((names: string[], options: Options) => run(names, options, context));
}

async function run(names: string[], { format, now }: Options, context: Context): Promise<void> {
  const { terminal, version } = context;
  const moment = now === undefined ? {} : { now };
  const { inputs, trouble } = readAll(names, "*.pem");
  for (const one of trouble) complain(context, one);
  const entries = inputs.flatMap(({ name, bytes }): Entry[] => readCertificates(bytes, moment).map((entry) => ({ file: name, ...entry })));
  const chains = await linked(entries, moment);
  const found = [...entries.flatMap(({ diagnostics }) => diagnostics ?? []), ...(chains?.diagnostics ?? [])];
  const readable = entries.every(({ error }) => error === undefined);
  const checked = (chains?.links ?? []).every(({ signature }) => signature !== "not-checked");
  const code = worse(worse(readable ? CLEAN : FINDINGS, checked ? CLEAN : UNKNOWN), exitOfFindings(found));
  context.exit(code);
  if (format === "text") {
    const parts = entries.map((entry, i) => certificateText(entry, entries.length > 1 ? i + 1 : undefined, terminal.paint));
    if (chains !== undefined && chains.links.length > 0) parts.push(chainsText(chains, entries, terminal.paint));
    return terminal.say(parts.join("\n"));
  }
  const output: CertOutput = {
    format: "jitp.cert",
    version: 1,
    jitp: version,
    ok: code === CLEAN && trouble.length === 0,
    certificates: entries,
    ...(chains === undefined ? {} : { chains }),
    trouble: trouble.map(({ message }) => ({ message })),
  };
  terminal.out(json(output));
}

/** A placeholder for an entry that is not a readable certificate, so that positions and numbers count all entries. */
const UNREADABLE = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

/** Who signed whom among several certificates, from any of the files. */
async function linked(entries: readonly Entry[], moment: MomentOptions): Promise<Links | undefined> {
  if (entries.filter(({ pem }) => pem !== undefined).length < 2) return undefined;
  const { certificates, ...links } = await verifyChains(entries.map(({ pem }) => pem ?? UNREADABLE).join(""), moment);
  return links;
}
