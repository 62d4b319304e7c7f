/** Sites made by generators, by the letter of docs/embedding: built, opened, walked through, toggled, scrolled. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, expect, newContext, verdict } from "../browser/browser.mjs";
import { SMALL, zipped } from "../browser/docs.mjs";
import { serve } from "../browser/server.mjs";
import { launch } from "../chromium.mjs";
import { build, install } from "./build.mjs";
import { absent, HOSTS } from "./hosts.mjs";

const ONLY = process.env.JITP_EMBEDS_ONLY;
const hosts = Object.entries(HOSTS).filter(([name]) => !ONLY || new RegExp(ONLY).test(name));

const built = {};
let browser;
before(async () => {
  browser = await launch();
  const installed = await install();
  const rest = hosts.filter(([, host]) => !absent(host));
  // One for each processor.
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) {
      const [name, host] = next;
      const began = Date.now();
      built[name] = await build(name, host, installed).catch((error) => ({ error }));
      console.log(`${name}: built in ${Math.round((Date.now() - began) / 1_000)} s`);
    }
  };
  await Promise.all([worker(), worker()]);
});
after(() => browser?.close());

const playground = (page, n) => page.locator("jitp-playground").nth(n);

/** Brings a playground into sight, as somebody does who reads on, and waits for what it says. */
async function says(page, n, words) {
  await playground(page, n).scrollIntoViewIfNeeded();
  await verdict(playground(page, n), words);
  await expect
    .poll(() => playground(page, n).evaluate((element) => element.offsetHeight), "its own height, whatever the host's styles")
    .toBe(640);
}
async function bothSay(page) {
  await expect(page.locator("jitp-playground")).toHaveCount(2);
  await says(page, 0, /^Provision/);
  await says(page, 1, /refuses this template/);
}

const isDark = (page) =>
  page.evaluate(() => {
    const panel = document.querySelector("jitp-playground").shadowRoot.querySelector("#plan");
    return Number(getComputedStyle(panel).backgroundColor.match(/\d+/)[0]) < 128;
  });

