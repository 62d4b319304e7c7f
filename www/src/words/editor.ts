/** The words of the template editor. */

export const editorWords = {
  name: "Template",
  leave: "Tab indents. Press Escape, then Tab, to leave the editor.",
  /** After the first line of a string that is shown as JSON. */
  string: "JSON in a string",
};
