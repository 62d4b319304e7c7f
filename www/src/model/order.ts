/** The order of the devices in an account: each finds what those before it have left. */

import { authoritiesFor, isChosen } from "./authorities.ts";
import { authoritiesOf, type Entry } from "./entries.ts";
import type { AnalysisRequest, FleetRequest } from "./protocol.ts";
import { chosenEntry, type State, templateOf } from "./state.ts";
import { subjectText } from "./subject.ts";

/** The devices among the entries, readable or not, in order. */
export function devicesOf({ entries }: State): Entry[] {
  const authorities = authoritiesOf(entries);
  return entries.filter(({ key }) => !authorities.has(key));
}

/** What the worker gets of these entries: the readable ones, each with the CAs that it is checked against. */
export function asked(state: State, entries: Entry[]): FleetRequest[] {
  return entries.flatMap(({ key, summary }) => {
    // An entry that is not a certificate may be PEM.
    const pem = summary.error === undefined ? summary.pem : undefined;
    const authorities = state.options.flow === "jitp" ? authoritiesFor(state, key) : undefined;
    return pem === undefined ? [] : [{ pem, ...(authorities !== undefined && { authorities }) }];
  });
}

/** The part of the state that a plan needs besides its certificate: with an account also the devices before it. */
export function placeOf(
  state: State,
): Pick<AnalysisRequest, "source" | "bytes" | "options" | "parameters" | "account" | "before" | "subject"> {
  const lone = state.subject && chosenEntry(state) === undefined ? { subject: subjectText(state.subject) } : {};
  const template = { ...templateOf(state), ...lone };
  if (state.account === undefined) return template;
  const devices = devicesOf(state);
  const at = devices.findIndex(({ key }) => key === state.chosen);
  return { ...template, before: asked(state, devices.slice(0, Math.max(0, at))) };
}

/** What the plan of the chosen device is made of. */
export function questionOf(state: State): AnalysisRequest {
  const pem = chosenEntry(state)?.summary.pem;
  const authorities = state.options.flow === "jitp" ? authoritiesFor(state) : undefined;
  return {
    ...placeOf(state),
    ...(pem !== undefined && { certificate: pem }),
    ...(authorities !== undefined && { authorities }),
    chosen: isChosen(state),
  };
}
