/** Differences between plans, and their texts. They compare public shapes, and judge nothing. */
export { diffPlans } from "./compare.js";
export { diffLines, diffText } from "./lines.js";
export { diffMarkdown, diffSummary } from "./markdown.js";
export { diffParts } from "./parts.js";
