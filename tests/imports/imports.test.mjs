// The packed package with every tool of the READMEs' table: a project each, built as the tool's documentation says, and what came of it run. Its plan
// must be the one that Node gives.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serve } from "../browser/server.mjs";
import { launch } from "../chromium.mjs";
import { MATRIX } from "./matrix.mjs";
import { copy, copyFile, expected, install, run, withServer } from "./project.mjs";

let browser;
let wanted;

before(async () => {
  await install();
  wanted = await expected();
  assert.equal(wanted.verdict, "provisions");
  browser = await launch();
});

after(() => browser?.close());

/** What a page shows, which must be the plan. Without scripts the server has written it. */
async function shown(url, scripts = true) {
  const context = await browser.newContext({ javaScriptEnabled: scripts });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => errors.push(message.text()));
  page.on("requestfailed", (request) => errors.push(`${request.url()} failed`));
  try {
    await page.goto(url);
    const text = page.locator("pre, body").last();
    if (scripts)
      await page.waitForFunction(() => document.body.textContent.includes('"verdict"'), undefined, { timeout: 30_000 }).catch(() => {});
    const found = await text.textContent();
    assert.ok(found.includes('"verdict"'), `the page shows ${found.slice(0, 500)} ${errors}`);
    return JSON.parse(found);
  } finally {
    await context.close();
  }
}

/** The plans of an answer. */
async function plans(answer, folder) {
  if ("node" in answer) return [JSON.parse(await run(["node", answer.node], folder))];
  if ("run" in answer) return [JSON.parse(await run(answer.run, folder))];
  if ("page" in answer) {
    const server = await serve(`${folder}/${answer.page}`);
    try {
      return [await shown(server.url)];
    } finally {
      await server.close();
    }
  }
  return withServer(answer.serve, folder, async (url) => {
    const all = [];
    for (const { path, scripts } of answer.pages) all.push(await shown(url + path, scripts));
    return all;
  });
}

// Two at a time: the tools wait for files and processes, too.
describe("the packed package", { concurrency: 2 }, () => {
  for (const { tool, folder: name, steps = [], copy: copies = [], answers } of MATRIX) {
    test(`gives Node's plan with ${tool}`, async () => {
      const folder = copy(name, tool.toLowerCase().replace(/\W+/g, "-"), wanted);
      for (const step of steps) assert.doesNotMatch(await run(step, folder), /\bwarnings?\b/i);
      for (const [from, to] of copies) copyFile(folder, from, to);
      for (const answer of answers) {
        if ("tests" in answer) {
          const { numPassedTests, numTotalTests } = JSON.parse(await run(answer.tests, folder));
          assert.deepEqual([numPassedTests, numTotalTests], [answer.passed, answer.passed]);
        } else {
          for (const plan of await plans(answer, folder)) assert.deepEqual(plan, wanted);
        }
      }
    });
  }
});
