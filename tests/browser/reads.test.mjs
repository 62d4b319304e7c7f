/** No test of the page fails by chance: expectations about a page are tried again, and no test waits for time to pass. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";

const FOLDER = new URL("./", import.meta.url);

/** Reads of a page that do not wait for anything. */
const ONCE = new Set([
  "allInnerTexts",
  "allTextContents",
  "boundingBox",
  "count",
  "evaluate",
  "evaluateAll",
  "getAttribute",
  "innerText",
  "inputValue",
  "isChecked",
  "isDisabled",
  "isEnabled",
  "isHidden",
  "isVisible",
  "textContent",
  "title",
]);

/** The faults in a test's source, a line each. */
function faults(source) {
  const file = ts.createSourceFile("x.mjs", source, ts.ScriptTarget.Latest, true);
  const found = [];
  const calls = (node, names) =>
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && names.has(node.expression.name.text);
  /** The first read below a node, except in a function that is called again and again. */
  const read = (node) => {
    if (ts.isFunctionLike(node)) return undefined;
    const once = ts.isAwaitExpression(node) && (calls(node.expression, ONCE) || /^axe\(/.test(node.expression.getText()));
    return once ? node : ts.forEachChild(node, read);
  };
  const walk = (node) => {
    const say = (what) => found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
    const asserts = ts.isCallExpression(node) && /^assert\b/.test(node.expression.getText());
    if (asserts && node.arguments.some(read)) say("asserts what is read once; expect tries again");
    if (ts.isIfStatement(node) && read(node.expression)) say("decides by what is read once; wait for one of the two");
    if (calls(node, new Set(["waitForTimeout"]))) say("waits for time to pass; wait for what happens");
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

test("no test asserts or decides by a single read, or waits for time to pass", () => {
  const tests = readdirSync(FOLDER).filter((name) => name.endsWith(".test.mjs"));
  assert.deepEqual(
    tests.flatMap((name) => faults(readFileSync(new URL(name, FOLDER), "utf8")).map((fault) => `${name}:${fault}`)),
    [],
  );
});

test("each of these is reported, and code that tries again is not", () => {
  const wrong = [
    "assert.equal(await page.locator('x').count(), 1);",
    "assert.deepEqual(await axe(page), []);",
    "assert.ok(!(await page.locator('x').isVisible()));",
    "assert.match((await page.locator('x').innerText()).trim(), /x/);",
    "if (await own.isVisible()) await own.click();",
    "await page.waitForTimeout(900);",
  ];
  for (const line of wrong) assert.equal(faults(line).length, 1, line);
  const right = [
    "await expect(page.locator('x')).toHaveCount(1);",
    "await expect.poll(async () => (await page.locator('x').innerText()).trim()).toBe('x');",
    "assert.match(readFileSync(await download.path(), 'utf8'), /x/);",
  ];
  for (const line of right) assert.deepEqual(faults(line), [], line);
});
