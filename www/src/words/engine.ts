/** The words of the engine: why it stopped, and what it could not do. */

export const engineWords = {
  restarted: (cause: string) =>
    `The engine stopped on this input and was started again (${cause}). Change the template or the certificate to continue.`,
  silent: "it did not answer in time",
  notStarted: "it could not be started",
};

/** In the worker. */
export const workerWords = {
  unknownIssuer: "It is not known which of the given CAs signed the certificate.",
  zipRest: "the rest of it",
  zipLarge: "It expands to more than 64 MB, the limit here.",
  zipMany: "It has more than 20,000 files, the limit here.",
  zipLocked: "It is protected by a password. Unpack it and add the certificates.",
  zipDamaged: "It is damaged or cut off.",
};

/** Of many plans. */
export const plansWords = {
  none: "jitp made no plan for this certificate.",
};
