/** The remedies of each group of causes, below its cause: those of the group's first device, whose plan is made for it after a pause. */

import type { Diagnostic } from "jitp";
import type { Group } from "../model/fleet.ts";
import { questionOf } from "../model/order.ts";
import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import { watchFor } from "../model/watch.ts";
import { MOST_CAUSES } from "../plan/banner.ts";
import { h, prose, rerender, type Root } from "../ui/dom.ts";
import { type FindingEvents, remedies } from "../ui/findings.ts";
import { findingWords as words } from "../words/findings.ts";

/** The pause after the newest rows, in milliseconds. */
const PAUSE = 200;
/** With more devices before the first of a group in an account, its plan would take long. */
const MOST_BEFORE = 100;

type Events = Pick<FindingEvents, "fix" | "readOnly" | "offers">;

/** Follows the state: each new answer has new groups. */
export function groupRemedies({ root, call }: { readonly root: Root; readonly call: Ask }, events: Events) {
  const changed = watchFor();
  /** The findings behind the groups, and the text that their fixes are for. */
  let known = new Map<string, Diagnostic>();
  let text = "";
  let run = 0;
  let timer = 0;

  async function look(state: State, groups: readonly Group[], mine: number): Promise<void> {
    for (const group of groups) {
      const finding = await behind(state, group);
      if (mine !== run) return;
      if (!finding) continue;
      known.set(group.id, finding);
      for (const place of root.querySelectorAll<HTMLElement>("[data-remedies]")) {
        if (place.dataset.remedies === group.id) fill(place, finding);
      }
    }
  }

  /** The finding that stops the first device of a group. */
  async function behind(state: State, { code, cause, first }: Group): Promise<Diagnostic | undefined> {
    if (code === undefined) return undefined;
    const question = questionOf({ ...state, chosen: first });
    if ((question.before?.length ?? 0) > MOST_BEFORE) return undefined;
    const { plan } = first === state.chosen && state.analysis ? state.analysis : ((await call("analyse", question)) ?? {});
    const found = plan?.diagnostics.filter((one) => one.code === code) ?? [];
    return found.find(({ message }) => message === cause) ?? found[0];
  }

  /** Without a verdict: what a remedy would come to for all devices is not known. */
  function fill(place: HTMLElement, finding: Diagnostic): void {
    const { help } = finding;
    const { fix, readOnly, offers } = events;
    const key = place.dataset.key ?? "";
    const buttons = remedies(finding, key, { fix, readOnly, offers });
    if (!buttons && help === undefined) return;
    // Of several causes each is in sight, and so is the plan below them.
    const isAlone = root.querySelectorAll(".causes [data-remedies]").length === 1;
    rerender(
      place,
      h(
        "details",
        { "data-key": `${key}-details`, open: isAlone },
        h("summary", {}, words.remedies(buttons ? Math.max(1, buttons.querySelectorAll("button").length) : 1)),
        buttons ?? h("p", {}, ...prose(help ?? "")),
      ),
    );
  }

  return {
    /** Shows the remedies of a group in its place, if they are known for this text. */
    show(source: string | undefined, place: HTMLElement, group: Group): void {
      const finding = source === text ? known.get(group.id) : undefined;
      if (finding) fill(place, finding);
    },
    render(state: State): void {
      const { analysis, fleet } = state;
      if (!changed(analysis?.source, fleet?.sum, fleet?.judged, state.account)) return;
      const mine = ++run;
      clearTimeout(timer);
      if (!analysis || !fleet || fleet.judged !== undefined) return;
      if (text !== analysis.source) known = new Map();
      text = analysis.source;
      timer = window.setTimeout(() => void look(state, fleet.sum.groups.slice(0, MOST_CAUSES), mine), PAUSE);
    },
  };
}
