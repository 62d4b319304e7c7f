/** A docs author embeds playgrounds: the element from the package on a page of another origin, and the page as an iframe. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, atRest, axe, expect, fits, fixture, nothing, sample, verdict } from "./browser.mjs";
import { children, hash, meter, useDocs } from "./docs.mjs";

const { docs, newContext, siteUrl } = useDocs();

test("in the element too a card opens its viewer, in the shadow root, and the CA is found", () =>
  docs(
    `<jitp-playground id="one">${children(sample("provisions.json"), ["chained", "signing-ca"].map((name) => fixture(`certificates/${name}.pem`)).join(""))}</jitp-playground>`,
    async (page) => {
      const one = page.locator("#one");
      await one.locator(".card.is-chosen .signer", { hasText: "Signed by Example Signing CA: verified" }).waitFor();
      await one.getByRole("button", { name: "All details of sensor-0130" }).press("Enter");
      const viewer = one.getByRole("dialog", { name: "sensor-0130" });
      await viewer.getByText("CN=sensor-0130,C=DE").waitFor();
      await expect.poll(() => viewer.evaluate((element) => getComputedStyle(element).display), "it has its style").toBe("grid");
      await page.keyboard.press("Escape");
      await expect(viewer).toHaveCount(0);
    },
  ));

test("one script tag, and the plan is in the page, in its box, touching nothing else", () =>
  docs(`<p id="before">Before.</p><jitp-playground id="one" view="plan">${meter}</jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    await verdict(one, "Provisions");
    await expect
      .poll(() => one.evaluate((element) => [element.clientHeight, element.scrollHeight, element.scrollWidth <= element.clientWidth]))
      .toEqual([400, 400, true]);
    const style = (selector, property) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element)[name], property);
    await expect.poll(() => style("#before", "fontSize"), "the page keeps its type").toBe("22px");
    await expect.poll(() => style("#before", "color")).toBe("rgb(200, 0, 0)");
    await expect.poll(() => page.evaluate(() => document.styleSheets.length + document.adoptedStyleSheets.length)).toBe(1);
    await expect.poll(() => style("#one .verdict-summary", "textAlign"), "nothing of the page's style gets in").toBe("start");
    await expect.poll(() => style("#one #plan", "borderTopWidth")).toBe("0px");
    await expect.poll(() => page.evaluate(() => document.querySelectorAll("#verdict, #plan").length), "its ids are its own").toBe(0);
    await expect(one.locator("#template")).toBeHidden();
    // A plan alone does not load the editor.
    await atRest(page);
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(
      asked.filter((name) => /editor/.test(name)),
      [],
    );
  }));

test("why, in a plan without the template: the template appears next to it", () =>
  docs(
    `<jitp-playground view="plan">${children(sample("no-country.json"), sample("cold-chain-sensor.pem"))}</jitp-playground>`,
    async (page) => {
      await verdict(page, /Fails at step/);
      await page.locator("#plan .finding-jump").first().click();
      await page.locator(".cm-editor.cm-focused").waitFor();
    },
  ));

test("several on a page share one worker, and follow their own width", () =>
  docs(
    `<jitp-playground id="one">${meter}</jitp-playground><jitp-playground id="two" view="editor">${children("[]")}</jitp-playground><jitp-playground id="three" view="plan">${meter}</jitp-playground>`,
    async (page) => {
      await verdict(page.locator("#one"), "Provisions");
      await verdict(page.locator("#three"), "Provisions");
      await page.locator("#two .finding-error").first().waitFor();
      await atRest(page);
      assert.equal(page.workers().length, 1);
      await expect(page.locator("#one #certificate"), "wide enough for all parts").toBeVisible();
      await page.locator("#one").evaluate((element) => (element.style.width = "420px"));
      await page.locator("#one .steps-nav").getByRole("button", { name: "Certificate" }).click();
      await expect(page.locator("#one #plan")).toBeHidden();
    },
  ));

test("attributes and properties are followed, and every answer fires an event", () =>
  docs(`<jitp-playground id="one">${meter}</jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    await verdict(one, "Provisions");
    await one.evaluate((element) => {
      globalThis.told = [];
      element.addEventListener("jitp-plan", ({ detail }) => globalThis.told.push(detail.plan?.thing?.arn ?? detail.plan?.verdict));
      element.setAttribute("region", "eu-north-1");
      element.setAttribute("account-id", "123456789012");
    });
    await page.waitForFunction(() => globalThis.told.includes("arn:aws:iot:eu-north-1:123456789012:thing/meter-000417"));
    await one.evaluate((element, text) => (element.template = text), sample("empty-policy.json"));
    await verdict(one, "refuses this template");
    await expect.poll(() => one.evaluate((element) => element.answer?.plan?.verdict)).toBe("rejected");
    await one.evaluate((element) => (element.view = "editor"));
    await one.locator("#plan").waitFor({ state: "hidden" });
    await expect.poll(() => one.evaluate((element) => element.certificate)).toMatch(/BEGIN CERTIFICATE/);
    // Out of the page and in again: the user's changes are still there.
    await one.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("   ");
    await one.evaluate((element) => {
      const place = element.parentNode;
      element.remove();
      place.append(element);
    });
    await one.locator(".cm-content").waitFor();
    await expect.poll(() => one.evaluate((element) => element.template)).toMatch(/ {3}$/);
  }));

test("elements that come and go in the middle of their work leave nothing", () =>
  docs(`<div id="place"></div>`, async (page) => {
    await page.evaluate(async (html) => {
      const place = document.querySelector("#place");
      for (const wait of [0, 0, 5, 20, 60, 150, 400]) {
        const element = document.createElement("jitp-playground");
        element.template = html;
        place.append(element);
        await new Promise((resolve) => setTimeout(resolve, wait));
        element.remove();
      }
      const last = document.createElement("jitp-playground");
      last.template = html;
      place.append(last);
    }, sample("empty-policy.json"));
    await verdict(page, "refuses this template");
    await page.locator(".cm-content").waitFor();
    // An element that was moved before it was ready keeps its certificate.
    await page.evaluate(
      ([template, pem]) => {
        const element = document.createElement("jitp-playground");
        element.id = "moved";
        Object.assign(element, { template, certificate: pem });
        const place = document.querySelector("#place");
        place.replaceChildren(element);
        place.before(element);
      },
      [sample("provisions.json"), sample("water-meter.pem")],
    );
    await verdict(page.locator("#moved"), "Provisions");
    await expect(page.locator("jitp-playground")).toHaveCount(1);
    await atRest(page);
    assert.equal(page.workers().length, 1);
  }));

test("a read-only playground can be looked at, but not changed", () =>
  docs(
    `<jitp-playground read-only>${children(sample("no-country.json").replace('"roleArn"', '"roleARN"'), sample("gateway.pem"))}</jitp-playground>`,
    async (page) => {
      await page.locator("#template .finding-error").first().waitFor();
      await page.locator(".cm-content").waitFor();
      await atRest(page);
      await expect(page.locator(".button-fix")).toHaveCount(0);
      for (const name of [/^Remove/, /^(Extract the body|Wrap in)/])
        await expect(page.getByRole("button", { name }), String(name)).toHaveCount(0);
      for (const part of ["#certificate > .drop", ".account", ".account-assumed .link"])
        await expect(page.locator(part), part).toBeHidden();
      const before = await page.locator("jitp-playground").evaluate((element) => element.template);
      await page.locator(".cm-content").focus();
      await page.keyboard.type("x");
      await atRest(page);
      await expect.poll(() => page.locator("jitp-playground").evaluate((element) => element.template)).toBe(before);
    },
  ));

test("a private key in somebody's page is not shown on top", () =>
  docs(
    `<jitp-playground>${children("{}", `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${sample("gateway.pem")}`)}</jitp-playground>`,
    async (page) => {
      await page.locator(".card").waitFor();
      await atRest(page);
      await expect(page.locator(".card")).toHaveCount(1);
      const certificate = await page.locator("jitp-playground").evaluate((element) => element.certificate);
      assert.doesNotMatch(certificate, /PRIVATE/);
    },
  ));

for (const theme of ["light", "dark"]) {
  test(`the theme is the author's, and axe finds nothing: ${theme}`, () =>
    docs(
      `<jitp-playground theme="${theme}">${meter}</jitp-playground>`,
      async (page) => {
        await verdict(page, "Provisions");
        await page.locator(".cm-content").waitFor();
        const red = () => page.locator("#plan").evaluate((element) => Number(getComputedStyle(element).backgroundColor.match(/\d+/)[0]));
        await expect.poll(async () => (await red()) > 128).toBe(theme === "light");
        // The page around it is the author's, in colours of the test.
        await atRest(page);
        await nothing(async () => (await axe(page)).filter((line) => /jitp-playground/.test(line)));
      },
      { colorScheme: theme === "light" ? "dark" : "light" },
    ));
}

test("without a theme the element is as the page around it, also when that is toggled", () =>
  docs(
    `<jitp-playground>${meter}</jitp-playground>`,
    async (page) => {
      await verdict(page, "Provisions");
      const red = (place) =>
        page
          .locator(place)
          .first()
          .evaluate((element) => Number(getComputedStyle(element).backgroundColor.match(/\d+/)[0]));
      await page.locator(".cm-content").waitFor();
      for (const dark of [false, true, false]) {
        await page.evaluate((scheme) => document.documentElement.style.setProperty("color-scheme", scheme), dark ? "dark" : "");
        await expect.poll(async () => (await red("#plan")) < 128).toBe(dark);
        await expect.poll(async () => (await red(".cm-editor")) < 128).toBe(dark);
      }
    },
    // The page says nothing of this, so it is light.
    { colorScheme: "dark" },
  ));

test("what an author wrote and what means nothing is told: the author in the console, users if content is missing", () =>
  docs(
    `<jitp-playground id="one" template="#lamsp" view="paln" flow="fleet" parameters="{SerialNumber: 1}" theme="light"></jitp-playground>`,
    async (page, complaints) => {
      await page.locator(".notice", { hasText: "The page names #lamsp as the template, and has no such element." }).waitFor();
      await page.locator(".notice", { hasText: "not the JSON of an object" }).waitFor();
      const told = () => complaints.filter((text) => text.startsWith("<jitp-playground>: "));
      await expect.poll(() => told().length).toBe(3);
      for (const part of ['view="paln" has no meaning. The value is full, plan, editor, or verdict.', "#lamsp", "parameters"])
        assert.ok(told().join("\n").includes(part), `${part}: ${told()}`);
      // They are what this page is for.
      for (const text of told()) complaints.splice(complaints.indexOf(text), 1);
      await expect(page.locator(".notice")).toHaveCount(2);
    },
  ));

test("an element that comes after the page is loaded is no fault", () =>
  docs(`<jitp-playground id="one" template="#lamps"></jitp-playground>`, async (page) => {
    await page.evaluate((text) => {
      addEventListener("load", () => undefined);
      const late = Object.assign(document.createElement("pre"), { id: "lamps", textContent: text });
      document.body.append(late);
    }, sample("provisions.json"));
    await verdict(page, "No certificate yet");
    await page.waitForFunction((since) => performance.now() - since > 1_200, await page.evaluate(() => performance.now()));
    await expect(page.locator(".notice")).toHaveCount(0);
  }));

test("if the policy allows no worker, the box says so and the page goes on", () =>
  docs(
    `<jitp-playground>${meter}</jitp-playground>`,
    async (page, complaints) => {
      await verdict(page, "Could not start");
      await expect.poll(() => page.locator("#verdict").innerText()).toMatch(/no worker can be started here/);
      await page.locator(".cm-content").waitFor();
      await expect.poll(() => complaints.join("\n"), "the browser says why in the console").toMatch(/worker/);
      complaints.length = 0;
    },
    { workers: "'none'" },
  ));

test("an iframe shows the work in its address, and saves nothing", () =>
  docs(
    (site) =>
      `<iframe title="The plan" width="700" height="500" src="${site}?embed&amp;view=plan&amp;theme=dark${hash({ template: sample("provisions.json"), certificates: [{ from: "meter.pem", pem: sample("water-meter.pem") }] })}"></iframe>`,
    async (page) => {
      const frame = page.frameLocator("iframe");
      await verdict(frame, "Provisions");
      await expect(frame.locator("#template")).toBeHidden();
      await expect(frame.locator(".top"), "no head").toHaveCount(0);
      const inside = page.frames()[1];
      await expect
        .poll(() => inside.evaluate(async () => [localStorage.length, (await navigator.serviceWorker.getRegistrations()).length]))
        .toEqual([0, 0]);
      const red = () => frame.locator("#plan").evaluate((element) => Number(getComputedStyle(element).backgroundColor.match(/\d+/)[0]));
      await expect.poll(red, "dark as asked for").toBeLessThan(60);
    },
  ));

test("a broken address in an iframe is reported, too", () =>
  docs(
    (site) => `<iframe title="The plan" width="700" height="500" src="${site}?embed#jitp=1.zzzz"></iframe>`,
    async (page) => {
      await page.frameLocator("iframe").locator(".notice", { hasText: "The link could not be read." }).waitFor();
    },
  ));

test("the page about embedding is live: every example shows what its text says", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const context = await newContext({ viewport: { width: 1100, height: 900 }, colorScheme });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    await page.goto(`${siteUrl()}embedding.html`);
    const [plan, editor, lamps] = [0, 1, 2].map((n) => page.locator("jitp-playground").nth(n));
    // Each is loaded when a user comes near.
    const near = (place) => place.scrollIntoViewIfNeeded();
    await near(plan);
    await verdict(plan, "Provisioned, access unknown");
    await plan.locator("#verdict", { hasText: "meter-000417" }).waitFor();
    await near(editor);
    await editor.locator(".finding", { hasText: "neither a PolicyName nor a PolicyDocument" }).waitFor();
    await near(lamps);
    await lamps.locator("#verdict", { hasText: "lamp-4711" }).waitFor();
    await near(page.locator("iframe"));
    const frame = page.frameLocator("iframe");
    await frame.locator(".finding", { hasText: "neither a PolicyName nor a PolicyDocument" }).waitFor();
    await frame.locator(".cm-content").waitFor();
    await page.locator("jitp-playground .cm-content").nth(1).waitFor();
    await accessible(page);
    assert.deepEqual(complaints, []);
    await page.setViewportSize({ width: 320, height: 700 });
    await fits(page);
    await context.close();
  }
});

/** The lower ends of the verdict and of the six steps, and of the box, as far as the panel is not scrolled. */
const ends = (place) =>
  place.locator("#verdict").evaluate((element) => {
    const root = element.closest(".playground");
    const box = root.getBoundingClientRect();
    const steps = [...root.querySelectorAll(".step-press")].map((step) => step.getBoundingClientRect());
    const inside = [element.getBoundingClientRect(), ...steps].every(
      ({ top, bottom, left, right }) => top >= box.top && bottom <= box.bottom && left >= box.left && right <= box.right,
    );
    return { steps: steps.length, inside, high: Math.round(box.height) };
  });

for (const view of ["plan", "full"]) {
  test(`the verdict and the six steps are in sight in 480 by 320, without scrolling: ${view}`, () =>
    docs(
      (site) =>
        `<jitp-playground id="one" view="${view}">${meter}</jitp-playground><iframe title="The plan" width="480" height="320" src="${site}?embed&amp;view=${view}&amp;theme=dark${hash({ template: sample("no-country.json"), certificates: [{ from: "sensor.pem", pem: sample("cold-chain-sensor.pem") }] })}"></iframe>`,
      async (page) => {
        const [one, frame] = [page.locator("#one"), page.frameLocator("iframe")];
        await verdict(one, "Provisions");
        await verdict(frame, "Fails at step 2");
        await expect.poll(() => ends(one)).toEqual({ steps: 6, inside: true, high: 320 });
        await expect.poll(() => ends(frame)).toEqual({ steps: 6, inside: true, high: 320 });
        await expect(frame.locator("h1")).toHaveCount(1);
        await expect(one.locator("h1"), "the page around it has its own").toHaveCount(0);
      },
      { css: "#one { width: 480px; height: 320px } iframe { border: 0 }" },
    ));
}
