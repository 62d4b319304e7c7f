/** The words about links to the examples of rules. */

export const ruleExampleWords = {
  noRule: (code: string) => `No rule has the code ${code}.`,
  notOpened: (code: string) => `The example of ${code} cannot be shown as a template with certificates. It is on the page of the rules.`,
};
