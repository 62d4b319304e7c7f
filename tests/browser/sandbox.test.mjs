/** Frames with little freedom: in a sandbox, or under policies that let nothing start. */

import { test } from "node:test";
import { accessible, expect, verdict } from "./browser.mjs";
import { certificate } from "./certificates.mjs";
import { hash } from "./docs.mjs";
import { METER, OPEN, useFrames } from "./frames.mjs";

const frames = useFrames();

const frame =
  (attributes, work = METER, view = "plan") =>
  (site) =>
    `<iframe title="The plan" width="700" height="600" ${attributes} src="${site}?embed&amp;view=${view}${hash(work)}"></iframe>`;

/** What the browser says of things that it refuses. */
const REFUSED = /Content Security Policy|blocked by CORS|Failed to load resource|preload|WebAssembly/;

test("in a sandbox without an origin the plan is made, also of a second worker's calls, if the server lets everybody read its files", () =>
  frames(
    frame('sandbox="allow-scripts"', METER, "full"),
    async (_page, { frame, inside }) => {
      await verdict(frame, "Provisions");
      await frame.locator(".cm-content").waitFor({ state: "attached" });
      await expect.poll(() => inside.evaluate(() => origin)).toBe("null");
      // A press that the second worker answers: there is no WebCrypto in a worker without an origin.
      await frame.locator(".steps-nav").getByRole("button", { name: "Certificate" }).click();
      await frame.locator("#certificate").getByRole("button", { name: "Create sample certificates" }).click();
      await frame.locator(".notice", { hasText: "there is no WebCrypto here" }).waitFor();
    },
    { headers: OPEN },
  ));

test("in a sandbox without an origin no signature is called verified, as nothing there can verify one", () =>
  frames(
    frame(
      'sandbox="allow-scripts"',
      { ...METER, certificates: ["chained", "signing-ca"].map((name) => ({ from: `${name}.pem`, pem: certificate(name) })) },
      "full",
    ),
    async (_page, { frame }) => {
      await frame.locator("#certificate .card", { hasText: "sensor-0130" }).waitFor({ state: "attached" });
      await expect(frame.locator("#certificate .signer").first()).toContainText("Signed by Example Signing CA: not checked");
    },
    { headers: OPEN },
  ));

test("if the server does not, the frame says so, with the template", () =>
  frames(
    frame('sandbox="allow-scripts"'),
    async (_page, { frame, inside }) => {
      await expect(frame.locator("#verdict")).toContainText("keeps this frame in a sandbox without an origin");
      await expect(frame.locator("#verdict")).toHaveCSS("color", "rgb(255, 255, 255)");
      await expect(frame.getByRole("group", { name: "The template" })).toContainText('"AWS::IoT::Thing"');
      await accessible(inside);
    },
    { expected: REFUSED },
  ));

for (const [name, policy, reason] of [
  ["no worker", "worker-src 'none'", /no worker can be started here.*content security policy/],
  ["no wasm", "script-src 'self'", /WebAssembly/],
]) {
  for (const view of ["plan", "verdict", "editor", "full"]) {
    test(`if a policy allows ${name}, the frame says so, with the template: ${view}`, () =>
      frames(
        frame("", METER, view),
        async (_page, { frame, inside }) => {
          await expect(frame.locator("#verdict")).toContainText("Could not start");
          await expect(frame.locator("#verdict")).toContainText(reason);
          await expect(frame.getByRole("group", { name: "The template" })).toContainText('"AWS::IoT::Thing"');
          await expect(frame.locator("#embed-bar")).toBeHidden();
          await accessible(inside);
        },
        { headers: { "content-security-policy": policy }, expected: REFUSED },
      ));
  }
}

test("what nothing can search for private keys is shown without whatever may be one", () =>
  frames(
    (site) =>
      ["-----BEGIN PRIVATE KEY-----\nAAAA", `{ "x": "${"QUJD".repeat(20)}", "name": "lamps" }`, `[${Array(64).fill(161)}]`]
        .map((template) => frame("", { template })(site))
        .join(""),
    async (page) => {
      const [marked, bare, bytes] = [0, 1, 2].map((i) => page.frameLocator("iframe").nth(i));
      const text = (frame) => frame.getByRole("group", { name: "The template" });
      await expect(text(bare)).toHaveText('{ "x": "…", "name": "lamps" }');
      await expect(text(bytes)).toHaveText("[…161]");
      await expect(marked.locator("#verdict")).toContainText("Could not start");
      await expect(text(marked)).toHaveCount(0);
      for (const inside of page.frames().slice(1)) {
        await expect.poll(() => inside.evaluate(() => /AAAA|QUJDQUJD|161,161/.test(document.body.innerText))).toBe(false);
      }
    },
    { headers: { "content-security-policy": "worker-src 'none'" }, expected: REFUSED },
  ));
