/** The state of a playground, in memory only. */

import { type GivenAccount, textsOf } from "./account.ts";
import { authoritiesOf, type Entry, firstReadable, lookup } from "./entries.ts";
import type { FleetState } from "./fleet.ts";
import type { Options } from "./options.ts";
import type { Analysis, AnalysisRequest } from "./protocol.ts";
import type { Signing } from "./signing.ts";
import type { Subject } from "./subject.ts";

/** How a text is shown: its strings that hold JSON as they are written, or unfolded; `plain` if it has none. */
export type Reading = "plain" | "written" | "unfolded";

export interface State {
  source: string;
  /** The bytes of a file that is not UTF-8, as long as the editor has the text that was decoded from them. */
  encoded?: { source: string; bytes: Uint8Array };
  /** How the editor shows the text. */
  reading: Reading;
  entries: Entry[];
  /** The key of the entry that the plan is for. */
  chosen: number | undefined;
  /** The key of the CA that the user chose to register; without it the one that signed the chosen certificate. */
  authority: number | undefined;
  /** The values of a subject that came without its certificate; they count as long as there is no certificate. */
  subject: Subject | undefined;
  /** Who signed whom, if there is a CA among the entries. */
  signing?: Signing;
  options: Options;
  /** The parameters of the call of RegisterThing, by name; JITP has none. */
  parameters: Record<string, string>;
  /** What is known of the AWS account. */
  account: GivenAccount | undefined;
  /** How often listed entries were read whole, so that the panels see it. */
  detailed?: number;
  /** The newest answer of the engine. */
  analysis: Analysis | undefined;
  /** The plans of all the certificates in short, if there are several. */
  fleet?: FleetState;
  /** Why the engine could not be loaded. */
  failure: string | undefined;
  /** Then: what may be shown of the template that others gave. */
  unread?: string;
}

/** The part of the state that every call about the template needs. */
export function templateOf({
  source,
  encoded,
  options,
  parameters,
  account,
}: State): Pick<AnalysisRequest, "source" | "bytes" | "options" | "parameters" | "account"> {
  return {
    source,
    ...(encoded?.source === source && { bytes: encoded.bytes }),
    options,
    parameters,
    ...(account && { account: textsOf(account) }),
  };
}

/** The entry that the plan is for. */
export function chosenEntry(state: State): Entry | undefined {
  const entry = state.chosen === undefined ? undefined : lookup(state.entries).byKey.get(state.chosen);
  return entry?.summary.error ? undefined : entry;
}

/** The state of a new playground. */
export function freshState(): State {
  return {
    source: "",
    reading: "plain",
    entries: [],
    chosen: undefined,
    authority: undefined,
    subject: undefined,
    // No Region: a guess would cause findings about templates that name another one.
    options: { flow: "jitp" },
    parameters: {},
    account: undefined,
    analysis: undefined,
    failure: undefined,
  };
}

/** The entry to plan for after others were added: a new device, else the present one, else the first that can be read. `all` are both. */
export function nextChosen(state: State, added: Entry[], all: Entry[]): number | undefined {
  // All together: an entry may be a CA because others name it as their issuer.
  const authorities = authoritiesOf(all);
  const device = added.find(({ key, summary }) => summary.error === undefined && !authorities.has(key));
  const before = chosenEntry(state);
  const stays = before !== undefined && !authorities.has(before.key);
  return device?.key ?? (stays ? before.key : firstReadable(all));
}
