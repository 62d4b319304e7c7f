/** What a site with the element loads, and when: little on each page, a playground when a user comes near it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { atRest, expect, sample, verdict } from "./browser.mjs";
import { children, meter, PACKAGE, RESERVED, SMALL, useDocs, zipped } from "./docs.mjs";

const { docs } = useDocs();

/** Space of the page, so that what follows is far away. */
const FAR = { css: ".far { height: 4000px }" };
const far = `<p class="far">Far away.</p>`;

/** The files that the page has asked for, of the package. */
const asked = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name.split("/").at(-1))
      .filter((name) => /^(element|jitp)/.test(name)),
  );

/** Asked again until nothing more is to come: the page has a chance to ask for more. */
async function askedAtRest(page) {
  await page.evaluate(() => globalThis.calm(1_000));
  return asked(page);
}

test("the script that each page of a site loads is at most 4 kB under gzip, with all that it imports at once", async () => {
  const { metafile } = await build({
    entryPoints: [join(PACKAGE, "element.js")],
    bundle: true,
    format: "esm",
    splitting: true,
    outdir: "unwritten",
    write: false,
    metafile: true,
    external: ["*.wasm"],
    logLevel: "silent",
  });
  const files = new Set();
  const add = (path) => {
    if (files.has(path)) return;
    files.add(path);
    for (const { path: next, kind } of metafile.inputs[path].imports) if (kind === "import-statement") add(next);
  };
  add(Object.keys(metafile.inputs).find((path) => path.endsWith("dist/element.js")));
  assert.ok(
    Object.keys(metafile.inputs).some((path) => path.endsWith("element-playground.js")),
    "the playground is imported later",
  );
  const weight = [...files].reduce((sum, path) => sum + zipped(readFileSync(path)), 0);
  assert.ok(weight <= SMALL, `${weight} bytes in ${[...files]}`);
});

test("a page without a playground loads the one script, and no wasm, no worker", () =>
  docs(`<p>Nothing here.</p><pre><code class="language-json">{}</code></pre>`, async (page) => {
    await page.waitForFunction(() => customElements.get("jitp-playground") !== undefined);
    assert.deepEqual(await askedAtRest(page), ["element.js"]);
    assert.equal(page.workers().length, 0);
  }));

test("a playground far below is its text until a user comes near, and the editor waits until it is seen", () =>
  docs(
    `${far}<jitp-playground id="one">${meter}</jitp-playground><p class="far">Further.</p>`,
    async (page) => {
      const one = page.locator("#one");
      await expect(one.locator(".waiting pre")).toContainText('"AWS::IoT::Certificate::CommonName"');
      assert.deepEqual(await askedAtRest(page), ["element.js"]);
      // Properties and attributes are what they would be.
      const read = () => one.evaluate((element) => [element.view, element.flow, "template" in element, element.template.trim()]);
      await expect.poll(read).toEqual(["full", "jitp", true, sample("provisions.json").trim()]);
      await one.evaluate((element) => Object.assign(element, { region: "eu-north-1", accountId: "123456789012" }));

      // It is half a window below.
      await page.evaluate(() => window.scrollTo(0, document.querySelector("#one").offsetTop - window.innerHeight * 1.5));
      await verdict(one, "Provisions");
      await atRest(page);
      const near = await asked(page);
      assert.ok(near.includes("element-playground.js") && near.includes("jitp_bg.wasm"), `${near}`);
      assert.ok(!near.includes("element-editor.js"), "the editor is not seen yet");
      await expect
        .poll(() => one.evaluate((element) => element.answer?.plan?.thing?.arn))
        .toBe("arn:aws:iot:eu-north-1:123456789012:thing/meter-000417");

      await one.scrollIntoViewIfNeeded();
      await one.locator(".cm-content").waitFor();
    },
    FAR,
  ));

test("a playground that is not seen keeps what a script changes, and what a user left in it", () =>
  docs(
    `${far}<jitp-playground id="one">${meter}</jitp-playground>`,
    async (page) => {
      const one = page.locator("#one");
      await one.locator(".waiting").waitFor();
      await one.evaluate((element, text) => (element.template = text), sample("empty-policy.json"));
      await expect(one.locator(".waiting pre")).toContainText("templateBody");
      await one.scrollIntoViewIfNeeded();
      await verdict(one, "refuses this template");
      await one.locator(".cm-content").focus();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.type("   ");
      await expect.poll(() => one.evaluate((element) => element.template)).toMatch(/ {3}$/);
      await one.evaluate((element) => element.remove());
      await page.evaluate(() => window.scrollTo(0, 0));
      await expect(one).toHaveCount(0);
    },
    FAR,
  ));

test("loading=eager loads it at once, also when it is set later", () =>
  docs(
    `${far}<jitp-playground id="one" loading="eager">${meter}</jitp-playground>${far}<jitp-playground id="two">${meter}</jitp-playground>`,
    async (page) => {
      await verdict(page.locator("#one"), "Provisions");
      await expect(page.locator("#two .waiting")).toBeVisible();
      await page.locator("#two").evaluate((element) => (element.loading = "eager"));
      await verdict(page.locator("#two"), "Provisions");
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    },
    FAR,
  ));

