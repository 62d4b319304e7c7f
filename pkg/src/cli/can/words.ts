/** Reads the words of `jitp can`: files first, then requests. */
import type { DeviceRequest } from "jitp";
import { Misuse } from "../exit.js";

/** The words after each verb. */
const VERBS: Readonly<Record<DeviceRequest["verb"], readonly string[]>> = {
  connect: [],
  publish: ["TOPIC"],
  subscribe: ["FILTER"],
  receive: ["TOPIC"],
  call: ["ACTION", "RESOURCE"],
};

/** Other words that people use for the verbs. */
const CALLED: Readonly<Record<string, string>> = {
  conn: "connect",
  pub: "publish",
  send: "publish",
  sub: "subscribe",
  listen: "subscribe",
  recv: "receive",
  get: "call",
  http: "call",
  https: "call",
};

/** A verb with its words: `call ACTION RESOURCE`. */
const usage = (verb: DeviceRequest["verb"]) => [verb, ...VERBS[verb]].join(" ");

/** All requests that there are, for messages. */
export const REQUESTS = (Object.keys(VERBS) as DeviceRequest["verb"][]).map(usage).join(" | ");

function isVerb(word: string): word is DeviceRequest["verb"] {
  return Object.hasOwn(VERBS, word);
}

/** The files and the requests of a command line. A request begins with its verb, and has as many words as the verb needs. */
export function readWords(words: readonly string[], retain: boolean): { files: string[]; requests: DeviceRequest[] } {
  const found = words.findIndex(isVerb);
  const start = found < 0 ? words.length : found;
  const files = words.slice(0, start);
  const [, , third] = files;
  if (third !== undefined) throw unknown(third);
  const requests: DeviceRequest[] = [];
  for (let at = start; at < words.length; ) {
    const verb = words[at] ?? "";
    if (!isVerb(verb)) throw unknown(verb);
    const names = VERBS[verb];
    const given = words.slice(at + 1, at + 1 + names.length);
    if (given.length < names.length)
      throw new Misuse(`${verb} needs ${names.slice(given.length).join(" and ")}`, `jitp can … ${usage(verb)}`);
    requests.push(request(verb, given, retain));
    at += 1 + names.length;
  }
  return { files, requests };
}

function request(verb: DeviceRequest["verb"], [first = "", second = ""]: readonly string[], retain: boolean): DeviceRequest {
  switch (verb) {
    case "connect":
      return { verb };
    case "publish":
      return retain ? { verb, topic: first, retain } : { verb, topic: first };
    case "subscribe":
      return { verb, filter: first };
    case "receive":
      return { verb, topic: first };
    case "call":
      return { verb, action: first, resource: second };
  }
}

function unknown(word: string): Misuse {
  const lower = word.toLowerCase();
  const called = isVerb(lower) ? lower : Object.hasOwn(CALLED, lower) ? CALLED[lower] : undefined;
  return new Misuse(`unknown request '${word}'`, called === undefined ? `a request is one of ${REQUESTS}` : `did you mean ${called}?`);
}
