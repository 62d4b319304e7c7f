/** A text with the edits of a fix, which never overlap. */

import type { Fix } from "jitp";

export function fixed(text: string, { edits }: Fix): string {
  const backwards = edits.toSorted((a, b) => b.span.start.offset - a.span.start.offset);
  return backwards.reduce((made, { span, text: put }) => made.slice(0, span.start.offset) + put + made.slice(span.end.offset), text);
}
