/** Tells a zip by its first bytes; in a file of its own, so that the page need not carry what opens it. */

/** Whether a file is a zip, an empty one too. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}
