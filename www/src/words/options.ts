/** The words of the options under What if. */

import type { SerialNumberReading } from "jitp";

export const optionsWords = {
  title: "What if",
  flow: "Flow",
  region: "Region",
  account: "Account",
  serial: "SerialNumber is",
  readings: {
    auto: "Auto: subject, else certificate",
    subject: "Subject (documented)",
    certificate: "Certificate (observed)",
  } satisfies Record<SerialNumberReading, string>,
  clock: "Clock",
  clockNote: "UTC. Empty: now",
  fromRole: "from the role ARN",
  notRegion: "Not a Region name",
  notAccount: "An account ID has 12 digits",
  reset: "Reset",
  /** What is chosen, in short. */
  now: {
    jitp: "JITP",
    noRegion: "no Region",
    account: (id: string) => `account ${id}`,
    accountOfRole: "account of the role",
    noAccount: "no account",
    serial: (reading: SerialNumberReading) => `serial number: ${reading}`,
    clock: (time: string) => `${time} UTC`,
    noClock: "now",
  },
};
