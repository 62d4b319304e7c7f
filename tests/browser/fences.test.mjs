/** What a page around the element may hold instead of attributes: blocks of code in Markdown, and children. */

import { test } from "node:test";
import { expect, sample, verdict } from "./browser.mjs";
import { useDocs } from "./docs.mjs";

const { docs } = useDocs();

/** A block of code of a language, as each generator of sites writes it. */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const FENCES = {
  "Markdown, mdBook": (language, text) => `<pre><code class="language-${language}">${escaped(text)}</code></pre>`,
  Sphinx: (language, text) =>
    `<div class="highlight-${language} notranslate"><div class="highlight"><pre><span></span>${escaped(text)}</pre></div></div>`,
  "Material for MkDocs": (language, text) =>
    `<div class="language-${language} highlight"><pre><span></span><code>${escaped(text)}</code></pre></div>`,
  Docusaurus: (language, text) =>
    `<div class="language-${language} codeBlockContainer"><div><pre class="prism-code language-${language}"><code>${text
      .split("\n")
      .map((line) => `<span class="token-line"><span class="token plain">${escaped(line)}</span><br></span>`)
      .join("")}</code></pre><div><button type="button">Copy</button></div></div></div>`,
  VitePress: (language, text) =>
    `<div class="language-${language} vp-adaptive-theme"><button type="button">Copy</button><span class="lang">${language}</span><pre class="shiki"><code>${text
      .split("\n")
      .map((line) => `<span class="line"><span>${escaped(line)}</span></span>`)
      .join("\n")}</code></pre></div>`,
  Starlight: (language, text) =>
    `<div class="expressive-code"><script type="application/json"></script><figure class="frame"><pre data-language="${language}"><code>${text
      .split("\n")
      .map((line) => `<div class="ec-line"><div class="code">${escaped(line)}\n</div></div>`)
      .join("")}</code></pre></figure></div>`,
  Asciidoctor: (language, text) =>
    `<div class="listingblock"><div class="content"><pre class="highlight"><code class="language-${language}" data-lang="${language}">${escaped(text)}</code></pre></div></div>`,
};

for (const [generator, fence] of Object.entries(FENCES)) {
  test(`a block of the language jitp is a playground, with the certificate of the PEM block after it: ${generator}`, () =>
    docs(
      `<p>Before.</p>${fence("jitp", sample("provisions.json"))}${fence("pem", sample("water-meter.pem"))}<p>After.</p>${fence("json", "{}")}`,
      async (page) => {
        await verdict(page.locator("jitp-playground"), "Provisions");
        await expect(page.locator("jitp-playground")).toHaveCount(1);
        const template = () => page.locator("jitp-playground").evaluate((element) => element.template.trim());
        await expect.poll(template).toBe(sample("provisions.json").trim());
        const shown = () => page.evaluate(() => [...document.querySelectorAll("pre")].filter((pre) => pre.checkVisibility()).length);
        await expect.poll(shown, "the other block stays").toBe(1);
        const high = () => page.locator("jitp-playground").evaluate((element) => element.offsetHeight);
        await expect.poll(high, "styles for code are not for it").toBe(400);
      },
      // Starlight has this rule.
      { css: ".expressive-code *:not(path) { all: revert; box-sizing: border-box }" },
    ));
}

test("blocks that a site puts in later are playgrounds, and go with the page that they are on", () =>
  docs(`<article></article>`, async (page) => {
    const go = (text) =>
      page.locator("article").evaluate((article, written) => {
        const code = Object.assign(document.createElement("code"), { textContent: written });
        if (written.startsWith("{")) code.className = "language-jitp";
        const pre = document.createElement("pre");
        pre.append(code);
        article.replaceChildren(pre);
      }, text);
    for (let i = 0; i < 2; i++) {
      await go(sample("provisions.json"));
      await verdict(page, "No certificate yet");
      await go("Another page.");
      await expect(page.locator("jitp-playground")).toHaveCount(0);
    }
  }));

test("children of any kind hold template and certificate, wherever tools put them", () =>
  docs(
    Object.values({
      pre: `<jitp-playground><pre class="language-jitp">${escaped(sample("provisions.json"))}</pre><p><pre>${sample("water-meter.pem")}</pre></p></jitp-playground>`,
      template: `<jitp-playground><template>\n    ${sample("provisions.json").replaceAll("\n", "\n    ")}</template><textarea>${sample("water-meter.pem")}</textarea></jitp-playground>`,
      script: `<jitp-playground><div><script type="application/json">${sample("provisions.json")}</script></div><script type="text/plain">${sample("water-meter.pem")}</script></jitp-playground>`,
    }).join(""),
    async (page) => {
      await expect(page.locator("jitp-playground")).toHaveCount(3);
      for (let i = 0; i < 3; i++) {
        const one = page.locator("jitp-playground").nth(i);
        await verdict(one, "Provisions");
        await expect.poll(() => one.evaluate((element) => element.template.trim())).toBe(sample("provisions.json").trim());
      }
    },
  ));
