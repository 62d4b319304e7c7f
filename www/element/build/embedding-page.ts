/** Makes the page about embedding from docs/embedding.md; the blocks that are marked as live there are also run. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Marked } from "marked";
import type { Plugin } from "vite";

const DOCUMENT = fileURLToPath(new URL("../../../docs/embedding.md", import.meta.url));

/** The server in the document does not exist; the playground is next to the page. */
const ELSEWHERE = "https://docs.example.com/jitp/?embed";

export function embeddingPage(): Plugin {
  return {
    name: "embedding-page",
    transformIndexHtml: (html) => html.replace("<!--fill:embedding-->", () => render(readFileSync(DOCUMENT, "utf8"))),
  };
}

function render(markdown: string): string {
  const marked = new Marked({
    renderer: {
      code({ text, lang }) {
        const code = `<pre tabindex="0" role="group" aria-label="HTML"><code>${plain(text)}</code></pre>`;
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
