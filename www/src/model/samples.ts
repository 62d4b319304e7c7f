/** The built-in samples. samples/make.sh creates the certificates; their private keys no longer exist. */

import coldChainSensor from "../../samples/cold-chain-sensor.pem?raw";
import emptyPolicy from "../../samples/empty-policy.json?raw";
import escapedComma from "../../samples/escaped-comma.json?raw";
import gateway from "../../samples/gateway.pem?raw";
import noCountry from "../../samples/no-country.json?raw";
import provisions from "../../samples/provisions.json?raw";
import waterMeter from "../../samples/water-meter.pem?raw";
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
    title: "Provisions",
    description: "A template body for water meters, and a certificate with all that it asks for.",
    result: { verdict: "provisions", connects: "allowed" },
    template: provisions,
    certificate: { file: "water-meter.pem", pem: waterMeter },
  },
  {
    id: "no-country",
    title: "Missing country",
    description: "A registration config that asks for Country, and a certificate without one.",
    result: { verdict: "fails" },
    template: noCountry,
    certificate: { file: "cold-chain-sensor.pem", pem: coldChainSensor },
  },
  {
    id: "empty-policy",
    title: "Empty policy",
    description: "A registration config whose policy has neither a name nor a document.",
    result: { verdict: "rejected" },
    template: emptyPolicy,
    certificate: { file: "gateway.pem", pem: gateway },
  },
  {
    id: "escaped-comma",
    title: "Escaped typo",
    description: "An extra comma in the policy document, which is a string inside a string.",
    result: { verdict: "fails" },
    template: escapedComma,
    certificate: { file: "gateway.pem", pem: gateway },
  },
];
