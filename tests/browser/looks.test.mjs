/**
 * How the page looks in every state, wide and narrow, light and dark. Conditions that hold in any browser and with any fonts are checked.
 * For people to look at there are pictures in target/looks/, with a page that shows them all, target/looks/index.html.
 */

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { makeCertificates } from "../bench/certificates.mjs";
import { answered, fixture, nothing, paste, sample, useBrowser, verdict, write } from "./browser.mjs";
import { faults, settle } from "./looks.mjs";

const visit = useBrowser();

const FOLDER = new URL("../../target/looks/", import.meta.url);

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 840 };

const certificate = (name) => ({ name: `${name}.pem`, mimeType: "text/plain", buffer: Buffer.from(fixture(`certificates/${name}.pem`)) });

/** Replaces the sample's certificates. */
async function give(page, ...names) {
  await page.locator("[aria-label='Remove meter-000417']").evaluate((button) => button.click());
  await page.locator("#certificate-file").setInputFiles(names.map(certificate));
  await page
    .locator("#certificate .card")
    .nth(names.length - 2)
    .waitFor({ state: "attached" });
}

/** The first sample, with a policy that lets this client ID connect and nothing else, and with these thing groups. */
function connectsAs(clientId, groups = []) {
  const template = JSON.parse(sample("provisions.json"));
  const Resource = `arn:aws:iot:eu-west-1:123456789012:client/${clientId}`;
  const Statement = [{ Effect: "Allow", Action: "iot:Connect", Resource }];
  template.Resources.policy.Properties.PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  template.Resources.meter.Properties.ThingGroups = groups;
  return JSON.stringify(template, null, 2);
}

