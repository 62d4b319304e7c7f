/** The words of sample certificates. */

export const makeSampleWords = {
  noTemplate: "Add a template first: jitp derives the sample certificates from it.",
  failed: (problem: string) => `Sample certificates could not be created: ${problem}`,
  /** Where the certificates come from. */
  device: "sample device.pem",
  ca: "sample ca.pem",
  title: "Sample certificates for this template",
  /** The slot is the subject. */
  lead: (subject: string) => `The panel now has a CA certificate and a device certificate. The subject of the device is ${subject}.`,
  keys: "Private keys",
  keysNote:
    "This browser created the keys just now. Save them if you want to connect with them: they are gone when you close this dialog. Use them for tests, not for devices that you ship.",
  openssl: "The same with OpenSSL",
  opensslCommands: "OpenSSL commands",
  commands: "Commands",
};
