// The README's snippets, run as they are written.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const packaged = readFileSync(join(root, "pkg/README.md"), "utf8");

/** The code blocks of a language. */
const blocks = (text, language) => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, code]) => code);

/** A project with the package and with the files that the snippets read. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), "jitp-readme-"));
  execFileSync("mkdir", ["-p", join(folder, "node_modules")]);
  symlinkSync(join(root, "pkg"), join(folder, "node_modules/jitp"), "dir");
  const files = {
    "template.json": "templates/JITP100-parameter-missing@common-name.json",
    "device.pem": "certificates/common-name.pem",
    "fleet-template.json": "templates/JITP041-fleet-template.json",
    "both.json": "templates/JITP063-policy-both.json",
  };
  for (const [name, fixture] of Object.entries(files)) copyFileSync(join(root, "tests/fixtures", fixture), join(folder, name));
  return folder;
}

for (const [name, text] of [["README.md", readme], ["pkg/README.md", packaged]]) {
  test(`the Node snippets of ${name} print what they say`, () => {
    const folder = project();
    const snippets = blocks(text, "js");
    assert.ok(snippets.length > 1, "there are snippets");
    for (const code of snippets) {
      writeFileSync(join(folder, "snippet.mjs"), code);
      const printed = execFileSync(process.execPath, ["snippet.mjs"], { cwd: folder, encoding: "utf8" }).trimEnd().split("\n");
      // A comment behind a console.log says what it prints.
      const said = [...code.matchAll(/^\s*\/\/ → (.*)$/gm)].map(([, line]) => line);
      assert.ok(said.length > 0, "the snippet says what it prints");
      assert.deepEqual(printed, said);
    }
    rmSync(folder, { recursive: true });
  });
}

test("the browser snippet of README.md shows its verdict", async () => {
  const [page] = blocks(readme, "html");
  assert.ok(page, "there is a snippet");
  const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const file = path === "/" ? undefined : join(root, "pkg/dist", path.replace(/^\/jitp\//, ""));
    if (file !== undefined && (path.includes("..") || !existsSync(file))) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": file === undefined ? "text/html" : types[extname(file)] });
    response.end(file === undefined ? page : readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch();
  try {
    const tab = await browser.newPage();
    const errors = [];
    tab.on("pageerror", (error) => errors.push(error.message));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.waitForFunction(() => document.body.innerText.trim() !== "");
    assert.match(await tab.innerText("body"), /rejected/);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    server.close();
  }
});

test("every file that README.md and the docs link to is there", () => {
  for (const name of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/ARCHITECTURE.md", "docs/fidelity.md"]) {
    const text = readFileSync(join(root, name), "utf8");
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(root, name, "..", target)), `${name} links to ${target}`);
    }
  }
});

test("the two READMEs name the commands that there are", () => {
  const help = execFileSync("cargo", ["xtask", "help"], { cwd: root, encoding: "utf8" });
  const named = new Set([...readme.matchAll(/cargo xtask (\w+)/g)].map(([, command]) => command));
  assert.ok(named.has("serve") && named.has("test"));
  for (const command of named) assert.match(help, new RegExp(`\\b${command}\\b`));
});
