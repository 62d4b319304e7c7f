/** The words of the parameters that the caller of RegisterThing sends. */

export const requestWords = {
  title: "Parameters",
  none: "The template declares no parameters.",
  missing: "No Default: enter a value",
  default: (value: string) => `Default: ${value}`,
  fromCertificate: "AWS IoT fills it from the certificate",
};
