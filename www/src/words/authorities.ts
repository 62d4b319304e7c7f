/** The words of the list of CAs and of chains. */

import { number } from "./common.ts";

export const authorityWords = {
  name: "CA",
  heading: (n: number) => (n === 1 ? "CA" : `${number(n)} CAs. Choose the one to register.`),
  automatically: "Choose automatically",
  /** Why this one is the registered CA. */
  why: {
    chosen: "your choice",
    text: "the registered CA",
    signed: "it signed the device",
    named: "has the name of the device's issuer",
    only: "the only CA here",
  },
  planFor: "Plan for it as a device",
  planForOne: (name: string) => `Plan for it as a device: ${name}`,
  /** What a certificate of a chain is. */
  device: "device",
  toRegister: "signed it: the CA to register",
  signed: "signed it",
  signedBefore: "signed the one before",
  root: (role: string) => `${role}, root`,
  incomplete: (role: string) => `${role}, its issuer is not here`,
  chain: "Chain, the device first",
};
