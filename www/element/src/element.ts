/**
 * `<jitp-playground>`, published as `jitp/element`. The package's src/element.ts documents it. Each page of a site may load this script, so it is
 * small: the playground itself is loaded when a user comes near one.
 */

import type { JitpPlayground as Declared, PlaygroundAnswer } from "jitp/element";
import { ATTRIBUTES, reflect, type Reflected } from "./attributes.ts";
import { contentOf, type Given, missing, parametersOf } from "./content.ts";
import { upgradeFences } from "./fences.ts";
import type { Host, Inside } from "./host.ts";
import { whenNear } from "./near.ts";
import { Waiting } from "./waiting.ts";
import type { Work } from "../../src/model/work.ts";
import { waitingWords as words } from "../../src/words/waiting.ts";

/** A server that renders pages may import the package too, and has no elements. */
const Base = (globalThis.HTMLElement ?? class {}) as new () => HTMLElement & Pick<Declared, Reflected>;

/** How far from what is seen a playground is loaded: about the height of a window. */
const NEAR = "800px";

/** The script with the playground, once it is loaded. */
let part: typeof import("./playground.ts") | undefined;

/** The attributes that change the content. */
const CONTENT = ["template", "src", "certificate", "flow", "region", "account-id", "serial-number", "now", "parameters"];

/** The element. */
export class JitpPlayground extends Base implements Declared {
  static readonly observedAttributes = [...CONTENT, "view", "read-only", "lines", "rules", "playground", "loading", "heading-level"];

  readonly #internals: ElementInternals;
  readonly #host: Host;
  readonly #given: Given = {};
  #inside: Inside | undefined;
  #waiting: Waiting | undefined;
  /** The user's work when the element was removed from the page. */
  #left: Work | undefined;
  #answer: PlaygroundAnswer | undefined;
  /** Ends to wait for users to come near. */
  #leave: AbortController | undefined;

  constructor() {
    super();
    this.#internals = this.attachInternals();
    // Not a landmark: a page may have many.
    this.#internals.role = "group";
    this.#host = {
      element: this,
      root: this.attachShadow({ mode: "open" }),
      left: () => this.#left,
      attributes: ATTRIBUTES,
      given: this.#given,
      content: () => contentOf(this, this.#given),
      missing: () => missing(this, this.#given),
      answered: (answer) => {
        this.#answer = answer;
        this.dispatchEvent(new CustomEvent("jitp-plan", { detail: answer, bubbles: true }));
      },
      label: (label) => {
        this.#internals.ariaLabel = label;
      },
    };
    // Properties that were set before the class was defined are own properties, which hide the accessors.
    for (const name of ["template", "certificate", "parameters", "readOnly", ...Object.keys(ATTRIBUTES)] as (keyof Declared)[]) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = this[name];
      Reflect.deleteProperty(this, name);
      // A constructor that `createElement` calls must not write attributes, but then no property was set before.
      Reflect.set(this, name, value);
    }
  }

  connectedCallback(): void {
    this.#host.label(words.label);
    // Whoever moves it has seen it.
    if (part && this.#left) this.#open(part);
    else {
      this.#waiting = new Waiting(this.#host.root);
      this.#watch();
    }
  }

  disconnectedCallback(): void {
    this.#leave?.abort();
    this.#left = this.#inside?.close() ?? this.#left;
    this.#inside = undefined;
  }

  attributeChangedCallback(name: string): void {
    if ((name === "rules" || name === "playground") && this.#inside) {
      // Links to rules are everywhere in it.
      this.disconnectedCallback();
      this.connectedCallback();
    } else if (name !== "loading") this.#changed(CONTENT.includes(name));
    else if (this.#leave && !this.#leave.signal.aborted) this.#watch();
  }

  get template(): string {
    return this.#inside?.template ?? (this.#left ?? this.#host.content()).template;
  }

  set template(template: string | object | null | undefined) {
    this.#give("template", typeof template === "object" && template !== null ? JSON.stringify(template, null, 2) : template);
  }

  get certificate(): string {
    return this.#inside?.certificate ?? this.#left?.certificates.map(({ pem }) => pem).join("") ?? this.#host.content().certificate;
  }

  set certificate(pem: string | null | undefined) {
    this.#give("certificate", pem);
  }

  get parameters(): Record<string, string> {
    return this.#inside?.parameters ?? { ...(this.#left ?? this.#host.content()).parameters };
  }

  set parameters(parameters: Record<string, unknown> | string | null | undefined) {
    if (parameters === null || parameters === undefined) delete this.#given.parameters;
    else this.#given.parameters = parametersOf(parameters);
    this.#changed(true);
  }

  get readOnly(): boolean {
    // Some frameworks write the word "false".
    return this.hasAttribute("read-only") && this.getAttribute("read-only") !== "false";
  }

  set readOnly(readOnly: boolean | null | undefined) {
    this.toggleAttribute("read-only", Boolean(readOnly));
  }

  get answer(): PlaygroundAnswer | undefined {
    return this.#answer;
  }

  #give(what: "template" | "certificate", text: string | null | undefined): void {
    if (text === null || text === undefined) delete this.#given[what];
    else this.#given[what] = String(text);
    this.#changed(true);
  }

  #changed(content: boolean): void {
    if (content) this.#left = undefined;
    this.#inside?.follow(content);
    if (!this.#inside) this.#waiting?.show(this.template);
  }

  /** Loads the playground once a user comes near, or begins to print. */
  #watch(): void {
    this.#leave?.abort();
    const leave = (this.#leave = new AbortController());
    const load = () => {
      leave.abort();
      void this.#load();
    };
    this.#waiting?.show(this.template);
    const { loading } = this;
    if (loading === "eager") load();
    else if (loading === "click") this.#waiting?.offer(load);
    else {
      leave.signal.addEventListener("abort", whenNear(this, NEAR, load));
      window.addEventListener("beforeprint", load, { signal: leave.signal });
    }
  }

  async #load(): Promise<void> {
    // The browser has read its children by now.
    this.#waiting?.show(this.template);
    this.#waiting?.load();
    try {
      part ??= await import("./playground.ts");
      await part.readFile(this.#host);
    } catch (error) {
      // Browsers reject an import with an error.
      this.#waiting?.fail((error as Error).message, () => void this.#load());
      return;
    }
    if (this.isConnected && !this.#inside) this.#open(part);
  }

  #open({ open }: NonNullable<typeof part>): void {
    this.#waiting = undefined;
    this.#inside = open(this.#host);
  }
}

reflect(JitpPlayground);
if (globalThis.customElements && !customElements.get("jitp-playground")) {
  customElements.define("jitp-playground", JitpPlayground);
  upgradeFences();
}
