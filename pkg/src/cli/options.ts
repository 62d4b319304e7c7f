/** Options that several commands have, and what their values may be. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Flow, regionPartition, type SerialNumberReading, type TemplateOptions } from "jitp";

const FLOWS: Flow[] = ["jitp", "fleet", "register-thing"];
const READINGS: SerialNumberReading[] = ["auto", "subject", "certificate"];

export interface JudgeOptions {
  flow: Flow;
  region?: string;
  accountId?: string;
}

/** `--flow` */
export function flow(description: string): Option {
  return new Option("--flow <flow>", description).choices(FLOWS).default("jitp" satisfies Flow);
}

/** `--flow`, `--region`, `--account-id`. */
export function withJudging(command: Command): Command {
  return command
    .addOption(flow("The way of provisioning to judge by"))
    .addOption(new Option("--region <region>", "The AWS Region that the devices connect to, for example eu-west-1").argParser(regionName))
    .addOption(new Option("--account-id <digits>", "The AWS account; without it that of the role").argParser(accountNumber));
}

/** `--now`, `--serial-number`, `--parameter`. */
export function withRun(command: Command): Command {
  return command
    .option("--now <time>", "The moment that counts, as in 2026-11-23T12:00:00Z; without it the clock's")
    .addOption(new Option("--serial-number <reading>", "Where AWS::IoT::Certificate::SerialNumber comes from").choices(READINGS))
    .option(
      "--parameter <name=value>",
      "A parameter that the caller of RegisterThing gives (another flow than jitp); may be repeated",
      parameter,
    );
}

function parameter(word: string, others: Record<string, string> = {}): Record<string, string> {
  const at = word.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It is a name, an equals sign, and a value.");
  const name = word.slice(0, at);
  if (Object.hasOwn(others, name)) throw new InvalidArgumentError(`The parameter ${name} is given more than once.`);
  return { ...others, [name]: word.slice(at + 1) };
}

/** Those of the options that the API takes. */
export function judging({ flow, region, accountId }: JudgeOptions): TemplateOptions {
  return { flow, ...(region === undefined ? {} : { region }), ...(accountId === undefined ? {} : { accountId }) };
}

/** `--format`, the first being the default. */
export function formats<Format extends string>(...choices: [Format, ...Format[]]): Option {
  return new Option("-f, --format <format>", "The form of the output").choices(choices).default(choices[0]);
}

/** A whole number that is not negative. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It is a whole number.");
  return Number(value);
}

/** A Region of one of AWS's partitions: `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`. */
export function regionName(value: string): string {
  if (regionPartition(value) === undefined) throw new InvalidArgumentError("It is not a Region, such as eu-west-1.");
  return value;
}

/** The number of an AWS account. */
function accountNumber(value: string): string {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError("It is not an account ID: these have 12 digits.");
  return value;
}
