/** The plan as a picture, why by pointing, and exports. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { accessible, expect, fixture, sample, selected, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

/** The parts of the picture that fits the panel; those for other widths are not shown. */
const SHOWN_PART = ".picture-part:visible";

/** The highlighted text in the editor, joined across line wraps and tokens. */
const lit = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#editor")]
      .flatMap((host) => [...(host.shadowRoot?.querySelectorAll(".cm-pointed") ?? [])])
      .map((mark) => mark.textContent)
      .join(""),
  );

/** The highlighted places on the page outside the editor. */
const places = (page, panel) =>
  page.locator(`${panel} .is-pointed`).evaluateAll((all) => all.map((element) => element.getAttribute("data-place")));

test("a picture shows the created resources and their connections, and says the same in words", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    const picture = page.getByRole("img", { name: "Picture of the plan: Provisions" });
    await picture.waitFor();
    const parts = () =>
      page
        .locator(SHOWN_PART)
        .evaluateAll((all) => all.map((part) => `${part.getAttribute("data-part")} ${part.querySelector("title")?.textContent}`));
    await expect
      .poll(parts)
      .toEqual([
        "certificate Certificate, meter-000417, registered (step 1)",
        "thing Thing, meter-000417, created (step 2)",
        "thing-type Thing type, water-meter, must exist",
        "billing-group Billing group, metering, must exist",
        "policy Policy, <hash of the document>, created (step 3)",
        "status Final status, ACTIVE (step 6)",
      ]);
    await page.getByText("The picture in words").click();
    const words = page.locator(".picture-words li");
    await expect(words.first()).toHaveText("The certificate meter-000417 is registered (step 1).");
    await expect
      .poll(
        async () => (await words.allTextContents()).join(" ") === (await page.locator(".picture svg:visible > desc").textContent()),
        "picture and words say the same",
      )
      .toBe(true);
    await accessible(page);

    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, "Fails at step 2");
    await expect(page.locator(".picture-failed:visible")).toHaveCount(1);
    await expect
      .poll(async () => (await parts()).join("\n"))
      .toMatch(/^certificate Certificate, sensor-0071, registered \(step 1\)\nthing Thing, sensor-0071, fails here \(step 2\)\n/);
    await expect(page.locator(".strip .step")).toHaveCount(6);
  }));

test("the numbers are read in the order of the steps, and the picture takes the width that the plan has", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    /** The numbers as they are read, line by line, and whether names fit, letters are legible, and the width is used. */
    const seen = () =>
      page.locator(".picture svg:visible").evaluate((svg) => {
        const { width, left, right } = svg.getBoundingClientRect();
        const scale = width / svg.viewBox.baseVal.width;
        const numbers = [...svg.querySelectorAll("[data-step]")].map((of) => {
          const { x, y } = of.querySelector("circle").getBoundingClientRect();
          return { number: of.dataset.step, x, y };
        });
        const read = numbers.sort((a, b) => (Math.abs(a.y - b.y) < 10 ? a.x - b.x : a.y - b.y)).map(({ number }) => number);
        const rows = new Set(numbers.map(({ y }) => Math.round(y / 10))).size;
        const overlaps = [...svg.querySelectorAll(".picture-part")].filter((part) => {
          const inside = part.querySelector("rect").getBoundingClientRect();
          return [...part.querySelectorAll("text")].some((text) => {
            const box = text.getBoundingClientRect();
            return box.right > inside.right || box.left < inside.left || box.bottom > inside.bottom;
          });
        });
        const panel = svg.closest(".part").getBoundingClientRect();
        return {
          read: read.join(""),
          columns: rows < 5,
          legible: 12 * scale >= 11 && 12 * scale <= 16,
          fits: overlaps.length === 0 && left >= panel.left && right <= panel.right + 1,
          used: width >= 0.9 * Math.min(panel.width, 960),
        };
      });
    for (const [width, columns] of [
      [1440, true],
      [1366, true],
      [800, true],
      [390, false],
    ]) {
      await page.setViewportSize({ width, height: 800 });
      if (width <= 800) await page.locator(".nav-step[data-view=plan]").click();
      await expect.poll(seen, `${width}`).toEqual({ read: "123456", columns, legible: true, fits: true, used: true });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator(".picture-part[data-part=status]:visible").hover();
    await expect.poll(() => lit(page)).toBe('"ACTIVE"');
  }));

