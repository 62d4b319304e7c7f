/**
 * Decides by its content what a file or a text is: a template, certificates, a text about an account, a ZIP, saved work, or a text with some of
 * them in it. The worker searches it for private keys before any of it is shown.
 */

import { isZip } from "../engine/zip-mark.ts";
import { LONGEST, LONGEST_IN_SLICES, LONGEST_TEMPLATE } from "../model/bounds.ts";
import { asText } from "../model/bundle.ts";
import type { Ask } from "../model/protocol.ts";
import { fromFile, isFile, type Received } from "../share/format.ts";
import { commonWords } from "../words/common.ts";
import { intakeWords } from "../words/intake.ts";
import { type Sorted, sortText } from "./sort-text.ts";

/** The content of a file or a paste. */
export type Content =
  | { kind: "template"; text: string; bytes?: Uint8Array }
  | { kind: "work"; received: Received }
  | { kind: "certificates"; bundle: string | Uint8Array | Blob }
  | { kind: "account"; text: string }
  /** A text with a template or with outputs in it, such as a ticket. */
  | { kind: "sorted"; sorted: Sorted }
  | { kind: "zip"; bytes: Uint8Array }
  /** JSON of another tool. */
  | { kind: "other"; text: string; keys: number }
  /** A command that reads files. */
  | { kind: "elsewhere"; files: string[] }
  | { kind: "too-large"; why: string };

const TOO_LONG: Content = { kind: "too-large", why: commonWords.tooLarge };
const TOO_LONG_A_TEMPLATE: Content = {
  kind: "too-large",
  why: intakeWords.templateTooLarge,
};

/** The place where the user gave a file. A file of a folder can only be a certificate. */
export type Expected = "template" | "certificate" | "account" | "folder";

/** Where a text was given, and whether it was the only one. */
export interface Given {
  expected: Expected;
  alone: boolean;
}

/** The beginning of a text by which it is known what more of it is, in bytes. */
const HEAD = 64_000;

/** A larger file of certificates is read in parts, in bytes. It can have nothing else that counts: no template is as long. */
const IN_PARTS = 2_000_000;

const BEGINS_AS_CERTIFICATES = /^\s*-----BEGIN CERTIFICATE-----[^-]+-----END /;

/** Whether a text of this length may be read: a long one only if it begins as what is read in slices. */
function mayBeRead(length: number, head: string): boolean {
  return length <= LONGEST || (length <= LONGEST_IN_SLICES && (isFile(head) || BEGINS_AS_CERTIFICATES.test(head)));
}

/** Reads a file. `given` decides if its content does not. */
export async function contentOf(file: File, given: Given, call: Ask): Promise<Content> {
  if (file.size > IN_PARTS) {
    const head = await file.slice(0, HEAD).text();
    if (!mayBeRead(file.size, head)) return TOO_LONG;
    if (given.expected !== "template" && BEGINS_AS_CERTIFICATES.test(head)) return { kind: "certificates", bundle: file };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isZip(bytes)) return { kind: "zip", bytes };
  const text = asText(bytes);
  // A text in another encoding becomes a template with replacement characters, and a finding says so. DER begins with the tag of a SEQUENCE.
  if (text === undefined && given.expected === "template" && bytes[0] !== 0x30 && bytes.length <= LONGEST_TEMPLATE) {
    return { kind: "template", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), bytes };
  }
  // DER, or a file that the reader of certificates reports as unreadable.
  if (text === undefined) return { kind: "certificates", bundle: bytes };
  if (given.expected === "folder" && text.length <= LONGEST) return certificatesIn(text);
  return contentOfText(text, given, call);
}

/** Decides what a text is. */
export async function contentOfText(text: string, { expected, alone }: Given, call: Ask): Promise<Content> {
  if (!mayBeRead(text.length, text.slice(0, HEAD))) return TOO_LONG;
  // The worker parses it, because it may be large.
  if (isFile(text)) return { kind: "work", received: fromFile((await call("parse", { text }))?.json) };
  if (text.length > LONGEST) return { kind: "certificates", bundle: text };
  const isJson = /^\s*[{["]/.test(text);
  const [whole] = (isJson && (await call("recognise", { texts: [text] }))) || [];
  if (whole?.isAccount) return { kind: "account", text };
  // A registration config of a CA may have the CA's certificate next to the template.
  if (whole && whole.kind !== "unknown" && !whole.isStack) return { kind: "template", text };
  if (isJson && expected === "account") return { kind: "account", text };
  const sorted = text.includes("{") || text.includes("file://") ? await sortText(call, text) : undefined;
  if (sorted && (sorted.template || sorted.outputs.length > 0)) return { kind: "sorted", sorted };
  // JSON may hold certificates: `aws iot create-keys-and-certificate` prints one, with its private key.
  if (text.includes("-----BEGIN ")) return certificatesIn(text);
  if (sorted && sorted.files.length > 0 && !isJson && expected !== "template") return { kind: "elsewhere", files: sorted.files };
  if (expected === "account") return { kind: "account", text };
  // The user has chosen this one text as the template.
  const isChosen = (expected === "template" && alone) || whole?.isStack;
  if (!isJson && !isChosen) return certificatesIn(text);
  if (text.length > LONGEST_TEMPLATE) return TOO_LONG_A_TEMPLATE;
  return isChosen ? { kind: "template", text } : { kind: "other", text, keys: sorted?.keys ?? 0 };
}

/** A bundle that can only be certificates. */
export function certificatesIn(bundle: string | Uint8Array): Content {
  return bundle.length > LONGEST ? TOO_LONG : { kind: "certificates", bundle };
}
