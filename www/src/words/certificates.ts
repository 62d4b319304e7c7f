/** The words of the panel of certificates. */

export const certificateWords = {
  /** The box that everything can be pasted into. */
  box: {
    label: "Paste anything: certificates, a template, a ticket, or what the AWS CLI prints",
    placeholder: "Paste anything",
  },
  invitation: {
    drag: "Drop or paste anything: certificates of devices and their CA, a template, or a whole ticket.",
    touch: "Add anything: certificates of devices and their CA, a template, or a whole ticket.",
    request: "Add the device certificate if you have one, a template, or a whole ticket.",
  },
  paste: "Paste",
  cannotPaste: "The browser does not let the page read the clipboard. Press long in the field, and choose Paste.",
  chooseFiles: "Choose files",
  folder: "Folder",
  noKeys: "Private keys are refused: never read, never kept.",
  noCertificate: "No certificate?",
  createSamples: "Create sample certificates",
  heading: (n: number, mostCards: number) =>
    n === 1
      ? "1 certificate"
      : n > mostCards
        ? `${n.toLocaleString("en")} entries. This is the one that the plan is for.`
        : `${n} entries. Choose the one to plan for.`,
  findings: "Findings about this certificate",
  seeAll: "See all in a table",
  removeAll: "Remove all",
};
