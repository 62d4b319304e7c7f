/** The initialisers of an entry that has its wasm as soon as it is imported. */

/** Does nothing: the wasm module is loaded on import. It is here so that one source runs everywhere. */
export default function init(_input?: unknown): Promise<void> {
  return Promise.resolve();
}

/** Does nothing, as {@link init}. */
export function initSync(_module?: unknown): void {}
