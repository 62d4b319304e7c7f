// Every command with every kind of bad input. It ends as documented, says what is wrong in words of the command line, and shows neither a
// stack nor a piece of a private key. Output for programs stays valid.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import test, { describe } from "node:test";
import { Ajv } from "ajv";
import { bytes, key } from "../dice.mjs";
import { inSession, root } from "./session.mjs";

const KEY = key("sweep.test.mjs", "P-256").export({ type: "pkcs8", format: "pem" });
const KEY_BODY = KEY.replace(/-----.*-----|\s/g, "");
const body = readFileSync(join(root, "tests/fixtures/templates/ok-everything.json"), "utf8");
const certificate = readFileSync(join(root, "tests/fixtures/certificates/full.pem"), "utf8");

/** Files by their names. No others exist. */
const FILES = {
  "ok.json": body,
  "full.pem": certificate,
  "ca.pem": readFileSync(join(root, "tests/fixtures/certificates/ca.pem"), "utf8"),
  empty: "",
  space: " \n\t\n",
  junk: bytes("sweep.test.mjs, junk", 5000),
  "utf16.json": Buffer.from(`\ufeff${body}`, "utf16le"),
  "utf16.pem": Buffer.from(`\ufeff${certificate}`, "utf16le"),
  "latin1.json": Buffer.from(body.replace('"Parameters"', '"Paramèters"'), "latin1"),
  "cut.json": body.slice(0, body.length / 2),
  "deep.json": "[".repeat(100_000),
  "number.json": "17",
  "string.json": '"text"',
  "list.json": "[]",
  "null.json": "null",
  "prose.txt": "Nov 26 12:00:00 lamp kernel: nothing of use",
  "key.pem": KEY,
  "key.der": key("sweep.test.mjs", "P-256").export({ type: "pkcs8", format: "der" }),
  "key.json": JSON.stringify({ certificatePem: certificate, keyPair: { PrivateKey: KEY } }),
  "key-in-template.json": body.replace('"Parameters"', `"Parameters": {${JSON.stringify(KEY)}: ${JSON.stringify(KEY)}}, "Parameters"`),
  "cut.pem": certificate.slice(0, 400),
  "folder/in.json": "{}",
  "\u202egnp\u001b[31m.json": "{}",
  "::error file=x::y": "x",
};

/** The names that are given as a file: those above, and names that lead to nothing readable. */
const BAD = [
  ...Object.keys(FILES).filter((name) => !name.startsWith("folder/")),
  "absent.json",
  "absent/*.json",
  "\u202eabsent\u0007",
  "folder",
  "loop",
  "ok.json/below",
  "n".repeat(300),
  "",
  "-",
  "huge",
  "vast",
];

/** Inputs that may show only in one form of output: a name or a content that is shown, a key, nothing at all. */
const TELLING = new Set([
  "junk",
  "key.pem",
  "key-in-template.json",
  "\u202egnp\u001b[31m.json",
  "::error file=x::y",
  "absent.json",
  "\u202eabsent\u0007",
]);

