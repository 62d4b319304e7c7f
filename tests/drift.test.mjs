// The types that people read cannot drift from the Rust types: each kind of difference stops the compiler, by name.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { root } from "./packed.mjs";

const tsc = createRequire(join(root, "pkg/package.json")).resolve("typescript/package.json").replace("package.json", "bin/tsc");
const sources = readdirSync(join(root, "pkg/src/types")).map((name) => [name, readFileSync(join(root, "pkg/src/types", name), "utf8")]);

/** The compiler's messages after a change in the types. */
function said(from, to) {
  const [name, source] = sources.find(([, text]) => text.includes(from)) ?? assert.fail(from);
  const folder = mkdtempSync(join(tmpdir(), "jitp-drift-"));
  try {
    cpSync(join(root, "pkg/src"), folder, { recursive: true });
    writeFileSync(join(folder, "types", name), source.replace(from, to));
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022"];
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, "--module", "nodenext", "--types", "", join(folder, "drift.ts")], {
      encoding: "utf8",
    });
    return stdout
      .split("\n")
      .filter((line) => line.includes("drift.ts"))
      .join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("as they are, the types agree", () => assert.equal(said("", ""), ""));

const DRIFTS = [
  [
    "an option that Rust does not know",
    "export interface TemplateOptions {",
    "export interface TemplateOptions {\n  zone?: string;",
    "TemplateOptions: other members than in Rust: zone",
  ],
  ["an option that is missing", "  indent?: number;", "", "StringifyOptions: other members than in Rust: indent"],
  ["an option of another type", "  parameters?: Record<string, string>;", "  parameters?: string[];", "DryRunOptions.parameters"],
  ["a word of an option too many", '"auto" | "subject"', '"auto" | "issuer" | "subject"', "DryRunOptions.serialNumber has other values"],
  [
    "a member that Rust does not give",
    "  lookAt: string[];",
    "  lookAt: string[];\n  more: string;",
    "Plan: other members than in Rust: more",
  ],
  ["a member that is missing", "  lookAt: string[];", "", "Plan: other members than in Rust: lookAt"],
  ["a member that is not always there", "  stoppedAt?: number;", "  stoppedAt: number;", "other members are optional in Rust: stoppedAt"],
  [
    "another type",
    "  /** 1 to 6. */\n  number: number;",
    "  /** 1 to 6. */\n  number: string;",
    "Plan.steps[].number has other values in Rust",
  ],
  ["a word too few", '"done" | "failed" | "skipped"', '"done" | "failed"', "Plan.steps[].outcome has other values in Rust"],
  ["one for many", "  lookAt: string[];", "  lookAt: string;", "Plan.lookAt is a list in Rust"],
];

for (const [name, from, to, wanted] of DRIFTS) {
  test(`${name} stops the compiler`, () => assert.ok(said(from, to).includes(wanted), said(from, to)));
}
