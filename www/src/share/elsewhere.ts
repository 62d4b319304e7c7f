/** Rules whose example is not work that the page could open. The build of the rules' page reads this file too. */

/**
 * Rules whose finding the page does not show for their example: a subject that cannot be read is refused in its field, several certificates are
 * several entries, a verification certificate needs the registration code of the user's account, and a private key is refused before it is shown.
 */
const ELSEWHERE: readonly string[] = ["JITP106", "JITP121", "JITP135", "JITP155"];

export const isElsewhere = (code: string): boolean => ELSEWHERE.includes(code);
