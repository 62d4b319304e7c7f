/** How a playground is set up. */

import type { Analysis } from "../model/protocol.ts";
import type { Sample } from "../model/samples.ts";
import type { Frame, HeadActions } from "./shell.ts";
import type { Work } from "../model/work.ts";

/** What of a playground is shown: the plan alone, the template with its findings alone, or all of it. */
export type Show = "full" | "plan" | "editor";

/** How a playground is set up. */
export interface MountOptions {
  frame: Frame;
  /** What to begin with; by default the first sample. */
  work?: Work;
  /** The sample that this work is. */
  sample?: Sample;
  show?: Show;
  readOnly?: boolean;
  /** Where the rules are explained, an address that a code can be added to; without it codes are no links. */
  rules?: string;
  /** Where files may be dropped; by default on the playground itself. */
  dropZone?: EventTarget;
  /** Where the wasm file lies. */
  wasm: string | URL;
  /** What the head of the page offers. */
  actions?: HeadActions;
  /** After the wasm file was fetched and before there is a worker. */
  fetched?: () => void;
  /** After anything that `work()` tells may have changed. */
  changed?(): void;
  /** After a new answer is shown. */
  analysed?(analysis: Analysis): void;
}
