/** Words that several wings use. */

/** What is copied, as it is called within a sentence: with a small first letter, except names and abbreviations. */
const inSentence = (what: string): string =>
  /^([A-Z]{2}|CloudFormation|Terraform)/.test(what) ? what : what.charAt(0).toLowerCase() + what.slice(1);

export const commonWords = {
  copy: "Copy",
  copyOf: (what: string) => `Copy ${inSentence(what)}`,
  saveOf: (what: string) => `Save ${inSentence(what)}`,
  copied: (what: string, remark: string) => `${what} copied. ${remark}`.trim(),
  cannotCopy: (what: string) =>
    `The browser does not let this page copy. Save the ${inSentence(what)} as a file, or select and copy it by hand.`,
  close: "Close",
  dismiss: "Dismiss",
  tooLarge: "It is larger than 20 MB, the limit here.",
  /** A certificate without a common name. */
  serialNumber: (hex: string) => `Serial number ${hex}`,
  noSubject: "Certificate without a subject",
  textTooLarge: "The text was refused. It is larger than 20 MB, the limit here.",
  notSearched: "The text was refused, because it could not be searched for private keys.",
  keyRefused: "A private key was refused. It is neither read nor kept.",
};

/** The language of the words. */
export const LANGUAGE = "en";

/** The direction in which this language is written. */
export const DIRECTION = "ltr";

/** A number as people write it. */
export const number = (n: number): string => n.toLocaleString(LANGUAGE);

/** A number of things: "1 file", "2 files". */
export const counted = (n: number, one: string, more = `${one}s`): string => `${number(n)} ${n === 1 ? one : more}`;
