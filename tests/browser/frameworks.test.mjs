/** The element in frameworks and scripts: a property does the same as the attribute. */

import { fileURLToPath } from "node:url";
import { before, test } from "node:test";
import * as esbuild from "esbuild";
import { expect, sample, verdict } from "./browser.mjs";
import { meter, useDocs } from "./docs.mjs";

const { docs } = useDocs();

const LAMPS = JSON.stringify({
  Parameters: { SerialNumber: { Type: "String" } },
  Resources: {
    lamp: { Type: "AWS::IoT::Thing", Properties: { ThingName: { "Fn::Join": ["-", ["lamp", { Ref: "SerialNumber" }]] } } },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "Active" } },
    policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "lamps" } },
  },
});

/** The same small page in each framework; `change` sets what the element gets. */
const APPS = {
  React: `
    import { createElement as h, useState } from "react";
    import { createRoot } from "react-dom/client";
    function App() {
      const [given, change] = useState(FIRST);
      globalThis.change = change;
      return h("div", null, h("pre", { id: "lamps" }, LAMPS), h("jitp-playground", { id: "one", ...given }));
    }
    createRoot(document.querySelector("#app")).render(h(App));`,
  Vue: `
    import { createApp, h, shallowRef } from "vue";
    const given = shallowRef(FIRST);
    globalThis.change = (to) => (given.value = to);
    createApp({ render: () => h("div", null, [h("pre", { id: "lamps" }, LAMPS), h("jitp-playground", { id: "one", ...given.value })]) }).mount("#app");`,
};

const bundles = {};
before(async () => {
  for (const [name, code] of Object.entries(APPS)) {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: code, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
      bundle: true,
      format: "esm",
      write: false,
      minify: true,
      define: {
        LAMPS: JSON.stringify(LAMPS),
        FIRST: '{"template":"#lamps","flow":"fleet","parameters":{"SerialNumber":"4711"}}',
        "process.env.NODE_ENV": '"production"',
        __VUE_OPTIONS_API__: "false",
        __VUE_PROD_DEVTOOLS__: "false",
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
      },
    });
    bundles[name] = outputFiles[0].text;
  }
});

const summary = (place, words) => place.locator("#verdict", { hasText: words }).waitFor();

for (const name of Object.keys(APPS)) {
  test(`${name} sets properties: a selector is a selector, and a removed value is gone`, () =>
    docs(
      `<div id="app"></div>`,
      async (page) => {
        const one = page.locator("#one");
        await summary(one, "lamp-4711");
        await expect
          .poll(() => one.evaluate((element) => JSON.parse(element.template).Resources.policy.Properties.PolicyName))
          .toBe("lamps");
        const change = (given) => page.evaluate((given) => globalThis.change(given), given);
        const pem = sample("water-meter.pem");
        await change({
          template: sample("provisions.json"),
          certificate: pem,
          view: "plan",
          readOnly: true,
          region: "eu-north-1",
          accountId: "123456789012",
          theme: "dark",
        });
        await one.locator("#plan .made-arn", { hasText: "arn:aws:iot:eu-north-1:123456789012:thing/meter-000417" }).first().waitFor();
        await expect(one.locator("#template")).toBeHidden();
        await expect
          .poll(() => one.evaluate((element) => [element.readOnly, element.theme, element.view, element.flow]))
          .toEqual([true, "dark", "plan", "jitp"]);
        // No removed value becomes the word "null" or "undefined".
        await change({});
        await one.locator("#verdict", { hasText: "No template yet" }).waitFor();
        await expect
          .poll(() =>
            one.evaluate((element) => [
              element.template,
              element.certificate,
              element.readOnly,
              element.view,
              element.region,
              element.accountId,
              element.theme,
            ]),
          )
          .toEqual(["", "", false, "full", undefined, undefined, undefined]);
        await expect.poll(() => one.evaluate((element) => element.outerHTML)).not.toMatch(/null|undefined/);
      },
      { last: bundles[name], policies: "jitp vue" },
    ));

  test(`${name} may be there before the element is`, () =>
    docs(
      `<div id="app"></div>`,
      (page) =>
        page
          .locator("#one #verdict")
          .filter({ hasText: "No value for SerialNumber" })
          .or(page.locator("#one #verdict", { hasText: "lamp-4711" }))
          .first()
          .waitFor(),
      {
        first: bundles[name],
        policies: "jitp vue",
      },
    ));
}

