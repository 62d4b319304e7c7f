/** The place for the editor. It is the largest script, so it is loaded late. */

import { h } from "../ui/dom.ts";
import { turn } from "../ui/turn.ts";
import type { createEditor, Editor, EditorEvents } from "./editor.ts";
import { painted } from "./painted.ts";

export class EditorSlot {
  readonly #host: HTMLElement;
  readonly #events: EditorEvents;
  #editor: Editor | undefined;
  #opening: Promise<void> | undefined;

  readonly #load: () => Promise<{ createEditor: typeof createEditor }>;

  /** `load` loads the editor's script. */
  constructor(host: HTMLElement, events: EditorEvents, load: () => Promise<{ createEditor: typeof createEditor }>) {
    this.#load = load;
    this.#host = host;
    this.#events = events;
  }

  /** The editor, once it is loaded. */
  get editor(): Editor | undefined {
    return this.#editor;
  }

  /** Resolves when it is loaded, or at once if it was not asked for. */
  get opened(): Promise<void> {
    return this.#opening ?? Promise.resolve();
  }

  /** Shows the text until the editor is loaded. */
  wait(text: string): void {
    this.#host.replaceChildren(h("pre", { class: "editor-waiting" }, text));
  }

  /** Loads it after `first`, when the page is painted; `begin` gives its text, and `then` follows. */
  open(first: Promise<unknown>, begin: () => string, then: (editor: Editor) => void): Promise<void> {
    this.#opening ??= this.#open(first, begin, then);
    return this.#opening;
  }

  async #open(first: Promise<unknown>, begin: () => string, then: (editor: Editor) => void): Promise<void> {
    await first;
    await painted();
    const { createEditor } = await this.#load();
    await turn();
    const editor = createEditor(this.#host, begin(), this.#events);
    this.#editor = editor;
    await turn();
    then(editor);
  }
}
