/** `<jitp-playground>`, published as `jitp/element`. The package's src/element.ts says what it can do. */

import type { JitpPlayground as Declared, PlaygroundAnswer, PlaygroundView } from "jitp/element";
import { contentOf } from "./element-content.ts";
import { sheets } from "./element-styles.ts";
import { mount, type Playground } from "./playground.ts";
import type { Work } from "./work.ts";

/** The package may be imported where there are no elements, to be rendered on a server for one. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const VIEWS: readonly PlaygroundView[] = ["full", "plan", "editor"];

/** What decides on more than the look. */
const CONTENT = ["template", "certificate", "flow", "region", "account-id", "serial-number", "now", "parameters"];

/** The element. */
export class JitpPlayground extends Base implements Declared {
  static readonly observedAttributes = [...CONTENT, "view", "read-only"];

  readonly #root: ShadowRoot;
  readonly #children = new MutationObserver(() => this.#follow(true));
  #set: { template?: string; certificate?: string } = {};
  #playground: Playground | undefined;
  /** What the reader had made of it when it was taken out of the page. */
  #left: Work | undefined;
  #settled = false;
  #answer: PlaygroundAnswer | undefined;
  #following: { content: boolean } | undefined;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = sheets();
  }

  connectedCallback(): void {
    const root = document.createElement("div");
    this.#root.replaceChildren(root);
    const playground = mount(root, {
      frame: "embed",
      wasm: new URL(/* @vite-ignore */ "./jitp_bg.wasm", import.meta.url),
      work: this.#left ?? contentOf(this, this.#set),
      ...this.#looks(),
      analysed: ({ report, plan }) => {
        this.#answer = { report, ...(plan && { plan }) };
        this.dispatchEvent(new CustomEvent("jitp-plan", { detail: this.#answer, bubbles: true }));
      },
    });
    this.#playground = playground;
    this.#settled = false;
    void playground.ready.then(() => {
      if (this.#playground === playground) this.#settled = true;
    });
    // While the page is still being read, the children come after the element.
    this.#children.observe(this, { childList: true, characterData: true, subtree: true });
  }

  disconnectedCallback(): void {
    this.#children.disconnect();
    // Before it has read its certificates, it has nothing that was not given to it.
    if (this.#settled) this.#left = this.#playground?.work();
    this.#playground?.destroy();
    this.#playground = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (CONTENT.includes(name)) this.#left = undefined;
    this.#follow(CONTENT.includes(name));
  }

  get template(): string {
    return this.#playground?.state.source ?? contentOf(this, this.#set).template;
  }

  set template(text: string) {
    this.#set.template = String(text);
    this.#left = undefined;
    this.#follow(true);
  }

  get certificate(): string {
    const { certificates } = this.#playground?.work() ?? contentOf(this, this.#set);
    return certificates.map(({ pem }) => pem).join("");
  }

  set certificate(pem: string) {
    this.#set.certificate = String(pem);
    this.#left = undefined;
    this.#follow(true);
  }

  get view(): PlaygroundView {
    return VIEWS.find((view) => view === this.getAttribute("view")) ?? "full";
  }

  set view(view: PlaygroundView) {
    this.setAttribute("view", view);
  }

  get readOnly(): boolean {
    return this.hasAttribute("read-only");
  }

  set readOnly(readOnly: boolean) {
    this.toggleAttribute("read-only", readOnly);
  }

  get answer(): PlaygroundAnswer | undefined {
    return this.#answer;
  }

  #looks() {
    const rules = this.getAttribute("rules");
    return { show: this.view, readOnly: this.readOnly, ...(rules !== null && { rules }) };
  }

  /** Takes changes over at the end of the task, all of them at once. */
  #follow(content: boolean): void {
    if (!this.#playground) return;
    if (this.#following) {
      this.#following.content ||= content;
      return;
    }
    const following = (this.#following = { content });
    queueMicrotask(() => {
      this.#following = undefined;
      const { show, readOnly } = this.#looks();
      if (following.content) void this.#playground?.show(contentOf(this, this.#set));
      this.#playground?.set({ show, readOnly });
    });
  }
}

if (globalThis.customElements && !customElements.get("jitp-playground")) {
  customElements.define("jitp-playground", JitpPlayground);
}
