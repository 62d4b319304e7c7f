/** Recognises a ZIP by its first bytes. The page needs this, but not the code that opens a ZIP. */

/** Whether a file is a ZIP, maybe an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}
