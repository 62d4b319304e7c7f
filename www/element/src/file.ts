/** The file with the template that an element names by `src`. */

import { LONGEST_TEMPLATE } from "../../src/model/bounds.ts";
import { elementWords as words } from "../../src/words/element.ts";
import type { Host } from "./host.ts";

/** How long a file may take, in milliseconds: the playground waits for it. */
const PATIENCE = 10_000;

interface File {
  address: string;
  /** Absent until it is read, and if it cannot be. */
  text?: string;
  /** Why it cannot be read. */
  trouble?: string;
}

/** The file of each element, kept while the element moves about the page. */
const files = new WeakMap<HTMLElement, File>();

/** The address of the file, if its text is what the element shows: what is given as a text wins. */
function addressOf({ element, given }: Host): string | undefined {
  if (given.template !== undefined || element.hasAttribute("template")) return undefined;
  return element.src || undefined;
}

/** The file, as far as it is read. */
export function fileOf(host: Host): Readonly<File> | undefined {
  const file = files.get(host.element);
  return file && file.address === addressOf(host) ? file : undefined;
}

/** Whether there is a file that is not read yet. */
export function isUnread(host: Host): boolean {
  const file = fileOf(host);
  return addressOf(host) !== undefined && file?.text === undefined && file?.trouble === undefined;
}

/** Reads the file, if there is one and it is not read yet. It does not fail: `fileOf` says what went wrong. */
export async function readFile(host: Host): Promise<void> {
  const address = addressOf(host);
  if (address === undefined || fileOf(host)) return;
  const file: File = { address };
  files.set(host.element, file);
  try {
    const response = await fetch(new URL(address, host.element.baseURI), { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const text = await response.text();
    if (text.length > LONGEST_TEMPLATE) throw new Error(words.fileTooLong);
    file.text = text;
  } catch (error) {
    file.trouble = error instanceof Error ? error.message : String(error);
  }
}
