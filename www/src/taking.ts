/** What is done with files and pastes, once it is known what they are. */

import { takeIn, takeInText, type Intake } from "./intake.ts";
import type { Playground } from "./playground.ts";
import type { Received } from "./share.ts";
import type { Entry } from "./state.ts";

/** Takes files in, each by what it holds; `expected` decides where that does not. */
export async function takeFiles(
  playground: Playground,
  files: File[],
  expected: "template" | "certificate",
): Promise<void> {
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

async function takeFile(playground: Playground, file: File, expected: "template" | "certificate"): Promise<Entry[]> {
  try {
    return await take(playground, await takeIn(file, expected), file.name);
  } catch (error) {
    // A folder, or a file that has gone meanwhile.
    const cause = error instanceof Error ? error.message : String(error);
    playground.notify(`${file.name} could not be read: ${cause}`, { tone: "warning" });
    return [];
  }
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
      playground.replaceTemplate(intake.text);
      playground.notify(`${from} is in the editor now.`);
      return [];
    case "work":
      await takeWork(playground, intake.received, from);
      return [];
    case "certificates":
      if (intake.keys > 0) playground.refuseKey();
      return playground.read(intake.bundle, from);
    case "private-key":
      playground.refuseKey();
      return [];
    case "too-large":
      playground.notify(`${from} is too large to be what belongs here.`, { tone: "warning" });
      return [];
  }
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
