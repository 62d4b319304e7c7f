/** Words that several wings use. */

export const commonWords = {
  keyRefused: "A private key was refused. It is neither read nor kept.",
};

/** A number as people write it. */
export const number = (n: number): string => n.toLocaleString("en");

/** A number of things: "1 file", "2 files". */
export const counted = (n: number, one: string, more = `${one}s`): string => `${number(n)} ${n === 1 ? one : more}`;
