/**
 * A text that was pasted into the editor, or dropped on it. It is inserted as it is, unless it can only be something else: certificates, an
 * output of the AWS CLI, or a text with a template in it. Then it gets to its place, and the undo inserts it as it is.
 */

import type { GivenPlace } from "../editor/given-texts.ts";
import { intakeWords as words } from "../words/intake.ts";
import { type Content, contentOfText } from "./file-content.ts";
import { type FilesHost, gathers, receive } from "./open-files.ts";

export async function giveEditor(host: FilesHost, text: string, place: GivenPlace, put: (text: string) => void): Promise<void> {
  const isClean = await host.screen.look(text);
  const insert = () => (isClean ? put(text) : host.refuse(text));
  if (place === "value" || isPart(text)) return insert();
  const content = await contentOfText(text, { expected: "certificate", alone: true }, host.call);
  if (!isElsewhere(content, text, place)) return insert();
  // A text with a key in it is not inserted as it is.
  await receive(host, await gathers(host, content, words.pasted), words.pasted, isClean ? () => put(text) : undefined);
}

/** Whether a text is a part of a template: it begins with a key, or with what is between two values. */
const isPart = (text: string): boolean => /^\s*(?:"[^"\n]*"\s*:|[,}\]])/.test(text);

/** Whether a text makes no sense in the editor at this place. */
function isElsewhere(content: Content, text: string, place: GivenPlace): boolean {
  switch (content.kind) {
    case "account":
    case "work":
    case "sorted":
      return true;
    case "template":
      // After another template, or inside of one, it could only replace it.
      return place === "elsewhere" && /^\s*\{/.test(text);
    case "certificates":
      return place === "everything" ? text.includes("-----BEGIN ") : /^\s*-----BEGIN /.test(text);
    default:
      return false;
  }
}
