/**
 * Code blocks of the language `jitp` become playgrounds, with the certificates of a PEM block right after them. Every generator of sites writes such
 * blocks in its own way, and each keeps the text as it is, through Markdown, search and pages without JavaScript.
 */

import { outdented } from "./holders.ts";

/** What generators write for the language of a block: Markdown and mdBook, Sphinx, Starlight, Asciidoctor. */
const OF = (language: string) =>
  `:is(.language-${language}, .lang-${language}, .highlight-${language}, [data-lang="${language}"], [data-language="${language}"])`;
const FENCE = OF("jitp");
const DONE = "data-jitp-fence";

/** Turns the blocks in a part of a page into playgrounds. */
function upgrade(part: Element | Document): void {
  const found = [...part.querySelectorAll(FENCE)];
  if (part instanceof Element && part.matches(FENCE)) found.unshift(part);
  for (const one of found) {
    const block = outermost(one);
    // What a playground holds is its own.
    if (block.hasAttribute(DONE) || !block.parentElement || block.closest("jitp-playground")) continue;
    const text = codeIn(block);
    if (text.trim() === "") continue;
    const next = following(block);
    const pem = next && codeIn(next);
    const playground = document.createElement("jitp-playground");
    playground.append(holder(outdented(text), "application/json"));
    if (next && pem?.trimStart().startsWith("-----BEGIN ")) {
      playground.append(holder(pem, "application/x-pem-file"));
      hide(next);
    }
    hide(block);
    // Next to it: frameworks remove what they made, and nothing else.
    block.after(playground);
  }
}

/** Upgrades the blocks of the page, also those that a site puts in when its user goes to another page. */
export function upgradeFences(): void {
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", upgradeFences, { once: true });
    return;
  }
  upgrade(document);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element && node.isConnected) upgrade(node);
  }).observe(document, { childList: true, subtree: true });
}

/**
 * The whole of a block, around which there may be boxes with buttons and colours that name the language, too. In Starlight's box all elements lose
 * their styles, also what a playground says of itself.
 */
function outermost(one: Element): Element {
  const named = one.parentElement?.closest(FENCE);
  return named ? outermost(named) : (one.closest(".expressive-code") ?? one.closest("figure") ?? one.closest("pre") ?? one);
}

/** The block of code right after one; either may be alone in boxes. */
function following(block: Element): Element | null {
  let at = block;
  while (!at.nextElementSibling && at.parentElement?.matches("div, figure") && at.parentElement.childElementCount === 1)
    at = at.parentElement;
  const next = at.nextElementSibling;
  if (!next?.matches("pre, figure, div")) return null;
  const isCode = next.matches("pre") || next.querySelectorAll("pre").length === 1;
  return isCode && !next.querySelector("p, h1, h2, h3, h4, h5, h6, jitp-playground") ? next : null;
}

/** The text of a block, in which a break is a line end. */
function codeIn(block: Element): string {
  const code = block.matches("code, pre") ? block : (block.querySelector("pre code, code, pre") ?? block);
  const copy = code.cloneNode(true) as Element;
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
  return copy.textContent ?? "";
}

function holder(text: string, type: string): HTMLElement {
  // The text of a script is what Trusted Types guard.
  const made = document.createElement("template");
  made.setAttribute("type", type);
  made.content.append(text);
  return made;
}

function hide(block: Element): void {
  block.setAttribute(DONE, "");
  (block as HTMLElement).style.setProperty("display", "none", "important");
}
