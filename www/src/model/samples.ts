/** The built-in samples. samples/make.sh creates the certificates; their private keys no longer exist. */

import coldChainSensor from "../../samples/cold-chain-sensor.pem?raw";
import emptyPolicy from "../../samples/empty-policy.json?raw";
import escapedComma from "../../samples/escaped-comma.json?raw";
import gateway from "../../samples/gateway.pem?raw";
import noCountry from "../../samples/no-country.json?raw";
import provisions from "../../samples/provisions.json?raw";
import waterMeter from "../../samples/water-meter.pem?raw";
import { sampleWords as words } from "../words/samples.ts";
import type { Result } from "./tone.ts";

/** A template and a certificate that belong together. */
export interface Sample {
  id: string;
  /** The outcome, in a word or two. */
  title: string;
  /** The same in a sentence. */
  description: string;
  /** Decides the colour of the mark only; the plan itself is always computed. */
  result: Result;
  template: string;
  certificate: { file: string; pem: string };
}

export const SAMPLES: readonly [Sample, ...Sample[]] = [
  {
    id: "provisions",
    ...words.provisions,
    result: { verdict: "provisions", connects: "allowed" },
    template: provisions,
    certificate: { file: "water-meter.pem", pem: waterMeter },
  },
  {
    id: "no-country",
    ...words.noCountry,
    result: { verdict: "fails" },
    template: noCountry,
    certificate: { file: "cold-chain-sensor.pem", pem: coldChainSensor },
  },
  {
    id: "empty-policy",
    ...words.emptyPolicy,
    result: { verdict: "rejected" },
    template: emptyPolicy,
    certificate: { file: "gateway.pem", pem: gateway },
  },
  {
    id: "escaped-comma",
    ...words.escapedComma,
    result: { verdict: "fails" },
    template: escapedComma,
    certificate: { file: "gateway.pem", pem: gateway },
  },
];
