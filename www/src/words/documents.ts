/** The words of documents: what is kept, the list of recent ones, and what could not be kept. */

import { counted, number } from "./common.ts";

const long = (what: string) => (most: number) => `${what} is longer than ${number(most)} characters, the limit. It is left out.`;
const many = (one: string) => (most: number) =>
  `There are more than ${number(most)} ${one}s, the limit. The first ${number(most)} are kept.`;

/** What is beyond a limit. */
const LIMITS = {
  template: long("The template"),
  certificates: many("certificate"),
  certificate: long("A certificate"),
  parameters: many("parameter"),
  parameter: long("A parameter"),
};

export const documentsWords = {
  beyond: (limits: { what: keyof typeof LIMITS; most: number }[]) => limits.map(({ what, most }) => LIMITS[what](most)).join(" "),
  title: "Recent work",
  lead: "What you worked on in this browser, the newest first. It is kept in this browser only. What is known of an account is never kept.",
  none: "Nothing yet. Your work is kept here when you change a sample, or paste or open a template of yours.",
  untitled: "Template without a name",
  devices: (count: number) => counted(count, "device"),
  shownHere: "Shown here",
  shownElsewhere: "Open in another tab",
  open: (name: string) => `Open ${name}`,
  rename: "Rename",
  renameOne: (name: string) => `Rename ${name}`,
  newName: "New name",
  save: "Save",
  remove: "Delete",
  removeOne: (name: string) => `Delete ${name}`,
  removed: (name: string) => `${name} was deleted.`,
  restore: "Restore",
  forget: "Forget everything",
  opened: (name: string) => `opened ${name}`,
  copied: (name: string) => `${name} is open in another tab. This is a copy of it: neither tab changes the work of the other.`,
  isGone: "This work can no longer be read: it was deleted or is damaged.",
  linkIsOpen: "The shared link is open as new work. Your own work is kept.",
  exampleIsOpen: (rule: string) => `The wrong example of ${rule} is open as new work. Your own work is kept.`,
  backToWork: "Back to my work",
  damaged: "The work of your last visit could not be read: it is damaged. The sample is shown instead.",
  blocked:
    "This browser stores nothing for this page, as in a private window. Your work is lost when you close the page. Save it as a file: press Share.",
  full: "This browser has no space left for your work. It is lost when you close the page. Save it as a file: press Share.",
  slow: "This browser's storage does not answer. Your newest changes are not kept yet. Save them as a file: press Share.",
  late: "This browser's storage is slow. Your earlier work is here now.",
  waiting:
    "This browser's storage does not answer, so that your earlier work is not shown yet. It is not lost: the page offers it when it is read.",
  openLate: "Open my work",
  forgottenElsewhere: "Everything was forgotten in another tab, so this one is empty, too.",
  ago: (minutes: number) => {
    if (minutes < 1) return "just now";
    if (minutes < 60) return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return hours === 1 ? "1 hour ago" : `${hours} hours ago`;
    const days = Math.floor(hours / 24);
    return days === 1 ? "yesterday" : `${days} days ago`;
  },
};
