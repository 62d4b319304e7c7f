/** The words of sharing. */

import { counted, number } from "./common.ts";

export const shareWords = {
  title: "Share",
  lead: (parameters: boolean) =>
    `The link contains the template${parameters ? ", its parameters" : ""} and the What if options. All of it is after the #. Browsers do not send that part to any server.`,
  account: "What is known of the AWS account is not in it: an account is private.",
  subject: "Without the certificate, the link has the values of its subject that the template uses, so that others see the same verdict.",
  include: (count: number) => (count === 1 ? "Include the certificate" : `Include the ${counted(count, "certificate")}`),
  link: "Link",
  characters: (count: number) => `The link has ${number(count)} characters.`,
  long: (count: number, limit: number) =>
    `The link has ${number(count)} characters. Many programs cut links of more than ${number(limit)}: save a file instead.`,
  tooLarge: "There is no link: the work has more than 8 MB, the limit of a link. Save a file instead.",
  copied: "The link is copied.",
  notCopied: "The browser does not let this page copy. The link is selected: copy it with Ctrl+C, or ⌘C on a Mac.",
  copyLink: "Copy link",
  copyMarkdown: "Copy as Markdown",
  copyFrame: "Copy as iframe",
  save: "Save as file",
  notSaved:
    "The file was not saved. It would have more than 200 MB, the limit of what the page reads again. Remove some of the certificates.",
  markdown: "Markdown",
  frame: "HTML of the iframe",
  frameShows: "The iframe shows",
  views: {
    full: "template, certificate and plan",
    plan: "the plan",
    verdict: "the verdict",
    editor: "the template",
  },
  frameTitle: "What AWS IoT provisioning does with this template",
  /** The text of a link in Markdown. */
  told: (verdict: string) => `What AWS IoT does with this template: ${verdict}`,
};
