/** Converts the template between its two forms: body and registration config. */

import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import type { Offer } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";
import { templateWords as words } from "../words/template.ts";

/** The part of a playground that this needs. */
export interface ConvertHost {
  readonly state: Pick<State, "source">;
  readonly call: Ask;
  readonly notify: Notify;
  replaceTemplate(text: string, bytes?: Uint8Array, options?: { own?: boolean }): void;
  undo(then?: () => void): Offer;
}

/** Replaces a config by its body, or a body by a config. */
export async function convert(host: ConvertHost, to: "body" | "config"): Promise<void> {
  const { source } = host.state;
  const result = await (to === "body" ? host.call("unstringify", { source }) : host.call("stringify", { source, options: {} }));
  if (!result || host.state.source !== source) return;
  if (result.text === "") {
    host.notify(words.notConverted, { tone: "warning" });
    return;
  }
  host.replaceTemplate(result.text);
  host.notify(words.converted(to), { action: host.undo() });
}
