// From a key to the plan that it changes, with a template as large as AWS allows.
import { fileURLToPath } from "node:url";
import { median } from "../measure.mjs";
import { freshPage } from "./watch.mjs";

const CERTIFICATE = fileURLToPath(new URL("../../../www/samples/water-meter.pem", import.meta.url));
const MARK = "meter-";
/** The most characters of a template body. */
const LIMIT = 10_240;

/** A template body of nearly 10 kB, with what makes templates large: policy documents. */
function body() {
  const statement = (i) => ({
    Effect: "Allow",
    Action: ["iot:Publish", "iot:Receive"],
    Resource: [`arn:aws:iot:*:*:topic/fleet/site-${i}/\${iot:Connection.Thing.ThingName}/readings`],
  });
  const policy = (from, count) => ({
    Type: "AWS::IoT::Policy",
    Properties: {
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "iot:Connect", Resource: "arn:aws:iot:*:*:client/${iot:Connection.Thing.ThingName}" },
          ...Array.from({ length: count }, (_, i) => statement(from + i)),
        ],
      }),
    },
  });
  const made = {
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: { ThingName: { "Fn::Join": ["", [MARK, { Ref: "AWS::IoT::Certificate::SerialNumber" }]] }, AttributePayload: {} },
      },
      certificate: {
        Type: "AWS::IoT::Certificate",
        Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
      },
    },
    Parameters: {
      "AWS::IoT::Certificate::SerialNumber": { Type: "String" },
      "AWS::IoT::Certificate::Id": { Type: "String" },
    },
  };
  for (let i = 0; ; i++) {
    const next = structuredClone(made);
    next.Resources[`policy${i}`] = policy(10 * i, 10);
    if (JSON.stringify(next).length > LIMIT) return JSON.stringify(made);
    Object.assign(made, next);
  }
}

/** Runs in the page: keeps for each key the time until a plan that has it is painted. */
function timeKeys(mark) {
  globalThis.keys = [];
  const times = [];
  globalThis.addEventListener("keydown", ({ key, timeStamp }) => key === "x" && globalThis.keys.push(timeStamp), { capture: true });
  const look = () => {
    const name = new RegExp(`${mark}(x*)`).exec(document.querySelector("#plan .made-name")?.textContent ?? "");
    const seen = name?.[1]?.length ?? 0;
    for (let i = times.length; i < seen; i++) {
      times.push(undefined);
      globalThis.painted((at) => (times[i] = at - globalThis.keys[i]));
    }
  };
  new MutationObserver(look).observe(document.querySelector("#plan"), { childList: true, subtree: true, characterData: true });
  globalThis.keyTimes = () => times;
}

/** Milliseconds from key to painted plan: single keys, and keys in a row. */
async function typed(browser, url, { text, unfolded, slowdown = 1 }) {
  const page = await freshPage(browser, { slowdown });
  await page.goto(url);
  await page.waitForSelector("html[data-ready]");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.locator(".cm-content").evaluate((content, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
  // The sample's certificate goes when another template arrives.
  await page.locator("#certificate-file").setInputFiles(CERTIFICATE);
  await page.locator("#plan .made-name", { hasText: MARK }).first().waitFor({ state: "attached" });
  const way = page.locator(".way", { hasText: unfolded ? "Unfolded" : "As written" });
  if (await way.isVisible()) await way.click();
  await page.waitForTimeout(500);
  await page.locator(".cm-content").focus();
  // Only what is in sight is drawn.
  await page.keyboard.press("ControlOrMeta+Home");
  await page.waitForTimeout(300);
  await page.locator(".cm-content").evaluate((content, mark) => {
    const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const at = texts.currentNode.data.indexOf(mark);
      if (at >= 0) return document.getSelection().collapse(texts.currentNode, at + mark.length);
    }
    throw new Error(`the editor does not show ${mark}`);
  }, MARK);
  await page.waitForTimeout(300);
  await page.evaluate(timeKeys, MARK);
  const type = async (count, pause) => {
    const from = await page.evaluate(() => globalThis.keys.length);
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("x");
      await page.waitForTimeout(pause);
    }
    await page.waitForFunction((all) => globalThis.keyTimes().filter((time) => time !== undefined).length >= all, from + count);
    return (await page.evaluate(() => globalThis.keyTimes())).slice(from);
  };
  const result = { single: await type(9, 600), row: await type(30, 70) };
  await page.context().close();
  return result;
}

/** The time from key to repaint in all ways of typing: median and longest. */
export async function typing(browser, url) {
  const text = body();
  const config = JSON.stringify({ templateBody: text, roleArn: "arn:aws:iam::123456789012:role/provisioning" });
  const result = { characters: text.length, ways: {} };
  const ways = {
    "config as written": { text: config },
    "config unfolded": { text: config, unfolded: true },
    "template body": { text },
  };
  for (const [name, way] of Object.entries(ways)) {
    const { single, row } = await typed(browser, url, way);
    const figures = (times) => ({ median: median(times), longest: Math.max(...times) });
    result.ways[name] = { single: figures(single), row: figures(row) };
  }
  return result;
}
