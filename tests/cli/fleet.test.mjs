// `jitp fleet`
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "node:test";
import { dryRunFleet, fleetCsv } from "jitp";
import { makeCertificates } from "../bench/certificates.mjs";
import { inSession, root } from "./session.mjs";

const FILES = {
  "template.json": "templates/ok-everything.json",
  "bundle.pem": "certificates/bundle.pem",
  "batch/a.pem": "certificates/full.pem",
  "batch/b.der": "certificates/full.der",
  "batch/deep/c.crt": "certificates/expired.pem",
  "ca.pem": "certificates/device-ca.pem",
};
const NOW = "2026-11-23T12:00:00Z";
const RUN = ["--now", NOW, "--region", "eu-west-1"];
const rowsIn = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const FILTER = ["fleet", "template.json", "-", "--format", "ndjson", ...RUN];

test("fleet: text shows problems and a summary, and the help says how to use it", () =>
  inSession(FILES, async (session) => {
    session.write("batch/empty.pem", "");
    session.write("batch/notes.txt", "not a certificate");
    session.write("folder/notes.txt", "not a certificate");
    await session.expect("fleet", [
      ["fleet", "template.json", "bundle.pem", "batch", "bundle.pem", ...RUN],
      ["fleet", "template.json", "batch", "--ca", "ca.pem", ...RUN],
      ["fleet", "template.json", "absent.pem", "batch/a.pem", "--no-group-policies", ...RUN],
      ["fleet", "template.json", "folder"],
      ["fleet", "template.json", "-", "bundle.pem"],
      ["fleet", "-", "-"],
      ["fleet", "template.json", "bundle.pem", "--jobs", "0"],
      ["fleet", "template.json", "bundle.pem", "--format", "json"],
      ["help", "fleet"],
    ]);
  }));

test("fleet: NDJSON and CSV have the rows of the package, with the file of each", () =>
  inSession(FILES, async (session) => {
    const words = ["fleet", "template.json", "bundle.pem", "batch", ...RUN];
    const { stdout, stderr, code } = await session.run([...words, "--format", "ndjson"]);
    assert.equal(code, 1);
    assert.match(stderr, /^6 certificates: /m);
    const rows = rowsIn(stdout);
    const files = ["bundle.pem", "batch/a.pem", "batch/b.der", "batch/deep/c.crt"];
    const chunks = files.flatMap((name) => [session.read(name.replace("b.der", "a.pem")), []]);
    const { region } = { region: "eu-west-1" };
    const expected = [];
    for await (const batch of dryRunFleet(session.read("template.json"), chunks, { now: NOW, region })) expected.push(...batch);
    assert.deepEqual(
      rows.map(({ file: _, ...row }) => row),
      expected,
    );
    assert.deepEqual(
      [...new Set(rows.map(({ file }) => file))],
      files.map((name) => join(name)),
    );
    const csv = await session.run([...words, "--format", "csv"]);
    assert.equal(csv.stdout, fleetCsv(rows));
    assert.equal(csv.stderr, stderr);
  }));

test("fleet: --from and --jobs change nothing but what is left out", () =>
  inSession(FILES, async (session) => {
    const all = makeCertificates(3000).map(({ pem }) => pem);
    session.write("large.pem", [...all, all[5]].join(""));
    for (const format of ["ndjson", "csv"]) {
      const words = ["fleet", "template.json", "bundle.pem", "large.pem", "--format", format, ...RUN];
      const whole = await session.run(words);
      const lines = whole.stdout.split(/(?<=\n)/);
      for (const from of [0, 1, 1700]) {
        const part = await session.run([...words, "--from", String(from), "--jobs", "2"]);
        const head = format === "csv" ? 1 : 0;
        assert.equal(part.stdout, from === 0 ? whole.stdout : lines.slice(from + head).join(""), `${format} from ${from}`);
        assert.deepEqual([part.stderr, part.code], [whole.stderr, whole.code]);
      }
    }
  }));

