/** `jitp can` */
import { accountTexts, sayAccount } from "../account.js";
import { type Command, Option } from "commander";
import {
  type NamedText,
  type Access,
  type AccessContext,
  type AccessProtocol,
  type CertificateInput,
  type Decision,
  type DeviceThing,
  type DryRunOptions,
  type Plan,
  readCertificates,
  requestWords,
  validate,
} from "jitp";
import { ask, type Result } from "../can/ask.js";
import { type Asked, type AuthInfo, type AuthorizationInput, readAuthorization } from "../can/authorization.js";
import { type Changes, described, type Devices, givenPolicies, type Known, provisioned } from "../can/devices.js";
import { EXPECTATIONS, type Expectation, isAsExpected } from "../can/expect.js";
import { accessReport, asOther, asOtherText, asOtherWords, connects } from "../can/whole.js";
import { REQUESTS, readWords } from "../can/words.js";
import { type Context, json } from "../context.js";
import { CLEAN, exitOfAnswer, FINDINGS, Misuse, worse } from "../exit.js";
import { flagOf } from "../flags.js";
import { type Input, readCa, readOne, textOf } from "../input.js";
import {
  type AccessOptions,
  checkOptions,
  type CheckOptions,
  formats,
  pairs,
  checkSubject,
  subject,
  withAccess,
  withCheckOptions,
  withRun,
} from "../options.js";
import type { CanOutput } from "../output.js";
import { assumedText, decisionText } from "../report/decision.js";
import { textOfFindings } from "../report/text.js";
import { plain } from "../terminal.js";

interface Options extends CheckOptions, AccessOptions {
  format: "text" | "json";
  cliInputJson?: string;
  expect?: Expectation;
  asOther?: true;
  protocol?: AccessProtocol;
  retain?: true;
  persistentSession?: true;
  willTopic?: string;
  thingNameHeader?: string;
  sourceIp?: string;
  value?: (readonly [string, string])[];
  thing?: string;
  thingType?: string;
  attribute?: (readonly [string, string])[];
  ca?: string;
  subject?: string;
  now?: string;
  serialNumber?: NonNullable<DryRunOptions["serialNumber"]>;
  parameter?: Record<string, string>;
}

const AFTER = `
A request is one of: ${REQUESTS}
Several can follow one another. The device is the one that the template provisions for the certificate. Without a template it is described by
--policy, --thing and, for variables of the certificate, a certificate.

Without a request, and with a template, the output is all that the plan says of access: whether the device can connect, what it may do, whether
it may act as another one, and its first minute. The exit code then is about the connection.

--as-other compares the device with another one of the template, whose name is the next. The answer is allowed if the device may connect,
publish, listen or make a call as the other one, and denied if the two are isolated: in a pipeline, check with --as-other --expect denied.

Exit codes: 0 allowed, 1 denied, 3 unknown: it depends on something that was not given, or that AWS does not document, or it is not known
whether the device is provisioned. The worst of several answers counts. A request that the message broker refuses counts as denied, whatever the policies say.

JSON has the shape of the API TestAuthorization: --cli-input-json reads the file that aws iot test-authorization reads. An answer that is
unknown has no authDecision, because AWS has no word for it.

Examples:
  jitp can template.json device.pem connect
  jitp can template.json device.pem publish lamps/lamp-1/state --client-id lamp-1
  jitp can template.json --subject /CN=lamp-1 connect
  jitp can template.json device.pem call iot:GetThingShadow thing/lamp-1 --policy shadows=shadows.json
  jitp can --policy policy.json --thing lamp-1 connect subscribe 'lamps/lamp-1/#'
  jitp can template.json device.pem
  jitp can template.json device.pem publish lamps/lamp-2/state --expect denied
  jitp can template.json device.pem --as-other --expect denied
  jitp can template.json device.pem --cli-input-json file://requests.json --format json`;

