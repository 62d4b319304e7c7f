// The actions that the page's editor offers inside a policy document are those that jitp knows.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { rules, validate } from "jitp";
import { root } from "../packed.mjs";

const { outputFiles } = await build({
  entryPoints: [join(root, "www/src/editor/policy-schema.ts")],
  bundle: true,
  write: false,
  format: "esm",
});
const { ACTIONS } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

const UNKNOWN = rules().find(({ name }) => name === "policy-unknown-action").code;

/** Whether jitp knows the action of a policy. */
function isKnown(Action) {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  const { diagnostics } = validate(JSON.stringify({ Resources: { policy: { Type: "AWS::IoT::Policy", Properties: { PolicyDocument } } } }));
  return !diagnostics.some(({ code }) => code === UNKNOWN);
}

test("each action that the editor offers is known, and another one is not", () => {
  assert.ok(ACTIONS.length > 0);
  for (const action of ACTIONS) assert.ok(isKnown(action), action);
  assert.ok(!isKnown("iot:Conect"));
});
