/** One verdict on everything that is given: in the banner, in the title of the window, for screen readers, in colours. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCertificates } from "../bench/certificates.mjs";
import { accessible, atRest, expect, fixture, sample, useBrowser, verdict, verdictOnAll, write } from "./browser.mjs";

const visit = useBrowser();
const bundle = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const certificates = (...names) => names.map((one) => fixture(`certificates/${one}.pem`)).join("");
const give = (page, file) => page.locator("#certificate-file").setInputFiles(file);
const rows = (page) => page.locator(".fleet-table tbody tr");

/** Everything that the live region says, in order. */
const listen = (page) =>
  page.evaluate(() => {
    globalThis.said = [];
    const region = document.querySelector("#announcer");
    new MutationObserver(() => globalThis.said.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });

test("several devices have one verdict, with the causes and their devices, and the chosen device has its own line", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await listen(page);
    // Two without a country, three with everything.
    const made = makeCertificates(2).map(({ pem }) => pem);
    await give(page, bundle("line.pem", certificates("full", "common-name", "p521") + made.join("")));
    await verdictOnAll(page, "2 of 5 devices fail");
    await expect(page.getByRole("heading", { level: 3, name: "2 of 5 devices fail" })).toBeVisible();
    await expect(page).toHaveTitle("2 of 5 fail · jitp");
    await verdict(page, "Provisions");
    await expect(page.locator("#device-verdict .device-words")).toHaveText(/^This device, sensor-0001: Provision/);
    const cause = page.locator(".causes li");
    await expect(cause).toHaveCount(1);
    await expect(cause).toContainText(/has no country/);

    // The same words for screen readers, once.
    await atRest(page);
    const said = await page.evaluate(() => globalThis.said);
    assert.equal(said.filter((text) => text.includes("2 of 5 devices fail.")).length, 1, JSON.stringify(said));
    assert.ok(
      said.every((text) => !text.includes("Judging")),
      "what is not a verdict is not announced",
    );

    // The devices with this cause.
    await cause.getByRole("button", { name: "2 with this cause: show only them" }).click();
    await expect(rows(page)).toHaveCount(2);
    await expect(page.locator(".fleet-only")).toContainText(/Only the 2 with this cause: .*no country/);
    await rows(page).first().getByRole("button").press("Enter");
    await verdict(page, "Fails at step 2");
    await expect(page.locator("#verdict .verdict-words"), "the verdict on all does not change").toHaveText("2 of 5 devices fail");
    await accessible(page);
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await expect(rows(page)).toHaveCount(5);
  }));

test("each group of causes has its remedies, and a press on one settles the group", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await write(page, sample("no-country.json"));
    await give(page, bundle("two.pem", certificates("common-name", "full")));
    await verdictOnAll(page, "1 of 2 devices fails");
    const causes = page.getByRole("list", { name: "Causes" }).locator(":scope > li");
    const country = causes.filter({ hasText: "has no country" });
    const summary = country.getByText("3 remedies", { exact: true });
    await expect(country.getByRole("button")).toHaveCount(4);
    await give(page, bundle("expired.pem", certificates("expired")));
    await verdictOnAll(page, "2 of 3 devices fail");
    await summary.waitFor();
    await atRest(page);
    await expect(country.getByRole("button"), "one of several causes is folded").toHaveCount(1);
    await summary.press("Enter");
    const titles = ["Remove the parameter and what refers to it", 'Add a Default, "unknown"', "Create sample certificates that have it"];
    await expect(country.getByRole("button")).toHaveText([/^\d$/, ...titles]);
    // What nobody can press is said.
    const expired = causes.filter({ hasText: "expired at" });
    await expired.locator("summary").press("Enter");
    await expect(expired.locator("details p")).toHaveText("Issue a certificate that is valid when the device connects.");
    await accessible(page);
    await country.getByRole("button", { name: titles[1] }).press("Enter");
    await atRest(page);
    await expect(causes.filter({ hasText: "has no country" })).toHaveCount(0);
    await expect(page.locator("#verdict .verdict-words")).toHaveText("1 of 3 devices fails");
  }));

test("one device has the banner for itself, and the title of the window says its verdict", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await expect(page.locator("#device-verdict")).toHaveCount(0);
    await expect(page).toHaveTitle("Provisions · jitp");
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, "Fails at step 2");
    await expect(page).toHaveTitle("Fails at step 2 · jitp");
    await write(page, "");
    await expect(page).toHaveTitle("No plan yet · jitp");
  }));

test("a thousand devices are judged before there is a verdict on them", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.evaluate(() => {
      globalThis.told = [];
      const look = () => {
        const words = document.querySelector("#verdict .verdict-words")?.textContent;
        if (words !== undefined && words !== globalThis.told.at(-1)) globalThis.told.push(words);
      };
      new MutationObserver(look).observe(document.querySelector("#plan"), { childList: true, characterData: true, subtree: true });
    });
    const text = makeCertificates(1_000)
      .map(({ pem }) => pem)
      .join("");
    await give(page, bundle("thousand.pem", text + certificates("common-name")));
    await verdictOnAll(page, "1 of 1,001 devices fails");
    const told = await page.evaluate(() => globalThis.told);
    assert.ok(told.includes("Judging 500 of 1,001 certificates…"), JSON.stringify(told));
    const verdicts = told.filter((words) => /devices/.test(words));
    assert.deepEqual(verdicts, ["1 of 1,001 devices fails"], JSON.stringify(told));
    // After an edit the earlier verdict is not told as that on the new text.
    await write(page, sample("empty-policy.json"));
    await verdictOnAll(page, "AWS refuses this template");
    await expect(page.locator("#verdict .verdict-summary")).toContainText("None of the 1,001 devices is provisioned.");
    const after = (await page.evaluate(() => globalThis.told)).slice(told.length);
    assert.ok(
      after.some((words) => /^Judging/.test(words)),
      JSON.stringify(after),
    );
  }));

