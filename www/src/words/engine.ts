/** The words of the engine: why it stopped, and what it could not do. */

export const engineWords = {
  restarted: (cause: string) =>
    `The engine stopped on this input and was started again (${cause}). Change the template or the certificate to continue.`,
  silent: "it did not answer in time",
  notStarted: "the browser refused it, which a content security policy can cause",
};
