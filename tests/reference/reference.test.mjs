// The reference of the API agrees with the declarations, and they explain everything.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../packed.mjs";
import { reference } from "./reference.mjs";

let made;
before(async () => {
  made = await reference();
});

test("docs/api.md agrees with the declarations", () => {
  assert.equal(readFileSync(join(root, "docs/api.md"), "utf8"), made.text, "`cargo xtask docs --all` writes it again");
});

test("every type, function and member is explained", () => {
  assert.ok(made.text.length > 20_000, "there is a reference");
  assert.deepEqual(made.unexplained, []);
});
