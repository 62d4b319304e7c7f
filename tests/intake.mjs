/** The page's search for templates and outputs in texts, in Node: built from its sources, and judged by the package as on the page. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { redactPrivateKeys } from "jitp";

const source = (path) => fileURLToPath(new URL(`../www/src/${path}`, import.meta.url));

/** A module of the page. What it asks a worker for is done here. */
async function load(path) {
  const here = {
    name: "here",
    setup(made) {
      made.onResolve({ filter: /engine\/finder\.ts$/ }, () => ({ path: "finder", namespace: "here" }));
      made.onResolve({ filter: /^jitp$/ }, () => ({ path: import.meta.resolve("jitp"), external: true }));
      made.onLoad({ filter: /.*/, namespace: "here" }, () => ({
        contents: `import { find } from ${JSON.stringify(source("intake/find.ts"))}; export const findIn = async (text) => find(text);`,
        resolveDir: source(""),
      }));
    },
  };
  const { outputFiles } = await build({ entryPoints: [source(path)], bundle: true, write: false, format: "esm", plugins: [here] });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

export const { find } = await load("intake/find.ts");
const { sortText } = await load("app/sort-text.ts");
const { recognise } = await load("engine/recognise.ts");

/** The answers of the worker that the search needs. */
async function call(name, { texts }) {
  return texts.map({ recognise, redact }[name]);
}

function redact(text) {
  const { text: redacted, found } = redactPrivateKeys(text);
  return { text: redacted, keys: found.length };
}

/** What is found in a text, as on the page. */
export const sort = (text) => sortText(call, text);

/** The text of a fixture of the search. */
export const given = (name) => readFileSync(new URL(`fixtures/intake/${name}`, import.meta.url), "utf8");
