/** What the element, which each page of a site loads, and the playground in it, which is loaded if a user comes near, know of each other. */

import type { JitpPlayground, PlaygroundAnswer } from "jitp/element";
import type { Work } from "../../src/model/work.ts";
import type { ATTRIBUTES } from "./attributes.ts";
import type { Content, Given, missing } from "./content.ts";

/** The element as the playground in it sees it. */
export interface Host {
  readonly element: JitpPlayground;
  readonly root: ShadowRoot;
  /** The user's work when the element was removed from the page. */
  left(): Work | undefined;
  readonly attributes: typeof ATTRIBUTES;
  /** What was set by properties. */
  readonly given: Readonly<Given>;
  content(): Content;
  missing(): ReturnType<typeof missing>;
  answered(answer: PlaygroundAnswer): void;
  /** Says what it shows, to assistive technology. */
  label(label: string): void;
}

/** The playground as the element sees it. */
export interface Inside {
  /** The text as it is now; absent until the given one is shown. */
  readonly template: string | undefined;
  readonly certificate: string;
  readonly parameters: Record<string, string>;
  /** Attributes or properties have changed; `content` is whether those did that are shown. */
  follow(content: boolean): void;
  /** Removes it. The answer is the user's work, if it was shown. */
  close(): Work | undefined;
}