/** Writes such a template, and unfolds all that the plan says of access. */
async function access(page, template, words) {
  await page.locator(".cm-content").waitFor({ state: "attached" });
  await write(page, template);
  // A narrow screen shows the template then.
  await page.locator("#verdict .verdict-words", { hasText: words }).waitFor({ state: "attached" });
  await page.locator("#plan details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
}

const ACCOUNT = JSON.stringify({
  things: {
    "meter-000417": { thingTypeName: "water-meter", attributes: { country: "BE", serial: "WM-000417" }, thingGroups: ["old-depot"] },
  },
  thingTypes: ["water-meter"],
  certificates: {},
});

/** Writes a template whose thing must not differ from one that exists, and gives an account. */
async function given(page, account, words, thingName = { Ref: "AWS::IoT::Certificate::CommonName" }) {
  await page.locator(".cm-content").waitFor({ state: "attached" });
  const template = JSON.parse(sample("provisions.json"));
  template.Resources.meter.Properties.ThingName = thingName;
  template.Resources.meter.OverrideSettings = { AttributePayload: "FAIL", ThingGroups: "DO_NOTHING" };
  await write(page, JSON.stringify(template, null, 2));
  await paste(page.locator("#account-text"), account);
  await page.locator("#verdict .verdict-words", { hasText: words }).waitFor({ state: "attached" });
  await page.locator(".notice .button-quiet").evaluateAll((all) => all.forEach((button) => button.click()));
}

/**
 * Each state: the part that it is about, which a narrow screen shows alone; the part that a narrow screen shows first; the colour of the
 * verdict; and the way to the state.
 */
const STATES = {
  provisions: { part: "plan", tone: "ok", go: (page) => verdict(page, "Provisions") },
  fails: {
    part: "plan",
    tone: "bad",
    async go(page) {
      await page.getByRole("button", { name: "Missing country" }).click();
      await verdict(page, /Fails at step/);
    },
  },
  rejected: {
    part: "plan",
    tone: "bad",
    async go(page) {
      await page.getByRole("button", { name: "Empty policy" }).click();
      await verdict(page, "refuses this template");
    },
  },
  findings: {
    part: "template",
    tone: "bad",
    async go(page) {
      await page.getByRole("button", { name: "Escaped typo" }).click();
      await page.locator("#template .finding").first().waitFor({ state: "attached" });
    },
  },
  unfolded: {
    part: "template",
    from: "template",
    tone: "bad",
    async go(page) {
      await page.getByRole("button", { name: "Escaped typo" }).click();
      await page.getByRole("button", { name: "Unfolded" }).click();
      await page.locator(".cm-line", { hasText: /^\s+"Parameters"/ }).waitFor({ state: "attached" });
    },
  },
  fleet: {
    part: "certificate",
    from: "template",
    tone: "bad",
    async go(page) {
      await page.locator(".cm-content").waitFor({ state: "attached" });
      await write(page, fixture("templates/JITP041-fleet-template.json"));
      await page.getByRole("button", { name: "Check as fleet provisioning" }).first().click();
      await page.locator(".parameter-box [aria-invalid=true]").first().waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Dismiss" }).click();
    },
  },
  chain: {
    part: "certificate",
    tone: "ok",
    async go(page) {
      await give(page, "chained", "signing-ca", "root-ca");
      await page.locator(".chain-name").nth(2).waitFor({ state: "attached" });
    },
  },
  many: {
    part: "plan",
    // The table of all comes before the verdict on one.
    below: true,
    tone: "bad",
    async go(page) {
      await give(page, "chained", "rsa1024", "full", "expired");
      await page.locator(".fleet-table tbody tr").nth(3).waitFor({ state: "attached" });
    },
  },
  "cannot-connect": {
    part: "plan",
    from: "template",
    tone: "warn",
    go: (page) => access(page, connectsAs("gauge-000417"), "Provisioned, but it cannot connect"),
  },
  "access-unknown": {
    part: "plan",
    from: "template",
    tone: "none",
    go: (page) => access(page, connectsAs("meter-000417", ["quarantine"]), "Provisioned, access unknown"),
  },
  account: {
    part: "certificate",
    from: "template",
    tone: "none",
    go: (page) => given(page, '{"things": {"meter-000417": {"thingTypeName": "gas-meter"}}, "thngTypes": {}}', "Unknown"),
    below: true,
    see: "details.account",
  },
  "in-account": {
    part: "plan",
    from: "template",
    tone: "bad",
    below: true,
    go: (page) => given(page, ACCOUNT, "Fails at step 2"),
    see: ".in-account",
  },
  "one-account": {
    part: "plan",
    from: "template",
    tone: "none",
    below: true,
    async go(page) {
      const pem = makeCertificates(2)
        .map((made) => made.pem)
        .join("");
      await page.locator("#certificate-file").setInputFiles({ name: "two.pem", mimeType: "text/plain", buffer: Buffer.from(pem) });
      await given(page, "{}", "The outcome for 1 of 2 devices is unknown", "the-only-meter");
      await page.locator(".fleet-table tbody tr").nth(1).waitFor({ state: "attached" });
    },
  },
  asked: {
    part: "plan",
    tone: "ok",
    // The form is below the verdict.
    below: true,
    async go(page) {
      await verdict(page, "Provisions");
      await page.locator("#can-verb").evaluate((select) => {
        select.value = "publish";
        select.dispatchEvent(new Event("input", { bubbles: true }));
      });
      await page.locator("#can-on").evaluate((field) => {
        field.value = "meters/meter-000418/state";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      await page.locator(".can-answer .tone-warn").waitFor({ state: "attached" });
    },
    see: ".can-it",
  },
  mixed: {
    part: "plan",
    from: "template",
    below: true,
    tone: "none",
    async go(page) {
      const [one] = makeCertificates(1);
      const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
      await page
        .locator("#certificate-file")
        .setInputFiles([file("one.pem", one.pem), certificate("full"), file("meter.pem", sample("water-meter.pem"))]);
      await page.locator("#certificate .card").nth(2).waitFor({ state: "attached" });
      await write(page, connectsAs("meter-000417", ["quarantine"]));
      await page.locator(".fleet-chip", { hasText: "access unknown" }).waitFor({ state: "attached" });
      await answered(page);
    },
  },
  viewer: {
    part: "certificate",
    from: "certificate",
    dialog: true,
    tone: "ok",
    async go(page) {
      await give(page, "chained", "signing-ca");
      await page.getByRole("button", { name: "All details of sensor-0130" }).click();
      await page.getByRole("dialog", { name: "sensor-0130" }).waitFor();
    },
  },
  sample: {
    part: "certificate",
    from: "certificate",
    dialog: true,
    tone: "ok",
    async go(page) {
      await page.getByRole("button", { name: "Create sample certificates", exact: true }).click();
      await page.getByRole("dialog", { name: /Sample certificates for this template/ }).waitFor();
    },
  },
  empty: {
    part: "plan",
    from: "template",
    tone: "none",
    async go(page) {
      await page.locator("[aria-label='Remove meter-000417']").evaluate((button) => button.click());
      await write(page, "");
      await page.keyboard.press("Delete");
      await page.locator("#verdict", { hasText: "No template yet" }).waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Share" }).focus();
    },
  },
  share: {
    part: "plan",
    dialog: true,
    tone: "ok",
    async go(page) {
      await page.getByRole("button", { name: "Share" }).click();
      await page.waitForFunction(() => /#jitp=/.test(document.querySelector("#share-link")?.value));
      // The address has another port each time.
      await page.locator("#share-link").evaluate((field) => (field.value = "https://docs.example.com/jitp/#jitp=1."));
    },
  },
};

const SCHEMES = ["light", "dark"];
const VIEWS = Object.keys(STATES).flatMap((state) =>
  [WIDE, NARROW].map((viewport) => ({ state, viewport, name: `${state}-${viewport.width}` })),
);

before(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
});
after(() => {
  const names = VIEWS.flatMap(({ name }) => SCHEMES.map((scheme) => `${name}-${scheme}`));
  const figures = names.map(
    (name) => `<figure><a href="${name}.png"><img loading="lazy" alt="" src="${name}.png"></a><figcaption>${name}</figcaption></figure>`,
  );
  const style =
    "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px;background:#777;color:#fff}figure{margin:0}img{height:420px}a{display:block}";
  writeFileSync(
    new URL("index.html", FOLDER),
    `<!doctype html><meta charset="utf-8"><title>How jitp looks</title><style>${style}</style>${figures.join("\n")}\n`,
  );
});

/** Opens the page in a state, ready for a picture. */
const reach = ({ state, viewport, scheme = "light" }, scenario) =>
  visit({ viewport, colorScheme: scheme }, async (page) => {
    const { part, from, dialog = false, below = false, see, tone, go } = STATES[state];
    const narrow = viewport === NARROW;
    const show = (view) => narrow && page.locator(`.nav-step[data-view=${view}]`).click();
    if (from) await show(from);
    await go(page);
    if (!dialog) await show(part);
    await settle(page);
    const inSight = !narrow || part === "plan";
    await scenario(page, {
      parts: narrow ? [part] : ["template", "certificate", "plan"],
      narrow,
      scheme,
      dialog,
      below,
      see,
      ...(inSight && { tone }),
    });
  });

for (const view of VIEWS) {
  test(`looks as it should, light and dark: ${view.name}`, () =>
    reach(view, async (page, { see, ...expected }) => {
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        await settle(page);
        if (see) await page.locator(see).evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
        await page.screenshot({ path: new URL(`${view.name}-${scheme}.png`, FOLDER).pathname, caret: "hide", animations: "disabled" });
        if (see) await settle(page);
        await nothing(() => faults(page, { ...expected, scheme }), scheme);
      }
    }));
}

/** Changes that break the page in one way each, with the beginning of the message that must follow. */
const BROKEN = {
  "a part that is not there": ["#certificate { display: none !important }", /^parts: /],
  "parts in another order": [".board { direction: rtl }", /^order: template does not stand left/],
  "a part that ends too early": ["#plan { height: 300px }", /^order: plan ends/],
  "a page that is too wide": [".top { width: 1600px }", /^wide: the page/],
  "a part whose content is too wide": [".verdict { width: 900px }", /^wide: what is in plan/],
  "a page that is too long": [".playground { height: 1200px !important }", /^wide: the page scrolls/],
  "words that are cut off": [".verdict-words { overflow: hidden; width: 40px; white-space: nowrap }", /^cut: /],
  "a dark panel on a light page": ["#plan { background: #111 !important }", /^colours: section#plan/],
  "a verdict in the wrong colour": [".verdict { background: #ab2117 !important }", /^tone: /],
  "a verdict out of sight": [".plan-top { margin-top: 900px }", /^sight: /],
  "text over text": [".verdict-summary { margin-top: -40px }", /^over: /],
  "a control under something else": ["#plan::after { content: ''; position: absolute; inset: 0; z-index: 3 }", /^covered: /],
  "text that nobody can read": [".panel-lead { color: #ddd !important }", /^color-contrast: /],
  "a control too small for a finger": [
    ".samples-row, .sample { display: block } .sample { padding: 0; font-size: 6px; border: 0 }",
    /^target-size: /,
  ],
};

test("each of these checks reports its fault, and reports nothing before", () =>
  reach(VIEWS[0], async (page, expected) => {
    const style = (css) =>
      page.evaluate(async (css) => {
        const sheet = new CSSStyleSheet();
        await sheet.replace(css);
        document.adoptedStyleSheets = css === "" ? [] : [sheet];
      }, css);
    for (const [what, [css, complaint]] of Object.entries(BROKEN)) {
      await style(css);
      const found = await faults(page, expected);
      assert.ok(
        found.some((line) => complaint.test(line)),
        `${what}: ${complaint} is not among ${found.join("\n") || "nothing"}`,
      );
    }
    await style("");
    assert.deepEqual(await faults(page, expected), []);
    assert.match((await faults(page, { ...expected, scheme: "dark" })).join("\n"), /^colours: body/);
    assert.deepEqual(await faults(page, { ...expected, dialog: true }), ["dialog: there is none"]);
  }));

test("every control that the keyboard reaches shows that it has the focus, light and dark", async () => {
  for (const scheme of SCHEMES) {
    await reach({ state: "provisions", viewport: WIDE, scheme }, async (page) => {
      const seen = new Set();
      for (let i = 0; i < 150; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          let element = document.activeElement;
          if (element === document.body) return undefined;
          if (element.shadowRoot) element = element.shadowRoot.activeElement;
          const name = `${element.tagName} ${element.id || element.className} ${element.textContent.slice(0, 20)}`;
          const ring = [element, ...(element.labels ?? []), element.getRootNode().host].some((one) => {
            if (!one) return false;
            const { outlineStyle, outlineWidth } = getComputedStyle(one);
            return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
          });
          return { name, ring, editor: element.classList.contains("cm-content") };
        });
        if (!at) break;
        assert.ok(at.ring, `${at.name} does not show it`);
        seen.add(at.name);
        if (at.editor) await page.keyboard.press("Escape");
      }
      assert.ok(seen.size > 15, `${seen.size} were reached`);
    });
  }
});
