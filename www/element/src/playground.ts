/** The playground in the element, with all that it needs: a script that is loaded when a user comes near. */

import { mount, type Playground } from "../../src/app/playground.ts";
import { printTemplate } from "../../src/app/print-template.ts";
import { readLines } from "../../src/model/lines.ts";
import { readOptions, type Work, workOn } from "../../src/model/work.ts";
import { byId } from "../../src/ui/dom.ts";
import { isolated } from "../../src/ui/visible.ts";
import { elementWords as words } from "../../src/words/element.ts";
import { complaintsOn } from "./complaints.ts";
import { fileOf, isUnread, readFile } from "./file.ts";
import type { Host, Inside } from "./host.ts";
import { whenNear } from "./near.ts";
import { Outline } from "./outline.ts";
import { sheets } from "./styles.ts";

/** How long other scripts may need for what an element names once the page is loaded, in milliseconds. */
const PATIENCE = 1_000;

/** The question and the answer that each element has told last. */
const newest = new WeakMap<HTMLElement, string>();

/** What the pages gave to elements that were removed from them, and may come back. */
const originals = new WeakMap<HTMLElement, Work>();

/** The address of a playground that the page names for all of its elements: blocks of code have no attributes. */
const ofPage = (): string | undefined => document.querySelector<HTMLMetaElement>('meta[name="jitp-playground"]')?.content;

/** The address that links lead to; nothing if it is not one of a page. */
function addressOf(given: string | undefined): string | undefined {
  if (!given || !URL.canParse(given, document.baseURI)) return undefined;
  const { protocol, href } = new URL(given, document.baseURI);
  return /^https?:$/.test(protocol) ? href : undefined;
}

export { readFile };

/** Puts a playground into the element. */
export function open(host: Host): Inside {
  return new Opened(host);
}

