// Holds that the texts of the page are in www/src/words, a file for each wing, so that a translation translates those files. A text is a literal with
// two words, or one that begins like a sentence; what only code reads is told by its kind, not by its file.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SOURCES = fileURLToPath(new URL("../www/src", import.meta.url));

/** Files whose texts are still in the code. A file without such texts must not be here, and a new file may not be added. */
const LEFT = new Set([
  "access/can-it.ts",
  "account/changes.ts",
  "account/panel.ts",
  "account/script.ts",
  "app/drops.ts",
  "app/file-content.ts",
  "app/go-offline.ts",
  "app/main.ts",
  "app/playground.ts",
  "app/shell.ts",
  "app/steps-nav.ts",
  "app/use-sample.ts",
  "certificates/ca-list.ts",
  "certificates/cards.ts",
  "certificates/make-sample.ts",
  "certificates/registration.ts",
  "certificates/request-parameters.ts",
  "certificates/signed-by.ts",
  "certificates/viewer.ts",
  "editor/help.ts",
  "editor/json-place.ts",
  "editor/policy-schema.ts",
  "editor/theme.ts",
  "editor/trace.ts",
  "fleet/table.ts",
  "intake/find.ts",
  "model/access.ts",
  "model/account.ts",
  "model/authorities.ts",
  "model/bounds.ts",
  "model/certificate-title.ts",
  "model/flows.ts",
  "model/places.ts",
  "model/samples.ts",
  "plan/access.ts",
  "plan/options-form.ts",
  "plan/panel.ts",
  "plan/parts.ts",
  "share/format.ts",
  "share/share-dialog.ts",
  "template/panel.ts",
  "ui/copy-save.ts",
  "ui/decision.ts",
  "ui/dialog.ts",
  "ui/findings.ts",
  "ui/notices.ts",
  "ui/paste-field.ts",
]);

/** Two words, or one with a capital that is not a name of code. */
const isText = (text) => /\p{L}{2,}[,.:;]? +\p{L}{2,}/u.test(text) || /^\p{Lu}\p{Ll}+[.…:?!]?$/u.test(text.trim());

/** Calls whose arguments only code reads: selectors, classes, styles, errors for programmers. */
const CODE_CALLS =
  /^(querySelector|querySelectorAll|closest|matches|byId|add|remove|toggle|contains|theme|baseTheme|matchMedia|define|test|Error|TypeError|EngineStopped|addEventListener|getItem|setItem|removeItem)$/;

/** Attributes and members that nobody sees or hears. */
const CODE_NAMES =
  /^(class|className|id|type|role|rel|href|accept|d|viewBox|key|mac|run|style|transform|points|sizes|media|data-.*|aria-(live|current|sort|describedby|labelledby))$/;

const nameOf = (node) => node && (node.name ?? node).getText?.().replace(/["']/g, "");

/** Whether only code reads a literal, by where it is. */
function isCode(node) {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent)) return true;
  if (ts.isBinaryExpression(parent) && /^[=!]==?$/.test(parent.operatorToken.getText())) return true;
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
    if (text !== undefined && isText(text) && !isCode(node)) found.push(text);
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

const sources = readdirSync(SOURCES, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("words/"));

test("a text outside the words is found, and code is not taken for one", () => {
  const found = texts(
    "sample.ts",
    'h("p", { class: "a b c", title: "Show it" }, "Save the table", `${n} rows are left`, "Copy");\nroot.querySelector("main section");\nthrow new Error("the page lacks a board");',
  );
  assert.deepEqual(found, ["Show it", "Save the table", "… rows are left", "Copy"]);
});

test("the texts of the page are in its words", () => {
  const wrong = new Map();
  for (const name of sources) {
    const found = texts(name, readFileSync(join(SOURCES, name), "utf8"));
    if (found.length > 0) wrong.set(name, found);
  }
  const added = [...wrong].filter(([name]) => !LEFT.has(name)).map(([name, found]) => `${name}: ${found.join(" | ")}`);
  assert.deepEqual(added, [], "texts outside www/src/words");
  assert.deepEqual(
    [...LEFT].filter((name) => !wrong.has(name)),
    [],
    "these have no texts any more: remove them from the list",
  );
});
