/** The options of a playground. */

import type { Analysis, AnalysisRequest } from "../model/protocol.ts";
import type { Lines } from "../model/lines.ts";
import type { Sample } from "../model/samples.ts";
import type { Frame, HeadActions } from "./shell.ts";
import type { Work } from "../model/work.ts";
import type { EngineSource } from "../engine/link.ts";

/** The parts that are shown: all, the plan alone, the template with its findings alone, or of the plan the verdict and its reasons. */
export type Show = "full" | "plan" | "editor" | "verdict";

/** The options of a playground. */
export interface MountOptions extends EngineSource {
  frame: Frame;
  /** The work to start with. Default: the first sample. */
  work?: Work;
  /** What the page around gave, if `work` is what the user made of it. Default: `work`. */
  original?: Work;
  /** The address of the page that an embedded playground leads to. Without it there are no links. */
  page?: string;
  /** The sample that this work is. */
  sample?: Sample;
  show?: Show;
  readOnly?: boolean;
  /** The lines of the template that matter, which the editor marks. */
  lines?: readonly Lines[];
  /** Resolves when a user sees the playground. The editor, which is the largest script, waits for it. */
  seen?: Promise<void>;
  /** The address of the rules' page, to which a code can be appended. Without it codes are not links. */
  rules?: string;
  /** The target for dropped files. Default: the playground itself. */
  dropZone?: EventTarget;
  /** The actions in the header of the page. */
  actions?: HeadActions;
  /** Where the choice is kept whether strings that hold JSON are unfolded. Default: they are, and nothing is kept. */
  reading?: { unfolds(): boolean; choose(unfolded: boolean): void };
  /** Called after a change of anything in `work()`. */
  changed?(): void;
  /** Called before other work replaces the present one as a whole. */
  leaving?(): void;
  /** Called after an answer is shown, which may be that of before: the page asks again when it has verified signatures. */
  analysed?(analysis: Analysis, question: AnalysisRequest): void;
}