test("a picture can be read on a phone, in the page's own colours", () =>
  visit({ viewport: { width: 320, height: 640 }, colorScheme: "dark" }, async (page) => {
    await verdict(page, "Provisions");
    const seen = () =>
      page.locator(".picture svg:visible").evaluate((svg) => {
        const { fontSize, fill } = getComputedStyle(svg.querySelector("[data-part=thing-type] text"));
        return {
          legible: Number.parseFloat(fontSize) * (svg.clientWidth / 360) >= 9,
          fits: svg.getBoundingClientRect().right <= 320,
          fill,
        };
      });
    await expect.poll(seen).toEqual({ legible: true, fits: true, fill: "rgb(176, 191, 187)" });
    await accessible(page);
  }));

test("pointing at a value shows its source in the template and in the certificate", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await page.locator('.picture-part[data-part="thing"]:visible').hover();
    await page.locator("#certificate .is-pointed").waitFor();
    await expect.poll(() => lit(page)).toBe('"AWS::IoT::Certificate::CommonName""AWS::IoT::Certificate::CommonName"');
    await expect.poll(() => page.locator("#certificate .is-pointed").innerText()).toMatch(/CN\s+meter-000417/);

    // A fixed value comes from the template alone.
    await page.locator('.picture-part[data-part="thing-type"]:visible').hover();
    await page.locator("#certificate .is-pointed").waitFor({ state: "detached" });
    await expect.poll(() => lit(page)).toBe('"water-meter"');

    await page.mouse.move(2, 2);
    await page.waitForFunction(() => document.querySelectorAll(".is-pointed").length === 0);
    await expect.poll(() => lit(page)).toBe("");
  }));

test("the other way round: an attribute of the certificate, and a place in the template", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    const attribute = page.locator("#certificate .attribute", { hasText: "2.5.4.6" });
    await attribute.hover();
    await page.locator("#plan .is-pointed").first().waitFor();
    await expect
      .poll(() => places(page, "#plan"))
      .toEqual(["/Parameters/AWS::IoT::Certificate::Country", "/Resources/meter/Properties/AttributePayload/country"]);
    await page.mouse.move(2, 2);

    // The keyboard moves the caret to the serial number's declaration.
    await page.locator(".parameters").getByRole("button", { name: "SerialNumber" }).press("Enter");
    await page.locator("#certificate .is-pointed").waitFor();
    await expect.poll(() => places(page, "#certificate")).toEqual(["#subject/2"]);
    await expect.poll(() => places(page, "#plan")).toContain("/Resources/meter/Properties/AttributePayload/serial");
  }));

test("in an escaped registration config the same places light up, with the keyboard alone", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, "Fails at step 2");
    await page.getByRole("button", { name: "As written" }).click();
    const name = page.locator("#plan .made-name").getByRole("button", { name: "sensor-0071" });
    await name.focus();
    await page.locator("#certificate .is-pointed").waitFor();
    await expect.poll(() => lit(page)).toBe(String.raw`\"AWS::IoT::Certificate::CommonName\"\"AWS::IoT::Certificate::CommonName\"`);
    await page.keyboard.press("Enter");
    await expect.poll(() => selected(page)).toBe(String.raw`\"AWS::IoT::Certificate::CommonName\"`);
    await accessible(page);
  }));

test("a ticket's broken config: from the picture to the cause, fixed, and exported as Terraform", () =>
  visit({}, async (page) => {
    // In the ticket the device never gets its policy, because the document has a comma too many, two strings deep.
    await write(page, sample("escaped-comma.json"));
    await verdict(page, "Fails at step 3");
    const failed = page.locator(".picture-failed:visible");
    await expect.poll(() => failed.evaluateAll((all) => all.map((part) => part.getAttribute("data-part")))).toEqual(["policy"]);
    await page.locator("#template .findings").getByRole("button", { name: "Remove the comma" }).click();
    await verdict(page, "Provisions");
    await failed.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save Terraform" }).click()]);
    assert.equal(download.suggestedFilename(), "provisioning.tf");
    assert.match(readFileSync(await download.path(), "utf8"), /resource "aws_iot_ca_certificate" "this"/);
    await page.locator(".notice", { hasText: "verification certificate" }).waitFor();
  }));

