/**
 * `<jitp-playground>`: the playground as a custom element. Importing `jitp/element`, or loading its file by a script tag,
 * defines it. These are its types. The workspace www/element implements them and builds dist/element.js.
 */
import type { Flow, Plan, SerialNumberReading, ValidationReport } from "./types.js";

/** The parts of a playground that are shown: all three, the plan alone, the template with its findings alone, or the verdict and its reasons alone. */
export type PlaygroundView = "full" | "plan" | "editor" | "verdict";

/** The colours of a playground; without one it is as the page around it, by `color-scheme`. */
export type PlaygroundTheme = "light" | "dark";

/**
 * How high a playground is: as its style sheet says, or as its content if it shows one part, `plan` or `editor`. The view `verdict` is always
 * as high as its content, and `full` never, since its parts are side by side.
 */
export type PlaygroundSizing = "fixed" | "content";

/** When a playground is loaded: once a user comes near it, at once, or when the user presses the button that is there instead. */
export type PlaygroundLoading = "lazy" | "eager" | "click";

/** The answer to what the element shows, as `detail` of the event `jitp-plan`. */
export interface PlaygroundAnswer {
  report: ValidationReport;
  /** Absent as long as the flow needs a certificate and there is none. */
  plan?: Plan;
}

/**
 * The element. Every attribute has a property that does the same, since React and Vue set properties: `template`, `certificate`,
 * `src`, `view`, `read-only` (`readOnly`), `lines`, `theme`, `flow`, `parameters`, `region`, `account-id` (`accountId`), `serial-number`
 * (`serialNumber`), `now`, `rules`, `playground`, `heading-level` (`headingLevel`), `loading`, `sizing`. All properties but `template`, `certificate` and `parameters` are kept in their attributes. A
 * property that is set to `null` or `undefined` is as if it had not been set. The element fires `jitp-plan` after every new answer.
 */
export declare class JitpPlayground extends HTMLElement {
  /**
   * The text of the template as it is now. Set it to a text, to a template as an object, or to a selector that begins with `#`, of an
   * element that holds the text. It wins over attribute and children.
   */
  get template(): string;
  set template(template: string | object | null | undefined);
  /** The address of a file with the template, which holds if there is no `template`; the children hold if it cannot be read. */
  get src(): string | undefined;
  set src(address: string | null | undefined);
  /** The certificates as PEM, one after the other. Set it to PEM text, or to such a selector. It wins over attribute and children. */
  get certificate(): string;
  set certificate(pem: string | null | undefined);
  /** The values that the caller gives in the flows `fleet` and `register-thing`. Set it to an object, or to its JSON. */
  get parameters(): Record<string, string>;
  set parameters(parameters: Record<string, unknown> | string | null | undefined);
  /** The parts that are shown. */
  get view(): PlaygroundView;
  set view(view: PlaygroundView | null | undefined);
  /** Whether the user can look at template and certificates, but not change them. */
  get readOnly(): boolean;
  set readOnly(readOnly: boolean | null | undefined);
  /** The lines of the template that matter, such as `3-5, 8`, as they are first shown: the editor marks them. */
  get lines(): string | undefined;
  set lines(lines: string | null | undefined);
  /** Its colours. */
  get theme(): PlaygroundTheme | undefined;
  set theme(theme: PlaygroundTheme | null | undefined);
  /** The flow that the template is for. */
  get flow(): Flow;
  set flow(flow: Flow | null | undefined);
  /** The Region that the plan is made with. */
  get region(): string | undefined;
  set region(region: string | null | undefined);
  /** The account that the plan is made with. */
  get accountId(): string | undefined;
  set accountId(accountId: string | null | undefined);
  /** The source of the parameter SerialNumber. */
  get serialNumber(): SerialNumberReading;
  set serialNumber(reading: SerialNumberReading | null | undefined);
  /** The time that the plan is made for, in UTC. */
  get now(): string | undefined;
  set now(now: string | Date | null | undefined);
  /** An address that a rule's code is added to; without it codes are not links. */
  get rules(): string | undefined;
  set rules(address: string | null | undefined);
  /** The level of the first headings in it, from 1 to 6; without one they continue the headings of the page. */
  get headingLevel(): number | undefined;
  set headingLevel(level: number | string | null | undefined);
  /** The address of a playground that **Open in playground** and **Copy link** lead to; without it there are no such links. */
  get playground(): string | undefined;
  set playground(address: string | null | undefined);
  /** When it is loaded. */
  get loading(): PlaygroundLoading;
  set loading(loading: PlaygroundLoading | null | undefined);
  /** How high it is. */
  get sizing(): PlaygroundSizing;
  set sizing(sizing: PlaygroundSizing | null | undefined);
  /** The newest answer, if there is one. */
  get answer(): PlaygroundAnswer | undefined;
}

/** The properties that can be set, with what they can be set to. */
export interface PlaygroundProperties {
  template?: string | object | null | undefined;
  src?: string | null | undefined;
  certificate?: string | null | undefined;
  parameters?: Record<string, unknown> | string | null | undefined;
  view?: PlaygroundView | null | undefined;
  readOnly?: boolean | null | undefined;
  lines?: string | null | undefined;
  theme?: PlaygroundTheme | null | undefined;
  flow?: Flow | null | undefined;
  region?: string | null | undefined;
  accountId?: string | null | undefined;
  serialNumber?: SerialNumberReading | null | undefined;
  now?: string | Date | null | undefined;
  rules?: string | null | undefined;
  playground?: string | null | undefined;
  headingLevel?: number | string | null | undefined;
  loading?: PlaygroundLoading | null | undefined;
  sizing?: PlaygroundSizing | null | undefined;
}

/** The attributes that are spelled differently from their properties. */
export interface PlaygroundAttributes {
  "read-only"?: boolean | "" | "true" | "false" | undefined;
  "account-id"?: string | undefined;
  "serial-number"?: SerialNumberReading | undefined;
  "heading-level"?: number | string | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "jitp-playground": JitpPlayground;
  }
  interface HTMLElementEventMap {
    "jitp-plan": CustomEvent<PlaygroundAnswer>;
  }
}
