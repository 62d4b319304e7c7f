// The snippets of the READMEs and the docs, run as they are written.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { launch } from "./chromium.mjs";
import { fences, installed, shell } from "./fences.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const { version } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));

/** The documents with snippets. The crate's tests check those of docs/rules.md. */
const DOCUMENTS = [
  "README.md",
  "pkg/README.md",
  "CONTRIBUTING.md",
  "docs/cli.md",
  "docs/api.md",
  "docs/ARCHITECTURE.md",
  "docs/fidelity.md",
];

/** Documents whose snippets another suite runs. */
const ELSEWHERE = ["docs/first-device.md"];

const blocks = (text, language) =>
  fences(text)
    .filter((fence) => fence.language === language)
    .map(({ code }) => code);

/** A project with the package and with the files that the snippets read. */
function project() {
  const folder = installed();
  const files = {
    "template.json": "templates/JITP100-parameter-missing@common-name.json",
    "device.pem": "certificates/common-name.pem",
    "ca.pem": "certificates/ca.pem",
    "fleet-template.json": "templates/JITP041-fleet-template.json",
    "both.json": "templates/JITP063-policy-both.json",
    "type.json": "templates/JITP031-parameter-type.json",
    "templates/sensors.json": "templates/ok-everything.json",
    "batch/device.pem": "certificates/common-name.pem",
    "batch/expired.pem": "certificates/expired.pem",
    "batch/full.pem": "certificates/full.pem",
  };
  for (const [name, fixture] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    copyFileSync(join(root, "tests/fixtures", fixture), join(folder, name));
  }
  writeFileSync(join(folder, "lamp.json"), `${JSON.stringify(LAMP, null, 2)}\n`);
  return folder;
}

/** A policy that has topic/ in place of topicfilter/. */
const LAMP = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "iot:Connect", Resource: "arn:aws:iot:eu-west-1:123456789012:client/lamp-1" },
    { Effect: "Allow", Action: "iot:Subscribe", Resource: "arn:aws:iot:eu-west-1:123456789012:topic/lamps/lamp-1/*" },
  ],
};

/** How the blocks of each language are run. Pages and commands of xtask have their own tests below. */
const RUN = {
  js(folder, code) {
    writeFileSync(join(folder, "snippet.mjs"), code);
    const printed = execFileSync(process.execPath, ["snippet.mjs"], { cwd: folder, encoding: "utf8" }).trimEnd().split("\n");
    // A comment after a console.log says what it prints.
    const said = [...code.matchAll(/^\s*\/\/ → (.*)$/gm)].map(([, line]) => line);
    assert.ok(said.length > 0, "the snippet says what it prints");
    assert.deepEqual(printed, said);
  },
  /** It is compiled, with all others of its document. */
  ts() {},
  json: (_, code) => void JSON.parse(code),
  /** A shell session: `$` before each command, then its output. */
  console(folder, code) {
    for (const [, line, wanted] of code.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
      const { printed, said } = shell(folder, line);
      assert.equal(printed, wanted, `${line}\n${said}`);
    }
  },
  /** The commands of a workflow or a hook succeed, and run this version. */
  yaml(folder, code) {
    const { jobs = {}, repos = [] } = parse(code);
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const lines = steps.flatMap(({ run }) => run ?? []);
    for (const { entry, files, additional_dependencies: packages } of repos.flatMap(({ hooks }) => hooks)) {
      assert.deepEqual(packages, [`jitp@${version}`]);
      assert.match("templates/sensors.json", new RegExp(files));
      lines.push(`npx --no ${entry} templates/sensors.json`);
    }
    assert.ok(lines.length > 0, "it runs something");
    for (const line of lines) {
      for (const [, named] of line.matchAll(/jitp@([\d.]+)/g)) assert.equal(named, version);
      const { status, said } = shell(folder, line, { GITHUB_STEP_SUMMARY: join(folder, "summary.md") });
      // The sample device of the plan has no country, so that the step must fail as the plan says.
      assert.equal(status, line.includes(" plan ") ? 1 : 0, `${line}\n${said}`);
    }
  },
  html() {},
  sh: (_, code) =>
    void assert.ok(
      code
        .trim()
        .split("\n")
        .every((line) => /^cargo (xtask|bench) /.test(line)),
      "only commands of xtask, and the native benches",
    ),
  /** A drawing. */
  "": () => {},
};

