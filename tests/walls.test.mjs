// Checks the walls of the page and of the package that docs/ARCHITECTURE.md draws. Imports go to lower floors, no file is in a circle, and
// both the page and the command line know only the package's public names. crate/tests/walls.rs does the same for the core.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");
const json = (path) => JSON.parse(read(path));

/** The folders of the page's sources. The element is a separate workspace, and one wing. */
const FOLDERS = ["www/src", "www/element/src"];
const ELEMENT = "element";

/** The wings of the page, or the parts of the package: for each the number of its row in the table. */
function floors(head = "wings of `www/src`") {
  const [, table] = read("docs/ARCHITECTURE.md").split(`| floor | ${head} |`);
  assert.ok(table, `docs/ARCHITECTURE.md has the table of ${head}`);
  const floors = new Map();
  for (const row of table.split("\n").slice(2)) {
    if (!row.startsWith("|")) break;
    const [, floor, wings] = row.split("|");
    for (const [, wing] of wings.matchAll(/`([^`]+)`/g)) {
      assert.ok(!floors.has(wing), `${wing} is in the table once`);
      floors.set(wing, Number(floor));
    }
  }
  return floors;
}

/** All sources of the page by their path. The declarations of virtual modules are in no wing. */
function sources() {
  const found = new Map();
  for (const folder of FOLDERS) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      const path = posix.join(folder, name.replaceAll("\\", "/"));
      if (/\.(ts|css)$/.test(path) && !path.endsWith(".d.ts")) found.set(path, path.endsWith(".ts") ? read(path) : "");
    }
  }
  return found;
}

/** The wing of a source; nothing if it is in none. */
function wingOf(path) {
  if (path.startsWith("www/element/")) return ELEMENT;
  return /^www\/src\/([^/]+)\//.exec(path)?.[1];
}

/** The imports of a text by the compiler's own parser: static and dynamic, of types, and those of exports. */
function importsOf(text) {
  const known = parsed.get(text);
  if (known) return known;
  const found = [];
  const visit = (node) => {
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const named = node.moduleSpecifier ?? (isCall ? node.arguments[0] : ts.isImportTypeNode(node) ? node.argument.literal : undefined);
    if (named) found.push(ts.isStringLiteralLike(named) ? named.text : `an expression: ${named.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("x.ts", text, ts.ScriptTarget.ESNext, true));
  parsed.set(text, found);
  return found;
}

const parsed = new Map();

/** The public names of the package, and whether a name is one of them. */
const { exports: NAMES } = json("pkg/package.json");
const isPublic = (name) => `.${name.slice("jitp".length)}`.replace(/\?.*/, "") in NAMES;
/** The packages that a workspace may use. */
const packagesOf = (workspace) => new Set(Object.keys(json(`${workspace}/package.json`).dependencies ?? {}));
const PAGE = packagesOf("www");
const nameOf = (name) => /^(@[^/]+\/)?[^/]+/.exec(name)[0];

/** The fault of one import of a file; nothing if it is allowed. */
function fault(path, name, files, floors) {
  const wing = wingOf(path);
  if (name.startsWith("virtual:")) return undefined;
  if (!name.startsWith(".")) {
    if (nameOf(name) !== "jitp")
      return PAGE.has(nameOf(name)) ? undefined : `${path} imports ${name}, which www/package.json does not name`;
    if (!isPublic(name)) return `${path} imports ${name}, which is not a public name of the package`;
    // The element is built from the page, so the page must not need the built element.
    return name === "jitp/element" && wing !== ELEMENT ? `${path} imports the built element` : undefined;
  }
  const target = posix.join(posix.dirname(path), name).replace(/\?.*/, "");
  if (target.startsWith("www/samples/")) return undefined;
  if (!files.has(target)) return `${path} imports ${target}, which is not a source of the page`;
  const other = wingOf(target);
  return other === wing || floors.get(other) < floors.get(wing) ? undefined : `${path} imports ${target}, which is not below ${wing}`;
}

/** The files that import themselves through others. */
function circles(files) {
  const next = (path) =>
    importsOf(files.get(path))
      .filter((name) => name.startsWith("."))
      .map((name) => posix.join(posix.dirname(path), name))
      .filter((target) => files.has(target));
  const graph = new Map([...files.keys()].map((path) => [path, next(path)]));
  return [...graph.keys()].filter((path) => {
    const seen = new Set();
    const open = [...graph.get(path)];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      open.push(...graph.get(at));
    }
    return seen.has(path);
  });
}

