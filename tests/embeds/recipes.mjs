/** The pages of docs/embedding as programs: what they say is what the sites of the tests are made with. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "../packed.mjs";

/** The code blocks of a page in docs: language, code, and the file that the text before names, if it names one. */
export function blocks(page) {
  const text = readFileSync(join(root, "docs", page), "utf8");
  let end = 0;
  return [...text.matchAll(/^(`{3,})(.*)\n([\s\S]*?)^\1$/gm)].map(({ 0: whole, 2: language, 3: code, index }) => {
    const before = text.slice(end, index);
    end = index + whole.length;
    return { language, code, file: /`([\w./-]+\.\w+)`:\s*$/.exec(before)?.[1] };
  });
}

/** The blocks that docs/embedding.md has in its section about Markdown: with a certificate, and without one. */
export const FENCES = blocks("embedding.md")
  .filter(({ language }) => language === "markdown")
  .map(({ code }) => code);
assert.equal(FENCES.length, 2, "two examples of blocks in Markdown");

/** What installs the package: the tests have it packed from this checkout. */
const INSTALL = "npm install jitp\n";

/**
 * Follows a page: runs its commands and writes its files into the site's folder, which has the installed package in `node_modules`. Settings are added to
 * those that the site has, and an object of settings in JavaScript is a file of its own, which the site's file imports.
 */
export function follow(page, folder, { skip = () => false } = {}) {
  for (const { language, code, file } of blocks(page).filter((block) => !skip(block))) {
    if (language === "sh") {
      execFileSync("sh", ["-ec", code.replace(INSTALL, "")], { cwd: folder, stdio: "pipe" });
    } else if (file !== undefined) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      if (!existsSync(path)) writeFileSync(path, code);
      else if (/\.(yml|toml|py|css)$/.test(file)) appendFileSync(path, `\n${code}`);
      else writeFileSync(join(dirname(path), `recipe.${basename(path).replace(/^.*?(?=config)/, "")}`), code);
    }
  }
}

/** An empty site from one of the folders of `sites`, with the package in it. */
export function begin(folder, from, installed) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  // A site is a package by itself, and not one of the checkout around it.
  writeFileSync(join(folder, "package.json"), '{ "name": "site", "private": true }\n');
  if (from) cpSync(join(root, "tests/embeds/sites", from), folder, { recursive: true });
  cpSync(installed, join(folder, "node_modules/jitp"), { recursive: true, filter: (path) => !/\bpkg.(node_modules|src)$/.test(path) });
}