for (const [name, host] of hosts) {
  const why = absent(host);
  describe(name, { skip: why }, () => {
    /** Opens one of the two pages of the site. */
    async function visit(which, scenario, options = {}) {
      const { folder, error } = built[name];
      if (error) throw error;
      const server = await serve(folder);
      host.served?.(folder, new URL(server.url).origin);
      const context = await newContext(browser, { viewport: { width: 1280, height: 900 }, ...options });
      try {
        const page = await context.newPage();
        const complaints = [];
        const loaded = [];
        page.on("console", (message) => {
          // Some generators have no icon of their own, and the browser looks for one.
          if (
            ["error", "warning"].includes(message.type()) &&
            !/\/favicon\.(ico|svg)$/.test(message.location().url) &&
            !host.says?.test(message.text())
          )
            complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(String(error.stack)));
        page.on("requestfinished", (request) => loaded.push(request));
        await page.goto(server.url + host.addresses[which], { waitUntil: "load" });
        await scenario(page, { loaded, server });
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
        await server.close();
      }
    }

    test("the site is built, and both blocks are playgrounds with the right verdict", () => visit(1, bothSay));

    test("they are there when a user comes from another page, goes back, and comes again", () =>
      visit(0, async (page) => {
        await expect(page.locator("h1", { hasText: "Water meters" }).first()).toBeVisible();
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => (globalThis.sameDocument = true));
        await page.getByRole("link", { name: "try one" }).first().click();
        await bothSay(page);
        assert.equal(await page.evaluate(() => globalThis.sameDocument === true), host.instant === true, "the host's way to go to a page");
        await page.goBack();
        await expect(page.locator("h1", { hasText: "Water meters" }).first()).toBeVisible();
        await expect(page.locator("jitp-playground")).toHaveCount(0);
        await page.goForward();
        await bothSay(page);
      }));

    if (host.toggle) {
      test("they follow the host between light and dark", () =>
        visit(1, async (page) => {
          await says(page, 0, /^Provision/);
          await expect.poll(() => isDark(page)).toBe(false);
          for (const dark of [true, false]) {
            await page.evaluate(() => scrollTo(0, 0));
            await host.toggle(page, dark);
            await expect.poll(() => isDark(page)).toBe(dark);
          }
        }));
    } else {
      test("the host is always light, and so are they", () =>
        visit(
          1,
          async (page) => {
            await says(page, 0, /^Provision/);
            await expect.poll(() => isDark(page)).toBe(false);
          },
          { colorScheme: "dark" },
        ));
    }

    for (const width of [390, 1280])
      test(`wheel and finger move the page past them: ${width}`, () =>
        visit(
          1,
          async (page) => {
            await says(page, 0, /^Provision/);
            await passes(page, width === 390);
          },
          { viewport: { width, height: 800 }, hasTouch: width === 390 },
        ));

    test("axe finds nothing in the page that it does not find without them", async () => {
      const found = [];
      for (const javaScript of [false, true])
        await visit(1, async (page) => {
          if (!javaScript) await page.evaluate(() => document.querySelectorAll("jitp-playground").forEach((one) => one.remove()));
          else await bothSay(page);
          // A line for each element, because a rule may be broken by the host's own, too.
          found.push((await axe(page)).flatMap((line) => line.split(" | ").map((one) => one.replace(/^[\w-]+: /, ""))));
        });
      const [without, withThem] = found;
      assert.deepEqual(
        withThem.filter((line) => !without.includes(line) && (/jitp-playground/.test(line) || !/insufficient color contrast/.test(line))),
        [],
      );
    });

    test("a page without a playground loads the small file at most", (t) =>
      visit(0, async (page, { loaded }) => {
        await page.waitForFunction(() => customElements.get("jitp-playground"));
        await page.waitForLoadState("networkidle");
        const files = await sizes(loaded);
        const ours = files.filter(({ name, text }) => (host.bundled ? text.includes("jitp-playground") : /^element.*js$/.test(name)));
        assert.ok(ours.length > 0, "it was loaded");
        t.diagnostic(`without a playground: ${told(ours)} of ${told(files)}`);
        // A bundler may put it into a file with others' code. The playground itself is never there.
        if (!host.bundled) assert.deepEqual([ours.length, ours[0].zipped <= SMALL], [1, true]);
        assert.deepEqual(
          files
            .filter(({ name, text }) => /\.wasm$/.test(name) || (/\.js$/.test(name) && text.includes("verdict-words")))
            .map(({ name }) => name),
          [],
        );
      }));

    test("what a page with playgrounds loads is counted", (t) =>
      visit(1, async (page, { loaded }) => {
        await bothSay(page);
        await page.waitForLoadState("networkidle");
        const files = await sizes(loaded);
        assert.ok(files.some(({ name }) => name.endsWith(".wasm")));
        t.diagnostic(`with two playgrounds: ${told(files)}`);
      }));
  });
}

const told = (files) => `${files.length} files, ${files.reduce((all, { zipped }) => all + zipped, 0)} bytes under gzip`;

/** What was loaded: names, and bytes under gzip. */
async function sizes(loaded) {
  const files = [];
  for (const request of loaded) {
    const body = await (await request.response())?.body().catch(() => undefined);
    if (body) files.push({ name: request.url().replace(/.*\/|\?.*/g, ""), zipped: zipped(body), text: body.toString("latin1") });
  }
  return files;
}

/** Scrolls down with the pointer on the first playground until the page has moved past it. */
async function passes(page, touch) {
  await page.evaluate(() => scrollTo(0, 0));
  const box = () => playground(page, 0).boundingBox();
  await playground(page, 0).evaluate((element) => element.scrollIntoView({ block: "center" }));
  const session = touch ? await page.context().newCDPSession(page) : undefined;
  for (let i = 0; i < 60 && (await box()).y + (await box()).height > 0; i++) {
    const { x, y, width, height } = await box();
    const at = { x: x + width / 2, y: Math.min(Math.max(y + height / 2, 20), 780) };
    if (session) {
      const send = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
      await send("touchStart", at);
      for (let part = 1; part <= 8; part++) await send("touchMove", { x: at.x, y: at.y - 40 * part });
      await send("touchEnd");
    } else {
      await page.mouse.move(at.x, at.y);
      await page.mouse.wheel(0, 300);
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  assert.ok((await box()).y + (await box()).height <= 0, "the page was moved past it");
}
