/** The place of a playground until it is loaded: the text that it is for, and why it is not there if that failed. */

import { showable } from "../../src/model/unsearched.ts";
import { waitingWords as words } from "../../src/words/waiting.ts";
import { DIRECTION, LANGUAGE } from "../../src/words/common.ts";
import host from "./host.css?inline";
import waiting from "./waiting.css?inline";

let made: CSSStyleSheet[] | undefined;
const sheets = () =>
  (made ??= [host, waiting].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  }));

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, properties: Partial<HTMLElementTagNameMap[K]>) =>
  Object.assign(document.createElement(tag), properties);

export class Waiting {
  readonly #box = element("div", { className: "waiting", lang: LANGUAGE, dir: DIRECTION });
  readonly #status = element("p", { className: "loading", textContent: words.loading });
  readonly #text = element("pre", { tabIndex: 0, ariaLabel: words.template, role: "group" });

  constructor(root: ShadowRoot) {
    root.adoptedStyleSheets = sheets();
    this.#box.append(this.#status, this.#text);
    root.replaceChildren(this.#box);
  }

  /** Shows the text that the playground is for. */
  show(template: string): void {
    // Only the playground can search it for private keys.
    const shown = showable(template);
    this.#text.textContent = shown;
    this.#text.hidden = shown === "";
  }

  /** Says that it is being loaded. */
  load(): void {
    this.#status.className = "loading";
    this.#status.replaceChildren(words.loading);
  }

  /** Says that it could not be loaded, with a button for another trial. */
  fail(why: string, again: () => void): void {
    this.#status.className = "failed";
    this.#status.role = "status";
    this.#status.replaceChildren(element("strong", { textContent: words.failed }), element("span", { textContent: why }));
    this.#button(words.again, again);
  }

  /** Has a button instead of loading it. */
  offer(load: () => void): void {
    this.#status.className = "";
    this.#status.replaceChildren();
    this.#button(words.open, load);
  }

  #button(title: string, press: () => void): void {
    this.#status.append(element("button", { type: "button", textContent: title, onclick: press }));
  }
}
