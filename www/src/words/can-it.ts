/** The words of the form "Can it …?". */

import type { DeviceRequest } from "jitp";

type Verb = DeviceRequest["verb"];

const topic = { on: "Topic", lacks: "Type a topic to get an answer." };

export const canItWords = {
  title: "Can it …?",
  canIt: "Can it",
  action: "Action",
  topic: topic.on,
  clientId: "Client ID",
  /** Each verb in the question, the name of what it is done to, and what to do if that is missing. */
  verbs: {
    connect: { title: "connect", on: "", lacks: "" },
    publish: { title: "publish", ...topic },
    subscribe: { title: "subscribe", on: "Topic filter", lacks: "Type a topic filter to get an answer." },
    receive: { title: "receive", ...topic },
    call: { title: "call over HTTPS", on: "Resource", lacks: "Type an action and a resource to get an answer." },
  } satisfies Record<Verb, { title: string; on: string; lacks: string }>,
};
