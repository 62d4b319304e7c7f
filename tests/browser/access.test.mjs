/** For everyone: keyboard only, phones, dark screens, and what axe finds. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, atRest, expect, fits, fixture, paste, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

/** The part of the page that has the focus, and the element in it. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const part = element?.closest("section, header, nav")?.id || element?.closest("header")?.className || "";
    return { part, id: element?.id ?? "", tag: element?.tagName ?? "", editor: element?.id === "editor" };
  });
}

test("the keyboard reaches every part and leaves the editor again", () =>
  visit({}, async (page) => {
    const parts = new Set();
    let left = false;
    await atRest(page);
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press("Tab");
      const at = await focused(page);
      if (at.tag === "BODY") break;
      parts.add(at.part);
      if (!at.editor) continue;
      // Tab writes into the text until Escape.
      const before = await page.locator(".cm-line").first().textContent();
      await page.keyboard.press("Tab");
      await expect.poll(async () => (await focused(page)).editor, "Tab indents").toBe(true);
      await expect.poll(() => page.locator(".cm-line").first().textContent()).not.toBe(before);
      await page.keyboard.press("ControlOrMeta+z");
      await expect.poll(() => page.locator(".cm-line").first().textContent()).toBe(before);
      await atRest(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
      await expect.poll(async () => (await focused(page)).editor, "Escape, then Tab, leaves").toBe(false);
      left = true;
    }
    assert.ok(left, "the editor was reached and left");
    for (const part of ["template", "certificate", "plan"]) assert.ok(parts.has(part), `${part} was reached`);
    await expect.poll(async () => (await focused(page)).tag, "the round comes to its end").toBe("BODY");
  }));

test("a finding is used by keyboard alone", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).focus();
    await page.keyboard.press("Enter");
    await verdict(page, "Fails at step 3");
    await page.locator("#template .finding-jump").first().focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await focused(page)).editor).toBe(true);
  }));

test("the focus stays in its panel when the element with the focus is removed", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).focus();
    await page.keyboard.press("Enter");
    await verdict(page, "No certificate yet");
    await expect.poll(async () => (await focused(page)).part).toBe("certificate");

    await write(page, sample("no-country.json").replace('"roleArn"', '"roleARN"'));
    await page.locator("#template .button-fix").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#template .finding-error").waitFor({ state: "detached" });
    await expect.poll(async () => (await focused(page)).part).toBe("template");
  }));

test("the verdict is announced once when it changes", () =>
  visit({}, async (page) => {
    await page.evaluate(() => {
      globalThis.announced = [];
      const announcer = document.querySelector("#announcer");
      new MutationObserver(() => globalThis.announced.push(announcer.textContent)).observe(announcer, {
        childList: true,
      });
    });
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    // Another plan with the same verdict.
    await write(page, sample("no-country.json").replace("ColdChainSensor", "AnotherPolicy"));
    await page.locator("#plan", { hasText: "AnotherPolicy" }).waitFor();
    await atRest(page);
    const announced = await page.evaluate(() => globalThis.announced);
    assert.equal(announced.filter((text) => /^Fails at step/.test(text)).length, 1, String(announced));
  }));

for (const width of [320, 390]) {
  test(`a phone ${width} pixels wide: one part at a time, and nothing sticks out`, () =>
    visit({ viewport: { width, height: 700 }, hasTouch: true }, async (page) => {
      for (const name of ["Provisions", "Missing country", "Empty policy", "Escaped typo"]) {
        await page.getByRole("group", { name: "Samples" }).getByRole("button", { name }).click();
        for (const view of ["Template", "Certificate", "Plan"]) {
          await page.getByRole("navigation").getByRole("button", { name: view }).click();
          const visible = () => page.locator("main > section:visible").evaluateAll((sections) => sections.map((s) => s.id));
          await expect.poll(visible).toEqual([view.toLowerCase()]);
          await fits(page, `${name}, ${view}`);
        }
      }
      // A finding in the plan leads to the template, although it is not in sight.
      await page.locator(".parameters .link").first().click();
      await expect(page.locator("#template")).toBeVisible();
    }));
}

test("on a phone each part begins at its top, and keeps its scroll position", () =>
  visit({ viewport: { width: 390, height: 700 }, hasTouch: true }, async (page) => {
    const show = (view) => page.locator(`.nav-step[data-view=${view}]`).tap();
    /** How far the part is scrolled beneath the navigation that sticks. */
    const depth = () =>
      page.evaluate(() =>
        Math.round(
          document.querySelector("#steps-nav").getBoundingClientRect().bottom -
            document.querySelector(".board").getBoundingClientRect().top,
        ),
      );
    await verdict(page, "Provisions");
    await atRest(page);
    await show("certificate");
    /** Rounding may lose a pixel. */
    const near = (there, what) => expect.poll(async () => Math.abs((await depth()) - there), what).toBeLessThanOrEqual(1);
    await near(0, "where the head is in sight, it stays there");
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await show("plan");
    await page.locator("#plan").waitFor();
    await page.evaluate(() => scrollTo(0, 900));
    await expect.poll(depth, "down in the plan").toBeGreaterThan(300);
    const left = await depth();
    await show("template");
    await near(0, "the template begins at its beginning");
    await show("plan");
    await near(left, "the plan is where it was");
  }));