export function addCan(program: Command, context: Context): void {
  const command = program
    .command("can")
    .description("Say whether a device may connect, publish, subscribe, receive or call, and why")
    .usage("[options] [template] [certificate] [request...]")
    .argument("[template]", "A template of any kind")
    .argument("[certificate]", "The device certificate: PEM or DER. Optional in the flows fleet and register-thing")
    .argument("[request...]", "What the device asks for")
    .addOption(formats("text", "json"))
    .addOption(subject())
    .addOption(new Option("--expect <answer>", "Exit with 0 if every answer is this one, and with 1 if not").choices(EXPECTATIONS))
    .option("--as-other", "Say whether the device may act as another one of the template")
    .option("--cli-input-json <file>", "Read the requests from an input of aws iot test-authorization")
    .addOption(
      new Option("--protocol <protocol>", "The protocol. Default: mqtt; calls are made over HTTPS").choices(["mqtt", "wss", "https"]),
    )
    .option("--retain", "Publish retained messages")
    .option("--persistent-session", "Connect with a persistent session. Default: with a clean one")
    .option("--will-topic <topic>", "The topic of the last will. Default: no last will")
    .option("--thing-name-header <name>", "The header x-amzn-iot-thingname of the call for credentials. Default: unknown")
    .option("--source-ip <address>", "The device's IP address, aws:SourceIp. Default: unknown")
    .option("--value <key=value>", "A value of another condition key. Can be repeated. Default: unknown", pairs)
    .option("--thing <name>", "The name of the thing, without a template. Default: no thing")
    .option("--thing-type <name>", "The type of the thing, without a template")
    .option("--attribute <name=value>", "An attribute of the thing, without a template. Can be repeated", pairs)
    .option(
      "--ca <file>",
      "Verify that this CA, the registered one, signed the certificate. Default: the CA certificate in the template's text, if any",
    );
  withRun(withCheckOptions(withAccess(command, ", or that is attached if there is no template")))
    .addHelpText("after", AFTER)
    .action((template: string | undefined, certificate: string | undefined, request: string[], options: Options) => {
      const words = [template, certificate].filter((word) => word !== undefined);
      return run([...words, ...request], options, context);
    });
}

async function run(words: readonly string[], options: Options, context: Context): Promise<void> {
  const { files, requests } = readWords(words, options.retain === true);
  if (options.retain === true && !requests.some(({ verb }) => verb === "publish")) throw new Misuse("--retain is for publish");
  refuseTwoInputs(files, options);
  const input = options.cliInputJson === undefined ? undefined : inputOf(options.cliInputJson);
  if (input !== undefined && requests.length > 0)
    throw new Misuse("requests are given as words and by --cli-input-json", "give one of the two");
  const asked: Question[] = input?.authorizations ?? requests.map((request) => ({ info: undefined, asked: [{ request }] }));
  if (options.asOther === true && asked.length > 0) throw new Misuse("--as-other asks by itself: leave out the requests");
  if (asked.length === 0) refuseWithoutRequest(files, options);
  const how = contextOf(options, input?.clientId);
  const account = accountTexts(options.account);
  sayAccount(account, context);
  const devices = await devicesOf(files, input?.changes ?? { add: [], skip: [] }, options, asked.length === 0, account);
  try {
    if (asked.length === 0 && devices.plan !== undefined) {
      if (options.asOther === true) return answerAsOther(devices, devices.plan, options, context);
      const { access, verdict } = devices.plan;
      if (access !== undefined && (verdict === "provisions" || verdict === "registered"))
        return answerWhole(devices, access, options, context);
      // The device is not provisioned, or nobody knows: the answer to a connection says what that means.
      asked.push({ info: undefined, asked: [{ request: { verb: "connect" } }] });
    }
    answer(
      asked.map((one) => ask(devices, one.asked, one.info, how)),
      devices,
      options,
      context,
    );
  } finally {
    devices.free();
  }
}

/** One question: what is asked, in AWS's words if it comes from a file. */
interface Question {
  info: AuthInfo | undefined;
  asked: Asked[];
}

/** Whether the device may act as another one. */
function answerAsOther(devices: Devices, plan: Plan, options: Options, context: Context): void {
  const { terminal } = context;
  const one = asOther(plan);
  const { documents } = devices.at({}).simulate([]);
  end([{ what: asOtherWords(one), answer: one }], { authResults: [], asOther: one, documents }, { devices, options, context }, () => [
    asOtherText(one, plan, devices.textOf, terminal),
    plan.access === undefined ? "" : assumedText([plan.access], terminal),
  ]);
}

/** All that the plan says of access. */
function answerWhole(devices: Devices, access: Access, options: Options, context: Context): void {
  const what = requestWords({ verb: "connect" }, access.context.clientId);
  const { documents } = devices.at({}).simulate([]);
  end([{ what, answer: connects(access) }], { authResults: [], access, documents }, { devices, options, context }, () => [
    accessReport(access, devices.textOf, context.terminal),
  ]);
}

