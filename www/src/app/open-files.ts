/** What is done with files and pastes, once it is known what they are. */

import { type Expected, takeIn, takeInBytes, takeInText, type Intake } from "./file-content.ts";
import type { Playground } from "./playground.ts";
import type { Received } from "../share/format.ts";
import type { Entry } from "../model/state.ts";

/** Takes files in, each by what it holds; `expected` decides where that does not. */
export async function takeFiles(playground: Playground, files: File[], expected: Expected): Promise<void> {
  if (playground.readOnly) return;
  const added: Entry[] = [];
  for (let at = 0; at < files.length; at += AT_A_TIME) {
    const some = files.slice(at, at + AT_A_TIME).map((file) => takeFile(playground, file, expected));
    for (const entries of await Promise.all(some)) added.push(...entries);
  }
  playground.addEntries(added);
}

/** So many files are read at a time. */
const AT_A_TIME = 24;

async function takeFile(playground: Playground, file: File, expected: Expected): Promise<Entry[]> {
  try {
    return await take(
      playground,
      await takeIn(file, expected, (text) => isTemplate(playground, text)),
      await playground.screen.redacted(file.name),
    );
  } catch (error) {
    // A folder, or a file that has gone meanwhile.
    const cause = error instanceof Error ? error.message : String(error);
    playground.notify(`${await playground.screen.redacted(file.name)} could not be read: ${cause}`, { tone: "warning" });
    return [];
  }
}

/** Asks the package what a text is. */
async function isTemplate(playground: Playground, text: string): Promise<boolean> {
  return (await playground.call("isTemplate", { text })) ?? false;
}

/** Takes in text that was pasted as certificates. */
export async function takeText(playground: Playground, text: string): Promise<void> {
  if (playground.readOnly) return;
  playground.addEntries(await take(playground, takeInText(text), "pasted text"));
}

/** Does what is to be done with a file or a paste, and answers with the entries to add. */
async function take(playground: Playground, intake: Intake, from: string): Promise<Entry[]> {
  switch (intake.kind) {
    case "template":
      if (!(await playground.screen.look(intake.text))) {
        playground.refuse(intake.text);
        return [];
      }
      playground.replaceTemplate(intake.text, intake.bytes);
      playground.notify(`${from} is in the editor now.`, { action: playground.undo() });
      return [];
    case "work":
      await takeWork(playground, intake.received, from);
      return [];
    case "certificates":
      return playground.reading.read(intake.bundle, from);
    case "zip":
      return takeZip(playground, intake.bytes, from);
    case "too-large":
      playground.notify(`${from} was not read. ${intake.why}`, { tone: "warning" });
      return [];
  }
}

/** Takes in what a zip holds. Its files are certificates or nothing: none of them may replace the template. */
async function takeZip(playground: Playground, bytes: Uint8Array, from: string): Promise<Entry[]> {
  const unzipped = await playground.call("unzip", { bytes });
  if (!unzipped) return [];
  if ("problem" in unzipped) {
    playground.notify(`${from} was not opened. ${unzipped.problem}`, { tone: "warning" });
    return [];
  }
  const entries: Entry[] = [];
  for (const { name, bytes } of unzipped.files) {
    entries.push(...(await take(playground, takeInBytes(bytes), inZip(from, await playground.screen.redacted(name)))));
  }
  for (const name of unzipped.nested) {
    entries.push(playground.reading.unreadable("A zip inside a zip is not opened. Unpack it, and give what it holds.", inZip(from, name)));
  }
  for (const name of unzipped.broken) {
    entries.push(playground.reading.unreadable("It could not be unpacked: it is damaged, or packed in an unusual way.", inZip(from, name)));
  }
  if (unzipped.files.length === 0 && entries.length === 0) playground.notify(`There is no file in ${from}.`, { tone: "warning" });
  return entries;
}

/** How a file in a zip is called on the page; a name may be as long as its maker likes. */
function inZip(zip: string, name: string): string {
  const shown = name.length > 160 ? `…${name.slice(-160)}` : name;
  return `${zip.slice(-80)} › ${shown}`;
}

/** Shows what was saved by Share. */
async function takeWork(playground: Playground, received: Received, from: string): Promise<void> {
  if ("problem" in received) {
    playground.notify(`${from} could not be read. ${received.problem}`, { tone: "warning" });
    return;
  }
  const back = playground.way();
  await playground.show(received.work);
  playground.notify(`The work in ${from} is shown now.`, { action: { title: "Bring mine back", run: back }, stay: true });
}
