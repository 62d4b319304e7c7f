/** The actions of a user in the certificate panel. */

import type { CertificateSummary } from "jitp";
import type { Entry } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import type { FindingEvents } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";

/** Builds the part on the registration of a CA. */
export type RegistrationView = (events: CertificateEvents) => {
  element: HTMLElement;
  render(ca: Entry | undefined, state: State): void;
};

export interface CertificateEvents extends FindingEvents {
  files(files: File[], given: "certificate" | "folder"): void;
  paste(text: string): void;
  choose(key: number): void;
  remove(key: number): void;
  clear(): void;
  /** Removes the values of a subject that came without its certificate. */
  removeSubject(): void;
  /** Shows the table of all entries. */
  showAll(): void;
  /** Shows what the template makes of a place of the certificate. */
  showPlace(place: string): void;
  /** Shows all that is known of a certificate. */
  details(summary: CertificateSummary): void;
  /** Registers this CA; without a key the one that jitp finds. */
  register(key: number | undefined): void;
  /** Loads the part on the registration of a CA. */
  registration(): Promise<RegistrationView>;
  /** Creates sample certificates for the template. */
  sample(): void;
  refuseKey(): void;
  /** Whether a text holds no private key, as far as the worker can tell. */
  clean(text: string): Promise<boolean>;
  notify: Notify;
  call: Ask;
}
