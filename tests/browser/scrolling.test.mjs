/** The page around an embed, and the page itself, scroll on from every place of the pointer or the finger. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, expect, PATIENCE, sample, useBrowser, verdict } from "./browser.mjs";
import { children, hash, meter, useDocs } from "./docs.mjs";

const { docs } = useDocs();
const visit = useBrowser();

const work = { template: sample("provisions.json"), certificates: [{ from: "meter.pem", pem: sample("water-meter.pem") }] };
const template = work.template.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** The element and the frame in each layout, and the places in them for the pointer. */
const EMBEDS = {
  "the element, three columns": {
    width: 1300,
    html: `<jitp-playground>${meter}</jitp-playground>`,
    places: ["#template", "#certificate", "#plan", "#editor"],
  },
  "the element, two columns": {
    width: 1000,
    html: `<jitp-playground>${meter}</jitp-playground>`,
    places: ["#template", "#certificate", "#plan"],
  },
  "the element, one part at a time": { width: 500, html: `<jitp-playground>${meter}</jitp-playground>`, places: ["#plan", "#steps-nav"] },
  "the plan alone": { width: 700, html: `<jitp-playground view="plan">${meter}</jitp-playground>`, places: ["#plan", "#verdict"] },
  "the editor alone": {
    width: 700,
    html: `<jitp-playground view="editor" template="${template}"></jitp-playground>`,
    places: ["#editor", ".problems", "#template"],
  },
  "an editor with little in it": {
    width: 700,
    html: `<jitp-playground view="editor">${children("[]")}</jitp-playground>`,
    places: ["#editor", ".problems"],
  },
  "the frame, three columns": { width: 1300, view: "full", places: ["#template", "#certificate", "#plan"] },
  "the frame, one part at a time": { width: 500, view: "full", places: ["#plan", "#steps-nav"] },
  "the frame with the plan": { width: 700, view: "plan", places: ["#plan", "#verdict"] },
  "the frame with the editor": { width: 700, view: "editor", places: ["#editor", ".problems"] },
};

const frameOf = (view) => (site) => `<iframe title="The playground" src="${site}?embed&amp;view=${view}${hash(work)}"></iframe>`;
const CSS =
  "body { margin: 0 } main { max-width: none } .space { height: 2000px } jitp-playground, iframe { display: block; width: 100%; height: 420px; border: 0 }";

/** Scrolls everything in a playground to its end, or to its beginning. */
function toTheEnd(root, end) {
  for (const element of [root, ...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot?.querySelectorAll("*") ?? [])])) {
    if (element.scrollHeight > element.clientHeight) element.scrollTop = end ? element.scrollHeight : 0;
  }
}

/** Scrolls at a place until `holds`, because the browser decides how soon it gives a new gesture to another scroller. */
async function scrollUntil(_page, gesture, holds, what) {
  for (const end = Date.now() + PATIENCE; !(await holds()); ) {
    assert.ok(Date.now() < end, `scrolled in vain: ${what}`);
    await gesture();
  }
}

/** Waits for the next frames, which draw the result of a gesture. */
const drawn = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** A gesture of a wheel or a finger at a point. It scrolls down, or with a negative distance up. */
async function gestures(page, touch) {
  if (!touch) {
    return async ({ x, y }, by) => {
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, by);
      await drawn(page);
    };
  }
  const session = await page.context().newCDPSession(page);
  const send = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  return async ({ x, y }, by) => {
    await send("touchStart", { x, y });
    for (let part = 1; part <= 8; part++) await send("touchMove", { x, y: y - ((by / 2) * part) / 8 });
    await send("touchEnd");
    await drawn(page);
  };
}

for (const touch of [false, true]) {
  for (const [name, { width, html, view, places }] of Object.entries(EMBEDS)) {
    test(`${touch ? "a finger" : "the wheel"} on ${name} moves the page when there is no more to see`, () =>
      docs(
        (site) => `<div class="space"></div>${html ?? frameOf(view)(site)}<div class="space"></div>`,
        async (page) => {
          const embed = page.locator("jitp-playground, iframe");
          const inside = html ? embed : page.frameLocator("iframe");
          // The editor is loaded when it is seen.
          await embed.scrollIntoViewIfNeeded();
          if (view !== "editor" && !/"editor"/.test(html)) await verdict(inside, "Provisions");
          await answered(inside);
          if (!places.includes("#verdict")) await inside.locator(".cm-content").waitFor({ state: "attached" });
          const gesture = await gestures(page, touch);
          const top = () => page.evaluate(() => Math.round(scrollY));
          for (const place of places) {
            for (const by of [300, -300]) {
              // The embed in the midst of the window, its place under the pointer, and nothing left to scroll in it.
              await inside.locator(".playground").evaluate(toTheEnd, by > 0);
              await embed.evaluate((element) => scrollTo(0, scrollY + element.getBoundingClientRect().top - 100));
              const start = await top();
              const scroll = async () => {
                const { x, y, width: wide, height } = await inside.locator(place).boundingBox();
                const box = await embed.boundingBox();
                // A finger on a divider moves the divider, which may be in the middle.
                const [upper, lower] = [Math.max(y, box.y), Math.min(y + height, box.y + box.height)];
                await gesture({ x: x + wide / 2, y: upper + (lower - upper) / 4 }, by);
              };
              await scrollUntil(page, scroll, async () => (by > 0 ? (await top()) > start : (await top()) < start), `${place}, ${by}`);
            }
          }
        },
        { viewport: { width, height: 620 }, css: CSS, hasTouch: touch },
      ));
  }
}

for (const [name, view] of [
  ["the plan", "plan"],
  ["one part at a time", "full"],
]) {
  test(`a frame with ${name} is scrolled inside before the page is, to its very end`, () =>
    docs(
      (site) => `${frameOf(view)(site)}<div class="space"></div>`,
      async (page) => {
        const inside = page.frameLocator("iframe");
        await verdict(inside, "Provisions");
        const gesture = await gestures(page, false);
        const { x, y } = await page.locator("iframe").boundingBox();
        const before = await inside.locator("#verdict").boundingBox();
        await gesture({ x: x + 200, y: y + 200 }, 120);
        await scrollUntil(
          page,
          () => gesture({ x: x + 200, y: y + 200 }, 5),
          async () => (await inside.locator("#verdict").boundingBox()).y < before.y,
          "inside",
        );
        await expect.poll(() => page.evaluate(() => scrollY), "the page waits for its turn").toBe(0);
        const frame = page.frames()[1];
        await expect
          .poll(
            () => frame.evaluate(() => document.documentElement.scrollHeight - innerHeight),
            "the playground fills the frame and scrolls in itself, so that its notices stay in sight",
          )
          .toBe(0);
      },
      { viewport: { width: 600, height: 620 }, css: CSS },
    ));
}

test("the page of the rules scrolls from its list of contents as well", () =>
  visit({ path: "rules.html", viewport: { width: 1200, height: 700 } }, async (page) => {
    const gesture = await gestures(page, false);
    await scrollUntil(
      page,
      () => gesture({ x: 100, y: 400 }, 4000),
      () => page.evaluate(() => scrollY > 0),
      "the contents",
    );
  }));
