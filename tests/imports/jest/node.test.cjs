/** @jest-environment node */
const { dryRun } = require("jitp");
const { answer, certificate, options, template } = require("./input.cjs");

test("the plan is Node's", () => {
  expect(dryRun(template, certificate, options)).toEqual(answer);
});
