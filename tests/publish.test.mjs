// The package for the registry: the files, the manifest, the version and the types, as its tools see them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { pack, root } from "./packed.mjs";

let folder;
let files;
let bytes;
const manifest = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));

before(() => {
  folder = mkdtempSync(join(tmpdir(), "jitp-publish-"));
  const packed = pack(folder);
  files = packed.files;
  bytes = new Uint8Array(readFileSync(packed.tarball));
});

after(() => rmSync(folder, { recursive: true, force: true }));

test("exactly these files ship", () => {
  const list = join(root, "tests/publish.txt");
  if (process.env.UPDATE) writeFileSync(list, `${files.toSorted().join("\n")}\n`);
  assert.deepEqual(
    files.toSorted(),
    readFileSync(list, "utf8").trim().split("\n"),
    "tests/publish.txt lists what ships; UPDATE=1 writes it",
  );
  assert.deepEqual(
    files.filter((path) => path.endsWith(".wasm")),
    ["dist/jitp_bg.wasm"],
    "one wasm",
  );
});

test("every path in the manifest ships", () => {
  const paths = [];
  JSON.stringify([manifest.main, manifest.module, manifest.types, manifest.bin, manifest.exports], (_, value) => {
    if (typeof value === "string") paths.push(value.replace(/^\.\//, ""));
    return value;
  });
  assert.ok(paths.length > 10);
  for (const path of paths) assert.ok(files.includes(path), path);
});

test("the version is Cargo.toml's", () => {
  const { packages } = JSON.parse(execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { cwd: root, encoding: "utf8" }));
  assert.equal(manifest.version, packages.find(({ name }) => name === "jitp").version);
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  assert.equal(lock.packages.pkg.version, manifest.version);
});

test("publint has nothing to say, not even a suggestion", async () => {
  const { messages } = await publint({ pack: { tarball: bytes.buffer }, level: "suggestion", strict: true });
  assert.deepEqual(messages, []);
});

/** The findings of attw with their reasons: each is a resolution that cannot exist. */
const REASONS = {
  "NoResolution ./schema.json node10": "TypeScript's resolution before `exports` sees no subpaths; TypeScript 7 has none such",
  "NoResolution ./output.schema.json node10": "the same",
  "NoResolution ./account.schema.json node10": "the same",
  "NoResolution ./jitp_bg.wasm node10": "the same",
  "NoResolution ./worker node10": "the same",
  "CJSResolvesToESM ./worker node16-cjs": "the script of a worker: there is nothing to require it",
  ...Object.fromEntries(
    ["", "/react", "/vue", "/svelte", "/solid"].flatMap((of) => [
      [`NoResolution ./element${of} node10`, "the same"],
      [`CJSResolvesToESM ./element${of} node16-cjs`, "a browser's module: there is nothing to require it"],
    ]),
  ),
  "NoResolution ./inline node10": "the same",
  "CJSResolvesToESM ./jitp_bg.wasm node16-cjs": "a bundler's import: there is no way to require a wasm file",
};

test("the types are right for every way to resolve them, except the findings with a reason", async () => {
  const { problems } = await checkPackage(createPackageFromTarballData(bytes));
  const found = problems.map(({ kind, entrypoint, resolutionKind }) => `${kind} ${entrypoint} ${resolutionKind}`);
  assert.deepEqual(found.toSorted(), Object.keys(REASONS).toSorted());
});
