// The packed package with each bundler: a build in a project that has nothing but the package, and its page in a browser.
//
// The bundlers are those of the workspace, so that the lockfile fixes their versions. They resolve imports from the project.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runInNewContext } from "node:vm";
import nodeResolve from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";
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

const DRY_RUN = `
const plan = dryRun(${JSON.stringify(fixture("templates/ok-everything.json"))}, ${JSON.stringify(fixture("certificates/full.pem"))},
  { region: "eu-west-1", now: "2026-11-23T12:00:00Z" });
document.body.textContent = plan.verdict + " " + plan.thing.name;
`;
/** The script of a page in which the package finds its wasm by itself. */
const PLAIN = `import init, { dryRun } from "jitp"; await init(); ${DRY_RUN}`;
/** The script for a bundler that does not follow \`new URL(…, import.meta.url)\`: it imports the wasm by its own subpath. */
const BY_SUBPATH = `import init, { dryRun } from "jitp"; import wasm from "jitp/jitp_bg.wasm"; await init(wasm); ${DRY_RUN}`;

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

/** Opens a built page and compares what it shows. */
async function show(folder) {
  const server = await serve(folder);
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => document.body.innerText.trim() !== "", undefined, { timeout: 10_000 }).catch(() => {});
    assert.deepEqual(errors, []);
    assert.equal((await page.innerText("body")).trim(), "provisions sensor-0001");
  } finally {
    await page.close();
    await server.close();
  }
}

test("Vite builds it, and the page runs", async () => {
  const folder = sources("vite", PLAIN);
  await vite({ root: folder, configFile: false, base: "./", logLevel: "error", build: { assetsInlineLimit: 0 } });
  await show(join(folder, "dist"));
});

test("webpack builds it without a warning, and the page runs", async () => {
  const folder = sources("webpack", PLAIN);
  const out = join(folder, "dist");
  const stats = await new Promise((resolve, reject) => {
    const options = { mode: "production", context: folder, entry: "./main.js", output: { path: out, filename: "main.js" } };
    // The size of what is loaded is the package's business (\`cargo xtask size\`).
    const compiler = webpack({ ...options, performance: { hints: false } }, (error, made) => (error ? reject(error) : resolve(made)));
    assert.ok(compiler);
  });
  assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
  cpSync(join(folder, "index.html"), join(out, "index.html"));
  await show(out);
});

test("esbuild builds it, with the wasm by its subpath, and the page runs", async () => {
  const folder = sources("esbuild", BY_SUBPATH);
  const out = join(folder, "dist");
  const options = { entryPoints: [join(folder, "main.js")], bundle: true, format: "esm", outdir: out, loader: { ".wasm": "file" } };
  const { warnings } = await esbuild.build({ ...options, logLevel: "silent" });
  assert.deepEqual(warnings, []);
  cpSync(join(folder, "index.html"), join(out, "index.html"));
  await show(out);
});

test("Rollup builds it, with the wasm copied next to it, and the page runs", async () => {
  const folder = sources("rollup", PLAIN);
  const out = join(folder, "dist");
  const bundle = await rollup({
    input: join(folder, "main.js"),
    plugins: [nodeResolve({ browser: true })],
    onwarn: (warning) => assert.fail(warning.message),
  });
  await bundle.write({ dir: out, format: "es" });
  await bundle.close();
  cpSync(join(project.folder, "node_modules/jitp/dist/jitp_bg.wasm"), join(out, "jitp_bg.wasm"));
  cpSync(join(folder, "index.html"), join(out, "index.html"));
  await show(out);
});

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

const IN_NODE = `console.log(dryRun(${JSON.stringify(fixture("templates/ok-everything.json"))}, "").verdict);`;

for (const [format, ending, main] of [
  ["esm", "mjs", `import { dryRun } from "jitp"; ${IN_NODE}`],
  ["cjs", "cjs", `import { dryRun } from "jitp"; ${IN_NODE}`],
  ["cjs", "cjs", `const { dryRun } = require("jitp"); ${IN_NODE}`],
]) {
  test(`esbuild's bundle for Node is one file that runs alone: ${format} of ${main.slice(0, 6)}`, async () => {
    const folder = sources(`node-${format}-${main.slice(0, 5)}`, main);
    const outfile = join(folder, "alone", `bundle.${ending}`);
    await esbuild.build({ entryPoints: [join(folder, "main.js")], bundle: true, format, platform: "node", outfile, logLevel: "error" });
    assert.equal(execFileSync(process.execPath, [outfile], { cwd: folder, encoding: "utf8" }), "fails\n");
  });
}

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
