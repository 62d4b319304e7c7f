/** Accepts dropped files. Otherwise the browser leaves the page and opens them. */

import type { Root } from "../ui/dom.ts";
import { droppedFiles } from "../ui/folders.ts";
import type { Expected } from "./file-content.ts";
import { late } from "./late.ts";

/** Accepts files that are dropped on `zone`: as templates on the template panel, as texts about the account on its part, elsewhere as certificates. The answer ends it. */
export function acceptDrops(root: Root, zone: EventTarget, take: (files: File[], expected: Expected) => void): () => void {
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
  listen("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
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
      if (!dataTransfer || dataTransfer.files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      const path = event.composedPath();
      // The part about the account is loaded late.
      const on = (id: string) => path.some((target) => target instanceof Element && target.id === id && root.contains(target));
      const expected = on("template") ? "template" : on("account") ? "account" : "certificate";
      void droppedFiles(dataTransfer).then(({ files, folder }) => take(files, folder ? "folder" : expected));
    },
    true,
  );
  return () => ending.abort();
}