/** Each command with the place of the file, its other arguments, and its exit codes in docs/cli.md. */
const COMMANDS = {
  validate: { words: (file) => ["validate", file], formats: ["text", "json", "sarif", "github"], codes: [0, 1, 2] },
  "validate several": { words: (file) => ["validate", "ok.json", file], formats: ["github"], codes: [0, 1, 2] },
  fix: { words: (file) => ["fix", file, "--dry-run"], formats: ["text", "json"], codes: [0, 1, 2] },
  fmt: { words: (file) => ["fmt", "--diff", file], formats: [], codes: [0, 1, 2] },
  stringify: { words: (file) => ["stringify", file], formats: ["text", "json"], codes: [0, 1, 2] },
  unstringify: { words: (file) => ["unstringify", file], formats: ["text", "json"], codes: [0, 1, 2] },
  "plan: template": { words: (file) => ["plan", file, "full.pem"], formats: ["text", "json", "markdown"], codes: [0, 1, 2, 3] },
  "plan: certificate": { words: (file) => ["plan", "ok.json", file], formats: ["text", "json", "markdown"], codes: [0, 1, 2, 3] },
  "plan: several": { words: (file) => ["plan", "ok.json", "full.pem", file], formats: ["json"], codes: [0, 1, 2, 3] },
  "plan: CA": { words: (file) => ["plan", "ok.json", "full.pem", "--ca", file], formats: ["text", "json"], codes: [0, 1, 2, 3] },
  account: { words: (file) => ["account", file], formats: ["text", "json"], codes: [0, 1, 2] },
  "plan: account": { words: (file) => ["plan", "ok.json", "full.pem", "--account", file], formats: ["text"], codes: [0, 1, 2, 3] },
  "diff: template": { words: (file) => ["diff", file, "ok.json", "full.pem"], formats: ["text", "json", "markdown"], codes: [0, 1, 2, 3] },
  "diff: newer": { words: (file) => ["diff", "ok.json", file, "full.pem", "--details", "all"], formats: ["text"], codes: [0, 1, 2, 3] },
  "diff: certificate": {
    words: (file) => ["diff", "ok.json", "list.json", file],
    formats: ["text", "json", "markdown"],
    codes: [0, 1, 2, 3],
  },
  "diff: device": {
    words: (file) => ["diff", "ok.json", "--cert", file, "--cert", "full.pem"],
    formats: ["text", "json", "markdown"],
    codes: [0, 1, 2, 3],
  },
  "can: template": { words: (file) => ["can", file, "full.pem", "connect"], formats: ["text", "json"], codes: [0, 1, 2, 3] },
  "can: certificate": { words: (file) => ["can", "ok.json", file, "connect"], formats: ["text", "json"], codes: [0, 1, 2, 3] },
  "can: policy": { words: (file) => ["can", "--policy", `p=${file}`, "connect"], formats: ["text", "json"], codes: [1, 2, 3] },
  "can: requests": { words: (file) => ["can", "ok.json", "full.pem", "--cli-input-json", file], formats: ["text", "json"], codes: [2] },
  cert: { words: (file) => ["cert", file], formats: ["text", "json"], codes: [0, 1, 2, 3] },
  "cert: several": { words: (file) => ["cert", "full.pem", file, "ca.pem"], formats: ["json"], codes: [0, 1, 2, 3] },
  sample: { words: (file) => ["sample", file, "--commands"], formats: ["text", "json"], codes: [0, 1, 2, 3] },
  export: { words: (file) => ["export", file, "--to", "terraform"], formats: ["text", "json"], codes: [0, 1, 2] },
  explain: { words: (file) => ["explain", file], formats: ["text", "json"], codes: [0, 2] },
  completions: { words: (file) => ["completions", file], formats: [], codes: [2] },
};

const schema = JSON.parse(readFileSync(join(root, "pkg/jitp.output.schema.json"), "utf8"));
const isOutput = new Ajv({ allowUnionTypes: true }).compile(schema);

/** Characters that no stream may hold: controls except the line end, marks of direction. */
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u;
/** A value with letters from right to left, isolated: a pair of marks in one line. */
const ISOLATED =
  /\u2068([^\u2068\u2069\n]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}][^\u2068\u2069\n]*)\u2069/gu;
/** Commands to GitHub, except our own. */
const COMMAND = /^\s*::(?!(?:error|warning|notice) file=[^:]*,title=JITP)/m;

