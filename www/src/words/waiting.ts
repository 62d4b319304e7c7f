/** What an embedded playground says until it is loaded. Every page of a site with the element loads these texts. */

export const waitingWords = {
  loading: "The playground is loading …",
  failed: "The playground could not be loaded.",
  again: "Try again",
  template: "Template",
  hidden: "The template is shown once it is searched for private keys.",
  /** The name of the whole for assistive technology, by the parts that are shown. */
  label: {
    full: "Playground: template, certificate and plan",
    plan: "Playground: plan",
    editor: "Playground: template and findings",
    verdict: "Playground: verdict",
  },
};
