/** Options that several commands share, and their values. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Flow, regionPartition, type SerialNumberReading, type TemplateOptions } from "jitp";
import { Misuse } from "./exit.js";

const FLOWS: Flow[] = ["jitp", "fleet", "register-thing"];
const READINGS: SerialNumberReading[] = ["auto", "subject", "certificate"];

export interface CheckOptions {
  flow: Flow;
  region?: string;
  accountId?: string;
}

/** `--flow` */
export function flow(description: string): Option {
  return new Option("--flow <flow>", description).choices(FLOWS).default("jitp" satisfies Flow);
}

/** `--flow`, `--region`, `--account-id`. */
export function withCheckOptions(command: Command): Command {
  return command
    .addOption(flow("The provisioning flow to check for"))
    .addOption(
      new Option("--region <region>", "The AWS Region that the devices connect to, for example eu-west-1. Default: unknown").argParser(
        regionName,
      ),
    )
    .addOption(
      new Option("--account-id <digits>", "The AWS account that the devices connect to. Default: the account of the role").argParser(
        accountNumber,
      ),
    );
}

/** `--subject` */
export function subject(): Option {
  return new Option(
    "--subject <name>",
    "Use this subject instead of a certificate, for example /C=DE/CN=lamp-1 or CN=lamp-1,C=DE. Default: none",
  ).argParser(once);
}

function once(value: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError("The option is given more than once.");
  return value;
}

/** Refuses a subject next to what only a certificate can answer. */
export function checkSubject(subject: string | undefined, certificates: readonly string[], ca: string | undefined): void {
  if (subject === undefined) return;
  if (certificates.length > 0) throw new Misuse("--subject replaces the certificate: give one of them");
  if (ca !== undefined) throw new Misuse("--ca needs a certificate: a subject has no signature to verify");
}

/** `--now`, `--serial-number`, `--parameter`. */
export function withRun(command: Command): Command {
  return command
    .option("--now <time>", "Check validity at this time, for example 2026-11-23T12:00:00Z. Default: now")
    .addOption(
      new Option("--serial-number <reading>", "The source of AWS::IoT::Certificate::SerialNumber. Default: auto").choices(READINGS),
    )
    .option(
      "--parameter <name=value>",
      "A parameter that the caller of RegisterThing passes, in the flows fleet and register-thing. Can be repeated",
      parameter,
    );
}

function parameter(word: string, others: Record<string, string> = {}): Record<string, string> {
  const [name, value] = sides(word) ?? wrongPair();
  if (Object.hasOwn(others, name)) throw new InvalidArgumentError(`The parameter ${name} is set more than once.`);
  return { ...others, [name]: value };
}

/** The two sides of the first equals sign. */
export function sides(word: string): [name: string, value: string] | undefined {
  const at = word.indexOf("=");
  return at < 1 ? undefined : [word.slice(0, at), word.slice(at + 1)];
}

function wrongPair(): never {
  throw new InvalidArgumentError("Expected a name, an equals sign and a value.");
}

/** Gathers the pairs of an option that can be repeated. */
export function pairs(word: string, others: readonly (readonly [string, string])[] = []): (readonly [string, string])[] {
  return [...others, sides(word) ?? wrongPair()];
}

/** Gathers the words of an option that can be repeated. */
export function gathered(word: string, others: readonly string[] = []): string[] {
  return [...others, word];
}

/** Options that can be given more than once. */
export const REPEATABLE: readonly string[] = [
  "--cert",
  "diff --subject",
  "--parameter",
  "--account",
  "--policy",
  "--group-policy",
  "--attribute",
  "--value",
];

/** What the account has, the documents of policies, and the client ID. */
export interface AccessOptions {
  account?: string[];
  policy?: string[];
  groupPolicy?: string[];
  groupPolicies: boolean;
  clientId?: string;
}

/** `--account`, `--policy`, `--group-policy`, `--no-group-policies`, `--client-id`. `also` says what else `--policy` is for. */
export function withAccess(command: Command, also = ""): Command {
  return command
    .option(
      "--account <file>",
      "What the AWS account has already: outputs of the AWS CLI, or what jitp account prints. Can be repeated. Default: unknown",
      gathered,
    )
    .option(
      "--policy <name=file>",
      `The document of a policy that the template only names${also}. Default for the name: the name of the file without its extension. Can be repeated`,
      gathered,
    )
    .option("--group-policy <name=file>", "A policy that is attached to the thing's groups. Can be repeated. Default: unknown", gathered)
    .option("--no-group-policies", "No policy is attached to the thing's groups")
    .option("--client-id <id>", "The MQTT client ID. Default: the name of the thing");
}

/** The options that the API accepts. */
export function checkOptions({ flow, region, accountId }: CheckOptions): TemplateOptions {
  return { flow, ...(region === undefined ? {} : { region }), ...(accountId === undefined ? {} : { accountId }) };
}

/** `--format`. The first choice is the default. */
export function formats<Format extends string>(...choices: [Format, ...Format[]]): Option {
  return new Option("-f, --format <format>", "The output format").choices(choices).default(choices[0]);
}

/** A whole number that is not negative. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(value);
}

/** A Region of one of AWS's partitions: `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`. */
export function regionName(value: string): string {
  if (regionPartition(value) === undefined) throw new InvalidArgumentError("Expected an AWS Region, for example eu-west-1.");
  return value;
}

/** The number of an AWS account. */
function accountNumber(value: string): string {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError("Expected an AWS account ID: 12 digits.");
  return value;
}
