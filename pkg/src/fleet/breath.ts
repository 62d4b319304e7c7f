/** Lets the engine do other things between two pieces of work: draw a page, see a cancel, read a socket. */

/** In milliseconds: how long work may go on without a pause. A page that draws 60 times a second has 16 for a picture. */
const LONGEST = 12;

let since = 0;

/** Pauses if the last pause is long ago. */
export function breath(): Promise<void> | undefined {
  const now = performance.now();
  if (since !== 0 && now - since < LONGEST) return undefined;
  return pause().then(() => {
    since = performance.now();
  });
}

function pause(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  // A timer waits for some milliseconds, a message does not.
  if (typeof MessageChannel !== "function") return new Promise((resolve) => setTimeout(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
