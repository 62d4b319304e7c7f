/** The words of the samples: the outcome in a word or two, and the sample in a sentence. */

export const sampleWords = {
  provisions: {
    title: "Provisions",
    description: "A template body for water meters, and a certificate with all that it asks for.",
  },
  noCountry: {
    title: "Missing country",
    description: "A registration config that asks for Country, and a certificate without one.",
  },
  emptyPolicy: {
    title: "Empty policy",
    description: "A registration config whose policy has neither a name nor a document.",
  },
  escapedComma: {
    title: "Escaped typo",
    description: "An extra comma in the policy document, which is a string inside a string.",
  },
};