/** The fault in the end of a run; `undefined` if it ended well. */
function faultOf({ code, stdout, stderr }, format, codes) {
  if (!codes.includes(code)) return `exit code ${code}`;
  if (/\bat .*(?:file:|node:)|fault of jitp|\(node:/.test(stdout + stderr)) return "a stack";
  if (/\bundefined\b|\[object \w+\]|\bNaN\b/.test(stderr) || (format === "text" && /\bundefined\b|\[object \w+\]|\bNaN\b/.test(stdout)))
    return "a value of the program";
  if (/\boptions?\.[a-z]+[A-Z]?\w*/.test(stderr) || /\bE[A-Z]{3,}\b:/.test(stderr)) return "a name of the program";
  for (const stream of [stdout, stderr]) {
    const unseen = RAW.exec(stream.replaceAll("\r\n", "\n").replace(ISOLATED, "$1"));
    if (unseen) return `a character that cannot be seen: ${JSON.stringify(unseen[0])}`;
    if (COMMAND.test(stream)) return "a command to a build server";
    for (let at = 0; at + 12 <= KEY_BODY.length; at += 4)
      if (stream.includes(KEY_BODY.slice(at, at + 12)) && at > 40) return "a piece of a key";
  }
  if (code === 2 && !/^error: .+/m.test(stderr)) return "misuse without a word";
  if (code !== 0 && (stdout + stderr).trim() === "") return "a failure without a word";
  if (code === 2 && /^error: ./gm.test(stderr) && stderr.split("\n").some((line) => line.length > 2000)) return "a line that nobody reads";
  if (format === "json" || format === "sarif") {
    let output;
    try {
      output = JSON.parse(stdout);
    } catch {
      return format === "sarif" && code === 2 && stdout === "" ? undefined : `no JSON: ${stdout.slice(0, 100)}`;
    }
    if (format === "json" && !isOutput(output)) return `not by the schema: ${JSON.stringify(isOutput.errors?.slice(-2))}`;
    if (format === "json" && "ok" in output && output.ok !== (code === 0)) return `ok is ${output.ok} and the exit code ${code}`;
  }
  return undefined;
}

async function prepared(work) {
  await inSession({}, async (session) => {
    for (const [name, content] of Object.entries(FILES)) session.write(name, content);
    symlinkSync("loop", join(session.folder, "loop"));
    for (const [name, size] of [
      ["huge", 60_000_000],
      ["vast", 700_000_000],
    ]) {
      session.write(name, "");
      // The file has a hole, so that it needs no space on disk.
      truncateSync(join(session.folder, name), size);
    }
    await work(session);
  });
}

const windows = process.platform === "win32" && "names and links as these are not for Windows";

describe("bad input of every kind", { concurrency: 2 }, () => {
  for (const [name, { words, formats, codes }] of Object.entries(COMMANDS)) {
    test(`${name}: no input ends in anything but a documented exit code and a message`, { skip: windows }, () =>
      prepared(async (session) => {
        const faults = [];
        for (const file of BAD) {
          // The file is slow to read, so that it is read only once for each way of reading.
          if (file === "vast" && !["validate", "fix", "stringify", "plan: template", "cert"].includes(name)) continue;
          const chosen = formats.filter(
            (format, i) => i === 0 || (format === "json" && !/^(?:huge|vast)$/.test(file)) || TELLING.has(file),
          );
          for (const format of chosen.length > 0 ? chosen : [undefined]) {
            const run = [...words(file), ...(format === undefined ? [] : ["--format", format])];
            const ended = await session.run(run);
            const fault = faultOf(ended, format, codes);
            if (fault) faults.push(`${JSON.stringify(run)}: ${fault}\n${ended.stderr.slice(0, 300)}`);
          }
        }
        assert.deepEqual(faults, []);
      }),
    );
  }
});

/** Wrong command lines, each with its message, which names the option as the command line does. */
const MISUSES = [
  [["validate"], /missing required argument 'file'/],
  [["validate", "ok.json", "--region"], /'--region <region>' argument missing/],
  [["validate", "ok.json", "--region", "mars"], /--region/],
  [["validate", "ok.json", "--region", "moon-east-1"], /--region <region>' argument 'moon-east-1' is invalid/],
  [["validate", "ok.json", "--account-id", "12"], /--account-id/],
  [["validate", "ok.json", "--max-warnings", "few"], /--max-warnings/],
  [["validate", "ok.json", "--flow", "jipt"], /--flow/],
  [["validate", "ok.json", "--flow", "jitp", "--flow", "fleet"], /--flow is set more than once/],
  [["validate", "ok.json", "-f", "text", "--format", "text"], /--format is set more than once/],
  [["validate", "ok.json", "--regoin", "eu-west-1"], /--regoin'\n\(Did you mean --region\?\)/],
  [["validate", "--", "--regoin"], /cannot read --regoin/],
  [["vaildate", "ok.json"], /'vaildate'\n\(Did you mean validate\?\)/],
  [["help", "vaildate"], /'vaildate'\n\(Did you mean validate\?\)/],
  [["help", "nothing-like-it"], /unknown command 'nothing-like-it'/],
  [["plan", "ok.json"], /needs a device certificate/],
  [["plan", "-", "-"], /standard input/],
  [["plan", "ok.json", "-", "--ca", "-"], /standard input/],
  [["plan", "-", "full.pem", "--ca", "-"], /standard input/],
  [["plan", "ok.json", "full.pem", "--now", "yesterday"], /--now/],
  [["plan", "ok.json", "full.pem", "--now", "2026-02-30T00:00:00Z"], /--now/],
  [["plan", "ok.json", "full.pem", "--serial-number", "first"], /--serial-number/],
  [["plan", "ok.json", "full.pem", "--parameter", "a=b"], /--parameter/],
  [["plan", "ok.json", "--flow", "fleet", "--parameter", "a"], /--parameter/],
  [["plan", "ok.json", "--flow", "fleet", "--parameter", "a=b", "--parameter", "a=c"], /more than once/],
  [["plan", "ok.json", "full.pem", "--flow", "fleet", "--ca", "ca.pem"], /--ca/],
  [["plan", "ok.json", "full.pem", "--details", "some"], /--details/],
  [["plan", "ok.json", "full.pem", "--certificate", "full.pem"], /--certificate/],
  [["diff", "ok.json"], /two templates, or two devices/],
  [["diff", "ok.json", "full.pem", "full.pem"], /full\.pem is a certificate, and not a template/],
  [["diff", "ok.json", "ok.json", "full.pem", "--now", "yesterday"], /--now/],
  [["diff", "ok.json", "ok.json", "full.pem", "--now", "a", "--now", "b"], /--now is set more than once/],
  [["diff", "HEAD:ok.json", "ok.json", "full.pem"], /cannot read HEAD:ok\.json: /],
  [["cert", "full.pem", "--now", ""], /--now/],
  [["stringify", "ok.json", "full.pem"], /too many arguments/],
  [["stringify", "ok.json", "--indent", "9"], /--indent/],
  [["stringify", "ok.json", "--indent", "-1"], /--indent/],
  [["stringify", "ok.json", "-o", "folder"], /cannot write folder: it is a folder/],
  [["stringify", "ok.json", "-o", "absent/out.json"], /cannot write absent\/out\.json: the folder does not exist/],
  [["stringify", "ok.json", "-o", "full.pem/out.json"], /cannot write full\.pem\/out\.json/],
  [["stringify", "ok.json", "-o", "loop"], /cannot write loop/],
  [["stringify", "ok.json", "-o", "n".repeat(300)], /the name is too long/],
  [["stringify", "ok.json", "-o", ""], /cannot write/],
  [["stringify", "ok.json", "-o", "./ok.json"], /it is the input file/],
  [["unstringify", "ok.json", "-o", "link.json"], /it is the input file/],
  [["export", "ok.json", "--to", "cli", "-o", "folder/../ok.json"], /it is the input file/],
  [["export", "ok.json", "--to"], /--to/],
  [["export", "ok.json"], /--to/],
  [["export", "ok.json", "--to", "pulumi"], /--to/],
  [["export", "ok.json", "--to", "cli", "--region", "moon-1"], /--region/],
  [["sample", "ok.json", "--dir", "ok.json"], /ok\.json/],
  [["sample", "device.pem", "--force"], /device\.pem: it is the input file/],
  [["sample", "ok.json", "--dir", "made", "--commands"], /--commands/],
  [["explain", "JITP999"], /JITP999/],
  [["completions", "tcsh"], /tcsh/],
];

test("misuse is reported by the names of the command line, writes nothing, and is JSON for programs", { skip: windows }, () =>
  prepared(async (session) => {
    symlinkSync("ok.json", join(session.folder, "link.json"));
    session.write("device.pem", body);
    const faults = [];
    for (const [words, said] of MISUSES) {
      const ended = await session.run(words);
      const fault = faultOf(ended, undefined, [2]) ?? (said.test(ended.stderr) ? undefined : `not ${said}`);
      if (fault || ended.stdout !== "")
        faults.push(`${JSON.stringify(words)}: ${fault ?? "something on standard output"}\n${ended.stderr.slice(0, 300)}`);
      // The same for a program.
      if (words.includes("-f") || words.includes("--")) continue;
      const forPrograms = await session.run([...words, "--format", "json"]);
      const other = faultOf(forPrograms, "json", [2]);
      if (other) faults.push(`${JSON.stringify(words)} in JSON: ${other}`);
    }
    assert.deepEqual(faults, []);
    assert.equal(session.read("ok.json"), body);
    assert.equal(session.read("device.pem"), body);
  }),
);

test("one file that cannot be read is reported, and the others are still checked", { skip: windows }, () =>
  prepared(async (session) => {
    for (const words of [
      ["validate", "absent.json", "ok.json"],
      ["cert", "absent.pem", "full.pem"],
      ["plan", "ok.json", "absent.pem", "full.pem"],
      ["diff", "ok.json", "list.json", "absent.pem", "full.pem"],
      ["fix", "--dry-run", "folder", "ok.json"],
    ]) {
      const { code, stdout, stderr } = await session.run([...words, "--format", "json"]);
      const output = JSON.parse(stdout);
      assert.deepEqual([code, output.ok, output.trouble.length], [2, false, 1], words.join(" "));
      assert.equal((output.files ?? output.certificates ?? output.plans ?? output.differences).length, 1);
      assert.equal(stderr.split("\n")[0], `error: ${output.trouble[0].message}`);
    }
  }),
);

test("a file that may not be read", { skip: windows || (process.getuid() === 0 && "root may read everything") }, () =>
  prepared(async (session) => {
    chmodSync(join(session.folder, "ok.json"), 0);
    assert.match((await session.run(["validate", "ok.json"])).stderr, /^error: cannot read ok\.json: permission denied\n/);
  }),
);

test("a file by two names is read once", () =>
  inSession({ "a.json": "templates/ok-everything.json" }, async (session) => {
    assert.match(
      (await session.run(["validate", "a.json", "./a.json", join(session.folder, "a.json")])).stdout,
      /^No findings in 1 file\n/,
    );
  }));

test("a template and a certificate in each other's place: the order is named", () =>
  inSession({ "a.json": "templates/ok-everything.json", "full.pem": "certificates/full.pem" }, async (session) => {
    const swapped = await session.run(["plan", "full.pem", "a.json"]);
    assert.deepEqual([swapped.code, swapped.stderr], [1, "note: full.pem is a certificate; name the template first\n"]);
    assert.equal((await session.run(["plan", "full.pem", "full.pem"])).stderr, "");
  }));
