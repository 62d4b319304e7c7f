/** The actions of a user in the plan panel. */

import type { FindingEvents } from "../ui/findings.ts";
import type { BannerEvents } from "./banner.ts";

export interface PlanEvents extends FindingEvents, BannerEvents {
  /** Shows another part of the page. */
  show(view: "template" | "certificate"): void;
  /** Shows the findings about the certificate. */
  showCertificate(): void;
  /** Shows a place in the template. */
  showPlace(place: string): void;
}
