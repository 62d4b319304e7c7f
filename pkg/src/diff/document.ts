/** Policy documents as JSON, and line by line. */

/**
 * A spelling that two documents share if, and only if, they are the same JSON: without white space, with the members of objects in order. Texts
 * that a JSON value would not tell apart (a member twice, a number beyond the precision) share it only if they are the same but for white space.
 */
export function canonical(document: string): string {
  try {
    const value: unknown = JSON.parse(document);
    const tokens = tokensOf(document);
    const ordered = JSON.stringify(sorted(value));
    const written = tokens.filter((token) => token === ":").length;
    const isExact = written === countMembers(value) && tokens.every((token) => !/^[-\d]/.test(token) || String(Number(token)) === token);
    return isExact ? ordered : JSON.stringify(["tokens", tokens]);
  } catch {
    // It is not JSON, or too deep to compare.
    return JSON.stringify(["text", document]);
  }
}

/** The tokens of a JSON text. */
function tokensOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g) ?? [];
}

/** A value in which each object is a list of its members, by name. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(sorted)];
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
  return ["object", ...members.sort(([one], [other]) => (one < other ? -1 : 1))];
}

function countMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + countMembers(member), own);
}

/** A line of a text that is compared with another. */
export interface ComparedLine {
  /** Which of the two texts has it. */
  in: "both" | "before" | "after";
  text: string;
}

/** In lines, of each text, after what both begin and end with. The table of longer ones would be large. */
const MOST_LINES = 500;

/** How one text becomes another, line by line: a longest common subsequence, or all lines if there are too many for that. */
export function comparedLines(before: string, after: string): ComparedLine[] {
  const [old, young] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < young.length - head && old.at(-1 - tail) === young.at(-1 - tail)) tail += 1;
  const both = (text: string): ComparedLine => ({ in: "both", text });
  return [
    ...old.slice(0, head).map(both),
    ...middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail)),
    ...old.slice(old.length - tail).map(both),
  ];
}

function middle(old: readonly string[], young: readonly string[]): ComparedLine[] {
  const isLong = old.length > MOST_LINES || young.length > MOST_LINES;
  // The length of the longest common subsequence of what follows two lines.
  const width = young.length + 1;
  const lengths = new Uint16Array(isLong ? 0 : (old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  if (!isLong) {
    for (let i = old.length - 1; i >= 0; i--) {
      for (let j = young.length - 1; j >= 0; j--) {
        lengths[i * width + j] = old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  const lines: ComparedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    const [one, other] = [old[i], young[j]];
    if (!isLong && one !== undefined && one === other) {
      lines.push({ in: "both", text: one });
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || isLong || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ in: "before", text: one });
      i += 1;
    } else {
      lines.push({ in: "after", text: other ?? "" });
      j += 1;
    }
  }
  return lines;
}
