// How soon the page can be used, and whether it ever makes a user wait: the goals of the page, each with its figure.
//
//   node tests/bench/page.mjs [--json] [first] [many] [huge] [typing]
//   JITP_BENCH_COUNT=20000 node tests/bench/page.mjs huge
//
// Each visit has its own browser context, so nothing is cached. Times are milliseconds and hold for one machine, so look at the ratio to an
// empty page from the same server. JITP_BENCH_SITE=../other/www/dist measures another build.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../browser/server.mjs";
import { launch } from "../chromium.mjs";
import { makeCertificates } from "./certificates.mjs";
import { summarise } from "./measure.mjs";
import { firstVisit, weights } from "./page/first.mjs";
import { huge } from "./page/huge.mjs";
import { thousand } from "./page/many.mjs";
import { typing } from "./page/typing.mjs";

const DIST = resolve(process.env.JITP_BENCH_SITE ?? fileURLToPath(new URL("../../www/dist", import.meta.url)));
const ROUNDS = 11;
const SLOW_ROUNDS = 5;

/** The goals, in milliseconds and bytes. */
const GOALS = { plan: 500, slowPlan: 1_500, task: 50, key: 100, first: 350_000, sign: 100, all: 3_000, search: 100 };

/** The certificates of `huge`. */
const HUGE = Number(process.env.JITP_BENCH_COUNT ?? 100_000);

const parts = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const wanted = (part) => parts.length === 0 || parts.includes(part);

async function first(browser, site, nothing) {
  const rounds = [];
  const slow = [];
  // The first round warms the browser up and is thrown away.
  for (let round = -1; round < ROUNDS; round++) {
    const pair = { page: await firstVisit(browser, site), empty: await firstVisit(browser, `${nothing}empty.html`) };
    if (round >= 0) rounds.push(pair);
    if (round >= 0 && round < SLOW_ROUNDS) slow.push(await firstVisit(browser, site, 4));
  }
  const times = (pick) => summarise(rounds.map(pick));
  const longest = (visits) => visits.map(({ task }) => task).toSorted((a, b) => a.duration - b.duration)[(visits.length - 1) >> 1];
  return {
    milliseconds: {
      "an empty page is painted": times(({ empty }) => empty.paint),
      "the page is painted": times(({ page }) => page.paint),
      "the first plan is painted": times(({ page }) => page.plan),
      "the editor can be used": times(({ page }) => page.editor),
      "four times slower: the page": summarise(slow.map(({ paint }) => paint)),
      "four times slower: the plan": summarise(slow.map(({ plan }) => plan)),
      "four times slower: the editor": summarise(slow.map(({ editor }) => editor)),
    },
    tasks: { "first load": longest(rounds.map(({ page }) => page)), "first load, four times slower": longest(slow) },
    gzip: weights(rounds[0].page, site, DIST),
  };
}

const goal = (is, words, figure) => console.log(`  ${is ? "reached    " : "NOT reached"}  ${words}: ${figure}`);

function printFirst({ milliseconds, tasks, gzip }) {
  const base = milliseconds["an empty page is painted"].median;
  for (const [name, { median, noise }] of Object.entries(milliseconds)) {
    const ratio = `${(median / base).toFixed(1)} times the empty page`;
    console.log(`  ${name.padEnd(32)}${median.toFixed(0).padStart(6)} ms  ±${(noise * 50).toFixed(0)} %   ${ratio}`);
  }
  printTasks(tasks);
  console.log("\n  bytes under gzip, and when the file is asked for");
  for (const { file, gzip: bytes, late } of gzip.files) {
    console.log(`  ${file.padEnd(32)}${String(bytes).padStart(8)}  ${late ? "after the first paint" : "first load"}`);
  }
  console.log();
  const plan = milliseconds["the first plan is painted"].median;
  const slow = milliseconds["four times slower: the plan"].median;
  goal(plan <= GOALS.plan, `a plan within ${GOALS.plan} ms with a cold cache`, `${plan.toFixed(0)} ms`);
  goal(slow <= GOALS.slowPlan, `within ${GOALS.slowPlan} ms on a processor four times slower`, `${slow.toFixed(0)} ms`);
  goal(gzip.first <= GOALS.first, `first load at most ${GOALS.first} bytes under gzip`, `${gzip.first}`);
}

