/** From a finding to the rule behind it: the page of the rules. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rules } from "jitp";
import { axe, DIST, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();
const all = rules();

test("the code of a finding leads to its rule, and what is in the page stays", () =>
  visit({}, async (page, { open }) => {
    await write(page, sample("no-country.json").replace('"roleArn"', '"roleARN"'));
    await verdict(page, "Rejected when attached");
    const link = page.locator("#template .finding-error .finding-meta a").first();
    const code = await link.innerText();
    const opened = await open(link);
    const rule = opened.locator(".rule:target");
    const { name, summary, sourceTitle, source } = all.find((one) => one.code === code);
    assert.match(await rule.locator("h3").innerText(), new RegExp(`${code} ${name}`));
    assert.equal(await rule.locator(".rule-summary").innerText(), summary);
    assert.equal(await rule.getByRole("link", { name: sourceTitle }).getAttribute("href"), source);
    assert.ok((await rule.boundingBox()).y < 300, "the rule is in sight");
    assert.equal(await opened.evaluate(() => globalThis.opener), null);
    await opened.close();
    await verdict(page, "Rejected when attached");
  }));

test("the basis of a finding leads to where its rule comes from", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "Rejected when attached");
    const [code, basis] = await page.locator("#template .finding-error .finding-meta a").all();
    const { source } = all.find(({ code: one }) => one === "JITP062");
    assert.equal(await code.innerText(), "JITP062");
    assert.equal(await basis.getAttribute("href"), source);
    assert.match(await basis.innerText(), /Observed/);
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

test("the filter finds rules by any of their words, and a link leads on to one that it has left out", () =>
  visit({ path: "rules.html" }, async (page) => {
    await page.getByLabel("Filter").fill("trailing backslash");
    const few = await page.locator(".rule:visible").count();
    await page.getByLabel("Filter").fill("jitp063");
    await page.locator("#filter-count", { hasText: ` of ${all.length} rules` }).waitFor();
    const codes = await page.locator(".rule:visible").evaluateAll((articles) => articles.map(({ id }) => id));
    assert.ok(codes.includes("JITP063") && codes.length < 10 && few < all.length, String(codes));
    await page.getByLabel("Filter").fill("no rule has xyzzy");
    assert.ok(await page.getByText("No rule has all of these words.").isVisible());
    await page.evaluate(() => (location.hash = "JITP001"));
    await page.locator("#JITP001:target").waitFor();
    assert.ok(await page.locator("#JITP001").isVisible());
    assert.equal(await page.getByLabel("Filter").inputValue(), "");
  }));

test("without scripts the page of the rules is whole", () =>
  visit({ path: "rules.html", javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator(".rule:visible").count(), all.length);
    assert.ok(!(await page.locator("#filter").isVisible()));
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
        const content = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(content <= width, `${content} > ${width}`);
        assert.deepEqual(await axe(page), []);
      }));
  }
}
