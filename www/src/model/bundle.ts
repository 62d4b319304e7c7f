/** Tells text from binary data. */

/** The text of a file; `undefined` if the bytes are not UTF-8 text. */
export function asText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A file of certificates: its text, or its bytes if it is DER. */
export function bundleOf(bytes: Uint8Array): string | Uint8Array {
  return asText(bytes) ?? bytes;
}