function printTasks(tasks) {
  console.log("\n  the longest task; browsers report those of more than 50 ms only");
  for (const [name, { duration, culprit }] of Object.entries(tasks)) {
    console.log(`  ${name.padEnd(32)}${duration === 0 ? "   none" : `${duration.toFixed(0).padStart(4)} ms`}  ${culprit}`);
  }
}

function printMany(tasks) {
  printTasks(tasks);
  const longest = Math.max(...Object.values(tasks).map(({ duration }) => duration));
  console.log();
  goal(longest <= GOALS.task, `no task over ${GOALS.task} ms with 1,000 certificates`, longest === 0 ? "none" : `${longest.toFixed(0)} ms`);
}

function printHuge(phases) {
  console.log(`\n  ${HUGE.toLocaleString("en")} certificates: the first sign, all judged or done, and the longest task`);
  for (const [name, { first, all, duration, culprit }] of Object.entries(phases)) {
    const figures = [first, all, duration].map((time) => `${(time ?? Number.NaN).toFixed(0).padStart(6)} ms`).join("");
    console.log(`  ${name.padEnd(20)}${figures}  ${culprit}`);
  }
  const { "one file": file, "a search": search } = phases;
  const longest = Math.max(...Object.values(phases).map(({ duration }) => duration));
  const figure = (time) => `${time.toFixed(0)} ms`;
  console.log();
  goal(file.first <= GOALS.sign, `a sign of one file within ${GOALS.sign} ms`, figure(file.first));
  goal(file.all <= GOALS.all, `all of one file within ${GOALS.all} ms`, figure(file.all));
  goal(search.all <= GOALS.search, `a search within ${GOALS.search} ms`, figure(search.all));
  goal(longest <= GOALS.task, `no task over ${GOALS.task} ms`, figure(longest));
}

function printTyping({ characters, ways }) {
  console.log(`\n  from a key to the painted plan, template of ${characters} characters`);
  const figures = ({ median, longest }) => `${median.toFixed(0).padStart(4)} ms, longest ${longest.toFixed(0).padStart(4)}`;
  for (const [name, { single, row }] of Object.entries(ways)) {
    console.log(`  ${name.padEnd(20)} single keys ${figures(single)}   14 keys a second ${figures(row)}`);
  }
  const worst = Math.max(...Object.values(ways).flatMap(({ single, row }) => [single.median, row.median]));
  console.log();
  goal(worst <= GOALS.key, `a key is seen in the plan within ${GOALS.key} ms (median)`, `${worst.toFixed(0)} ms`);
}

const folder = mkdtempSync(join(tmpdir(), "jitp-empty-"));
writeFileSync(join(folder, "empty.html"), '<!doctype html><html lang="en"><title>Empty</title><p>Empty.');
/** A file with so many certificates. */
function bundleOf(count) {
  const path = join(folder, `${count}.pem`);
  writeFileSync(
    path,
    makeCertificates(count)
      .map(({ pem }) => pem)
      .join(""),
  );
  return path;
}
const [site, nothing, browser] = [await serve(DIST), await serve(folder), await launch()];
try {
  const result = {
    ...(wanted("first") && { first: await first(browser, site.url, nothing.url) }),
    ...(wanted("many") && { many: await thousand(browser, site.url, bundleOf(1_000)) }),
    ...(wanted("huge") && { huge: await huge(browser, site.url, bundleOf(HUGE), HUGE) }),
    ...(wanted("typing") && { typing: await typing(browser, site.url) }),
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(result, null, 2));
  else {
    if (result.first) printFirst(result.first);
    if (result.many) printMany(result.many);
    if (result.huge) printHuge(result.huge);
    if (result.typing) printTyping(result.typing);
  }
} finally {
  await browser.close();
  await site.close();
  await nothing.close();
  rmSync(folder, { recursive: true });
}
