/** How a playground is set up. */

import type { Analysis } from "./protocol.ts";
import type { Frame } from "./shell.ts";
import type { Work } from "./work.ts";

/** What of a playground is shown: the plan alone, the template with its findings alone, or all of it. */
export type Show = "full" | "plan" | "editor";

/** How a playground is set up. */
export interface MountOptions {
  frame: Frame;
  /** What to begin with; by default the first sample. */
  work?: Work;
  show?: Show;
  readOnly?: boolean;
  /** Where the rules are explained, an address that a code can be added to; without it codes are no links. */
  rules?: string;
  /** Where files may be dropped; by default on the playground itself. */
  dropZone?: EventTarget;
  /** Where the wasm file lies. */
  wasm: string | URL;
  /** After the wasm module was loaded, and never if it could not be. */
  loaded?(): void;
  /** After anything that `work()` tells may have changed. */
  changed?(): void;
  /** After a new answer is shown. */
  analysed?(analysis: Analysis): void;
}
