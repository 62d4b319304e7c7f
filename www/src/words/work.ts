/** The words of undo and of what the user's changes are called. */

import { counted } from "./common.ts";

export const workWords = {
  undo: "Undo",
  redo: "Redo",
  undone: (what: string) => `Undone: ${what}.`,
  redone: (what: string) => `Redone: ${what}.`,
  done: (what: string) => `${what}.`,
  nothingToUndo: "There is nothing to undo.",
  nothingToRedo: "There is nothing to redo.",
  changedSince: "You have changed more since. Undo step by step: Ctrl+Z, or ⌘Z on a Mac.",
  /** What steps are called. */
  typing: "change of the template",
  template: "replaced template",
  added: (count: number) => `${counted(count, "certificate")} added`,
  removed: (count: number) => `${counted(count, "certificate")} removed`,
  authority: "choice of the CA",
  subject: "values of a subject removed",
  options: "change under What if",
  parameters: "change of a parameter",
  account: "change of what is known of the account",
  replaced: "replaced work",
  sample: (title: string) => `sample “${title}”`,
  /** Remarks on certificates that were added. */
  damaged: (good: number, all: number) => `${good} of ${all} entries could be read.`,
  twice: (count: number) =>
    count === 1
      ? "One certificate was there already. It is kept once."
      : `${counted(count, "certificate")} were there already. Each is kept once.`,
  sampleGone: "The sample's certificate is gone: your own work replaces it.",
  sampleReplaced: "The sample replaced your template and certificates.",
  restore: "Restore my work",
  forgotten: "Everything is forgotten. This browser keeps nothing of your work.",
  forgottenNotEmptied: "This browser keeps nothing of your work. Reload the page to empty it.",
};
