/** Lets the browser answer the user and paint between two pieces of work. */

interface Scheduler {
  yield?(): Promise<void>;
}

/** Resolves in another task: soon, but after input that waits. */
export function turn(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
