/** The words about shared links and files of work that are read. */

export const linkWords = {
  newer: "A newer version of this page created it. Load the page again to get that version.",
  cut: "It is damaged or cut off.",
  damagedFile: "It is damaged.",
  notRead: (problem: string) => `The link could not be read. ${problem}`,
  /** What the step is called. */
  step: "shared link",
};
