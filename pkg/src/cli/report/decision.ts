/** A decision as text for people, in the style of rustc. */
import {
  type AccessAnswer,
  checkedRequest,
  type Decision,
  decisionHelp,
  type DeviceRequest,
  type Missing,
  requestWords,
  type SimulationContext,
  type StatementPlace,
} from "jitp";
import { plain, type Paint } from "../terminal.js";
import { block, type View } from "./excerpt.js";

/** A request with its answer. */
export interface Answered {
  request: DeviceRequest;
  context: SimulationContext;
  decision: Decision;
}

/** A text in which places are shown. */
export interface Shown {
  name: string;
  text: string;
}

/** An answer: the request as sent, the statement that decides or comes nearest, why, and what would change it. */
export function decisionText({ request, context, decision }: Answered, textOf: (policy: string) => Shown | undefined, view: View): string {
  const { answer, statement, reason, broker } = decision;
  const help = decisionHelp(request, decision, context);
  const flags = flagsFor(decision.missing);
  const notes: Note[] = [
    ["request", asSent(request, context)],
    ["why", reason],
    ...(help === undefined ? [] : [["help", flags === undefined ? help : `${help} On the command line: ${flags}.`] as const]),
    ...broker.map((one) => ["broker", `${one} AWS IoT refuses this, whatever the policies say.`] as const),
  ];
  return answerText({ answer, what: requestWords(request, context.clientId), statement, notes }, textOf, view);
}

type Note = readonly [title: string, text: string];

/** An answer to any question, with its statement in the text that holds it. */
export function answerText(
  { answer, what, statement, notes }: { answer: AccessAnswer; what: string; statement: StatementPlace | undefined; notes: readonly Note[] },
  textOf: (policy: string) => Shown | undefined,
  view: View,
): string {
  const { paint } = view;
  const colour = colourOf(answer, paint);
  const shown = statement === undefined ? undefined : textOf(statement.policy);
  const margin = " ".repeat(String(statement?.span?.start.line ?? "").length);
  return `${[
    `${colour(answer)}${paint.bold(`: ${plain(what)}`)}`,
    ...(shown === undefined ? [] : block(shown.name, shown.text, statement?.span, colour, view)),
    ...notes.map(([title, text]) => `${margin} ${paint.blue("=")} ${paint.bold(title)}: ${plain(text)}`),
  ].join("\n")}\n`;
}

/** What was assumed for any of the answers. */
export function assumedText(answers: readonly Pick<Answered, "context">[], { paint }: View): string {
  const all = new Set(answers.flatMap(({ context }) => context.assumed));
  return [...all].map((one) => `${paint.green("note")}: ${plain(one)}\n`).join("");
}

const PROTOCOLS = { mqtt: "MQTT", wss: "MQTT over WebSocket", https: "HTTPS" } as const;

/** `iot:Publish on arn:…, with the client ID lamp-1, over MQTT` */
function asSent(request: DeviceRequest, context: SimulationContext): string {
  const { actions, resource } = checkedRequest(request, context);
  const https = request.verb === "call" || (request.verb === "publish" && context.protocol === "https");
  const by = https || context.clientId === undefined ? "" : `, with the client ID ${context.clientId}`;
  const session = request.verb === "connect" && !context.cleanSession ? ", with a persistent session" : "";
  return `${actions.join(" and ")} on ${resource}${by}${session}, over ${PROTOCOLS[https ? "https" : context.protocol]}`;
}

/** The flags that give what is missing. */
function flagsFor(missing: readonly Missing[]): string | undefined {
  const flags = missing.map(({ kind, name }) => {
    switch (kind) {
      case "value":
        return name.toLowerCase() === "aws:sourceip" ? "--source-ip" : `--value ${name}=…`;
      case "policy":
        return `--policy ${name}=FILE`;
      case "unreadable":
        return undefined;
      case "group":
        return "--group-policy FILE, or --no-group-policies";
      case "option":
        return OPTIONS[name];
    }
  });
  const known = [...new Set(flags.filter((flag) => flag !== undefined))];
  return known.length === 0 ? undefined : known.join("; ");
}

const OPTIONS: Readonly<Record<string, string>> = {
  clientId: "--client-id",
  thingNameHeader: "--thing-name-header",
  region: "--region",
  accountId: "--account-id",
};

/** The colour of an answer. */
export function colourOf(answer: AccessAnswer, paint: Paint): (text: string) => string {
  const colour = { allowed: paint.green, denied: paint.red, unknown: paint.yellow }[answer];
  return (text) => paint.bold(colour(text));
}
