/** Keeps how the user wants templates to be shown, in this browser's local storage only. */

const KEY = "jitp:reading";

/** The choice of the page's user. */
export const keptReading = {
  /** Whether strings that hold JSON are unfolded. */
  unfolds(): boolean {
    try {
      return localStorage.getItem(KEY) !== "written";
    } catch {
      return true;
    }
  },
  choose(unfolded: boolean): void {
    try {
      if (unfolded) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "written");
    } catch {
      // Then nothing is stored.
    }
  },
};