test("fleet -: a row for each line, in its order, with its ID, also for a broken line", () =>
  inSession(FILES, async (session) => {
    const pem = session.read("batch/a.pem");
    const base64 = pem.replace(/-----.*-----|\n/g, "");
    const lines = [
      base64,
      JSON.stringify(pem),
      JSON.stringify(base64),
      JSON.stringify({ id: 7, certificate: base64, serial: "x" }),
      JSON.stringify({ id: "lamp", certificatePem: pem }),
      `${base64}\r`,
      "",
      "broken",
      '{"id": "cut',
      JSON.stringify({ id: "none" }),
      JSON.stringify({ certificate: [1] }),
      "null",
      base64.slice(0, 100),
      JSON.stringify(pem + pem),
      base64,
    ];
    const { stdout, code } = await session.run(FILTER, { input: lines.join("\n") });
    assert.equal(code, 1);
    const rows = rowsIn(stdout);
    assert.equal(rows.length, lines.length);
    assert.deepEqual(
      rows.map(({ index }) => index),
      lines.map((_, i) => i),
    );
    const good = rows.map(({ certificateId }) => certificateId !== undefined);
    assert.deepEqual(good, [true, true, true, true, true, true, ...Array(8).fill(false), true]);
    for (const row of rows.slice(6, -1)) assert.ok(row.verdict === "fails" && row.cause !== undefined, JSON.stringify(row));
    assert.deepEqual(
      rows.flatMap(({ id, index }) => (id === undefined ? [] : [[index, id]])),
      [
        [3, 7],
        [4, "lamp"],
        [9, "none"],
      ],
    );
    assert.ok(!stdout.includes("serial"));
    const csv = await session.run(["fleet", "template.json", "-", "--format", "csv", ...RUN], { input: lines.slice(3, 5).join("\n") });
    assert.deepEqual(
      csv.stdout
        .split("\r\n")
        .slice(1, 3)
        .map((line) => line.split(",")[2]),
      ['"7"', '"lamp"'],
    );
    // A line end after the last line is not another line.
    assert.equal(rowsIn((await session.run(FILTER, { input: `${base64}\n` })).stdout).length, 1);
    // PEM and DER are bundles.
    for (const input of [pem + pem, `a text\n${pem}${pem}`]) assert.equal(rowsIn((await session.run(FILTER, { input })).stdout).length, 2);
    assert.equal(
      rowsIn((await session.run(FILTER, { input: Buffer.from(base64, "base64") })).stdout)[0].certificateId,
      rows[0].certificateId,
    );
  }));

test("fleet -: a line is answered before the next one comes", () =>
  inSession(FILES, async (session) => {
    const child = spawn(process.execPath, [join(root, "pkg/dist/cli.js"), ...FILTER], { cwd: session.folder });
    child.stderr.resume();
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const [i, { der }] of makeCertificates(5).entries()) {
      child.stdin.write(`${JSON.stringify({ id: i, certificate: der.toString("base64") })}\n`);
      const row = JSON.parse((await answers.next()).value);
      assert.deepEqual([row.id, row.index, row.verdict], [i, i, "provisions"]);
    }
    child.stdin.end();
    const [code] = await once(child, "close");
    assert.equal(code, 0);
  }));

test("fleet: a program that stops reading is not an error", () =>
  inSession(FILES, async (session) => {
    session.write(
      "large.pem",
      makeCertificates(20_000)
        .map(({ pem }) => pem)
        .join(""),
    );
    const child = spawn(
      process.execPath,
      [join(root, "pkg/dist/cli.js"), "fleet", "template.json", "large.pem", "--format", "ndjson", ...RUN],
      {
        cwd: session.folder,
      },
    );
    let said = "";
    child.stderr.on("data", (bytes) => (said += bytes));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [code, signal] = await once(child, "close");
    assert.deepEqual([code, signal, said], [0, null, ""]);
  }));
