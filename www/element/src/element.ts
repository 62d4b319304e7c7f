/** `<jitp-playground>`, published as `jitp/element`. The package's src/element.ts documents it. */

import type { Flow, SerialNumberReading } from "jitp";
import type { JitpPlayground as Declared, PlaygroundAnswer, PlaygroundTheme, PlaygroundView } from "jitp/element";
import { complaintsOn } from "./complaints.ts";
import { contentOf, type Given, missing, parametersOf } from "./content.ts";
import { upgradeFences } from "./fences.ts";
import { sheets } from "./styles.ts";
import { mount, type Playground } from "../../src/app/playground.ts";
import { elementWords as words } from "../../src/words/element.ts";
import type { Work } from "../../src/model/work.ts";

/** A server that renders pages may import the package too, and has no elements. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const VIEWS: readonly PlaygroundView[] = ["full", "plan", "editor"];
const THEMES: readonly PlaygroundTheme[] = ["light", "dark"];
const FLOWS: readonly Flow[] = ["jitp", "fleet", "register-thing"];
const READINGS: readonly SerialNumberReading[] = ["auto", "subject", "certificate"];

/** The attributes with a choice of values. */
const CHOICES = { view: VIEWS, theme: THEMES, flow: FLOWS, "serial-number": READINGS };

/** How long other scripts may need for what an element names once the page is loaded, in milliseconds. */
const PATIENCE = 1_000;

/** The attributes that change the content. */
const CONTENT = ["template", "certificate", "flow", "region", "account-id", "serial-number", "now", "parameters"];

/** The properties that can be set. */
const PROPERTIES = [
  "template",
  "certificate",
  "parameters",
  "view",
  "readOnly",
  "theme",
  "flow",
  "region",
  "accountId",
  "serialNumber",
  "now",
  "rules",
] as const;

/** The element. */
export class JitpPlayground extends Base implements Declared {
  static readonly observedAttributes = [...CONTENT, "view", "read-only", "rules"];

