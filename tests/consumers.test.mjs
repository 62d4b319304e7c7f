// The packed package in a project that has nothing else: its element in a page that Vite builds, and what bundlers make of its parts. What every
// bundler and runtime makes of the import is in tests/imports.
//
// The bundlers are those of the workspace, so that the lockfile fixes their versions. They resolve imports from the project.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runInNewContext } from "node:vm";
import * as esbuild from "esbuild";
import { build as vite } from "vite";
import { serve } from "./browser/server.mjs";
import { launch } from "./chromium.mjs";
import { emptyProject, fixture } from "./packed.mjs";

let project;
let browser;

before(async () => {
  project = emptyProject();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  project?.end();
});

/** A folder in the project with the page's sources. */
function sources(name, main) {
  const folder = join(project.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "main.js"), main);
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><meta charset="utf-8"><title>x</title><body><script type="module" src="./main.js"></script>',
  );
  return folder;
}

test("the element, imported by its subpath, plans in a page that Vite builds", async () => {
  const element = `import "jitp/element";
    const element = document.createElement("jitp-playground");
    element.setAttribute("now", "2026-11-23T12:00:00Z");
    element.template = ${JSON.stringify(fixture("templates/ok-everything.json"))};
    element.certificate = ${JSON.stringify(fixture("certificates/full.pem"))};
    addEventListener("jitp-plan", ({ detail }) => {
      if (detail.plan) document.title = detail.plan.verdict + " " + detail.plan.thing.name;
    });
    document.body.append(element);`;
  const folder = sources("element", element);
  await vite({ root: folder, configFile: false, base: "./", logLevel: "error", build: { assetsInlineLimit: 0 } });
  const server = await serve(join(folder, "dist"));
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => document.title !== "x", undefined, { timeout: 15_000 });
    assert.equal(await page.title(), "provisions sensor-0001");
  } finally {
    await page.close();
    await server.close();
  }
});

test("an import that is not used leaves nothing in the bundle", async () => {
  const folder = sources("unused", 'import { validate } from "jitp"; import "jitp";');
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(folder, "main.js")],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  assert.ok(outputFiles[0].text.length < 100, outputFiles[0].text);
});

test("what needs no wasm brings nothing of the classes behind it", async () => {
  const folder = sources("small", 'import { visibleText } from "jitp"; document.title = visibleText("\\u0007");');
  await vite({ root: folder, configFile: false, base: "./", logLevel: "error", build: { assetsInlineLimit: 0, modulePreload: false } });
  // The page's script: Vite copies each file that an address in the package leads to, used or not.
  const built = readdirSync(join(folder, "dist/assets")).filter((file) => /^index-.*\.js$/.test(file));
  const text = built.map((file) => readFileSync(join(folder, "dist/assets", file), "utf8")).join("");
  assert.match(text, /toUpperCase/);
  assert.doesNotMatch(text, /__destroy_into_raw|template_dryRun|dryRunFleet/);
});

const IN_NODE = `console.log(dryRun(${JSON.stringify(fixture("templates/ok-everything.json"))}, "").verdict);`;

test("with the wasm inside, the package needs neither Node nor an address, by import and by require", async () => {
  const folder = sources("inline", "");
  const engine = { atob, WebAssembly, URL };
  const coders = { TextEncoder, TextDecoder };
  for (const [main, conditions, needs] of [
    ['import { dryRun } from "jitp/inline";', ["module"], { ...engine, ...coders }],
    ['const { dryRun } = require("jitp/inline");', ["module"], { ...engine, ...coders }],
    // As Jest does with jsdom, which has no text coders, above Node, which has.
    ['const { dryRun } = require("jitp");', ["browser"], { ...engine, process }],
  ]) {
    writeFileSync(join(folder, "main.js"), `${main} ${IN_NODE}`);
    const options = { bundle: true, format: "iife", platform: "browser", conditions, write: false, logLevel: "error" };
    const { outputFiles } = await esbuild.build({ entryPoints: [join(folder, "main.js")], ...options });
    const told = [];
    runInNewContext(outputFiles[0].text, { ...needs, console: { log: (line) => told.push(line) } });
    assert.deepEqual(told, ["fails"], main);
  }
});
