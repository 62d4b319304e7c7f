/** Keys that work everywhere in a playground: undo and redo, and on the page of its own sharing and opening a file. */

import type { Root } from "../ui/dom.ts";
import { walk, type WalkHost } from "./walk.ts";

/** The part of a playground that this needs. */
export interface KeysHost extends WalkHost {
  readonly root: Root;
  readonly readOnly: boolean;
}

/** What only a page of its own has keys for. */
export interface PageKeys {
  /** Ctrl+S. */
  share(): void;
  /** Ctrl+O. */
  open(): void;
}

/** Listens until `signal` ends it. A page listens everywhere, a playground in another page only within itself. */
export function listenToKeys(host: KeysHost, page: PageKeys | undefined, signal: AbortSignal): void {
  const target: EventTarget = page ? window : host.root;
  const heard = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const run = commandOf(host, page, key, event);
    if (!run) return;
    event.preventDefault();
    run();
  };
  target.addEventListener("keydown", heard as EventListener, { signal });
}

function commandOf(host: KeysHost, page: PageKeys | undefined, key: string, event: KeyboardEvent): (() => void) | undefined {
  const open = host.root.querySelector("dialog[open]");
  if (page && !event.shiftKey && (key === "s" || key === "o")) return open ? () => undefined : key === "s" ? page.share : page.open;
  // A dialog covers what would change, and fields undo their own text.
  if (open || host.readOnly || isField(event)) return undefined;
  if (key === "z") return () => walk(host, event.shiftKey ? "forth" : "back", false);
  if (key === "y" && !event.shiftKey) return () => walk(host, "forth", false);
  return undefined;
}

/** Whether the key is pressed in a field of text. The editor has handled its own keys by then. */
function isField(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return !["button", "checkbox", "file", "radio", "submit"].includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}