  readonly #root: ShadowRoot;
  readonly #children = new MutationObserver(() => this.#follow(true));
  /** Observes the page until the named element is there. */
  readonly #around = new MutationObserver(() => {
    if (missing(this, this.#given).length > 0) return;
    this.#around.disconnect();
    this.#follow(true);
  });
  readonly #given: Given = {};
  #playground: Playground | undefined;
  /** The user's work when the element was removed from the page. */
  #left: Work | undefined;
  #settled = false;
  #answer: PlaygroundAnswer | undefined;
  #following: { content: boolean } | undefined;
  #complaining = 0;
  readonly #told = new Set<string>();

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = sheets();
    // Properties that were set before the class was defined are own properties, which hide the accessors.
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = this[name];
      Reflect.deleteProperty(this, name);
      // A constructor that `createElement` calls must not write attributes, but then no property was set before.
      Reflect.set(this, name, value);
    }
  }

  connectedCallback(): void {
    const root = document.createElement("div");
    this.#root.replaceChildren(root);
    const playground = mount(root, {
      frame: "embed",
      wasm: new URL(/* @vite-ignore */ "./jitp_bg.wasm", import.meta.url),
      work: this.#left ?? contentOf(this, this.#given),
      ...this.#looks(),
      ...(this.rules !== undefined && { rules: this.rules }),
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
    // While the browser still parses the page, the children come after the element.
    this.#children.observe(this, { childList: true, characterData: true, subtree: true });
    this.#await();
    if (document.readyState === "complete") this.#complain();
    else window.addEventListener("load", () => this.#complain(), { once: true });
  }

  disconnectedCallback(): void {
    this.#children.disconnect();
    this.#around.disconnect();
    clearTimeout(this.#complaining);
    // Until it has read its certificates, it only has the given content.
    if (this.#settled) this.#left = this.#playground?.unscreened();
    this.#playground?.destroy();
    this.#playground = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (name === "rules" && this.#playground) {
      // Links to rules are everywhere in it.
      this.disconnectedCallback();
      this.connectedCallback();
    } else this.#changed(CONTENT.includes(name));
  }

  get template(): string {
    if (this.#playground && this.#settled) return this.#playground.state.source;
    return (this.#left ?? contentOf(this, this.#given)).template;
  }

  set template(template: string | object | null | undefined) {
    this.#give("template", typeof template === "object" && template !== null ? JSON.stringify(template, null, 2) : template);
  }

  get certificate(): string {
    const { certificates } = this.#playground?.work() ?? contentOf(this, this.#given);
    return certificates.map(({ pem }) => pem).join("");
  }

  set certificate(pem: string | null | undefined) {
    this.#give("certificate", pem);
  }

  get parameters(): Record<string, string> {
    return { ...(this.#playground?.state.parameters ?? contentOf(this, this.#given).parameters) };
  }

  set parameters(parameters: Record<string, unknown> | string | null | undefined) {
    if (parameters === null || parameters === undefined) delete this.#given.parameters;
    else this.#given.parameters = parametersOf(parameters);
    this.#changed(true);
  }

  get view(): PlaygroundView {
    return VIEWS.find((view) => view === this.getAttribute("view")) ?? "full";
  }

  set view(view: PlaygroundView | null | undefined) {
    this.#reflect("view", view);
  }

  get readOnly(): boolean {
    // Some frameworks write the word "false".
    return this.hasAttribute("read-only") && this.getAttribute("read-only") !== "false";
  }

  set readOnly(readOnly: boolean | null | undefined) {
    this.toggleAttribute("read-only", Boolean(readOnly));
  }

  get theme(): PlaygroundTheme | undefined {
    return THEMES.find((theme) => theme === this.getAttribute("theme"));
  }

  set theme(theme: PlaygroundTheme | null | undefined) {
    this.#reflect("theme", theme);
  }

  get flow(): Flow {
    return FLOWS.find((flow) => flow === this.getAttribute("flow")) ?? "jitp";
  }

  set flow(flow: Flow | null | undefined) {
    this.#reflect("flow", flow);
  }

  get region(): string | undefined {
    return this.getAttribute("region") ?? undefined;
  }

  set region(region: string | null | undefined) {
    this.#reflect("region", region);
  }

  get accountId(): string | undefined {
    return this.getAttribute("account-id") ?? undefined;
  }

  set accountId(accountId: string | null | undefined) {
    this.#reflect("account-id", accountId);
  }

  get serialNumber(): SerialNumberReading {
    return READINGS.find((reading) => reading === this.getAttribute("serial-number")) ?? "auto";
  }

  set serialNumber(reading: SerialNumberReading | null | undefined) {
    this.#reflect("serial-number", reading);
  }

  get now(): string | undefined {
    return this.getAttribute("now") ?? undefined;
  }

  set now(now: string | Date | null | undefined) {
    const valid = !(now instanceof Date) || !Number.isNaN(now.valueOf());
    this.#reflect("now", now instanceof Date ? (valid ? now.toISOString().replace(/\.\d+Z$/, "Z") : undefined) : now);
  }

  get rules(): string | undefined {
    return this.getAttribute("rules") ?? undefined;
  }

  set rules(address: string | null | undefined) {
    this.#reflect("rules", address);
  }

  get answer(): PlaygroundAnswer | undefined {
    return this.#answer;
  }

  #give(what: "template" | "certificate", text: string | null | undefined): void {
    if (text === null || text === undefined) delete this.#given[what];
    else this.#given[what] = String(text);
    this.#changed(true);
  }

  #reflect(attribute: string, value: string | null | undefined): void {
    // Vue removes a property by setting it to the empty text, which is not a valid value of any of these.
    if (value === null || value === undefined || value === "") this.removeAttribute(attribute);
    else this.setAttribute(attribute, String(value));
  }

  #looks() {
    return { show: this.view, readOnly: this.readOnly };
  }

  #changed(content: boolean): void {
    if (content) this.#left = undefined;
    this.#follow(content);
  }

  /** Tells what means nothing, once each: the author in the console, users if they miss content. */
  #complain(): void {
    clearTimeout(this.#complaining);
    this.#complaining = window.setTimeout(() => {
      if (!this.#playground) return;
      for (const { text, shown } of complaintsOn(this, this.#given, CHOICES)) {
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
    if (missing(this, this.#given).length > 0)
      this.#around.observe(this.getRootNode(), { childList: true, subtree: true, attributeFilter: ["id"] });
  }

  /** Applies all changes at once, at the end of the task. */
  #follow(content: boolean): void {
    if (!this.#playground) return;
    if (this.#following) {
      this.#following.content ||= content;
      return;
    }
    const following = (this.#following = { content });
    queueMicrotask(() => {
      this.#following = undefined;
      if (!this.#playground) return;
      if (following.content) {
        void this.#playground.show(contentOf(this, this.#given));
        this.#await();
      }
      this.#playground.set(this.#looks());
      this.#complain();
    });
  }
}

if (globalThis.customElements && !customElements.get("jitp-playground")) {
  customElements.define("jitp-playground", JitpPlayground);
  upgradeFences();
}
