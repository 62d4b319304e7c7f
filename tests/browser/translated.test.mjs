/**
 * The page in an invented language, in which each text of www/src/words has marks around it. What is shown without a mark is not in the words: it
 * must be from the core, which speaks English, or from the user.
 */

import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { build } from "vite";
import { atRest, expect, fixture, paste, useBrowser } from "./browser.mjs";

const DIST = fileURLToPath(new URL("../../target/translated", import.meta.url));
const WWW = fileURLToPath(new URL("../../www", import.meta.url));

before(async () => {
  await build({
    root: WWW,
    configFile: `${WWW}/vite.config.ts`,
    logLevel: "error",
    plugins: [translation()],
    build: { outDir: DIST, emptyOutDir: true },
  });
});
const visit = useBrowser(DIST);

/** Has each text of the words in marks. */
function translation() {
  return {
    name: "translation",
    enforce: "pre",
    load: (id) => (/\/src\/words\/[\w-]+\.ts$/.test(id) ? translated(readFileSync(id, "utf8")) : undefined),
  };
}

/** The source of a file of words in the invented language. */
function translated(source) {
  const file = ts.createSourceFile("words.ts", source, ts.ScriptTarget.Latest, true);
  const marks = [];
  const look = (node) => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    const words = ts.isTemplateExpression(node) ? node.getText() : node.text;
    if (text && /\p{L}/u.test(words) && isSaid(node)) marks.push([node.getStart() + 1, "⟦"], [node.getEnd() - 1, "⟧"]);
    if (!ts.isTypeNode(node)) ts.forEachChild(node, look);
  };
  look(file);
  let made = source;
  for (const [at, mark] of marks.sort(([a], [b]) => b - a)) made = made.slice(0, at) + mark + made.slice(at);
  return made;
}

/** Whether a literal is a text, and neither a name nor compared with something. */
function isSaid(node) {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isImportDeclaration(parent) || ts.isElementAccessExpression(parent) || ts.isCaseClause(parent)) return false;
  if (ts.isBinaryExpression(parent)) return !/^[=!]==?$/.test(parent.operatorToken.getText());
  if (ts.isVariableDeclaration(parent)) return parent.name.getText() !== "LANGUAGE";
  return true;
}

/** Runs in the page: keeps what the workers answer, which is what the core says and what the user gave. */
function listen() {
  globalThis.told = new Set();
  const keep = (value) => {
    if (typeof value === "string") globalThis.told.add(value);
    else if (value instanceof Map || value instanceof Set) [...value].forEach(keep);
    else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
      Object.keys(value).forEach(keep);
      Object.values(value).forEach(keep);
    }
  };
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) => keep(data));
    }
  };
}

