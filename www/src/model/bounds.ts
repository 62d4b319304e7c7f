/** The sizes of texts that the page reads. */

/** A longer text is not searched for private keys, and so not read: 20 MB, the same as for a file (`commonWords.tooLarge`). */
export const LONGEST = 20_000_000;

/** Certificates one after another, and saved work, are searched and read in slices, so that more of them is read: 200 MB. */
export const LONGEST_IN_SLICES = 200_000_000;

/** The search finds no key in a shorter text. */
export const SHORTEST = 40;

/** A template has at most some ten thousand characters; a file of this size is a mistake. */
export const LONGEST_TEMPLATE = 1_000_000;
