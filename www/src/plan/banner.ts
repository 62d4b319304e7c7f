/** The verdict as the banner of the plan panel: of everything that is given, then of the chosen device. */

import type { Plan } from "jitp";
import type { Group, Sum } from "../model/fleet.ts";
import { h, icon, prose } from "../ui/dom.ts";
import { TONE_ICON } from "../ui/tone.ts";
import { number } from "../words/common.ts";
import { verdictWords as say } from "../words/verdict.ts";
import type { Headline, Verdicts } from "./headline.ts";

/** Nobody reads more causes than this above a table that has all. */
export const MOST_CAUSES = 4;

/** The actions of a user on the banner. */
export interface BannerEvents {
  /** Shows the devices with this cause only. */
  showGroup(group: Group): void;
  /** Shows the remedies of this cause in their place, if they are known already. */
  showRemedies(place: HTMLElement, group: Group): void;
}

/** The banner, and the line of the chosen device if it is one of several. */
export function banner({ all, device }: Verdicts, plan: Plan | undefined, sum: Sum | undefined, events: BannerEvents): HTMLElement[] {
  if (!sum) return [box(all, plan && foot(plan))];
  const whole = box(all, !all.isWaiting && sum.groups.length > 0 && causes(sum.groups, events));
  if (!device) return [whole];
  return [
    whole,
    h(
      "div",
      { class: `device-verdict tone-${device.tone}`, id: "device-verdict" },
      h(
        "p",
        { class: "device-words" },
        icon(TONE_ICON[device.tone]),
        h("span", {}, say.thisDevice(device.name), h("strong", {}, device.words)),
      ),
      ...notes(device),
      plan && foot(plan),
    ),
  ];
}

function box(headline: Headline, ...more: Parameters<typeof h>[2][]): HTMLElement {
  const { tone, words } = headline;
  return h(
    "div",
    { class: `verdict verdict-${tone}`, id: "verdict" },
    h("h3", { class: "verdict-words" }, icon(TONE_ICON[tone]), words),
    ...notes(headline),
    ...more,
  );
}

function notes({ summary, open, caveat }: Headline): (HTMLElement | false)[] {
  return [
    summary !== "" && h("p", { class: "verdict-summary" }, ...prose(summary)),
    open !== undefined && h("p", { class: "verdict-summary" }, ...prose(open)),
    caveat !== undefined && h("p", { class: "verdict-caveat" }, icon("warning"), h("span", {}, say.but, ...prose(caveat))),
  ];
}

/** The causes, each with the number of its devices. */
function causes(groups: readonly Group[], events: BannerEvents): HTMLElement {
  const more = groups.length - MOST_CAUSES;
  return h(
    "ul",
    { class: "causes", "aria-label": say.causes },
    ...groups.slice(0, MOST_CAUSES).map((group, i) => {
      // A sentence on access has no finding to settle.
      const remedies =
        group.code !== undefined && h("div", { class: "cause-remedies", "data-remedies": group.id, "data-key": `cause-${i}-remedies` });
      if (remedies) events.showRemedies(remedies, group);
      return h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "cause-count",
            "aria-label": say.groupLabel(group.n),
            "data-key": `cause-${i}`,
            on: { click: () => events.showGroup(group) },
          },
          number(group.n),
        ),
        h("div", { class: "cause" }, h("span", {}, ...prose(group.alike ? group.cause : say.forExample(group.cause))), remedies),
      );
    }),
    more > 0 && h("li", { class: "cause-more" }, say.moreCauses(more)),
  );
}

/** The end of the certificate. */
function foot(plan: Plan): HTMLElement {
  return h("div", { class: "verdict-foot" }, h("p", { class: "verdict-status" }, status(plan)));
}

/** The end of the certificate, in a few words. */
function status(plan: Plan): string {
  if (plan.verdict === "registered") return say.statusStays;
  if (plan.certificateStatus !== undefined) return say.statusBecomes(plan.certificateStatus);
  // The status of a certificate that others registered is unknown.
  const known = plan.flow === "jitp" && plan.verdict !== "unknown" && plan.verdict !== "not-a-template";
  return known && plan.steps[0]?.outcome !== "unknown" ? say.neverRegistered : "";
}
