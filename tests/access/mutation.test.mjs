// Whatever breaks the access of a device is noticed in the plan, at the place where it was broken; the sound templates are not blamed.
import assert from "node:assert/strict";
import test from "node:test";
import { dryRun } from "jitp";
import { mutations, options, sound, textOf } from "./mutants.mjs";

const planOf = (model, text) => dryRun(text, { subject: model.subject }, options);

/** The part of `text` that differs from `before`: from, to. Nothing, if a part of `before` is missing. */
function changed(before, text) {
  let from = 0;
  while (from < before.length && before[from] === text[from]) from++;
  let cut = 0;
  while (cut < text.length - from && cut < before.length - from && before.at(-1 - cut) === text.at(-1 - cut)) cut++;
  return [from, text.length - cut];
}

/** What a statement, or a string with a policy document, of a text is around a place. */
function around(text, [from, to], near) {
  if (near === "policy") return [text.lastIndexOf("\n", from), text.indexOf("\n", to)];
  const begin = text.lastIndexOf('{\\"Effect', from);
  const next = text.indexOf('{\\"Effect', Math.max(to, begin + 1));
  return [begin, next < 0 ? text.indexOf("\n", to) : next];
}

const rights = ({ access }) => access?.may ?? [];
const named = ({ verb, action, resource }) => `${verb} ${action} ${resource}`;
const problems = ({ diagnostics }) => diagnostics.filter(({ severity }) => severity === "error" || severity === "warning");

/** What a plan says against a device that the sound plan does not: its headline, the rights that changed, new findings. Each with its places. */
function noticed(before, after) {
  const found = [];
  if (after.access?.connects !== "allowed") {
    found.push({ what: `connects: ${after.access?.connects}`, spans: [after.access?.connect?.statement?.span] });
  }
  const had = new Map(rights(before).map((right) => [named(right), right.answer]));
  for (const right of rights(after)) {
    if (had.get(named(right)) !== right.answer) found.push({ what: `${named(right)}: ${right.answer}`, spans: [right.statement?.span] });
    had.delete(named(right));
  }
  for (const right of had.keys()) found.push({ what: `no longer ${right}`, spans: [] });
  const old = new Set(problems(before).map(({ code, message }) => code + message));
  for (const { code, message, span, related } of problems(after)) {
    if (!old.has(code + message)) found.push({ what: `${code}: ${message}`, spans: [span, ...(related ?? []).map((place) => place.span)] });
  }
  return found;
}

const touches = (span, [from, to]) => span !== undefined && span.start.offset <= to && span.end.offset >= from;

test("at least 15 ways to break a policy are tried", () => {
  assert.ok(new Set(mutations.map(({ name }) => name)).size >= 15);
});

for (const [base, make] of sound) {
  test(`sound: ${base}`, () => {
    const plan = planOf(make(), textOf(make()));
    assert.equal(plan.verdict, "provisions", plan.summary);
    assert.equal(plan.access.connects, "allowed", plan.access.headline);
    assert.equal(plan.access.connect.answer, "allowed");
    assert.ok(rights(plan).length >= 4, JSON.stringify(rights(plan)));
    for (const right of rights(plan)) assert.equal(right.answer, "allowed", named(right));
    assert.deepEqual(problems(plan), []);
  });

  for (const { name, apply, near = "element" } of mutations) {
    const model = make();
    if (apply(model) === false) continue;
    test(`${base}: ${name}`, () => {
      const text = textOf(model);
      const before = textOf(make());
      assert.ok(text !== before || model.subject !== make().subject, "the mutation changes something");
      const found = noticed(planOf(make(), before), planOf(model, text));
      assert.ok(found.length > 0, "it is noticed");
      const place = changed(before, text);
      const within = near === "statement" || near === "policy" ? around(text, place, near) : place;
      if (near === "nowhere") return;
      const isPointed = ({ spans }) => spans.some((span) => (near === "elsewhere" ? span !== undefined : touches(span, within)));
      assert.ok(found.some(isPointed), `a place: ${JSON.stringify(found, null, 1)}\n${text.slice(...within)}`);
    });
  }
}
