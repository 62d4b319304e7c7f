/** The properties that are kept in attributes. */

/** Their names. */
export type Reflected =
  | "view"
  | "theme"
  | "flow"
  | "serialNumber"
  | "loading"
  | "sizing"
  | "headingLevel"
  | "region"
  | "accountId"
  | "now"
  | "rules"
  | "src"
  | "lines"
  | "playground";

/** The attribute of each property, and its values if there is a choice: the first is what holds without it. */
export const ATTRIBUTES: Readonly<Record<Reflected, readonly [attribute: string, ...choices: (string | number | undefined)[]]>> = {
  view: ["view", "full", "plan", "editor", "verdict"],
  theme: ["theme", undefined, "light", "dark"],
  flow: ["flow", "jitp", "fleet", "register-thing"],
  serialNumber: ["serial-number", "auto", "subject", "certificate"],
  loading: ["loading", "lazy", "eager", "click"],
  sizing: ["sizing", "fixed", "content"],
  headingLevel: ["heading-level", undefined, 1, 2, 3, 4, 5, 6],
  region: ["region"],
  accountId: ["account-id"],
  now: ["now"],
  rules: ["rules"],
  src: ["src"],
  lines: ["lines"],
  playground: ["playground"],
};

/** Gives a class of elements these properties. */
export function reflect(elements: { prototype: HTMLElement }): void {
  for (const [property, [attribute, ...choices]] of Object.entries(ATTRIBUTES)) {
    Object.defineProperty(elements.prototype, property, {
      get(this: HTMLElement) {
        const value = this.getAttribute(attribute) ?? undefined;
        return choices.length === 0 ? value : (choices.find((choice) => String(choice) === value) ?? choices[0]);
      },
      set(this: HTMLElement, value: unknown) {
        // A date that is none has no JSON.
        const text = String((value instanceof Date ? (value.toJSON() as string | null)?.replace(/\.\d+Z$/, "Z") : value) ?? "");
        // Vue removes a property by setting it to the empty text, which is not a valid value of any of these.
        if (text === "") this.removeAttribute(attribute);
        else this.setAttribute(attribute, text);
      },
    });
  }
}
