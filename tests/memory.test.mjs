// Templates and devices that nobody frees: a loop without a pause leaves no time to the garbage collector.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const fixture = (name) => readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), "utf8");
const source = fixture("templates/ok-everything.json");
const certificate = fixture("certificates/full.pem");
const options = { now: "2026-11-23T12:00:00Z" };

// The memory of the instance, which the package does not show.
const memories = new Set();
const Instance = WebAssembly.Instance;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memories.add(this.exports.memory);
  }
};
const { Device, Template } = await import("jitp");

const MB = 1 << 20;

function bytes() {
  assert.equal(memories.size, 1, "no instance has been dropped");
  return [...memories][0].buffer.byteLength;
}

test("thousands of templates and devices that nobody frees need little memory, and all of them answer", () => {
  const before = bytes();
  const first = new Template(source);
  const expected = first.dryRun(certificate, options);
  const device = first.device(certificate, options);
  const answer = device.can({ verb: "connect" });
  const kept = [];
  for (let i = 0; i < 3_000; i++) {
    const template = new Template(source);
    if (i % 500 === 0) kept.push(template, template.device(certificate, options));
    new Device({ policies: ['{"Version": "2012-10-17", "Statement": []}'], thing: { name: `lamp-${i}` } });
  }
  assert.ok(bytes() - before < 24 * MB, `${(bytes() - before) / MB} MB`);
  for (const one of [first, device, ...kept]) {
    if (one instanceof Template) assert.deepEqual(one.dryRun(certificate, options), expected);
    else assert.deepEqual(one.can({ verb: "connect" }), answer);
  }
});

test("long templates make room, too", () => {
  const before = bytes();
  const long = JSON.stringify({ ...JSON.parse(source), $comment: "x".repeat(400_000) });
  const first = new Template(long);
  const { report } = first;
  for (let i = 0; i < 200; i++) new Template(long);
  assert.ok(bytes() - before < 48 * MB, `${(bytes() - before) / MB} MB`);
  assert.deepEqual(new Template(long).report, report);
  first.free();
});

test("a template that was freed is gone, however much room there is", () => {
  const template = new Template(source);
  const device = template.device(certificate, options);
  template.free();
  template.free();
  assert.throws(() => template.dryRun(certificate), /has been freed/);
  assert.equal(device.can({ verb: "connect" }).answer, new Template(source).device(certificate, options).can({ verb: "connect" }).answer);
});
