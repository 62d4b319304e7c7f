/** A remedy keeps its promise: the verdict that is shown next to its button is the verdict once it is pressed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "../chromium.mjs";
import { answered, DIST, expect, newContext } from "./browser.mjs";
import { serve } from "./server.mjs";

/** The examples of these rules have fixes, choices, or a fix to decide on, in templates and in what is around them. */
const RULES =
  `JITP002 JITP005 JITP017 JITP018 JITP019 JITP023 JITP028 JITP030 JITP032 JITP036 JITP046 JITP047 JITP056 JITP060 JITP061 JITP062 JITP065
JITP067 JITP072 JITP091 JITP100 JITP119 JITP144 JITP150 JITP177 JITP178 JITP179`.split(/\s+/);

/** The headline of the plan for each promise. */
const HEADLINES = [
  [/^→ Provisions, can connect$/, () => /^Provisions$/],
  [/^→ Provisions, cannot connect$/, () => /^Provisioned, but it cannot connect/],
  [/^→ Provisions, access unknown$/, () => /access unknown$/],
  [/^→ Fails at step (\d)$/, (step) => new RegExp(`^(Probably f|F)ails at step ${step}`)],
  [/^→ AWS refuses$/, () => /refuse/],
  [/^→ Unknown$/, () => /unknown|^Only a template name/i],
];

function headlineOf(promise) {
  for (const [pattern, headline] of HEADLINES) {
    const found = pattern.exec(promise);
    if (found) return headline(found[1]);
  }
  throw new Error(`no headline is known for ${promise}`);
}

test("each remedy of a rule's example leads to the verdict that it shows", async () => {
  const server = await serve(DIST);
  const browser = await launch();
  const pressed = [];
  const wrong = [];
  try {
    const context = await newContext(browser);
    const queue = [...RULES];
    const work = async () => {
      const page = await context.newPage();
      const remedies = page.locator(".finding .remedy:visible").filter({ has: page.locator("[data-preview]") });
      // A sample certificate is another device, whose verdict has its own line.
      const headline = page.locator("#device-verdict .device-words strong, #verdict:not(:has(~ #device-verdict)) .verdict-words");
      const open = async (code) => {
        await page.goto("about:blank");
        await page.goto(`${server.url}#${code}`);
        await page.waitForSelector("html[data-ready]");
        await page.locator(".finding .finding-meta code").filter({ hasText: code }).first().waitFor();
        await answered(page);
        await expect.poll(() => remedies.locator("[data-preview]:empty").count(), `${code}: each remedy has its verdict`).toBe(0);
      };
      for (let code = queue.shift(); code !== undefined; code = queue.shift()) {
        await open(code);
        const count = await remedies.count();
        for (let i = 0; i < count; i += 1) {
          if (i > 0) await open(code);
          const promise = await remedies.nth(i).locator("[data-preview]").innerText();
          const title = await remedies.nth(i).getByRole("button").innerText();
          const before = await headline.innerText();
          await remedies.nth(i).getByRole("button").click();
          await answered(page);
          const shown = await headline.innerText();
          pressed.push(`${code}: ${title} ${promise}`);
          if (!headlineOf(promise).test(shown)) wrong.push(`${code}: ${title} ${promise}, and then "${shown}" (before: "${before}")`);
        }
      }
    };
    await Promise.all([work(), work(), work()]);
  } finally {
    await browser.close();
    await server.close();
  }
  assert.deepEqual(wrong, []);
  const tried = new Set(pressed.map((one) => one.slice(0, 7)));
  assert.deepEqual(
    RULES.filter((code) => !tried.has(code)),
    [],
    "each of these has a remedy",
  );
});
