/** Accepts what is dropped or pasted anywhere. Otherwise the browser leaves the page and opens dropped files. */

import type { Root } from "../ui/dom.ts";
import { droppedFiles } from "../ui/folders.ts";
import type { Expected } from "./file-content.ts";
import { late } from "./late.ts";

/** What follows. */
export interface Takes {
  files(files: File[], expected: Expected): void;
  text(text: string, how: "pasted" | "dropped", expected: Expected): void;
}

/** Whether the path of an event has a field, or the editor, which handles texts itself. */
const hasField = (path: readonly EventTarget[]): boolean =>
  path.some((target) => target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea")));

/**
 * Accepts what is dropped on `zone`: on the template panel it is a template, on its part a text about the account, elsewhere certificates, if
 * its content does not decide. The answer ends it.
 */
export function acceptDrops(root: Root, zone: EventTarget, takes: Takes): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  /** Where files are dragged over the playground now. */
  let path: EventTarget[] | undefined;
  const over = (now: EventTarget[] | undefined) => {
    if (now?.[0] === path?.[0]) return;
    path = now;
    // It is loaded late, and by then the files may be elsewhere.
    void late().then(({ showDrop, hideDrop }) => (path ? showDrop(root, path) : hideDrop(root)));
  };
  const listen = (type: string, heard: (event: DragEvent) => void, capture = false) =>
    zone.addEventListener(type, heard as EventListener, { signal, capture });
  // A selection of this page may be dragged, too.
  let own = false;
  listen("dragstart", () => (own = true), true);
  listen("dragend", () => (own = false), true);
  const isText = (event: DragEvent) => !own && event.dataTransfer?.types.includes("text/plain") === true && !hasField(event.composedPath());
  listen("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files") && !isText(event)) return;
    event.preventDefault();
    over(event.composedPath());
  });
  listen("dragleave", (event) => {
    if (event.relatedTarget === null || !root.contains(event.relatedTarget as Node)) over(undefined);
  });
  listen(
    "drop",
    (event) => {
      over(undefined);
      const { dataTransfer } = event;
      if (!dataTransfer || (dataTransfer.files.length === 0 && !isText(event))) return;
      event.preventDefault();
      event.stopPropagation();
      const path = event.composedPath();
      // The part about the account is loaded late.
      const on = (id: string) => path.some((target) => target instanceof Element && target.id === id && root.contains(target));
      const expected = on("template") ? "template" : on("account") ? "account" : "certificate";
      if (dataTransfer.files.length === 0) takes.text(dataTransfer.getData("text/plain"), "dropped", expected);
      else void droppedFiles(dataTransfer).then(({ files, folder }) => takes.files(files, folder ? "folder" : expected));
    },
    true,
  );
  return () => ending.abort();
}

/** Accepts what is pasted while no field has the focus. The answer ends it. */
export function acceptPastes(root: Root, zone: EventTarget, takes: Takes): () => void {
  const ending = new AbortController();
  const pasted = (event: Event) => {
    const { clipboardData } = event as ClipboardEvent;
    // A dialog is about something else.
    if (event.defaultPrevented || !clipboardData || hasField(event.composedPath()) || root.querySelector("dialog[open]")) return;
    const files = [...clipboardData.files];
    const text = clipboardData.getData("text/plain");
    if (files.length === 0 && text.trim() === "") return;
    event.preventDefault();
    if (files.length > 0) takes.files(files, "certificate");
    else takes.text(text, "pasted", "certificate");
  };
  zone.addEventListener("paste", pasted, { signal: ending.signal });
  return () => ending.abort();
}
