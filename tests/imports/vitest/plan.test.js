import { dryRun } from "jitp";
import { expect, test } from "vitest";
import { answer, certificate, options, template } from "./input.mjs";

test("the plan is Node's", () => {
  expect(dryRun(template, certificate, options)).toEqual(answer);
});
