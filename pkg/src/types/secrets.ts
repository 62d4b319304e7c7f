/** Private keys in a text. */
import type { Span } from "./diagnostic.js";

/**
 * The form in which a private key was found: `"armor"`, between a BEGIN and an END line (PEM, OpenSSH, PGP); `"base64"` or `"hex"` without
 * such lines, key stores included; `"dump"`, in a dump with offsets; `"numbers"`, byte by byte as decimal numbers; `"members"`, as a member of
 * a JSON Web Key or of another object; `"putty"`, in a key file of PuTTY; `"wrapped"`, inside a text that is in base64 or hex as a whole.
 */
export type KeyForm = "armor" | "base64" | "hex" | "dump" | "numbers" | "members" | "putty" | "wrapped";

/** A private key in a text. */
export interface FoundKey {
  /** Its form. */
  form: KeyForm;
  /** The range of its private part, in UTF-16 offsets. */
  span: Span;
}

/** A text without its private keys, as {@link redactPrivateKeys} gives it. */
export interface Redacted {
  /** The text, as long as before; every letter and digit of a private key is an `x`. */
  text: string;
  /** What was found, in order; empty if the text is as it was. */
  found: FoundKey[];
}
