/** Makes the page about embedding from docs/embedding.md and the pages that it leads to; the blocks that are marked as live there are also run. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Marked } from "marked";
import type { Plugin } from "vite";

const DOCUMENT = fileURLToPath(new URL("../../../docs/embedding.md", import.meta.url));
/** A page for each host, such as `mkdocs.md`. */
const HOSTS = fileURLToPath(new URL("../../../docs/embedding/", import.meta.url));

/** The server in the document does not exist; the playground is next to the page. */
const ELSEWHERE = "https://docs.example.com/jitp/?embed";

/** The headings that pages lead to. */
const IDS = new Set(["the-files", "the-attributes", "in-markdown", "the-element"]);

/** What the blocks of code are called for users who do not see them. */
const CALLED: Record<string, string> = {
  html: "HTML",
  js: "JavaScript",
  jsx: "JSX",
  vue: "Vue",
  sh: "Commands",
  yaml: "YAML",
  css: "CSS",
  python: "Python",
  markdown: "Markdown",
};

export function embeddingPage(): Plugin {
  return {
    name: "embedding-page",
    transformIndexHtml: (html) => html.replace("<!--fill:embedding-->", () => render(readFileSync(DOCUMENT, "utf8")) + hosts()),
  };
}

/** The pages of the hosts, as sections below the document. */
function hosts(): string {
  const names = readdirSync(HOSTS).filter((name) => name.endsWith(".md"));
  const section = (name: string) => {
    const text = readFileSync(HOSTS + name, "utf8");
    return `<section id="${name.replace(".md", "")}">${render(text.replace(/^#(?=#* )/gm, "##"))}</section>`;
  };
  return names.sort().map(section).join("");
}

/** Where a link to another page leads in this one. */
function inPage(href: string): string {
  return href.replace(/^(?:\.\.\/)?embedding\.md#?/, "#").replace(/^(?:embedding\/)?([a-z]+)\.md$/, "#$1");
}

function render(markdown: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = text
          .toLowerCase()
          .replace(/[^\w -]/g, "")
          .replaceAll(" ", "-");
        return `<h${depth}${IDS.has(id) ? ` id="${id}"` : ""}>${this.parser.parseInline(tokens)}</h${depth}>`;
      },
      link({ href, tokens }) {
        return `<a href="${plain(inPage(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      code({ text, lang }) {
        const code = `<pre tabindex="0" role="group" aria-label="${CALLED[(lang ?? "").split(" ")[0] ?? ""] ?? "Code"}"><code>${plain(text)}</code></pre>`;
        if (lang !== "html live") return code;
        const live = text.replace(ELSEWHERE, "./index.html?embed");
        return `${code}<figure class="live"><figcaption>Live:</figcaption>${live}</figure>`;
      },
      // A table that is wider than the page scrolls on its own.
      table(token) {
        const cells = (tag: "th" | "td", row: typeof token.header) =>
          `<tr>${row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join("")}</tr>`;
        const rows = token.rows.map((row) => cells("td", row)).join("");
        return `<div class="wide" tabindex="0" role="group" aria-label="Table by ${plain(token.header[0]?.text ?? "row")}"><table><thead>${cells("th", token.header)}</thead><tbody>${rows}</tbody></table></div>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

function plain(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
