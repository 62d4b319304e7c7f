/** `jitp account` */
import type { Command } from "commander";
import { accountScript, readAccount, readCertificates, Template } from "jitp";
import { complain, type Context, json } from "../context.js";
import { exitOfFindings, Misuse } from "../exit.js";
import { readAll, readCa, readOne, textOf } from "../input.js";
import { flow, formats } from "../options.js";
import type { AccountOutput } from "../output.js";
import type { Flow } from "jitp";
import { textOfFindings } from "../report/text.js";
import { plain } from "../terminal.js";
import { checkFlow } from "./plan.js";

interface Options {
  format: "text" | "json";
  script?: true;
  ca?: string;
  flow: Flow;
}

const AFTER = `
Reads outputs of the AWS CLI as they come (describe-thing, list-thing-groups-for-thing, get-policy, …), records of them, or jitp's own form, and prints
the account in jitp's own form. Findings go to standard error. What nobody told stays unknown. The exit code is 1 if a text cannot be read or a value is wrong.

With --script the arguments are a template and device certificates. It prints a shell script that asks the AWS CLI for what their plans need,
and for nothing more. The script only reads. With --ca it asks for the CA, too: whether it is registered and registers certificates automatically.

Examples:
  jitp account thing.json groups.json > account.json
  jitp account --script template.json device.pem --ca ca.pem > ask.sh && sh ask.sh > account.json`;

export function addAccount(program: Command, context: Context): void {
  program
    .command("account")
    .description("Read what an AWS account has already, or print a script that asks for it")
    .argument("<file...>", "Texts about the account; with --script a template and device certificates")
    .option("--script", "Print a shell script that asks the AWS CLI for what the template and certificates need. Default: read texts")
    .option("--ca <file>", "With --script, ask for this CA. Default: the CA certificate in the template's text, if any")
    .addOption(flow("The flow of the template, with --script"))
    .addOption(formats("text", "json"))
    .addHelpText("after", AFTER)
    .action((names: string[], options: Options) => (options.script ? script(names, options, context) : check(names, options, context)));
}

function check(names: string[], { format, ca }: Options, context: Context): void {
  if (ca !== undefined) throw new Misuse("--ca is for --script: it names the CA that the script asks for");
  const { terminal, version } = context;
  const { inputs, trouble } = readAll(names, "*.json");
  for (const one of trouble) complain(context, one);
  const report = readAccount(inputs.map((input) => ({ name: input.name, text: input.bytes.toString("utf8") })));
  const code = exitOfFindings(report.diagnostics);
  context.exit(code);
  if (format === "json") {
    const output: AccountOutput = {
      format: "jitp.account",
      version: 1,
      jitp: version,
      ok: code === 0 && trouble.length === 0,
      ...report,
      trouble: trouble.map(({ message }) => ({ message })),
    };
    terminal.out(json(output));
    return;
  }
  for (const [i, { name, diagnostics }] of report.texts.entries()) {
    const input = inputs[i];
    const view = { paint: terminal.paintErr, width: terminal.width };
    if (input !== undefined && diagnostics.length > 0) terminal.err(textOfFindings(plain(name), textOf(input), diagnostics, view));
  }
  terminal.out(json(report.account));
}

function script([name = "", ...certificates]: string[], { flow, format, ca }: Options, context: Context): void {
  if (format === "json") throw new Misuse("--script prints a shell script: leave out --format");
  checkFlow({ flow, ...(ca !== undefined && { ca }) });
  if ([name, ...new Set(certificates), ca].filter((one) => one === "-").length > 1) {
    throw new Misuse("only one of the template, the certificates and the CA can come from standard input");
  }
  const source = readOne(name).bytes;
  const given = ca === undefined ? undefined : readCa(ca);
  const { inputs, trouble } = readAll(certificates, "*.pem");
  for (const one of trouble) complain(context, one);
  const template = new Template(source, { flow });
  try {
    const devices = inputs.flatMap(({ bytes }) => readCertificates(bytes)).filter(({ basicConstraints }) => basicConstraints?.ca !== true);
    const plans = devices.map((device) => template.dryRun(device));
    const registered = given ?? (flow === "jitp" ? template.report.caCertificatePem : undefined);
    const caCertificateIds =
      registered === undefined ? [] : readCertificates(registered).flatMap(({ certificateId }) => certificateId ?? []);
    context.terminal.out(accountScript(plans, template.report.templateName, caCertificateIds));
  } finally {
    template.free();
  }
}
