/** Undo and redo of all panels, and what the user is told of it. */

import type { Notify } from "../ui/notices.ts";
import { workWords as words } from "../words/work.ts";
import type { Edits } from "./edits.ts";

/** The part of a playground that this needs. */
export interface WalkHost {
  readonly edits: Pick<Edits, "walk">;
  readonly notify: Notify;
}

/** Walks one step. In the editor a change of its text needs no words. */
export function walk(host: WalkHost, way: "back" | "forth", inEditor: boolean): void {
  const step = host.edits.walk(way);
  if (!step) {
    if (!inEditor) host.notify(way === "back" ? words.nothingToUndo : words.nothingToRedo);
    return;
  }
  if (inEditor && step.typing) return;
  const other = way === "back" ? "forth" : "back";
  host.notify(way === "back" ? words.undone(step.title) : words.redone(step.title), {
    action: { title: way === "back" ? words.redo : words.undo, run: () => walk(host, other, false) },
  });
}
