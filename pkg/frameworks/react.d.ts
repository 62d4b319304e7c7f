/**
 * `<jitp-playground>` in the JSX of React 18 and 19. `import "jitp/element/react"` defines the element, as `jitp/element` does, and its types.
 * React 18 writes attributes: use their names, such as `read-only`, and texts.
 */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { JitpPlayground, PlaygroundAnswer, PlaygroundAttributes, PlaygroundProperties } from "./element.js";

export * from "./element.js";

type Common = Omit<DetailedHTMLProps<HTMLAttributes<JitpPlayground>, JitpPlayground>, keyof PlaygroundProperties>;

/** The props of `<jitp-playground>`. */
export interface JitpPlaygroundProps extends Common, PlaygroundProperties, PlaygroundAttributes {
  /** Since React 19. */
  "onjitp-plan"?: ((event: CustomEvent<PlaygroundAnswer>) => void) | undefined;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "jitp-playground": JitpPlaygroundProps;
    }
  }
}
