// The goals, each with its figure. Times are compared within one run: those that are given in microseconds hold for a machine like the one of
// docs/performance.md.
import { HAND, HOST, ONE_THREAD, POOL } from "./ways.mjs";

const THOUSAND = 1_000;
const MILLION = 1_000_000;

/** How many times as fast as the other. */
const times = (ours, other) => (ours === undefined || other === undefined ? undefined : other.median / ours.median);

/** A goal that must be at least (`least`) or at most (`most`) some figure; without a figure nothing was measured. */
function goal(words, is, { least, most }) {
  const reached = is !== undefined && (least === undefined || is >= least) && (most === undefined || is <= most);
  return { goal: words, is, reached };
}

/** The goals of a fleet, from the races and the measurements of memory. */
function ofFleets({ fleet, memory }) {
  const hand = fleet[HAND];
  const [small, large] = [memory[ONE_THREAD]?.[THOUSAND], memory[ONE_THREAD]?.[MILLION]];
  return [
    goal("rows at least 1.5 times as fast as hand-written JavaScript, one thread", times(fleet[ONE_THREAD], hand), { least: 1.5 }),
    goal("the same at least 2.2 times, with the host's SHA-256", times(fleet[HOST], hand), { least: 2.2 }),
    goal("rows at least 40 times as fast as node-forge reads", times(fleet[ONE_THREAD], fleet["node-forge, reading"]), { least: 40 }),
    goal("two workers at least 1.8 times as fast as one thread, on two idle cores", times(fleet[POOL], fleet[ONE_THREAD]), { least: 1.8 }),
    goal("a million certificates in at most 300 MB", large?.megabytes, { most: 300 }),
    goal("time a certificate of a million at most 1.15 times that of a thousand", large && large.microseconds / small.microseconds, {
      most: 1.15,
    }),
  ];
}

export function goals(result) {
  const question = Math.max(...Object.values(result.access).map(({ median }) => median));
  const { gzip } = result.sizes.find(({ file }) => file.endsWith(".wasm"));
  const [ours, others] = Object.values(result.plans).map(({ median }) => median);
  const call = (name) => result.calls[name].median;
  const slips = Object.entries(result.calls).filter(([name]) => name.startsWith("validate, 10 kB") && !name.endsWith("sound"));
  return [
    ...ofFleets(result),
    ...(others === undefined ? [] : [goal("a plan in at most 1.3 times the time of the other build", ours / others, { most: 1.3 })]),
    goal("a plan from a Template in at most 45 µs", call("plan from a Template, PEM"), { most: 45 }),
    goal("dryRun with its template in at most 90 µs", call("dryRun, with its template"), { most: 90 }),
    goal("a sound template of 2 kB checked in at most 50 µs", call("validate, sound, 2 kB"), { most: 50 }),
    goal("a broken template of 10 kB checked in at most 1,000 µs", Math.max(...slips.map(([, { median }]) => median)), { most: 1_000 }),
    goal("one question to a compiled device in at most 5 µs", question, { most: 5 }),
    goal("wasm at most 280,000 bytes under gzip", gzip, { most: 280_000 }),
  ];
}