/** Names that only a page with elements has. The model must not use them, so that the worker can use the model too. */
const PAGE_ONLY = /\b(document|window)\.|\bHTML\w*Element\b/;
const code = (text) => text.replace(/"[^"]*"|\/\*[^]*?\*\/|\/\/.*/g, "");
const touchesPage = ([path, text]) => (wingOf(path) === "model" && PAGE_ONLY.test(code(text)) ? [`${path} uses elements`] : []);

/** All faults. */
function faults(files, floors) {
  return [
    ...[...files].flatMap(touchesPage),
    ...[...files].flatMap(([path, text]) => importsOf(text).map((name) => fault(path, name, files, floors))),
    ...circles(files).map((path) => `${path} is in a circle`),
  ].filter((found) => found !== undefined);
}

test("every source is in a wing, and every wing is on a floor", () => {
  const wings = new Set([...sources().keys()].map(wingOf));
  assert.deepEqual([...wings].sort(), [...floors().keys()].sort());
});

test("imports run down, none in a circle, and to public names of the package only", () => {
  const files = sources();
  const count = [...files.values()].reduce((sum, text) => sum + importsOf(text).length, 0);
  assert.ok(count > 300, `${count} imports were read`);
  assert.deepEqual(faults(files, floors()), []);
});

/** Faults that are added one at a time, each with the message that must follow. */
const PLANTED = {
  "an import upwards": ["www/src/model/x.ts", 'import { h } from "../ui/dom.ts";', /ui\/dom\.ts, which is not below model/],
  "an import of a neighbour": [
    "www/src/plan/x.ts",
    'import type { A } from "../fleet/rows.ts";',
    /fleet\/rows\.ts, which is not below plan/,
  ],
  "a dynamic import": ["www/src/engine/x.ts", 'const a = await import("../app/main.ts");', /app\/main\.ts, which is not below engine/],
  "an export from above": ["www/src/ui/x.ts", 'export { a } from "../app/shell.ts";', /app\/shell\.ts, which is not below ui/],
  "a circle": ["www/src/ui/visible.ts", 'import { h } from "./dom.ts";', /ui\/dom\.ts is in a circle/],
  "an element in the model": ["www/src/model/x.ts", "export const a = () => document.body;", /model\/x\.ts uses elements/],
  "the package's sources": ["www/src/ui/x.ts", 'import { a } from "../../../pkg/src/visible.ts";', /not a source of the page/],
  "a file of the package": ["www/src/ui/x.ts", 'import { a } from "jitp/dist/web.js";', /not a public name/],
  "the built element": ["www/src/app/x.ts", 'import "jitp/element";', /imports the built element/],
  "a package that is not declared": ["www/src/ui/x.ts", 'import { a } from "lodash";', /www\/package\.json does not name/],
};

for (const [name, [path, text, said]] of Object.entries(PLANTED)) {
  test(`the walls see ${name}`, () => {
    const found = faults(new Map([...sources(), [path, text]]), floors());
    assert.ok(
      found.some((one) => said.test(one)),
      JSON.stringify(found, null, 2),
    );
  });
}

test("the package is built without the page", () => {
  const files = readdirSync(join(root, "pkg/src"), { recursive: true }).filter((name) => name.endsWith(".ts"));
  const builds = ["pkg/build.mjs", "pkg/output-schema.mjs"];
  for (const path of [...files.map((name) => `pkg/src/${name.replaceAll("\\", "/")}`), ...builds]) {
    for (const name of importsOf(read(path)))
      assert.ok(!posix.join(posix.dirname(path), name).startsWith("www/"), `${path} imports ${name}`);
  }
  for (const path of [...builds, "pkg/package.json"]) assert.doesNotMatch(read(path), /\bwww\b/, `${path} names the page`);
});

