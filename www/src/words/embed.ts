/** The words of a playground in another page: the bar below it. */

import { number } from "./common.ts";

export const embedWords = {
  bar: "This playground",
  showPlan: "Show the plan",
  hidePlan: "Hide the plan",
  open: "Open in playground",
  newTab: "(new tab)",
  copyLink: "Copy link",
  reset: "Reset",
  resetHint: "Back to the content that the page gives",
  /** The step that it is. */
  resetStep: "reset to the content of the page",
  wasReset: "Template, certificates and What if are as the page gives them.",
  copied: "Link copied.",
  withoutOwn: "Your own certificates are not in it.",
  mayNotCopy: "The browser does not let this page copy. The link is selected: copy it with Ctrl+C, or ⌘C on a Mac.",
  frameMayNotCopy: "The page around this frame does not let it copy. The link is selected: copy it with Ctrl+C, or ⌘C on a Mac.",
  mayNotOpen: "The page around this frame does not let it open a tab. The link is selected: copy it with Ctrl+C, or ⌘C on a Mac.",
  long: (length: number) => `It has ${number(length)} characters, which some programs cut.`,
  tooLarge: "There is no link: the work has more than 8 MB, the limit of a link.",
  notSearched: "There is no link: the work could not be searched for private keys.",
  link: "Link",
};
