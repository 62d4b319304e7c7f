/** From a finding to its rule: the page of the rules. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rules } from "jitp";
import { accessible, atRest, DIST, expect, fits, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();
const all = rules();

test("the code of a finding leads to its rule, and the work in the page stays", () =>
  visit({}, async (page, { open }) => {
    await write(page, sample("no-country.json").replace('"roleArn"', '"roleARN"'));
    await verdict(page, "refuses this template");
    const link = page.locator("#template .finding-error .finding-meta a").first();
    await atRest(page);
    const code = await link.innerText();
    const opened = await open(link);
    const rule = opened.locator(".rule:target");
    const { name, summary, sourceTitle, source } = all.find((one) => one.code === code);
    await expect.poll(() => rule.locator("h3").innerText()).toMatch(new RegExp(`${code} ${name}`));
    await expect.poll(() => rule.locator(".rule-summary").innerText()).toBe(summary);
    await expect(rule.getByRole("link", { name: sourceTitle })).toHaveAttribute("href", source);
    await expect.poll(async () => (await rule.boundingBox()).y, "the rule is in sight").toBeLessThan(300);
    await expect.poll(() => opened.evaluate(() => globalThis.opener)).toBe(null);
    await opened.close();
    await verdict(page, "refuses this template");
  }));

test("the basis of a finding leads to the source of its rule", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    const [code, basis] = [0, 1].map((n) => page.locator("#template .finding-error .finding-meta a").nth(n));
    const { source } = all.find(({ code: one }) => one === "JITP062");
    await expect.poll(() => code.innerText()).toBe("JITP062");
    await expect(basis).toHaveAttribute("href", source);
    await expect.poll(() => basis.innerText()).toMatch(/Observed/);
  }));

test("every rule is on the page with its examples as they are written, and no link leads nowhere", () =>
  visit({ path: "rules.html" }, async (page) => {
    const shown = await page.locator(".rule").evaluateAll((articles) =>
      articles.map((article) => ({
        code: article.id,
        examples: [...article.querySelectorAll("pre")].map((pre) => pre.textContent),
        why: article.querySelector(".rule-why").textContent,
      })),
    );
    assert.deepEqual(
      shown,
      all.map(({ code, wrong, right, explanation }) => ({
        code,
        examples: [wrong, right],
        why: explanation.replaceAll("`", ""),
      })),
    );
    const lost = await page
      .locator('a[href^="#"]')
      .evaluateAll((links) => links.map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(id)));
    assert.deepEqual(lost, []);
  }));

test("the filter finds rules by any of their words, and a link still leads to a rule that it hides", () =>
  visit({ path: "rules.html" }, async (page) => {
    await page.getByLabel("Filter").fill("trailing backslash");
    const shown = () => page.locator(".rule:visible").evaluateAll((articles) => articles.map(({ id }) => id));
    await expect.poll(async () => (await shown()).length).toBeLessThan(all.length);
    await page.getByLabel("Filter").fill("jitp063");
    await page.locator("#filter-count", { hasText: ` of ${all.length} rules` }).waitFor();
    await expect.poll(async () => (await shown()).length).toBeLessThan(10);
    await expect.poll(shown).toContain("JITP063");
    await page.getByLabel("Filter").fill("no rule has xyzzy");
    await expect(page.getByText("No rule has all of these words.")).toBeVisible();
    await page.evaluate(() => (location.hash = "JITP001"));
    await page.locator("#JITP001:target").waitFor();
    await expect(page.locator("#JITP001")).toBeVisible();
    await expect(page.getByLabel("Filter")).toHaveValue("");
  }));

test("without scripts the page of the rules is whole", () =>
  visit({ path: "rules.html", javaScriptEnabled: false }, async (page) => {
    await expect(page.locator(".rule:visible")).toHaveCount(all.length);
    await expect(page.locator("#filter")).toBeHidden();
  }));

test("the page of the rules connects to nothing", () => {
  const html = readFileSync(join(DIST, "rules.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? "";
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /unsafe|nonce|https?:|\*|connect-src/);
  assert.doesNotMatch(html, /<!--fill|\son\w+=|style=/);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1440]) {
    test(`the rules ${width} pixels wide, ${colorScheme}: nothing sticks out, axe finds nothing`, () =>
      visit({ path: "rules.html#JITP012", colorScheme, viewport: { width, height: 800 } }, async (page) => {
        await fits(page);
        await accessible(page);
      }));
  }
}
