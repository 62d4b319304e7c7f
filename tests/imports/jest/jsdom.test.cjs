/** @jest-environment jsdom */
const { dryRun } = require("jitp");
const { answer, certificate, options, template } = require("./input.cjs");

test("the plan is Node's, in a page of jsdom", () => {
  expect(document.body.tagName).toBe("BODY");
  expect(dryRun(template, certificate, options)).toEqual(answer);
});
