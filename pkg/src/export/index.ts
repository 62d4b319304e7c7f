/**
 * What people take away: a template as commands or configuration, a plan as text, Markdown or a picture. Data to text, over the public
 * shapes alone: it needs nothing that only the core knows, and would cost the wasm what every page has to load.
 */
export { exportTemplate } from "./template.js";
export { planLines, planText } from "./plan-lines.js";
export { planMarkdown } from "./plan-markdown.js";
export { pictureSentences, planPicture, planSvg } from "./picture.js";
export { fleetCsv, fleetNdjson } from "./fleet.js";