class Opened implements Inside {
  readonly #host: Host;
  readonly #playground: Playground;
  readonly #children = new MutationObserver(() => this.follow(true));
  /** Observes the page until the named element is there. */
  readonly #around = new MutationObserver(() => {
    if (this.#host.missing().length > 0) return;
    this.#around.disconnect();
    this.follow(true);
  });
  readonly #outline: Outline;
  readonly #unprint: () => void;
  #thing: string | undefined;
  #unwatch: (() => void) | undefined;
  #settled = false;
  #gone = false;
  #following: { content: boolean } | undefined;
  #complaining = 0;
  readonly #told = new Set<string>();

  constructor(host: Host) {
    this.#host = host;
    const { element, root } = host;
    const box = document.createElement("div");
    const [left, original, page] = [host.left(), originals.get(element), addressOf(element.playground ?? ofPage())];
    const waiting = root.firstElementChild?.classList.contains("waiting") ? root.adoptedStyleSheets : undefined;
    root.adoptedStyleSheets = [...sheets(), ...(waiting ?? [])];
    if (waiting) root.append(box);
    else root.replaceChildren(box);
    this.#playground = mount(box, {
      frame: "embed",
      wasm: new URL(/* @vite-ignore */ "./jitp_bg.wasm", import.meta.url),
      work: left ?? this.#work(),
      ...(left && original && { original }),
      ...(page !== undefined && { page }),
      ...this.#looks(),
      seen: new Promise((seen) => (this.#unwatch = whenNear(element, "0px", seen))),
      ...(element.rules !== undefined && { rules: element.rules }),
      analysed: ({ report, plan }, question) => {
        // Other CAs to check with are no news, unless they change the answer.
        const { authorities: _, chosen: __, ...asked } = question;
        const news = JSON.stringify([asked, report, plan]);
        if (newest.get(element) === news) return;
        newest.set(element, news);
        this.#name(plan?.thing?.name);
        host.answered({ report, ...(plan && { plan }) });
      },
    });
    // Until it has an answer, what the place showed before is more to read, and nothing moves.
    box.toggleAttribute("data-coming", waiting !== undefined);
    void this.#playground.answered.then(() => {
      if (this.#gone || !waiting) return;
      box.removeAttribute("data-coming");
      root.replaceChildren(box);
      root.adoptedStyleSheets = sheets();
    });
    void this.#playground.shown.then(() => {
      this.#settled = true;
    });
    // The editor, and what prints its text, may come later.
    this.#unprint = printTemplate(byId(box, "editor"), () => this.#playground.state.source);
    this.#outline = new Outline(element, box);
    this.#outline.begin(element.headingLevel);
    // While the browser still parses the page, the children come after the element.
    this.#children.observe(element, { childList: true, characterData: true, subtree: true });
    this.#await();
    if (document.readyState === "complete") this.#complain();
    else window.addEventListener("load", () => this.#complain(), { once: true });
  }

  get template(): string | undefined {
    return this.#settled ? this.#playground.state.source : undefined;
  }

  get certificate(): string {
    return this.#playground
      .work()
      .certificates.map(({ pem }) => pem)
      .join("");
  }

  get parameters(): Record<string, string> {
    return { ...this.#playground.state.parameters };
  }

  /** Applies all changes at once, at the end of the task. */
  follow(content: boolean): void {
    if (this.#following) {
      this.#following.content ||= content;
      return;
    }
    const following = (this.#following = { content });
    queueMicrotask(() => {
      this.#following = undefined;
      if (this.#gone) return;
      if (following.content) {
        if (isUnread(this.#host)) void readFile(this.#host).then(() => this.follow(true));
        else void this.#playground.show(this.#work());
        this.#await();
      }
      this.#playground.set(this.#looks());
      this.#name(this.#thing);
      this.#outline.begin(this.#host.element.headingLevel);
      this.#complain();
    });
  }

  close(): Work | undefined {
    this.#gone = true;
    this.#unwatch?.();
    this.#children.disconnect();
    this.#around.disconnect();
    this.#outline.end();
    this.#unprint();
    clearTimeout(this.#complaining);
    // Until it has read its certificates, it only has the given content.
    const left = this.#settled ? this.#playground.unscreened() : undefined;
    if (this.#playground.original) originals.set(this.#host.element, this.#playground.original);
    this.#playground.destroy();
    return left;
  }

  /** Names the whole for assistive technology; an author's own name wins. */
  #name(thing: string | undefined): void {
    this.#thing = thing;
    const { view } = this.#host.element;
    const label = words.label[view];
    this.#host.label(thing === undefined || view === "editor" ? label : isolated(words.planOf(label, thing)));
  }

  #looks() {
    const { view, readOnly, lines = "" } = this.#host.element;
    return { show: view, readOnly, lines: readLines(lines) ?? [] };
  }

  #work(): Work {
    const { element } = this.#host;
    const { template, certificate: pem, parameters } = this.#host.content();
    const work = workOn(fileOf(this.#host)?.text?.trim() ?? template, pem.trim() === "" ? [] : [{ from: "", pem }]);
    work.options = readOptions({
      flow: element.getAttribute("flow"),
      region: element.getAttribute("region"),
      accountId: element.getAttribute("account-id"),
      serialNumber: element.getAttribute("serial-number"),
      now: element.getAttribute("now"),
    });
    work.parameters = parameters;
    return work;
  }

  /** Tells what means nothing, once each: the author in the console, users if they miss content. */
  #complain(): void {
    clearTimeout(this.#complaining);
    this.#complaining = window.setTimeout(() => {
      if (this.#gone) return;
      for (const { text, shown } of complaintsOn(this.#host)) {
        if (this.#told.has(text)) continue;
        this.#told.add(text);
        console.warn(words.toAuthor(text));
        if (shown) this.#playground.notify(text, { tone: "warning" });
      }
    }, PATIENCE);
  }

  /** Waits for a named element that is not there yet. */
  #await(): void {
    this.#around.disconnect();
    if (this.#host.missing().length > 0)
      this.#around.observe(this.#host.element.getRootNode(), { childList: true, subtree: true, attributeFilter: ["id"] });
  }
}
