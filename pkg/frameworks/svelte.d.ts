/** `<jitp-playground>` in Svelte's markup. `import "jitp/element/svelte"` defines the element, as `jitp/element` does, and its types. */
import type { HTMLAttributes } from "svelte/elements";
import type { JitpPlayground, PlaygroundAnswer, PlaygroundAttributes, PlaygroundProperties } from "./element.js";

export * from "./element.js";

/** The attributes of `<jitp-playground>`. */
export interface JitpPlaygroundAttributes
  extends Omit<HTMLAttributes<JitpPlayground>, keyof PlaygroundProperties>,
    PlaygroundProperties,
    PlaygroundAttributes {
  "onjitp-plan"?: ((event: CustomEvent<PlaygroundAnswer>) => void) | undefined;
  /** Before Svelte 5. */
  "on:jitp-plan"?: ((event: CustomEvent<PlaygroundAnswer>) => void) | undefined;
}

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "jitp-playground": JitpPlaygroundAttributes;
  }
}
