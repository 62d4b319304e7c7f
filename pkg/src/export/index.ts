/**
 * Exports: a template as commands or configuration, a plan as text, Markdown or a picture. They turn data into text from the public shapes
 * alone. They are not in the core, because they need nothing that only the core knows, and every page must load the wasm.
 */
export { accountScript } from "./account-script.js";
export { exportTemplate } from "./template.js";
export { accessLines, accessText, planLines, planText } from "./plan-lines.js";
export { isReached, reachOf } from "./words.js";
export { planMarkdown } from "./plan-markdown.js";
export { pictureSentences, planPicture, planSvg } from "./picture.js";
export { fleetCsv, fleetNdjson } from "./fleet.js";
export { type CheckedRequest, checkedRequest, decisionHelp, isolationWords, requestWords } from "./access-words.js";
