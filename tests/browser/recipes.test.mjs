/** The pages of docs/embedding that need no generator, each by its letter: plain HTML, strict CSP, React, Vue. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { compileScript, parse } from "vue/compiler-sfc";
import { launch } from "../chromium.mjs";
import { begin, blocks, follow } from "../embeds/recipes.mjs";
import { root } from "../packed.mjs";
import { newContext, verdict } from "./browser.mjs";
import { serve } from "./server.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Serves a folder that `make` fills, and opens its page, which has nothing to complain about. */
async function visit(make, scenario, headers = {}) {
  const folder = mkdtempSync(join(tmpdir(), "jitp-recipe-"));
  begin(folder, undefined, join(root, "pkg"));
  await make(folder);
  const server = await serve(folder, headers);
  const context = await newContext(browser);
  try {
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !message.location().url.endsWith("/favicon.ico"))
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error.stack)));
    await page.goto(server.url);
    await scenario(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

const plain = (folder) => follow("embedding/html.md", folder);

test("plain HTML", () => visit(plain, (page) => verdict(page, /refuses this template/)));

test("strict CSP: the page works under the policy that is written there", () => {
  const [policy] = blocks("embedding/csp.md").filter(({ language }) => language === "text");
  const [name, value] = policy.code.trim().split(/: (.*)/);
  return visit(plain, (page) => verdict(page, /refuses this template/), { [name]: value });
});

/** A page with an application around the file that a page of docs writes. */
const app =
  (name, main, plugins = []) =>
  async (folder) => {
    follow(`embedding/${name}.md`, folder);
    writeFileSync(
      join(folder, "index.html"),
      '<!doctype html><html lang="en"><title>x</title><main id="app"></main><script type="module" src="out.js"></script>',
    );
    await esbuild.build({
      stdin: { contents: main, resolveDir: folder },
      bundle: true,
      format: "esm",
      outfile: join(folder, "out.js"),
      jsx: "automatic",
      nodePaths: [join(root, "node_modules")],
      // The element's files are next to the page, and find each other there.
      external: ["./jitp/*"],
      alias: { "jitp/element": "./jitp/element.js" },
      define: {
        "process.env.NODE_ENV": '"production"',
        __VUE_OPTIONS_API__: "false",
        __VUE_PROD_DEVTOOLS__: "false",
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
      },
      plugins,
    });
    follow("embedding/html.md", folder, { skip: ({ language }) => language !== "sh" });
  };

const shows = async (page) => {
  await page.locator("jitp-playground #verdict", { hasText: "lamp-4711" }).waitFor();
  await page.waitForFunction(() => globalThis.told?.plan?.thing?.name === "lamp-4711");
};

test("React", () =>
  visit(
    app(
      "react",
      `import { createElement } from "react"; import { createRoot } from "react-dom/client"; import { Lamps } from "./Lamps.jsx";
       createRoot(document.querySelector("#app")).render(createElement(Lamps, { serialNumber: "4711", onPlan: (answer) => (globalThis.told = answer) }));`,
    ),
    shows,
  ));

/** What the plugin of Vue's bundlers does, with the options of the page. */
const sfc = {
  name: "vue",
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { descriptor } = parse(readFileSync(path, "utf8"), { filename: path });
      const compilerOptions = { isCustomElement: (tag) => tag.startsWith("jitp-") };
      return { contents: compileScript(descriptor, { id: "lamps", inlineTemplate: true, templateOptions: { compilerOptions } }).content };
    });
  },
};

test("Vue", () =>
  visit(
    app(
      "vue",
      `import { createApp, h } from "vue"; import Lamps from "./Lamps.vue";
       createApp({ setup: () => () => h(Lamps, { serialNumber: "4711", onPlan: (answer) => (globalThis.told = answer) }) }).mount("#app");`,
      [sfc],
    ),
    shows,
  ));
