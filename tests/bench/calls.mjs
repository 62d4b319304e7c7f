// One call each: plans, dry runs, checks of a template that is sound or being typed, stringify.
import assert from "node:assert/strict";
import { Template, dryRun, stringify, validate } from "jitp";
import { bodies } from "./broken.mjs";
import { makeCertificates } from "./certificates.mjs";
import { race } from "./measure.mjs";
import { now } from "./stream.mjs";
import { config } from "./template.mjs";

const options = { now, region: "eu-west-1" };

/** The findings that each body of 10 kB must have, so that what is timed is what is meant. */
const CODES = { sound: [], "a level too high": ["JITP056"], "a key in the wrong case": ["JITP005"], "cut short": ["JITP001"] };

function checkAnswers(template, certificates) {
  assert.equal(template.report.ok, true, JSON.stringify(template.report.diagnostics));
  for (const { der, pem, commonName } of certificates) {
    const plan = template.dryRun(pem, options);
    assert.equal(plan.verdict, "provisions", plan.summary);
    assert.equal(plan.thing.name, commonName);
    assert.deepEqual(template.dryRun(der, options), plan);
    assert.deepEqual(dryRun(config, pem, options), plan);
  }
  for (const [name, body] of Object.entries(bodies)) {
    const codes = validate(body).diagnostics.map(({ code }) => code);
    assert.deepEqual(codes, CODES[name], name);
  }
}

/** Microseconds a call. */
export function calls(smoke) {
  const template = new Template(config);
  const certificates = makeCertificates(smoke ? 20 : 500);
  checkAnswers(template, certificates.slice(0, 20));
  const times = (call) => (from, to) => {
    for (let i = from; i < to; i++) call(certificates[i % certificates.length]);
  };
  const contenders = {
    "plan from a Template, PEM": times(({ pem }) => template.dryRun(pem, options)),
    "plan from a Template, DER": times(({ der }) => template.dryRun(der, options)),
    "dryRun, with its template": times(({ pem }) => dryRun(config, pem, options)),
    "validate, sound, 2 kB": times(() => validate(config)),
    "stringify, 2 kB": times(() => stringify(config)),
  };
  for (const [name, body] of Object.entries(bodies)) {
    contenders[`validate, 10 kB, ${name}`] = { work: times(() => validate(body)), part: 1 / 20 };
  }
  return race(contenders, { items: smoke ? 20 : 2_000, slice: smoke ? 20 : 200, rounds: smoke ? 1 : 9 });
}
