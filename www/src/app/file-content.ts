/**
 * Takes in files and pasted text, and decides by their content whether they are templates or certificates. Private keys are looked for
 * by the worker, before anything of it is shown.
 */

import { fromFile, type Received } from "../share/format.ts";
import { LONGEST } from "../engine/screen.ts";
import { isZip } from "../engine/zip-mark.ts";

/** A template is at most some ten kilobytes; a file of this size is a mistake. */
const TEMPLATE_LIMIT = 1_000_000;

/** What a file turned out to be. */
export type Intake =
  | { kind: "template"; text: string; bytes?: Uint8Array }
  | { kind: "work"; received: Received }
  | { kind: "certificates"; bundle: string | Uint8Array }
  | { kind: "zip"; bytes: Uint8Array }
  | { kind: "too-large"; why: string };

/** What is longer than anything that is read. */
const TOO_LONG: Intake = { kind: "too-large", why: "It is larger than 20 MB, the most that is read here." };
const TOO_LONG_A_TEMPLATE: Intake = { kind: "too-large", why: "It is larger than 1 MB; AWS accepts 10,240 characters of a template." };

/** Where a file was given. One that lies in a folder was not given by itself: it is a certificate or nothing. */
export type Expected = "template" | "certificate" | "folder";

/** Looks at a file; `expected` decides where its content does not, and `isTemplate` where a template may hold a certificate. */
export async function takeIn(file: File, expected: Expected, isTemplate: (text: string) => Promise<boolean>): Promise<Intake> {
  if (file.size > LONGEST) return TOO_LONG;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isZip(bytes)) return { kind: "zip", bytes };
  const text = asText(bytes);
  // A text in another encoding is judged as what UTF-8 makes of it, which says so. DER begins with the tag of a SEQUENCE.
  if (text === undefined && expected === "template" && bytes[0] !== 0x30 && bytes.length <= TEMPLATE_LIMIT) {
    return { kind: "template", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), bytes };
  }
  // No text: DER, or something that the reader of certificates will say is none.
  if (text === undefined) return { kind: "certificates", bundle: bytes };
  if (expected === "folder") return takeInText(text);
  const received = fromFile(text);
  if (received) return { kind: "work", received };
  // JSON may well hold certificates: `aws iot create-keys-and-certificate` prints it, with the private key beside them.
  // What belongs to a CA carries its certificate beside the template.
  if (text.includes("-----BEGIN ") && !(/^\s*[{"]/.test(text) && (await isTemplate(text)))) return takeInText(text);
  if (expected === "template" || /^\s*[{"]/.test(text)) {
    return text.length > TEMPLATE_LIMIT ? TOO_LONG_A_TEMPLATE : { kind: "template", text };
  }
  return takeInText(text);
}

/** Looks at a file that is to be certificates and nothing else, whatever it holds. */
export function takeInBytes(bytes: Uint8Array): Intake {
  const text = asText(bytes);
  return text === undefined ? { kind: "certificates", bundle: bytes } : takeInText(text);
}

/** Looks at text that was given as certificates. */
export function takeInText(text: string): Intake {
  return text.length > LONGEST ? TOO_LONG : { kind: "certificates", bundle: text };
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
