/** The place of the editor, which is loaded late: it is the largest of the scripts. */

import { h } from "../ui/dom.ts";
import type { Editor, EditorEvents } from "./editor.ts";
import { painted } from "./painted.ts";

export class EditorSlot {
  readonly #host: HTMLElement;
  readonly #events: EditorEvents;
  #editor: Editor | undefined;
  #opening: Promise<void> | undefined;

  constructor(host: HTMLElement, events: EditorEvents) {
    this.#host = host;
    this.#events = events;
  }

  /** The editor, once it is loaded. */
  get editor(): Editor | undefined {
    return this.#editor;
  }

  /** When it is loaded; at once where it was not asked for. */
  get opened(): Promise<void> {
    return this.#opening ?? Promise.resolve();
  }

  /** Shows the text as it will stand in the editor. */
  wait(text: string): void {
    this.#host.replaceChildren(h("pre", { class: "editor-waiting" }, text));
  }

  /** Loads it once there is something to be seen; `begin` gives the text to begin with, and `then` follows. */
  open(begin: () => string, then: (editor: Editor) => void): Promise<void> {
    this.#opening ??= this.#open(begin, then);
    return this.#opening;
  }

  async #open(begin: () => string, then: (editor: Editor) => void): Promise<void> {
    await painted();
    const { createEditor } = await import("./editor.ts");
    this.#editor = createEditor(this.#host, begin(), this.#events);
    then(this.#editor);
  }
}
