/** What an embedded playground says until it is loaded. Every page of a site with the element loads these texts. */

export const waitingWords = {
  loading: "The playground is loading …",
  failed: "The playground could not be loaded.",
  again: "Try again",
  template: "Template",
  open: "Open the playground",
  /** The name of the whole for assistive technology until it is loaded. */
  label: "Playground",
};