/** Compiles snippets under strict TypeScript. People copy those in JavaScript into TypeScript, too. */
function compile(folder, snippets) {
  const files = snippets.map((code, i) => {
    writeFileSync(join(folder, `strict-${i}.mts`), code);
    return `strict-${i}.mts`;
  });
  if (files.length === 0) return;
  const tsc = createRequire(join(root, "pkg/package.json")).resolve("typescript/package.json").replace("package.json", "bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
  const libraries = ["--lib", "es2023,dom,esnext.disposable", "--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...libraries, ...files], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout);
}

for (const name of DOCUMENTS) {
  const all = fences(readFileSync(join(root, name), "utf8"));
  if (all.length === 0) continue;
  test(`the snippets of ${name} do what they say`, () => {
    const folder = project();
    try {
      for (const { language, code } of all) {
        assert.ok(Object.hasOwn(RUN, language), `there is a way to run ${language}`);
        RUN[language](folder, code);
      }
      compile(
        folder,
        all.filter(({ language }) => language === "js" || language === "ts").map(({ code }) => code),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("each hook for pre-commit runs this version, and its pattern finds its files", () => {
  const folder = project();
  copyFileSync(join(folder, "templates/sensors.json"), join(folder, "sensors.jitp.json"));
  const hooks = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"));
  assert.deepEqual(
    hooks.map(({ id }) => id),
    ["jitp-validate", "jitp-fix", "jitp-fmt"],
  );
  for (const { id, name, entry, language, files } of hooks) {
    assert.ok(id && name && language === "system");
    assert.ok(entry.startsWith(`npx --yes jitp@${version} `), entry);
    assert.match("sensors.jitp.json", new RegExp(files));
    const { status, said } = shell(folder, `${entry} sensors.jitp.json`);
    assert.equal(status, 0, said);
  }
  rmSync(folder, { recursive: true });
});

/** Serves a page, and the package's dist/ next to it as jitp/. Opens the page and gives the tab to `look`. */
async function inBrowser(html, look) {
  const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const file = path === "/" ? undefined : join(root, "pkg/dist", path.replace(/^\/jitp\//, ""));
    if (file !== undefined && (path.includes("..") || !existsSync(file))) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": file === undefined ? "text/html" : types[extname(file)] });
    response.end(file === undefined ? html : readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch();
  try {
    const tab = await browser.newPage();
    const errors = [];
    tab.on("pageerror", (error) => errors.push(error.message));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await look(tab);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    server.close();
  }
}

test("the page in README.md shows its verdict", async () => {
  const [page, ...others] = blocks(readme, "html");
  assert.ok(page && others.length === 0, "there is one page");
  await inBrowser(page, async (tab) => {
    await tab.waitForFunction(() => document.body.innerText.trim() !== "");
    assert.match(await tab.innerText("body"), /rejected/);
  });
});

test("the element in pkg/README.md shows the plan for what is in the page", async () => {
  const [element, ...others] = blocks(readFileSync(join(root, "pkg/README.md"), "utf8"), "html");
  assert.ok(element && others.length === 0, "there is one element");
  const fixture = (name) => readFileSync(join(root, "tests/fixtures", name), "utf8");
  const texts = { template: fixture("templates/ok-everything.json"), certificate: fixture("certificates/full.pem") };
  const given = Object.entries(texts).map(([id, text]) => `<script type="text/plain" id="${id}">${text}</script>`);
  await inBrowser(
    `<!doctype html><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,">${given.join("")}${element}`,
    async (tab) => {
      const answer = await tab.waitForFunction(() => document.querySelector("jitp-playground")?.answer?.plan?.thing?.name);
      assert.equal(await answer.jsonValue(), "sensor-0001");
    },
  );
});

test("every file that README.md and the docs link to is there", () => {
  for (const name of [...DOCUMENTS, ...ELSEWHERE, "CHANGELOG.md"]) {
    const text = readFileSync(join(root, name), "utf8");
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(root, name, "..", target)), `${name} links to ${target}`);
    }
  }
});

test("README.md names only commands of xtask that exist", () => {
  const help = execFileSync("cargo", ["xtask", "help"], { cwd: root, encoding: "utf8" });
  const named = new Set([...readme.matchAll(/cargo xtask (\w+)/g)].map(([, command]) => command));
  assert.ok(named.has("serve") && named.has("test"));
  for (const command of named) assert.match(help, new RegExp(`\\b${command}\\b`));
});
