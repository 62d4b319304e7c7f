/** Finds out, before anything of it is loaded, whether this browser keeps work for the page. */

/** Whether there may be work to recall. It is the same answer for all keys that a page of any version has written. */
export function mayHaveWork(): boolean {
  try {
    return localStorage.length > 0 || sessionStorage.length > 0;
  } catch {
    return false;
  }
}

/** The script about documents. A first visitor needs it only after the first paint. */
export const documents = (): Promise<typeof import("./documents.ts")> => import("./documents.ts");
