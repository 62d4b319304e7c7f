/** The words of the registration of a CA. */

import type { CertificateMode } from "jitp";

export const registrationWords = {
  title: "Register this CA",
  mode: "Mode",
  modes: {
    DEFAULT: "with a verification certificate, which proves that you have the CA's private key",
    SNI_ONLY: "without one; devices must send Server Name Indication",
  } satisfies Record<CertificateMode, string>,
  code: "Registration code",
  verification: "Verification certificate",
  chooseFile: "Choose file",
  pasted: "pasted text",
  notCertificate: (name: string, why: string) => `${name} is not a certificate. ${why}`,
  commands: "Commands",
  commandsName: "Commands that register the CA",
  enterCode: "Enter the registration code to compare it.",
  codeMatches: "Its common name is the registration code.",
  codeDiffers: "Its common name is not the registration code.",
  can: (ca: string) => `${ca} can be registered.`,
  unknown: "It is unknown whether AWS IoT accepts this registration.",
  refused: "AWS IoT refuses this registration.",
  missing: "The verification certificate is missing.",
  given: (file: string, code: string) => `Verification certificate: ${file}. ${code}`,
  remove: "Remove it",
};
