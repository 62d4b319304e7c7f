/**
 * `<jitp-playground>`: the playground as a custom element. Importing `jitp/element`, or loading its file by a script tag,
 * defines it. These are its types; the page's sources in www/ implement them, and www's build makes dist/element.js.
 */
import type { Plan, ValidationReport } from "./types.js";

/** What of a playground is shown: all three parts, the plan alone, or the template with its findings alone. */
export type PlaygroundView = "full" | "plan" | "editor";

/** The answer to what the element shows, as `detail` of the event `jitp-plan`. */
export interface PlaygroundAnswer {
  report: ValidationReport;
  /** Absent as long as there is no certificate, where the flow needs one. */
  plan?: Plan;
}

/**
 * The element. Attributes: `template` and `certificate` (the text itself, or `#id` of an element that holds it), `view`,
 * `read-only`, `theme` (`light` or `dark`; otherwise the reader's system decides), `rules` (an address that a rule's code
 * can be added to); and what the plan is made with: `flow`, `region`, `account-id`, `serial-number`, `now`, `parameters`
 * (a JSON object). It fires `jitp-plan` after every new answer.
 */
export declare class JitpPlayground extends HTMLElement {
  /** The text of the template as it is now; setting it wins over attribute and children. */
  get template(): string;
  set template(text: string);
  /** The certificates as PEM, one after the other; setting it wins over attribute and children. */
  get certificate(): string;
  set certificate(pem: string);
  /** What of it is shown. */
  get view(): PlaygroundView;
  set view(view: PlaygroundView);
  /** Whether the reader may change nothing of template and certificates. */
  get readOnly(): boolean;
  set readOnly(readOnly: boolean);
  /** The newest answer, if there is one. */
  get answer(): PlaygroundAnswer | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "jitp-playground": JitpPlayground;
  }
  interface HTMLElementEventMap {
    "jitp-plan": CustomEvent<PlaygroundAnswer>;
  }
}