test("loading=click shows the template with a button, which loads it", () =>
  docs(`<jitp-playground id="one" view="plan" loading="click">${meter}</jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    await expect(one.locator(".waiting pre")).toContainText('"AWS::IoT::Certificate::CommonName"');
    assert.deepEqual(await askedAtRest(page), ["element.js"]);
    await one.getByRole("button", { name: "Open the playground" }).click();
    await verdict(one, "Provisions");
  }));

test("a playground in a box that scrolls, or in a tab that is hidden, is loaded when it comes up", () =>
  docs(
    `<div id="box">${far}<jitp-playground id="one">${meter}</jitp-playground></div><div id="tab" hidden><jitp-playground id="two">${meter}</jitp-playground></div>`,
    async (page) => {
      await page.locator("#one .waiting").waitFor();
      assert.deepEqual(await askedAtRest(page), ["element.js"]);
      await page.locator("#tab").evaluate((tab) => (tab.hidden = false));
      await page.locator("#two").scrollIntoViewIfNeeded();
      await verdict(page.locator("#two"), "Provisions");
      await page.locator("#box").evaluate((box) => (box.scrollTop = 4_000));
      await verdict(page.locator("#one"), "Provisions");
    },
    { css: `${FAR.css} #box { height: 300px; overflow: auto }` },
  ));

test("if the playground cannot be loaded, the place says so, the text is readable, and a press tries again", () => {
  let broken = true;
  return docs(
    `<jitp-playground id="one" view="plan">${meter}</jitp-playground>`,
    async (page, complaints) => {
      const one = page.locator("#one");
      await expect(one.locator(".failed")).toContainText("The playground could not be loaded.");
      await expect(one.locator(".waiting pre")).toContainText('"AWS::IoT::Certificate::CommonName"');
      await one.getByRole("button", { name: "Try again" }).click();
      await expect(one.locator(".failed"), "still broken").toBeVisible();
      broken = false;
      await one.getByRole("button", { name: "Try again" }).click();
      await verdict(one, "Provisions");
      await expect(one.locator(".waiting")).toHaveCount(0);
      // The browser tells the author, too.
      assert.match(complaints.join("\n"), /Failed to load resource|ERR_FAILED/);
      complaints.length = 0;
    },
    { prepare: (page) => page.route("**/element-playground.js", (route) => (broken ? route.abort() : route.continue())) },
  );
});

test("without JavaScript the text of a block of code, and of a pre in the element, is there to be read, in the place of the element", () =>
  docs(
    `<pre id="block"><code class="language-jitp">${sample("provisions.json")}</code></pre><jitp-playground id="one"><pre>${sample("provisions.json")}</pre><template>{}</template></jitp-playground>`,
    async (page) => {
      await expect(page.locator("#block")).toBeVisible();
      await expect(page.locator("#one pre")).toBeVisible();
      await expect(page.locator("#one pre")).toContainText('"AWS::IoT::Certificate::CommonName"');
      const box = await page.locator("#one").boundingBox();
      assert.equal(box?.height, 640);
    },
    { javaScriptEnabled: false, css: RESERVED },
  ));

test("of a text that nothing has searched yet, no private key and no long value is shown", () =>
  docs(
    `${far}${[`-----BEGIN EC PRIVATE KEY-----`, `${"QUJD".repeat(20)}`, `${"a1:".repeat(20)}`]
      .map((value, i) => `<jitp-playground id="n${i}" template='{ "name": "lamps", "k": "${value}" }'></jitp-playground>`)
      .join("")}`,
    async (page) => {
      const text = (i) => page.locator(`#n${i} .waiting pre`);
      await expect(text(0)).toBeHidden();
      await expect(text(0)).toHaveText("");
      for (const i of [1, 2]) await expect(text(i)).toHaveText(/^\{ "name": "lamps", "k": "…" \}$/);
    },
    FAR,
  ));

/** The site of an author with this template in a file. */
const withFile = (text, status = 200) => ({
  connect: "'self'",
  prepare: (page) => page.route("**/meter.json", (route) => route.fulfill({ status, contentType: "application/json", body: text })),
});

test("src names a file with the template; a text that is given wins, and another address shows another file", () =>
  docs(
    `<jitp-playground id="one" view="plan" src="meter.json">${children("", sample("water-meter.pem"))}</jitp-playground>`,
    async (page) => {
      const one = page.locator("#one");
      await verdict(one, "Provisions");
      await expect.poll(() => one.evaluate((element) => element.template)).toMatch(/AWS::IoT::Certificate::CommonName/);
      await one.evaluate((element) => (element.template = '{ "Resources": { "p": { "Type": "AWS::IoT::Policy", "Properties": {} } } }'));
      await verdict(one, "refuses this template");
      await one.evaluate((element) => (element.template = null));
      await verdict(one, "Provisions");
      await page.route("**/other.json", (route) =>
        route.fulfill({ body: sample("provisions.json").replaceAll("water-meter", "gas-meter") }),
      );
      await one.evaluate((element) => (element.src = "other.json"));
      await expect(one.locator("#plan dd", { hasText: /^gas-meter$/ })).toBeVisible();
    },
    withFile(sample("provisions.json")),
  ));

for (const [what, site, why] of [
  ["is not there", withFile("gone", 404), "HTTP 404"],
  ["is far too long", withFile(" ".repeat(1_000_001)), "it is too long for a template"],
])
  test(`a file that ${what} is told, and what the element holds is shown`, () =>
    docs(
      `<jitp-playground id="one" view="plan" src="meter.json">${meter}</jitp-playground>`,
      async (page, complaints) => {
        await verdict(page.locator("#one"), "Provisions");
        const told = `meter.json, which the page names as the template, cannot be read: ${why}`;
        await page.locator(".notice", { hasText: told }).waitFor();
        await expect.poll(() => complaints.some((text) => text.includes(told))).toBe(true);
        for (const text of complaints.filter((text) => text.includes(told) || /status of 404/.test(text)))
          complaints.splice(complaints.indexOf(text), 1);
      },
      site,
    ));
