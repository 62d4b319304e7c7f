/** What is done with files and pastes, once it is known what they are. */

import { takeIn, takeInText, type Intake } from "./intake.ts";
import type { Playground } from "./playground.ts";
import type { Entry } from "./state.ts";

/** Takes files in, each by what it holds; `expected` decides where that does not. */
export async function takeFiles(
  playground: Playground,
  files: File[],
  expected: "template" | "certificate",
): Promise<void> {
  const added: Entry[] = [];
  for (const file of files) {
    try {
      added.push(...(await take(playground, await takeIn(file, expected), file.name)));
    } catch (error) {
      // A folder, or a file that has gone meanwhile.
      const cause = error instanceof Error ? error.message : String(error);
      playground.notify(`${file.name} could not be read: ${cause}`, { tone: "warning" });
    }
  }
  playground.addEntries(added);
}

/** Takes in text that was pasted as certificates. */
export async function takeText(playground: Playground, text: string): Promise<void> {
  playground.addEntries(await take(playground, takeInText(text), "pasted text"));
}

/** Does what is to be done with a file or a paste, and answers with the entries to add. */
async function take(playground: Playground, intake: Intake, from: string): Promise<Entry[]> {
  switch (intake.kind) {
    case "template":
      playground.replaceTemplate(intake.text);
      playground.notify(`${from} is in the editor now.`);
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
