/** What kind of change of the text in the editor it was. */
export interface TextChange {
  /** Keys that follow each other are one step of undo; anything else is a step by itself. */
  kind: "typing" | "other";
  /** The whole text was replaced by a paste. */
  whole: boolean;
}
