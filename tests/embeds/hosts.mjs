/** The generators of sites that the element is at home in, and how each is built and used. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { blocks, FENCES } from "./recipes.mjs";
import { root } from "../packed.mjs";

/** Where `cargo xtask test --only embeds` installs the generators. */
export const TOOLS = process.env.JITP_EMBEDS ?? join(root, "target/jitp-tools/embeds");
const node = (name) => join(TOOLS, "node_modules/.bin", name);
const python = (name) =>
  join(root, "target/jitp-tools/embeds-python", process.platform === "win32" ? `Scripts/${name}.exe` : `bin/${name}`);
/** Debian's packages have it on the path. */
const which = (name) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);

const FILLER = Array.from({ length: 40 }, (_, i) => `This is paragraph ${i + 1} of a page that is long enough to be scrolled.`);
/** The page with playgrounds, in Markdown. */
export const markdown = (home, fences = FENCES) =>
  ["# Try it", `Go [home](${home}).`, fences[0], "Between two blocks.", fences[1], ...FILLER].join("\n\n");
const start = (link) => `# Water meters\n\nThis page has no playground. You can [try one](${link}).\n`;

/** A page with a title in its front matter, for generators that make the heading of it. */
const matter = (title, text) => `---\ntitle: ${title}\n---\n\n${text.replace(/^# .*\n/, "")}`;
/** The page with playgrounds, in reStructuredText: the first as the page about Sphinx has it. */
const restructured = [
  "Try it\n======",
  "Go :doc:`home <index>`.",
  blocks("embedding/sphinx.md").find(({ language }) => language === "rst").code,
  "Between two blocks.",
  FENCES[1]
    .replace(/^```jitp\n|^```$/gm, "")
    .replace(/^(?=.)/gm, "   ")
    .replace(/^/, ".. code-block:: jitp\n\n"),
  ...FILLER,
].join("\n\n");

const MKDOCS = {
  page: "mkdocs",
  program: python("mkdocs"),
  build: ["build", "--strict", "--quiet"],
  out: "site",
  pages: { "docs/index.md": start("try.md"), "docs/try.md": markdown("index.md") },
  addresses: ["index.html", "try.html"],
  toggle: (page) => page.locator(".md-header__option label:visible").click(),
};

/**
 * A host: its page in docs/embedding, the folder of the site that is there before, the pages of that site, the program that builds it and where it
 * writes, the addresses of both pages, and how a user switches to the dark scheme, if there is such a switch.
 */
export const HOSTS = {
  "MkDocs with Material": MKDOCS,
  "MkDocs with Material and instant navigation": {
    ...MKDOCS,
    site: "mkdocs-instant",
    // Only addresses of the site map are gone to without a load, and the port is known late.
    served: (folder, origin) => {
      const map = join(folder, "sitemap.xml");
      writeFileSync(map, readFileSync(map, "utf8").replace(/http:\/\/127\.0\.0\.1(:\d+)?/g, origin));
    },
    instant: true,
    addresses: ["", "try/"],
  },
  "Sphinx with furo, in reStructuredText": {
    page: "sphinx",
    site: "sphinx-furo",
    program: python("sphinx-build"),
    build: ["-W", "-q", ".", "_build"],
    out: "_build",
    pages: { "try.rst": restructured },
    addresses: ["index.html", "try.html"],
    // The system's choice, which is light here, comes first.
    toggle: async (page, dark) => {
      const button = page.locator(".theme-toggle:visible").first();
      const theme = () => page.evaluate(() => document.body.dataset.theme);
      while ((await theme()) !== (dark ? "dark" : "light")) await button.click();
    },
  },
  "Sphinx with the theme of Read the Docs, in Markdown": {
    page: "sphinx",
    site: "sphinx-rtd",
    program: python("sphinx-build"),
    build: ["-W", "-q", ".", "_build"],
    out: "_build",
    pages: { "index.md": `${start("try.md")}\n~~~{toctree}\ntry\n~~~\n`, "try.md": markdown("index.md") },
    addresses: ["index.html", "try.html"],
  },
  mdBook: {
    page: "mdbook",
    program: python("mdbook"),
    build: ["build"],
    out: "book",
    // Its highlighter knows few languages, and says so.
    says: /Could not find the language '(jitp|pem)'|^Falling back to no-highlight mode/,
    pages: {
      "src/SUMMARY.md": "# Summary\n\n- [Water meters](index.md)\n- [Try it](try.md)\n",
      "src/index.md": start("try.md"),
      "src/try.md": markdown("index.md"),
    },
    addresses: ["index.html", "try.html"],
    toggle: async (page, dark) => {
      // The list stays open after a choice.
      if (!(await page.locator("#mdbook-theme-list").isVisible())) await page.locator("#mdbook-theme-toggle").click();
      await page.locator(dark ? "#mdbook-theme-navy" : "#mdbook-theme-light").click();
    },
  },
  Jekyll: {
    page: "jekyll",
    program: which("jekyll"),
    build: ["build", "--quiet"],
    out: "_site",
    pages: { "index.md": matter("Water meters", start("try.html")), "try.md": matter("Try it", markdown("index.html")) },
    addresses: ["index.html", "try.html"],
  },
  VitePress: {
    page: "vitepress",
    program: node("vitepress"),
    build: ["build"],
    out: ".vitepress/dist",
    bundled: true,
    instant: true,
    pages: { "index.md": start("./try.md"), "try.md": markdown("./index.md") },
    addresses: ["", "try.html"],
    toggle: (page) => page.locator(".VPSwitchAppearance:visible").click(),
  },
  Docusaurus: {
    page: "docusaurus",
    program: node("docusaurus"),
    build: ["build"],
    out: "build",
    bundled: true,
    instant: true,
    pages: { "docs/index.md": start("try.md"), "docs/try.md": markdown("index.md") },
    addresses: ["", "try/"],
    toggle: async (page, dark) => {
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
      while ((await theme()) !== (dark ? "dark" : "light")) await page.locator("[class*=colorModeToggle] button:visible").first().click();
    },
  },
  Starlight: {
    page: "starlight",
    program: node("astro"),
    build: ["build"],
    out: "dist",
    bundled: true,
    pages: {
      "src/content/docs/index.md": matter("Water meters", start("/some/where/try/")),
      "src/content/docs/try.md": matter("Try it", markdown("/some/where/")),
    },
    environment: { ASTRO_TELEMETRY_DISABLED: "1" },
    addresses: ["", "try/"],
    toggle: (page, dark) =>
      page
        .locator("starlight-theme-select select:visible")
        .first()
        .selectOption(dark ? "dark" : "light"),
  },
};

/** Why a host cannot be built on this machine, if it cannot. CI can have them all. */
export const absent = ({ program }) => {
  if (program && existsSync(program)) return undefined;
  return process.env.CI && process.env.CI !== "false"
    ? undefined
    : "its generator is not on this machine: see the summary of `cargo xtask test --only embeds`";
};