test("every entry of the menu can be saved, and its content fits its name", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("dialog", { name: "Export" }).waitFor();
    await accessible(page);
    await page.getByLabel("Register the CA in mode").selectOption("SNI_ONLY");
    await page.getByLabel("Template name").fill("water meters");
    await expect(page.getByLabel("Template name")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Template name").fill("water-meters");
    const menu = page.getByRole("dialog", { name: "Export" });
    const saved = {};
    for (const name of [
      "registration config",
      "AWS CLI script",
      "CloudFormation",
      "Terraform",
      "plan as text",
      "plan as Markdown",
      "plan as JSON",
      "picture as SVG",
      "picture as PNG",
    ]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        menu.getByRole("button", { name: `Save ${name}`, exact: true }).click(),
      ]);
      saved[download.suggestedFilename()] = readFileSync(await download.path());
    }
    const text = (name) => saved[name].toString("utf8");
    assert.deepEqual(Object.keys(saved), [
      "registration-config.json",
      "register-ca.sh",
      "provisioning.yaml",
      "provisioning.tf",
      "jitp-plan.txt",
      "jitp-plan.md",
      "jitp-plan.json",
      "jitp-plan.svg",
      "jitp-plan.png",
    ]);
    assert.deepEqual(JSON.parse(JSON.parse(text("registration-config.json")).templateBody), JSON.parse(sample("provisions.json")));
    const folder = mkdtempSync(join(tmpdir(), "jitp-export-"));
    writeFileSync(join(folder, "script.sh"), text("register-ca.sh"));
    assert.equal(spawnSync("sh", ["-n", join(folder, "script.sh")]).status, 0);
    rmSync(folder, { recursive: true });
    assert.match(text("register-ca.sh"), /--certificate-mode SNI_ONLY/);
    assert.match(text("provisioning.yaml"), /TemplateName: "water-meters"/);
    assert.match(text("provisioning.tf"), /resource "aws_iot_provisioning_template"/);
    assert.match(text("jitp-plan.txt"), /^Provisions: [\s\S]*\nPlan: 5 to create, 1 to change, 2 to exist already\.\n$/);
    assert.match(text("jitp-plan.md"), /^## Provisions\n/);
    assert.equal(JSON.parse(text("jitp-plan.json")).verdict, "provisions");
    assert.match(text("jitp-plan.svg"), /^<svg [^]*>meter-000417<[^]*<\/svg>\n$/);
    assert.equal(saved["jitp-plan.png"].toString("latin1", 1, 4), "PNG");
    assert.ok(saved["jitp-plan.png"].readUInt32BE(16) >= 1440, "it is sharp");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Export" }).waitFor({ state: "hidden" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), "the focus is back on the button").toBe("Export");
  }));

test("without a plan the menu has only the template, and says so", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await verdict(page, "No certificate yet");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByText("There is no plan yet.").waitFor();
    await expect(page.getByRole("button", { name: "Save plan as text" })).toBeDisabled();
    await expect(page.getByRole("button", { name: "Save CloudFormation" })).toBeEnabled();
    await accessible(page);
    await page.keyboard.press("Escape");
    await write(page, fixture("templates/ok-signing-request+register-thing.json"));
    await page.locator(".options summary").click();
    await page.getByLabel("Flow").selectOption("register-thing");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save template body" }).waitFor();
    await expect(page.getByRole("button", { name: /CLI script/ }).first()).toBeHidden();
  }));

test("in the unfolded body the same tokens light up", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, "Fails at step 2");
    await page.locator(".cm-line", { hasText: /^\s+"Parameters"/ }).waitFor();
    await page.locator('.picture-part[data-part="thing"]:visible').hover();
    await page.locator("#certificate .is-pointed").waitFor();
    await expect.poll(() => lit(page)).toBe('"AWS::IoT::Certificate::CommonName""AWS::IoT::Certificate::CommonName"');
  }));
