/**
 * What the inline entry takes from the engine. jsdom, in which Jest runs tests, hides the text coders that every engine has; Node below it still
 * has them. build.mjs puts these in the place of the globals.
 */

const { TextDecoder, TextEncoder } = globalThis.TextDecoder
  ? globalThis
  : (globalThis.process?.getBuiltinModule?.("node:util") ?? globalThis);

export { TextDecoder, TextEncoder };