const NO_CONNECT = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Publish", Resource: "*" }] };
/** A template whose devices are provisioned, with this policy document. */
const withPolicy = (document) => {
  const body = JSON.parse(sample("provisions.json"));
  const policy = Object.values(body.Resources).find(({ Type }) => Type === "AWS::IoT::Policy");
  policy.Properties = { PolicyDocument: JSON.stringify(document) };
  return JSON.stringify(body, null, 2);
};

test("green is only for devices that can connect: in the banner, the rows, the cards and the navigation", () =>
  visit({}, async (page) => {
    await give(page, bundle("two.pem", certificates("full", "chained")));
    await verdictOnAll(page, "All 2 devices provision and can connect");
    const tones = async () => ({
      banner: await page.locator("#verdict").getAttribute("class"),
      device: await page.locator("#device-verdict").getAttribute("class"),
      navigation: await page.locator(".nav-verdict").getAttribute("class"),
      rows: [...new Set(await page.locator(".fleet-verdict").evaluateAll((all) => all.map(({ className }) => className)))],
      cards: [...new Set(await page.locator(".card-mark").evaluateAll((all) => all.map(({ className }) => className)))],
    });
    const all = (tone) => ({
      banner: `verdict verdict-${tone}`,
      device: `device-verdict tone-${tone}`,
      navigation: `nav-verdict tone-${tone}`,
      rows: [`fleet-verdict tone-${tone}`],
      cards: [`card-mark tone-${tone}`],
    });
    await expect.poll(tones).toEqual(all("ok"));
    await write(page, withPolicy(NO_CONNECT));
    await verdictOnAll(page, "All 2 devices provision but cannot connect");
    await expect.poll(tones).toEqual(all("warn"));
    await expect(page).toHaveTitle("All 2 cannot connect · jitp");
    await write(page, sample("empty-policy.json"));
    await verdictOnAll(page, "AWS refuses this template");
    await expect.poll(tones).toEqual(all("rejected"));
    await accessible(page);
  }));

test("the mark of a sample has the colour of the verdict that its plan has", () =>
  visit({}, async (page) => {
    const buttons = page.locator("#samples button");
    const n = await buttons.count();
    assert.ok(n >= 4, "there are samples");
    for (let i = 0; i < n; i++) {
      await buttons.nth(i).click();
      await expect(buttons.nth(i)).toHaveAttribute("aria-pressed", "true");
      await atRest(page);
      const tone = (await page.locator("#verdict").getAttribute("class")).match(/verdict-(\w+)/)[1];
      await expect(buttons.nth(i)).toHaveClass(`sample tone-${tone}`);
    }
  }));

/** The remedies on the page, each with the verdict that it promises. */
const remedies = (page) =>
  page
    .locator("#plan .remedy, #template .remedy")
    .evaluateAll((all) => all.map((one) => [one.querySelector("button").textContent, one.querySelector(".remedy-outcome").textContent]));
/** The banner as a remedy says it. */
const promised = async (page) => {
  const words = await page.locator("#verdict .verdict-words").innerText();
  if (/refuses/.test(words)) return "→ AWS refuses";
  if (/^Fails/.test(words)) return `→ ${words}`;
  if (/cannot connect/.test(words)) return "→ Provisions, cannot connect";
  if (/access unknown/.test(words)) return "→ Provisions, access unknown";
  return words === "Provisions" ? "→ Provisions, can connect" : words;
};

test("each remedy says the verdict that it gives when it is pressed", () =>
  visit({}, async (page) => {
    const tried = [
      ["no-country", "Missing country"],
      ["empty-policy", "Empty policy"],
      ["escaped-comma", "Escaped typo"],
    ];
    let pressed = 0;
    for (const [, name] of tried) {
      const start = async () => {
        await page.getByRole("button", { name, exact: true }).click();
        await atRest(page);
        await expect.poll(async () => (await remedies(page)).every(([, words]) => words !== "")).toBe(true);
        return remedies(page);
      };
      const all = await start();
      assert.ok(all.length > 0, name);
      for (const title of new Set(all.map(([title]) => title))) {
        const [, words] = (await start()).find(([other]) => other === title);
        await page.getByRole("button", { name: title }).first().click();
        await atRest(page);
        if (title.startsWith("Create sample")) await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
        await expect.poll(() => promised(page), `${name}: ${title}`).toBe(words);
        pressed++;
      }
    }
    assert.ok(pressed >= 6, `${pressed} remedies`);
  }));

test("a certificate without what the template asks for has another certificate as a remedy", () =>
  visit({}, async (page) => {
    await write(page, sample("no-country.json"));
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await give(page, bundle("own.pem", certificates("common-name")));
    await verdict(page, "Fails at step 2");
    // The finding stands at the text and in the plan, and one of them is shown.
    const create = page.locator(".remedy:visible", { hasText: "Create sample certificates that have it" });
    await expect(create.locator(".remedy-outcome")).toHaveText("→ Provisions, access unknown");
    await accessible(page);
    await create.getByRole("button").press("Enter");
    const dialog = page.getByRole("dialog", { name: "Sample certificates for this template" });
    await expect(dialog).toContainText("C=US");
    await dialog.getByRole("button", { name: "Close" }).click();
    // The user's own device stays, and the plan is for the new one.
    await verdictOnAll(page, "1 of 2 devices fails");
    await verdict(page, "Provisions");
    await expect(create).toHaveCount(0);
    await page.locator("#plan .verdict-words").first().click();
    await page.keyboard.press("Control+z");
    await verdict(page, "Fails at step 2");
    await expect(create).toHaveCount(1);
  }));
