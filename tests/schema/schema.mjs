// The JSON Schema of the package, compiled by Ajv, and jitp's own answers.
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { validate } from "jitp";
import { root } from "../packed.mjs";

export const corpus = process.env.JITP_CORPUS ?? join(root, "../shared/corpus");
export const schema = createRequire(import.meta.url)("jitp/schema.json");

/** Keywords that VS Code knows and JSON Schema ignores. */
const EDITOR = ["defaultSnippets", "enumDescriptions", "errorMessage", "patternErrorMessage", "deprecationMessage", "doNotSuggest"];

// A condition may ask for a key whose schema is next to it, not inside.
export const ajv = new Ajv2020.default({ strict: true, strictRequired: false, allErrors: true });
ajv.addVocabulary(EDITOR);
export const accepts = ajv.compile(schema);

/** The errors that jitp finds. */
export const errorsOf = (text) => validate(text).diagnostics.filter(({ severity }) => severity === "error");
