/** What a text is, as the package judges it. */

import { type InputKind, readAccount, validate } from "jitp";
import { LONGEST_TEMPLATE } from "../model/bounds.ts";
import type { Recognised } from "../model/protocol.ts";

/** Outputs that hold a template or a certificate, too. Alone they are opened as that. */
const TWOFOLD = new Set(["DescribeCACertificate", "DescribeCertificate", "DescribeProvisioningTemplate"]);

function isAccount(text: string, kind: InputKind): boolean {
  const { account, texts } = readAccount([{ name: "", text }]);
  const outputs = (texts[0]?.holds ?? []).filter((name) => name !== "account");
  if (outputs.some((name) => !TWOFOLD.has(name))) return true;
  // A record can only be about an account, and so can several outputs in one text.
  if (outputs.length > 1 || (outputs.length === 1 && /"action"\s*:/.test(text))) return true;
  // Any object is read as jitp's form, and may have nothing of it.
  return outputs.length === 0 && Object.keys(account).length > 0 && kind === "unknown";
}

/** Judges a text by itself. */
export function recognise(text: string): Recognised {
  const { kind, diagnostics } = validate(text.length > LONGEST_TEMPLATE ? "" : text);
  const fix = diagnostics.find(({ code }) => code === "JITP001")?.fix;
  const isStack = diagnostics.some(({ code }) => code === "JITP021");
  return { kind, isStack, isAccount: /^\s*[{[]/.test(text) && isAccount(text, kind), ...(fix && { fix }) };
}