test("the page and the element have the same style sheets, in one order", () => {
  const linked = [...read("www/index.html").matchAll(/href="\.\/(src\/[^"]+\.css)"/g)].map(([, path]) => `www/${path}`);
  const styles = "www/element/src/styles.ts";
  const imported = importsOf(read(styles)).map((name) => posix.join(posix.dirname(styles), name).replace("?inline", ""));
  // What only an element has, and what playgrounds in another page have, which is loaded there only.
  const page = imported.filter((path) => !path.startsWith("www/element/"));
  const framed = importsOf(read("www/src/app/embed-style.ts"))
    .map((name) => posix.join("www/src/app", name))
    .filter((path) => path.endsWith(".css"));
  assert.ok(linked.length > 10 && framed.length > 0);
  assert.deepEqual(
    page.filter((path) => !framed.includes(path)),
    linked,
  );
  assert.deepEqual(
    page.filter((path) => framed.includes(path)),
    framed,
  );
  for (const path of page) assert.ok(existsSync(join(root, path)), path);
  const others = [...sources().keys()].filter((path) => path.endsWith(".css") && !/^www\/(element|src\/pages)\//.test(path));
  assert.deepEqual(others.sort(), page.toSorted());
});

/** The part of the package that a source belongs to: a folder, or a file in no folder. */
const partOf = (path) => /^pkg\/src\/([^/.]+)/.exec(path)[1];

/** The sources of the package by their path. Declarations of generated modules are in no part. */
function packageSources() {
  const names = readdirSync(join(root, "pkg/src"), { recursive: true }).map((name) => `pkg/src/${name.replaceAll("\\", "/")}`);
  return new Map(names.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")).map((name) => [name, read(name)]));
}

/** The faults of the package: imports that do not run down, and circles. The command line knows the package by its name only. */
function packageFaults(sources, floors) {
  const files = new Map([...sources].map(([path, text]) => [path.replace(/\.ts$/, ".js"), text]));
  const faults = [...files].flatMap(([path, text]) =>
    importsOf(text).map((name) => {
      const part = partOf(path);
      if (name === "jitp" || name.startsWith("jitp/")) return part === "cli" ? undefined : `${path} imports the package by its name`;
      if (!name.startsWith(".")) return undefined;
      const target = posix.join(posix.dirname(path), name);
      if (!files.has(target)) return `${path} imports ${target}, which is not a source of the package`;
      const other = partOf(target);
      if (other === part) return undefined;
      return part !== "cli" && floors.get(other) < floors.get(part) ? undefined : `${path} imports ${target}, which is not below ${part}`;
    }),
  );
  return [...faults, ...circles(files).map((path) => `${path} is in a circle`)].filter((found) => found !== undefined);
}

const PARTS = floors("parts of `pkg/src`");

test("every source of the package is in a part, and imports of the package run down", () => {
  const sources = packageSources();
  assert.deepEqual([...new Set([...sources.keys()].map(partOf))].sort(), [...PARTS.keys()].sort());
  assert.deepEqual(packageFaults(sources, PARTS), []);
});

const PLANTED_IN_PACKAGE = {
  "an import upwards": ["pkg/src/source.ts", 'import { validate } from "./api.js";', /api\.js, which is not below source/],
  "an export that knows the command line": ["pkg/src/export/x.ts", 'import { a } from "../cli/exit.js";', /not below export/],
  "a command that knows the inside": ["pkg/src/cli/x.ts", 'import type { Plan } from "../types.js";', /types\.js, which is not below cli/],
  "the package by its own name": ["pkg/src/export/x.ts", 'import { validate } from "jitp";', /by its name/],
  "a circle": ["pkg/src/types/flow.ts", 'import type { Plan } from "./plan.js";', /types\/plan\.js is in a circle/],
};

for (const [name, [path, text, said]] of Object.entries(PLANTED_IN_PACKAGE)) {
  test(`the walls of the package see ${name}`, () => {
    const found = packageFaults(new Map([...packageSources(), [path, text]]), PARTS);
    assert.ok(
      found.some((one) => said.test(one)),
      JSON.stringify(found, null, 2),
    );
  });
}
