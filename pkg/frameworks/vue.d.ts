/** `<jitp-playground>` in Vue's templates and JSX. `import "jitp/element/vue"` defines the element, as `jitp/element` does, and its types. */
import type { HTMLAttributes, PublicProps } from "vue";
import type { JitpPlayground, PlaygroundAnswer, PlaygroundAttributes, PlaygroundProperties } from "./element.js";

export * from "./element.js";

/** The props of `<jitp-playground>`. */
export interface JitpPlaygroundProps extends Omit<HTMLAttributes, keyof PlaygroundProperties>, PlaygroundProperties, PlaygroundAttributes {
  "onJitp-plan"?: ((event: CustomEvent<PlaygroundAnswer>) => void) | undefined;
  onJitpPlan?: ((event: CustomEvent<PlaygroundAnswer>) => void) | undefined;
}

/** The element as Vue's tools see a component. */
export type JitpPlaygroundComponent = new () => JitpPlayground & {
  $props: JitpPlaygroundProps & PublicProps;
  $emit: (event: "jitp-plan", answer: CustomEvent<PlaygroundAnswer>) => void;
};

declare module "vue" {
  interface GlobalComponents {
    "jitp-playground": JitpPlaygroundComponent;
  }
}

declare module "vue/jsx-runtime" {
  namespace JSX {
    interface IntrinsicElements {
      "jitp-playground": JitpPlaygroundProps & PublicProps;
    }
  }
}
