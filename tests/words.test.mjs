// Holds that the texts of the page are in www/src/words, a file for each wing, so that a translation translates those files. A text is a literal with
// two words, or one that begins like a sentence; what only code reads is told by its kind, not by its file.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const WWW = fileURLToPath(new URL("../www", import.meta.url));

/** Literals that look like texts and are not, in the files that have them. One that is not found any more fails the test. */
const CODE = {
  // The name of the product, of the cache, and of a mode.
  "app/shell.ts": ["jitp"],
  "app/service-worker.ts": ["jitp … "],
  "export/menu.ts": ["SNI_ONLY"],
  // Commands and HTML.
  "account/script.ts": ["sh ask-account.sh > account.json"],
  "certificates/registration.ts": ["aws iot get-registration-code"],
  "share/share-dialog.ts": ['<iframe src="……#…" title="…" loading="lazy" allow="clipboard-write" width="100%" height="…"></iframe>'],
  // The keys of templates, policies and configs.
  "editor/help.ts": ["Parameters"],
  "editor/policy-schema.ts": ["Effect", "Action", "Resource", "Allow", "Deny", "Version", "Statement"],
  "editor/trace.ts": ["Resources", "Properties"],
  "intake/find.ts": ["Resources", "Parameters"],
  "model/places.ts": ["Resources", "Properties", "Parameters"],
  // The names of the nodes in the editor's tree.
  "editor/json-place.ts": ["String", "Number", "True", "False", "Null", "Property", "Object", "Array"],
};

/** Two words, or one with a capital that is not a name of code, or a word next to a value. */
const isText = (text) =>
  /… \p{L}{2,}|\p{L}{2,}[:,.]? …/u.test(text) || /\p{L}{2,}[,.:;]? +\p{L}{2,}/u.test(text) || /^\p{Lu}\p{Ll}+[.…:?!]?$/u.test(text.trim());

/** Calls whose arguments only code reads: selectors, classes, styles, errors for programmers. */
const CODE_CALLS =
  /^(querySelector|querySelectorAll|closest|matches|byId|add|remove|toggle|contains|includes|has|startsWith|endsWith|getChild|getChildren|postMessage|theme|baseTheme|matchMedia|define|test|Error|TypeError|EngineStopped|addEventListener|getItem|setItem|removeItem)$/;

/** Attributes and members that nobody sees or hears. */
const CODE_NAMES =
  /^(class|className|id|type|role|rel|href|accept|d|viewBox|key|mac|run|style|textDecoration|transform|points|sizes|media|data-.*|aria-(live|current|sort|describedby|labelledby))$/;

const nameOf = (node) => node && (node.name ?? node).getText?.().replace(/["']/g, "");

/** Whether only code reads a literal, by where it is. */
function isCode(node) {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent)) return true;
  if (ts.isBinaryExpression(parent) && /^([=!]==?|in)$/.test(parent.operatorToken.getText())) return true;
  for (let at = node; at.parent; at = at.parent) {
    const up = at.parent;
    if ((ts.isCallExpression(up) || ts.isNewExpression(up)) && up.arguments?.includes(at)) {
      const called = ts.isPropertyAccessExpression(up.expression) ? up.expression.name.text : up.expression.getText();
      if (CODE_CALLS.test(called)) return true;
      // The first argument names an attribute or a tag.
      if (called === "setAttribute") return up.arguments[0] === at || CODE_NAMES.test(up.arguments[0].text ?? "");
      return false;
    }
    if (ts.isPropertyAssignment(up) && up.initializer === at && CODE_NAMES.test(nameOf(up.name))) return true;
    if (ts.isBinaryExpression(up) && up.right === at && CODE_NAMES.test(nameOf(up.left) ?? "")) return true;
    if (ts.isStatement(up)) return ts.isThrowStatement(up);
  }
  return false;
}

/** Whether a literal is the content of an element: an argument of `h` after the attributes, maybe one of several to choose from. */
function isContent(node) {
  let at = node;
  while (ts.isConditionalExpression(at.parent) || ts.isBinaryExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) {
    // What decides is not shown.
    if (ts.isConditionalExpression(at.parent) && at.parent.condition === at) return false;
    at = at.parent;
  }
  const { parent } = at;
  return ts.isCallExpression(parent) && parent.expression.getText() === "h" && parent.arguments.indexOf(at) >= 2;
}

/** The texts of a source that are not in the words. */
function texts(name, source) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found = [];
  const look = (node) => {
    const literal = ts.isStringLiteralLike(node) ? node.text : undefined;
    const template = ts.isTemplateExpression(node)
      ? [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join("…")
      : undefined;
    const text = literal ?? template;
    const told = text !== undefined && (isText(text) || (isContent(node) && /\p{L}/u.test(text)));
    if (told && !isCode(node)) found.push(text);
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** The sources of the page and of the element, by their paths below src. */
const sources = new Map(
  ["src", "element/src"].flatMap((folder) =>
    readdirSync(join(WWW, folder), { recursive: true })
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("words/"))
      .map((name) => [folder === "src" ? name : `${folder}/${name}`, readFileSync(join(WWW, folder, name), "utf8")]),
  ),
);

test("a text outside the words is found, and code is not taken for one", () => {
  const found = texts(
    "sample.ts",
    'h("p", { class: "a b c", title: "Show it" }, "Save the table", `${n} rows are left`, "Copy");\nroot.querySelector("main section");\nthrow new Error("the page lacks a board");',
  );
  assert.deepEqual(found, ["Show it", "Save the table", "… rows are left", "Copy"]);
});

test("the texts of the page and of the element are in the words", () => {
  const wrong = [];
  for (const [name, source] of sources) {
    const found = texts(name, source);
    wrong.push(...found.filter((text) => !CODE[name]?.includes(text)).map((text) => `${name}: ${text}`));
    wrong.push(...(CODE[name] ?? []).filter((text) => !found.includes(text)).map((text) => `${name} has no “${text}” any more`));
  }
  assert.deepEqual(wrong, []);
});
