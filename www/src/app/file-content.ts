/**
 * Decides by the content of a file whether it is a template, certificates, a text about an account, a ZIP or saved work. The worker searches it for private keys before
 * any of it is shown.
 */

import { isZip } from "../engine/zip-mark.ts";
import { LONGEST, LONGEST_TEMPLATE, TOO_LARGE } from "../model/bounds.ts";
import { asText } from "../model/bundle.ts";
import { fromFile, type Received } from "../share/format.ts";

/** The content of a file or a paste. */
export type Content =
  | { kind: "template"; text: string; bytes?: Uint8Array }
  | { kind: "work"; received: Received }
  | { kind: "certificates"; bundle: string | Uint8Array }
  | { kind: "account"; text: string }
  | { kind: "zip"; bytes: Uint8Array }
  | { kind: "too-large"; why: string };

const TOO_LONG: Content = { kind: "too-large", why: TOO_LARGE };
const TOO_LONG_A_TEMPLATE: Content = {
  kind: "too-large",
  why: "It is larger than 1 MB. AWS accepts templates of up to 10,240 characters.",
};

/** The place where the user gave a file. A file of a folder can only be a certificate. */
export type Expected = "template" | "certificate" | "account" | "folder";

/** Decides what a text is that may be several things. */
export interface Judge {
  /** Whether it is a template, perhaps with a certificate in it. */
  isTemplate(text: string): Promise<boolean>;
  /** Whether it tells of an account, perhaps with certificates and templates in it. */
  isAccount(text: string): Promise<boolean>;
}

/** Reads a file. `expected` decides if its content does not. */
export async function contentOf(file: File, expected: Expected, { isTemplate, isAccount }: Judge): Promise<Content> {
  if (file.size > LONGEST) return TOO_LONG;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isZip(bytes)) return { kind: "zip", bytes };
  const text = asText(bytes);
  // A text in another encoding becomes a template with replacement characters, and a finding says so. DER begins with the tag of a SEQUENCE.
  if (text === undefined && expected === "template" && bytes[0] !== 0x30 && bytes.length <= LONGEST_TEMPLATE) {
    return { kind: "template", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), bytes };
  }
  // DER, or a file that the reader of certificates reports as unreadable.
  if (text === undefined) return { kind: "certificates", bundle: bytes };
  if (expected === "folder") return certificatesIn(text);
  const received = fromFile(text);
  if (received) return { kind: "work", received };
  if (expected === "account" || (/^\s*[{[]/.test(text) && (await isAccount(text)))) return { kind: "account", text };
  // JSON may hold certificates: `aws iot create-keys-and-certificate` prints one, with its private key. A registration config of a CA has the
  // CA's certificate next to the template.
  if (text.includes("-----BEGIN ") && !(/^\s*[{"]/.test(text) && (await isTemplate(text)))) return certificatesIn(text);
  if (expected === "template" || /^\s*[{"]/.test(text)) {
    return text.length > LONGEST_TEMPLATE ? TOO_LONG_A_TEMPLATE : { kind: "template", text };
  }
  return certificatesIn(text);
}

/** A bundle that can only be certificates. */
export function certificatesIn(bundle: string | Uint8Array): Content {
  return bundle.length > LONGEST ? TOO_LONG : { kind: "certificates", bundle };
}
