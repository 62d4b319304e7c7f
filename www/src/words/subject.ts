/** The words about a subject without its certificate. */

export const subjectWords = {
  title: "From values of a subject, not a certificate",
  note: "A link carried the values that the template uses, and no certificate. Its validity, its key and who signed it are not checked. Add the certificate to check them.",
  remove: "Remove the values",
  empty: "empty",
};