/** Runs in the page: the texts without marks. `given` are texts of the user. */
function unmarked(given) {
  const plain = (text) => text.replace(/`/g, "").replace(/\s+/g, " ").trim();
  const all = [...globalThis.told, ...given].map(plain).join("\n");
  // The picture is drawn from what the core tells of it, and told in words below it.
  const picture = [...document.querySelectorAll("svg desc")].map(({ textContent }) => plain(textContent)).join("\n");
  // Narrow places leave out articles of the core.
  const said = `${picture}\n${all}\n${all.replace(/\bthe /gi, "")}`;
  const isSaid = (text) => said.includes(text) || /^([A-Z_]+|iot:\w+)$/.test(text);
  const found = [];
  const judge = (where, text) => {
    const left = plain(text).replace(/^[\s·.,:;()→]+|[\s·,:;()→]+$/g, "");
    if (!/\p{L}/u.test(left) || isSaid(left) || left.split(" · ").every(isSaid)) return;
    found.push(`${where}: ${left}`);
  };
  /** What is outside the marks of a text, which may go on in the next text. */
  let depth = 0;
  const outside = (text) => {
    let left = "";
    for (const sign of text) {
      if (sign === "⟦") depth++;
      else if (sign === "⟧") depth--;
      else if (depth === 0) left += sign;
      if (sign === "⟧" || sign === "⟦") left += "\u0001";
    }
    return left.split("\u0001");
  };
  const OTHERS = "svg, code, pre, kbd, script, style, noscript, textarea, .cm-content, .cm-gutters, .wordmark";
  const walk = (node, where) => {
    if (node instanceof Text) for (const left of outside(node.data)) judge(where, left);
    if (!(node instanceof Element)) return;
    for (const name of ["title", "aria-label", "placeholder", "alt"]) {
      const before = depth;
      for (const left of outside(node.getAttribute(name) ?? "")) judge(`${where} @${name}`, left);
      if (depth !== before) found.push(`${where} @${name} is cut: ${node.getAttribute(name)}`);
      depth = before;
    }
    if (node.matches(OTHERS)) return;
    for (const child of node.childNodes) walk(child, `${node.nodeName.toLowerCase()}.${node.id || node.className}`);
  };
  walk(document.body, "");
  for (const left of outside(document.title)) judge("the title of the window", left);
  if (depth !== 0) found.push("a text was cut");
  return [...new Set(found)];
}

async function holds(page, ...given) {
  await atRest(page);
  await expect.poll(() => page.evaluate(unmarked, given)).toEqual([]);
}

/** Opens whatever can be opened. */
const unfold = (page) => page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));

const pem = (name) => ({ name: `${name}.pem`, mimeType: "text/plain", buffer: Buffer.from(fixture(`certificates/${name}.pem`)) });
/** Names of algorithms, forms and values, which are the same in each language. */
const NAMES = ["EC P-256", "EC, P-256", "CA:FALSE", "RFC 4514", "OpenSSL"];

const SAMPLES = {
  provisions: "water-meter.pem",
  "no-country": "cold-chain-sensor.pem",
  "empty-policy": "gateway.pem",
  "escaped-comma": "gateway.pem",
};

test("the plan of each sample", () =>
  visit({ init: listen }, async (page) => {
    await expect(page.locator("#verdict")).toContainText("⟦");
    for (const [sample, file] of Object.entries(SAMPLES)) {
      await page.locator(`.sample[data-key="${sample}"]`).click();
      await page.locator(".card-from", { hasText: file }).waitFor();
      await unfold(page);
      for (const step of await page.locator(".step-head").all()) await step.click();
      await holds(page, file, ...NAMES);
    }
  }));

test("many certificates, a CA, its registration, and the account", () =>
  visit({ init: listen }, async (page) => {
    const names = ["full", "no-name", "ca", "request", "expired"];
    await page.locator("#certificate-file").setInputFiles(names.map(pem));
    await page.locator(".fleet-table tbody tr").nth(1).waitFor();
    await page.locator(".register").waitFor();
    await unfold(page);
    await paste(page.locator("#account-text"), JSON.stringify({ things: { a: {} }, thingTypes: [], certificates: {} }));
    await page.locator(".account-given .card").waitFor();
    await unfold(page);
    await holds(page, ...NAMES, ...names.map((name) => `${name}.pem`));
  }));

test("the parameters of a request", () =>
  visit({ init: listen }, async (page) => {
    await page.locator(".options summary").click();
    await page.locator("#option-flow").selectOption("register-thing");
    await page.locator(".parameter-box").waitFor();
    await unfold(page);
    await holds(page, "water-meter.pem", ...NAMES);
  }));

test("nothing given", () =>
  visit({ init: listen }, async (page) => {
    await page.locator("[data-key^=remove-]").first().click();
    await expect(page.locator("#certificate .card")).toHaveCount(0);
    await holds(page);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await expect(page.locator("#template .panel-subtitle")).toContainText("⟦");
    await holds(page);
  }));

test("the dialogs", () =>
  visit({ init: listen }, async (page) => {
    const dialog = page.locator("dialog[open]");
    const told = async (press) => {
      await press.click();
      await dialog.waitFor();
      await unfold(page);
      await holds(page, "water-meter.pem", ...NAMES);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    };
    await told(page.locator(".head-share"));
    await told(page.locator(".head-recent"));
    await told(page.locator(".head-words .link").first());
    await told(page.locator("[data-key^=details-]").first());
    await unfold(page);
    await told(page.locator(".account .hint .link").first());
  }));