function answer(results: readonly Result[], devices: Devices, options: Options, context: Context): void {
  const { terminal } = context;
  const all = results.flatMap(({ answers }) => answers);
  // What the broker refuses does not happen, whatever the policies say.
  const answers = all.map(({ request, context: { clientId }, decision }) => ({
    what: requestWords(request, clientId),
    answer: decision.broker.length > 0 && decision.answer === "allowed" ? { answer: "denied" as const } : decision,
  }));
  const documents = results[0]?.documents ?? [];
  end(answers, { authResults: results.map(({ authResult }) => authResult), documents }, { devices, options, context }, () => [
    ...all.map((one) => decisionText(one, devices.textOf, terminal)),
    assumedText(all, terminal),
  ]);
}

/** An answer to a question, in words. */
interface Told {
  what: string;
  answer: Pick<Decision, "answer" | "denial">;
}

/** Ends with an exit code, and with text or JSON. */
function end(
  answers: readonly Told[],
  output: Pick<CanOutput, "authResults" | "access" | "asOther" | "documents">,
  { devices, options: { expect, format }, context }: { devices: Devices; options: Options; context: Context },
  text: () => string[],
): void {
  const { terminal, version } = context;
  const open = expect === undefined ? [] : answers.filter(({ answer }) => !isAsExpected(answer, expect));
  const asExpected = open.length === 0 ? CLEAN : FINDINGS;
  const code = expect === undefined ? answers.reduce((code, { answer }) => worse(code, exitOfAnswer(answer.answer)), CLEAN) : asExpected;
  context.exit(code);
  for (const { name, diagnostics } of output.documents) {
    const shown = devices.textOf(name);
    const found = diagnostics.filter(({ severity }) => severity === "error");
    if (shown !== undefined && found.length > 0)
      terminal.err(`${textOfFindings(shown.name, shown.text, found, { ...terminal, paint: terminal.paintErr })}\n`);
  }
  if (format === "json") {
    terminal.out(json({ format: "jitp.can", version: 1, jitp: version, ok: code === CLEAN, ...output, trouble: [] } satisfies CanOutput));
    return;
  }
  const { bold, red } = terminal.paint;
  const ends = open.map(({ what }) => `${bold(red("not as expected"))}: ${plain(what)}: ${expect} was expected\n`);
  terminal.say([...text(), ends.join("")].filter((part) => part !== "").join("\n"));
}

/** Without a request the plan answers, of the connection as it describes it. */
function refuseWithoutRequest(files: readonly string[], options: Options): void {
  if (files.length === 0) {
    if (options.asOther === true) throw new Misuse("--as-other is for templates: it compares two devices of one");
    throw new Misuse("what the device asks for is missing", `name a request: ${REQUESTS}`);
  }
  refuse(options, ["protocol", "persistentSession", "willTopic", "thingNameHeader", "sourceIp", "value"], "is for requests: name one");
  if (options.asOther === true && options.expect?.endsWith("-deny") === true) {
    throw new Misuse("--as-other has the answers allowed, denied and unknown", "--expect denied");
  }
}

/** Standard input can be read once. */
function refuseTwoInputs(files: readonly string[], { policy = [], groupPolicy = [], ca, cliInputJson }: Options): void {
  const names = [...files, ...policy, ...groupPolicy, ca, cliInputJson];
  if (names.filter((name) => name === "-" || name?.endsWith("=-")).length > 1) {
    throw new Misuse("only one of the files can come from standard input");
  }
}

