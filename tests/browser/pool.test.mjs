/**
 * Pools of workers in browsers: a page that loads the package's entry for the web, as a site without a bundler does. The rows are those that one
 * thread of Node gives. In Chromium, and in Firefox if there is one.
 */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { dryRunFleet } from "jitp";
import puppeteer from "puppeteer-core";
import { makeCertificates } from "../bench/certificates.mjs";
import { launch } from "../chromium.mjs";
import { PATIENCE, fixture } from "./browser.mjs";
import { serve } from "./server.mjs";

const FIREFOX = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr";
const TEMPLATE = fixture("templates/ok-everything.json");
const OPTIONS = { region: "eu-west-1", accountId: "123456789012", now: "2026-11-23T12:00:00Z" };
const DAMAGED = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
const PEMS = makeCertificates(3_000).map(({ pem }) => pem);
/** With some that are damaged, and some that come again: rows are marked by what other workers have judged. */
const FLEET = PEMS.map((pem, i) => (i % 211 === 0 ? DAMAGED : "") + (i % 500 === 499 ? PEMS[7] : "") + pem).join("");

const folder = mkdtempSync(join(tmpdir(), "jitp-pool-"));
symlinkSync(fileURLToPath(new URL("../../pkg/dist", import.meta.url)), join(folder, "dist"), "dir");
writeFileSync(join(folder, "index.html"), '<!doctype html><html lang="en"><title>Pool</title><link rel="icon" href="data:,"><p>Pool.');

let server;
let expected;
before(async () => {
  server = await serve(folder);
  const rows = [];
  const fleet = dryRunFleet(TEMPLATE, FLEET, OPTIONS);
  for await (const batch of fleet) rows.push(...batch);
  expected = { rows, summary: await fleet.summary };
  assert.ok(expected.rows.some(({ duplicateOf }) => duplicateOf !== undefined) && expected.rows.some(({ cause }) => cause !== undefined));
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** How to open an empty page in a browser, if it is there. */
const BROWSERS = {
  Chromium: {
    open: async (url) => {
      const browser = await launch();
      const page = await browser.newPage();
      await page.goto(url);
      return { evaluate: (run, given) => page.evaluate(run, given), close: () => browser.close() };
    },
  },
  Firefox: {
    skip: existsSync(FIREFOX) ? false : `there is no Firefox at ${FIREFOX}`,
    open: async (url) => {
      const timeouts = { timeout: PATIENCE, protocolTimeout: 2 * PATIENCE, defaultViewport: null };
      const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true, ...timeouts });
      const page = await browser.newPage();
      await page.goto(url);
      return { evaluate: (run, given) => page.evaluate(run, given), close: () => browser.close() };
    },
  },
};

/** These two run in the page. */
async function tooEarly() {
  const { createPool } = await import(new URL("dist/web.js", location.href).href);
  try {
    return String(createPool());
  } catch (error) {
    return error.message;
  }
}

async function judgeThere({ template, fleet, options, workers }) {
  const { default: init, createPool } = await import(new URL("dist/web.js", location.href).href);
  await init();
  let started = 0;
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...how) {
      super(...how);
      started++;
    }
  };
  const pool = createPool({ workers });
  const progress = [];
  const run = pool.dryRunFleet(template, new Blob([fleet]).stream(), { ...options, onProgress: (at) => progress.push(at) });
  const rows = [];
  for await (const batch of run) rows.push(...batch);
  const summary = await run.summary;

  // A fleet without an end, which is left in the middle.
  const stop = new AbortController();
  let given = 0;
  async function* endless() {
    for (;;) {
      given++;
      yield fleet;
    }
  }
  const stopped = pool.dryRunFleet(template, endless(), { ...options, signal: stop.signal });
  let seen = 0;
  const ending = await (async () => {
    for await (const batch of stopped) {
      seen += batch.length;
      stop.abort(new Error("enough"));
    }
  })().then(
    () => "no error",
    (error) => error.message,
  );
  const atEnd = given;
  // The pool is as it was.
  const again = await pool.dryRunFleet(template, fleet, options).summary;
  const count = pool.workers;
  await pool.terminate();
  const late = await Promise.resolve()
    .then(() => pool.dryRunFleet(template, fleet, options).summary)
    .catch((error) => error.message);
  globalThis.Worker = Worker;
  return { started, rows, summary, progress, ending, seen, given: [atEnd, given], again, count, late };
}

for (const [name, { open, skip = false }] of Object.entries(BROWSERS)) {
  test(`${name}: workers give the rows of one thread, tell of progress, and can be stopped`, { skip }, async () => {
    const page = await open(server.url);
    try {
      const early = await page.evaluate(tooEarly);
      assert.match(early, /init/);
      for (const workers of [1, 2]) {
        const found = await page.evaluate(judgeThere, { template: TEMPLATE, fleet: FLEET, options: OPTIONS, workers });
        assert.deepEqual([found.count, found.started], [workers, workers]);
        assert.deepEqual(found.rows, expected.rows);
        assert.deepEqual(found.summary, expected.summary);
        assert.deepEqual(found.again, expected.summary);
        const { progress } = found;
        assert.ok(progress.length > 5, `${progress.length} reports`);
        for (const [i, { rows, bytes }] of progress.entries()) {
          if (i > 0) assert.ok(rows >= progress[i - 1].rows && bytes >= progress[i - 1].bytes, `report ${i}`);
        }
        assert.deepEqual(progress.at(-1), { rows: expected.rows.length, bytes: new TextEncoder().encode(FLEET).length });
        assert.equal(found.ending, "enough");
        assert.ok(found.seen > 0 && found.seen < 3 * expected.rows.length, `${found.seen} rows before the stop`);
        assert.equal(found.given[0], found.given[1], "nothing is read after the stop");
        assert.match(String(found.late), /terminated/);
      }
    } finally {
      await page.close();
    }
  });
}