test("properties and attributes say the same, and null resets a property", () =>
  docs(`<pre id="text.of:it">${sample("empty-policy.json")}</pre><jitp-playground id="one">${meter}</jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    await verdict(one, "Provisions");
    const set = (given) => one.evaluate((element, given) => void Object.assign(element, given), given);
    // An id that must be escaped in a selector, and selectors that are more than an id.
    for (const selector of ["#text\\.of\\:it", "#text.of:it", " #text.of:it "]) {
      await set({ template: selector });
      await one.locator(".badge", { hasText: "Registration config" }).waitFor();
      await set({ template: null });
      await verdict(one, "Provisions");
    }
    await set({ template: JSON.parse(sample("provisions.json").replace('"water-meter"', '"gas-meter"')) });
    await one.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await set({ template: undefined });
    await one.locator("#plan dd", { hasText: /^water-meter$/ }).waitFor();

    // Each is kept in its attribute, so that styles and other scripts can see it.
    await one.evaluate((element) =>
      Object.assign(element, {
        view: "plan",
        readOnly: true,
        theme: "light",
        flow: "fleet",
        region: "eu-west-1",
        accountId: "210987654321",
        serialNumber: "subject",
        now: new Date("2031-05-06T07:08:09.123Z"),
        rules: "https://docs.example.com/rules#",
      }),
    );
    const attributes = () => one.evaluate((element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])));
    await expect.poll(attributes).toEqual({
      id: "one",
      view: "plan",
      "read-only": "",
      theme: "light",
      flow: "fleet",
      region: "eu-west-1",
      "account-id": "210987654321",
      "serial-number": "subject",
      now: "2031-05-06T07:08:09Z",
      rules: "https://docs.example.com/rules#",
    });
    await one.evaluate((element) => {
      for (const name of ["view", "readOnly", "theme", "flow", "region", "accountId", "serialNumber", "now", "rules"]) element[name] = null;
    });
    await expect.poll(attributes).toEqual({ id: "one" });
    await expect
      .poll(() => one.evaluate((element) => [element.view, element.flow, element.serialNumber, element.now]))
      .toEqual(["full", "jitp", "auto", undefined]);
    await verdict(one, "Provisions");
    // Some frameworks write `false` instead of nothing.
    await one.evaluate((element) => element.setAttribute("read-only", "false"));
    await expect.poll(() => one.evaluate((element) => element.readOnly)).toBe(false);
  }));

test("an address of rules that is set later turns the codes into links", () =>
  docs(`<jitp-playground id="one" template='{ "Resources": [] }'></jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    await one.locator("#template .finding").first().waitFor();
    await expect(one.locator(".finding-meta a[href*=rules]")).toHaveCount(0);
    await one.evaluate((element) => (element.rules = "https://docs.example.com/rules#"));
    await one.locator("#template .finding-meta a[href^='https://docs.example.com/rules#JITP']").first().waitFor();
  }));

test("parameters are an object or its JSON, and nothing else", () =>
  docs(`<pre id="lamps">${LAMPS}</pre><jitp-playground id="one" template="#lamps" flow="fleet"></jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    const set = (parameters) => one.evaluate((element, parameters) => void (element.parameters = parameters), parameters);
    await verdict(one, "Fails at step 2");
    await set({ SerialNumber: 12 });
    await summary(one, "lamp-12");
    await set('{ "SerialNumber": "13" }');
    await summary(one, "lamp-13");
    for (const neither of ["{", "[object Object]", null, { SerialNumber: null }]) {
      await set(neither);
      await verdict(one, "Fails at step 2");
      await set({ SerialNumber: "14" });
      await summary(one, "lamp-14");
    }
  }));

test("a property that is set before the element is defined, or before its target exists, is not lost", () =>
  docs(
    `<jitp-playground id="one"></jitp-playground><jitp-playground id="two" template="#later"></jitp-playground>`,
    async (page) => {
      await verdict(page.locator("#one"), "Provisions");
      await expect.poll(() => page.locator("#one").evaluate((element) => Object.hasOwn(element, "template"))).toBe(false);
      await page.locator("#two #verdict", { hasText: "No template yet" }).waitFor();
      await page.evaluate((text) => {
        const pre = document.createElement("pre");
        pre.textContent = text;
        document.body.append(pre);
        pre.id = "later";
      }, sample("empty-policy.json"));
      await page.locator("#two .badge", { hasText: "Registration config" }).waitFor();
    },
    {
      first: `Object.assign(document.querySelector("#one"), ${JSON.stringify({ template: sample("provisions.json"), certificate: sample("water-meter.pem"), view: "plan" })});`,
    },
  ));