/** The device that is asked. */
async function devicesOf(
  files: readonly string[],
  changes: Changes,
  options: Options,
  isWhole: boolean,
  account: NamedText[] | undefined,
): Promise<Devices> {
  const { policies, groupPolicies } = givenPolicies(options);
  const known: Known = {
    policies,
    groupPolicies,
    changes,
    location: {
      ...(options.region === undefined ? {} : { region: options.region }),
      ...(options.accountId === undefined ? {} : { accountId: options.accountId }),
    },
  };
  const [first, second] = files.map((name) => readOne(name));
  checkSubject(options.subject, files.slice(1), options.ca);
  const isTemplate = first !== undefined && (second !== undefined || policies.length === 0 || !isCertificate(first));
  if (!isTemplate) {
    if (policies.length + (groupPolicies ?? []).length + changes.add.length === 0) {
      throw new Misuse(
        "there is neither a template nor a policy",
        "jitp can template.json device.pem connect, or jitp can --policy policy.json --thing NAME connect",
      );
    }
    if (isWhole && options.asOther !== true) throw new Misuse("what the device asks for is missing", `name a request: ${REQUESTS}`);
    refuse(options, ["asOther", "flow", "ca", "now", "serialNumber", "parameter", "account"], "is for templates");
    return described(known, thingOf(options), certificateOf(options, first));
  }
  refuse(options, ["thing", "thingType", "attribute"], "is for a device without a template: here the template says it");
  if (second === undefined && options.subject === undefined && options.flow === "jitp") {
    throw new Misuse(
      "just-in-time provisioning needs a device certificate, or its subject",
      "jitp can template.json device.pem connect, or jitp can template.json --subject /CN=lamp-1 connect",
    );
  }
  if (options.flow !== "jitp" && options.ca !== undefined)
    throw new Misuse('--ca is for the flow "jitp": the other flows have no registered CA');
  const { now, serialNumber, parameter: parameters } = options;
  const run: DryRunOptions = {
    now: now ?? new Date().toISOString(),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(account === undefined ? {} : { account }),
  };
  const ca = options.ca === undefined ? undefined : readCa(options.ca);
  return provisioned(first, {
    known,
    template: checkOptions(options),
    run,
    certificate: certificateOf(options, second) ?? "",
    clientId: options.clientId,
    ca,
  });
}

/** What is known of the certificate; `undefined` if nothing is. */
function certificateOf({ subject }: Options, file: Input | undefined): CertificateInput | undefined {
  if (subject === undefined) return file && oneCertificate(file);
  if (file !== undefined) throw new Misuse("--subject replaces the certificate: give one of them");
  return { subject };
}

function isCertificate({ bytes }: Input): boolean {
  return validate(bytes).kind === "unknown" && readCertificates(bytes).some(({ error }) => error === undefined);
}

/** The one device's certificate in a file. */
function oneCertificate({ name, bytes }: Input): CertificateInput {
  const entries = readCertificates(bytes).filter(({ kind }) => kind === "certificate" || kind === "damaged");
  const devices = entries.length > 1 ? entries.filter(({ basicConstraints }) => basicConstraints?.ca !== true) : entries;
  if (devices.length > 1) throw new Misuse(`${name} has ${devices.length} certificates`, "give the certificate of one device");
  // An empty file must not look like a certificate that was left out, so it becomes a line end.
  return devices[0] ?? (bytes.length === 0 ? "\n" : bytes);
}

/** Refuses options that would have no effect. */
function refuse(options: Options, names: readonly (keyof Options)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined && !(name === "flow" && options.flow === "jitp"));
  if (given !== undefined) throw new Misuse(`${flagOf(given)} ${why}`);
}

function thingOf({ thing: name, thingType: typeName, attribute = [] }: Options): DeviceThing | undefined {
  if (name !== undefined) {
    return { name, ...(typeName === undefined ? {} : { typeName }), attributes: Object.fromEntries(attribute) };
  }
  if (typeName !== undefined || attribute.length > 0) throw new Misuse("--thing-type and --attribute need --thing");
  return undefined;
}

function contextOf(options: Options, inFile: string | undefined): AccessContext {
  const { clientId = inFile, protocol, willTopic, thingNameHeader, sourceIp, value = [], persistentSession } = options;
  const values = new Map<string, string[]>(sourceIp === undefined ? [] : [["aws:SourceIp", [sourceIp]]]);
  for (const [key, one] of value) {
    const known = [...values.keys()].find((other) => other.toLowerCase() === key.toLowerCase()) ?? key;
    values.set(known, [...(values.get(known) ?? []), one]);
  }
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(willTopic === undefined ? {} : { willTopic }),
    ...(thingNameHeader === undefined ? {} : { thingNameHeader }),
    ...(persistentSession === true ? { cleanSession: false } : {}),
    values: Object.fromEntries(values),
  };
}

/** The requests of a file: `file://PATH` as the AWS CLI has it, a path, `-`, or the JSON itself. */
function inputOf(given: string): AuthorizationInput {
  if (given.trimStart().startsWith("{")) return readAuthorization("--cli-input-json", given);
  const input = readOne(given.replace(/^file:\/\//, ""));
  return readAuthorization(input.name, textOf(input));
}
