/** `<jitp-playground>` in the JSX of Solid. `import "jitp/element/solid"` defines the element, as `jitp/element` does, and its types. */
import type { JSX } from "solid-js";
import type { JitpPlayground, PlaygroundAnswer, PlaygroundAttributes, PlaygroundProperties } from "./element.js";

export * from "./element.js";

type Properties = { [Name in keyof PlaygroundProperties as `prop:${Name}`]?: PlaygroundProperties[Name] };
type Attributes = { [Name in keyof PlaygroundAttributes as `attr:${Name}`]?: PlaygroundAttributes[Name] };

/** The props of `<jitp-playground>`. */
export interface JitpPlaygroundProps
  extends Omit<JSX.HTMLAttributes<JitpPlayground>, keyof PlaygroundProperties>,
    PlaygroundProperties,
    PlaygroundAttributes,
    Properties,
    Attributes {
  "on:jitp-plan"?: ((event: CustomEvent<PlaygroundAnswer>) => void) | undefined;
}

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "jitp-playground": JitpPlaygroundProps;
    }
  }
}
