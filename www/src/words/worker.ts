/** The words of the worker. */

export const workerWords = {
  unknownIssuer: "It is not known which of the given CAs signed the certificate.",
  zipRest: "the rest of it",
  zipLarge: "It expands to more than 64 MB, the limit here.",
  zipMany: "It has more than 20,000 files, the limit here.",
  zipLocked: "It is protected by a password. Unpack it and add the certificates.",
  zipDamaged: "It is damaged or cut off.",
};