test("at a zoom of 200 % nothing sticks out and everything is reached", () =>
  visit({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }, async (page) => {
    await verdict(page, "Provisions");
    for (const view of ["Template", "Certificate", "Plan"]) {
      await page.getByRole("navigation").getByRole("button", { name: view }).click();
      await page.locator(`#${view.toLowerCase()}`).waitFor();
      await fits(page, view);
    }
    for (const name of ["Share", "How do I know?"]) {
      await page.getByRole("button", { name }).click();
      const dialog = page.getByRole("dialog");
      const outside = () =>
        dialog.evaluate((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return left >= 0 && right <= 720 && top >= 0 && bottom <= 450 ? [] : [left, right, top, bottom];
        });
      await dialog.waitFor();
      await atRest(page);
      await expect.poll(outside, `${name} sticks out`).toEqual([]);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
  }));

test("the keyboard alone creates a link, and the focus returns to its place", () =>
  visit({}, async (page, { context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const share = page.getByRole("button", { name: "Share" });
    await share.focus();
    await page.keyboard.press("Enter");
    await page.locator("#share-note", { hasText: /characters/ }).waitFor();
    // The focus goes round the dialog and does not leave it.
    const reached = new Set();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate(() => {
          const at = document.activeElement;
          // Between the last and the first the browser's own controls have their turn.
          if (!at || at === document.body) return "";
          return at.closest("dialog") ? at.textContent || at.id : `outside: ${at.outerHTML.slice(0, 80)}`;
        }),
      );
    }
    assert.ok(
      [...reached].some((at) => /Copy link/.test(at)),
      [...reached].join(", "),
    );
    assert.ok(
      [...reached].every((at) => !at.startsWith("outside")),
      [...reached].join(", "),
    );
    await page.getByRole("button", { name: "Copy link" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".notice", { hasText: "Link copied." }).waitFor();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#jitp=1\./);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Share");
  }));

test("a wide but low window shows the verdict at once", () =>
  visit({ viewport: { width: 1280, height: 500 } }, async (page) => {
    await verdict(page, "Provisions");
    await atRest(page);
    await expect
      .poll(() => page.locator("#verdict").evaluate((element) => element.getBoundingClientRect().bottom), "the verdict's end")
      .toBeLessThanOrEqual(500);
  }));

test("the plan on paper has its verdict, its steps and its certificate, dark on light", () =>
  visit({ viewport: { width: 800, height: 1100 }, colorScheme: "dark" }, async (page) => {
    await verdict(page, "Provisions");
    await page.emulateMedia({ media: "print" });
    for (const part of ["#verdict", ".strip", ".parameters", "#certificate .attributes"]) {
      await expect(page.locator(part), part).toBeVisible();
    }
    const red = (property) =>
      page.locator("#plan").evaluate((element, name) => Number(getComputedStyle(element)[name].match(/\d+/)[0]), property);
    await expect.poll(() => red("backgroundColor"), "paper").toBeGreaterThan(200);
    await expect.poll(() => red("color"), "ink").toBeLessThan(80);
    for (const part of [".samples", "#certificate > .drop"]) await expect(page.locator(part), part).toBeHidden();
  }));

test("dark screens get a dark page", () =>
  visit({ colorScheme: "dark" }, async (page) => {
    const light = (selector) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const [r, g, b] = getComputedStyle(element).backgroundColor.match(/\d+/g).map(Number);
          return (r + g + b) / 3;
        });
    await expect.poll(() => light("#plan")).toBeLessThan(60);
    await expect.poll(() => light(".cm-editor")).toBeLessThan(60);
  }));

const STATES = {
  "the first visit": async () => {},
  "a failing plan, options open": async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await page.locator(".options summary").click();
    await page.locator("#step-1").click();
    await page.locator(".call summary").first().click();
  },
  "a rejected template with findings": async (page) => {
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
  },
  "a damaged certificate and a notice": async (page) => {
    await paste(page.locator("#certificate-text"), sample("gateway.pem") + sample("gateway.pem").replace(/\n[^-\n]{40,}\n/, "\nAAAA\n"));
    await page.locator(".card-error").waitFor();
    await page.locator(".notice").waitFor();
  },
  "a plan that provisions, with a warning": async (page) => {
    await write(page, sample("provisions.json").replace("iot:Receive", "iot:RetainPublish"));
    await page.locator(".verdict-caveat").waitFor();
  },
  "a finding with two fixes to choose from": async (page) => {
    await write(page, fixture("templates/JITP063-policy-both.json"));
    await page.getByRole("group", { name: "Choose a fix" }).first().waitFor();
  },
  "a fleet template and what its request lacks, options open": async (page) => {
    await write(page, fixture("templates/JITP041-fleet-template.json"));
    await page.locator("#template").getByRole("button", { name: "Check as fleet provisioning" }).click();
    await page.locator(".parameter-box [aria-invalid=true]").first().waitFor();
    await page.locator(".options summary").click();
  },
  "the share dialog": async (page) => {
    await page.getByRole("button", { name: "Share" }).click();
    await page.locator("#share-note", { hasText: /characters/ }).waitFor();
  },
  "how to know that nothing is sent": async (page) => {
    await page.getByRole("button", { name: "How do I know?" }).click();
    await page.getByRole("dialog").waitFor();
  },
  "an unfolded body with what can be written there": async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await page.getByRole("button", { name: "Unfolded" }).click();
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Control+Space");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
  },
  "nothing at all": async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await verdict(page, "No template yet");
  },
};

for (const [state, prepare] of Object.entries(STATES)) {
  test(`axe finds nothing, light or dark: ${state}`, () =>
    visit({}, async (page) => {
      await prepare(page);
      await atRest(page);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await accessible(page, colorScheme);
      }
    }));
}
