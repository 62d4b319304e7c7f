/** What the reader has done with a whole template: turned into another form, copied, saved. */

import type { FleetEntry } from "../engine/fleet.ts";
import type { Playground } from "../app/playground.ts";
import { copy, save } from "../ui/copy-save.ts";
import { type Item, make, type Registration } from "./make.ts";

/** Puts the readable body in the place of the escaped one, or the other way round. */
export async function convert(playground: Playground, to: "body" | "config"): Promise<void> {
  const { source } = playground.state;
  const result = await (to === "body" ? playground.call("unstringify", { source }) : playground.call("stringify", { source, options: {} }));
  if (!result || playground.state.source !== source) return;
  if (result.text === "") {
    playground.notify("The text must be readable for this: see the findings.", { tone: "warning" });
    return;
  }
  playground.replaceTemplate(result.text);
  playground.notify(to === "body" ? "The body stands alone now, made readable." : "The body is folded into a registration config now.", {
    action: playground.undo(),
  });
}

/** Copies or saves an item, and says what is to be known about it. */
export async function take(
  playground: Playground,
  item: Item,
  title: string,
  how: "copy" | "save",
  registration: Registration = {},
): Promise<void> {
  const made = await make(playground, item, registration);
  if (!made) return;
  const { content, fileName, mediaType, notes } = made;
  if (content === "") {
    playground.notify(notes.join(" "), { tone: "warning" });
    return;
  }
  if (how === "copy" && typeof content === "string") {
    await copy(playground.root, content, title, notes.join(" "));
    return;
  }
  save(content, fileName, mediaType);
  if (notes.length > 0) playground.notify(notes.join(" "));
}

/** Saves the rows of the table, in their order there. */
export async function saveFleet(playground: Playground, as: "csv" | "ndjson", lines: FleetEntry[]): Promise<void> {
  // Key and entry are the page's own.
  const plain = lines.map(({ key: _, entry: __, ...line }) => line);
  const text = await playground.call("writeFleet", { lines: plain, as });
  if (text === undefined) return;
  save(text, `jitp-certificates.${as}`, as === "csv" ? "text/csv" : "application/x-ndjson");
}
