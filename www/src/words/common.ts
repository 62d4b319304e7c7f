/** Words that several wings use. */

/** A number as people write it. */
export const number = (n: number): string => n.toLocaleString("en");
