// Fleets that come in chunks: `dryRunFleet`. The rows are those of one call, wherever the chunks end.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { dryRunFleet, readCertificates, readFleetRows, Template, verifyIssuers } from "jitp";
import { makeCertificates } from "../bench/certificates.mjs";
import { config } from "../bench/template.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const fixture = (path) => readFileSync(here(`../fixtures/${path}`));
const OPTIONS = { region: "eu-west-1", accountId: "123456789012", now: "2026-11-23T12:00:00Z" };
const template = fixture("templates/ok-everything.json").toString();

/** All rows and the summary. */
async function whole(fleet) {
  const rows = [];
  for await (const batch of fleet) rows.push(...batch);
  return { rows, summary: await fleet.summary };
}

const bytes = (name) => new Uint8Array(fixture(`certificates/${name}`));
const joined = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const KEY = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n";
const DAMAGED = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

/** Small fleets of every kind. */
const FLEETS = {
  bundle: bytes("bundle.pem"),
  "text around": joined("Bag Attributes\n friendlyName: a-----b\n", bytes("full.pem"), "0123\n----- nothing\n", bytes("full.pem"), "end"),
  CRLF: joined(Buffer.from(bytes("bundle.pem")).toString("latin1").replaceAll("\n", "\r\n")),
  DER: bytes("full.der"),
  "DER, two": joined(bytes("full.der"), bytes("full.der")),
  "keys and damage": joined(
    KEY,
    DAMAGED,
    bytes("full.pem"),
    "-----BEGIN CERTIFICATE-----\nMIIB",
    KEY,
    bytes("full.pem"),
    "-----BEGIN CERTIFICATE-----\nMIIB",
  ),
  "UTF-16": joined(Buffer.from(`\ufeff${Buffer.from(bytes("full.pem")).toString("latin1")}`, "utf16le")),
  "byte order mark": joined("\ufeff", bytes("full.pem")),
  "one line": joined(
    Buffer.from(bytes("full.pem"))
      .toString("latin1")
      .replace(/\n(?!-)/g, "")
      .replace("-----M", "-----\nM"),
  ),
  "base64 alone": joined(
    Buffer.from(bytes("full.pem"))
      .toString("latin1")
      .replace(/-----.*-----\n/g, ""),
  ),
  empty: new Uint8Array(),
  space: joined(" \n\n"),
  prose: joined("There is no certificate in here."),
};

/** DER of an element: a tag, then what is in it. */
function element(tag, ...parts) {
  const body = joined(...parts);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return joined(Uint8Array.of(tag, ...length), body);
}

/** A bundle of PKCS#7 that has nothing but certificates. */
function pkcs7(...certificates) {
  const oid = (last) => Uint8Array.of(0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last);
  const none = element(0x31);
  const signed = element(0x30, Uint8Array.of(2, 1, 1), none, element(0x30, oid(1)), element(0xa0, ...certificates), none);
  return element(0x30, oid(2), element(0xa0, signed));
}

const ders = makeCertificates(3).map(({ der }) => der);
const armored = (label, der) => `-----BEGIN ${label}-----\n${Buffer.from(der).toString("base64")}\n-----END ${label}-----\n`;
FLEETS["PKCS#7"] = pkcs7(...ders);
FLEETS["PKCS#7 in a bundle"] = joined(bytes("full.pem"), armored("PKCS7", pkcs7(...ders)), bytes("full.pem"));

/** Cut in two at a place. */
const cut = (all, at) => [all.slice(0, at), all.slice(at)];

for (const [name, all] of Object.entries(FLEETS)) {
  test(`${name}: wherever chunks end, the rows are those of the whole`, async () => {
    const kept = new Template(template);
    const { rows, counts } = kept.dryRunFleet(all, OPTIONS);
    const step = all.length > 4000 ? 7 : 1;
    for (let at = 0; at <= all.length; at += step) {
      const given = await whole(dryRunFleet(kept, cut(all, at), OPTIONS));
      assert.deepEqual(given.rows, rows, `cut at ${at}`);
      assert.deepEqual(given.summary.counts, counts);
    }
    for (const length of [1, 64, 1000]) {
      const chunks = Array.from({ length: Math.ceil(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));
      assert.deepEqual((await whole(dryRunFleet(kept, chunks, OPTIONS))).rows, rows, `chunks of ${length}`);
    }
    kept.free();
  });
}

test("every source of chunks gives the same rows", async () => {
  const all = FLEETS.bundle;
  const text = Buffer.from(all).toString("latin1");
  const { rows } = new Template(template).dryRunFleet(all, OPTIONS);
  async function* slowly() {
    for (const part of cut(all, 900)) yield part;
  }
  const sources = {
    text,
    bytes: all,
    "an ArrayBuffer": all.slice().buffer,
    lines: text.split(/(?<=\n)/),
    "an async generator": slowly(),
    "a stream of Node": Readable.from(cut(all, 900)),
    "a stream of the web": Readable.toWeb(Readable.from(cut(all, 900))),
    "a stream that cannot be iterated over": { getReader: () => Readable.toWeb(Readable.from(cut(all, 900))).getReader() },
  };
  for (const [name, source] of Object.entries(sources))
    assert.deepEqual((await whole(dryRunFleet(template, source, OPTIONS))).rows, rows, name);
});

test("a list has a row for each member, and ends the text before it", async () => {
  const pem = Buffer.from(bytes("full.pem")).toString("latin1");
  const list = [pem, bytes("full.der"), "nothing", "", DAMAGED, pem + pem, FLEETS["base64 alone"]];
  const { rows, summary } = await whole(dryRunFleet(template, [list], OPTIONS));
  assert.equal(rows.length, list.length);
  const { rows: alone } = new Template(template).dryRunFleet(pem, OPTIONS);
  for (const i of [0, 1, 6]) assert.equal(rows[i].certificateId, alone[0].certificateId, `member ${i}`);
  for (const i of [2, 3, 4, 5]) assert.ok(rows[i].verdict === "fails" && rows[i].certificateId === undefined, `member ${i}`);
  assert.deepEqual([rows[1].duplicateOf, rows[6].duplicateOf, summary.counts.duplicates], [0, 0, 2]);
  // Each file is a text to itself, whatever it is.
  const files = [bytes("full.der"), [], bytes("full.pem"), [], bytes("full.der"), [], FLEETS["UTF-16"], [""], FLEETS.prose];
  const { rows: apart } = await whole(dryRunFleet(template, files, OPTIONS));
  assert.deepEqual(
    apart.map(({ certificateId }) => certificateId !== undefined),
    [true, true, true, true, false, false],
  );
  assert.equal((await whole(dryRunFleet(template, [[]], OPTIONS))).rows.length, 0);
  assert.equal((await whole(dryRunFleet(template, [], OPTIONS))).rows.length, 1, "nothing at all is said");
});

test("a row opens into the plan that Template.dryRun gives, from its place in the source", async () => {
  const kept = new Template(template);
  for (const [name, all] of Object.entries(FLEETS)) {
    const entries = readCertificates(all, { now: OPTIONS.now });
    for await (const rows of dryRunFleet(kept, cut(all, all.length >> 1), OPTIONS)) {
      for (const [i, row] of [...rows].entries()) {
        const plan = rows.plan(i);
        assert.equal(plan.verdict, row.verdict, name);
        assert.equal(plan.stoppedAt, row.stoppedAt, name);
        assert.equal(plan.certificate.certificateId, row.certificateId, name);
        const entry = entries[row.index];
        if (entry.pem !== undefined) assert.deepEqual(plan, kept.dryRun(entry.pem, OPTIONS), `${name} ${row.index}`);
        const { from, to } = rows.place(i);
        assert.ok(from >= 0 && to <= all.length && (from < to || all.length === 0), `${name}: ${from} to ${to}`);
        if (entries.length === 1 && row.certificateId)
          assert.equal(readCertificates(all.slice(from, to))[0].certificateId, row.certificateId);
      }
      assert.throws(() => rows.plan(rows.length), RangeError);
    }
  }
  kept.free();
});

test("rows are bytes that can be sent elsewhere", async () => {
  for await (const rows of dryRunFleet(template, FLEETS.bundle, OPTIONS)) {
    const copy = readFleetRows(structuredClone(rows.bytes), rows.first);
    assert.deepEqual([...copy], [...rows]);
    assert.deepEqual([copy.length, copy.at(0), copy.at(-1), copy.at(copy.length)], [rows.length, rows.at(0), [...rows].at(-1), undefined]);
    const odd = new Uint8Array(rows.bytes.length + 1);
    odd.set(rows.bytes, 1);
    assert.deepEqual([...readFleetRows(odd.subarray(1), rows.first)], [...rows], "at an odd place in memory");
    assert.throws(() => copy.plan(0), /read from bytes/);
    assert.equal(copy.place(0), undefined);
  }
  for (const wrong of [new Uint8Array(40), new Uint8Array(3), Uint8Array.of(44, 0, 0, 0)])
    assert.throws(() => readFleetRows(wrong), TypeError);
});

test("the summary counts the rows, with or without somebody to read them", async () => {
  const all = joined(DAMAGED, FLEETS.bundle, DAMAGED, DAMAGED, DAMAGED);
  const { rows, counts } = new Template(template).dryRunFleet(all, OPTIONS);
  const { summary } = await whole(dryRunFleet(template, all, OPTIONS));
  assert.deepEqual(summary.counts, counts);
  assert.equal(summary.rows, rows.length);
  const codes = [...new Set(rows.flatMap((row) => row.codes))].sort();
  const having = (code) => rows.filter((row) => row.codes.includes(code)).map(({ index }) => index);
  const expected = codes.map((code) => ({ code, rows: having(code).length, first: having(code).slice(0, 3) }));
  assert.deepEqual(summary.byCode, expected);
  assert.ok(expected.some((one) => one.rows > one.first.length));
  assert.ok(!("after" in summary));
  assert.deepEqual(await dryRunFleet(template, all, OPTIONS).summary, summary);
  const fleet = dryRunFleet(template, all, OPTIONS);
  const before = fleet.summary;
  assert.equal((await whole(fleet)).rows.length, rows.length, "rows come although the summary was asked for first");
  assert.deepEqual(await before, summary);
  assert.throws(() => fleet[Symbol.asyncIterator](), /once/);
  const drained = dryRunFleet(template, all, OPTIONS);
  await drained.summary;
  assert.throws(() => drained[Symbol.asyncIterator](), /once|passed over/);
});

test("without collisions no row is marked", async () => {
  const twice = joined(FLEETS.bundle, FLEETS.bundle);
  const marked = await whole(dryRunFleet(template, twice, OPTIONS));
  const plain = await whole(dryRunFleet(template, twice, { ...OPTIONS, collisions: false }));
  assert.ok(marked.summary.counts.duplicates > 0);
  assert.equal(plain.summary.counts.duplicates, 0);
  assert.deepEqual(
    plain.rows,
    marked.rows.map(({ duplicateOf: _, sameThingAs: __, ...row }) => row),
  );
});

test("in an account each device finds what those before it have left", async () => {
  const account = { things: {}, certificates: {} };
  const pems = makeCertificates(6).map(({ pem }) => pem);
  const all = [...pems, pems[0]].join("");
  const expected = new Template(template).dryRunFleet(all, { ...OPTIONS, account });
  const fleet = dryRunFleet(template, all.split(/(?<=\n)/), { ...OPTIONS, account });
  const rows = [];
  for await (const batch of fleet) {
    rows.push(...batch);
    assert.throws(() => batch.plan(0), /Template\.run/);
  }
  assert.deepEqual(rows, expected.rows);
  const { after, counts } = await fleet.summary;
  assert.deepEqual(after, expected.after);
  assert.equal(counts.registered, expected.counts.registered);
  assert.ok(counts.registered > 0);
});

for (const [name, text] of Object.entries({ "a template with everything": template, "a template of the fast lane": config }))
  test(`${name}: signatures are verified against the CA, piece by piece`, () => verifies(text));

async function verifies(text) {
  const ca = fixture("certificates/ca.pem");
  const all = joined("text\n", bytes("full.pem"), DAMAGED, bytes("bundle.pem"), ...makeCertificates(3).map(({ pem }) => pem));
  const kept = new Template(text);
  const issuers = await verifyIssuers(all, ca, { now: OPTIONS.now });
  const { rows } = kept.dryRunFleet(all, { ...OPTIONS, issuers });
  const unsigned = kept.dryRunFleet(all, OPTIONS).rows;
  assert.notDeepEqual(rows, unsigned, "the CA matters");
  for (const at of [1, 400, 1500, 3000, all.length]) {
    const fleet = dryRunFleet(kept, cut(all, at), { ...OPTIONS, ca });
    const found = [];
    for await (const batch of fleet) {
      for (const [i, row] of [...batch].entries()) {
        const plan = batch.plan(i);
        assert.equal(plan.verdict, row.verdict);
        assert.equal(plan.issuer?.signature, issuers[row.index].signature);
      }
      found.push(...batch);
    }
    assert.deepEqual(found, rows, `cut at ${at}`);
  }
  const list = [Buffer.from(bytes("full.pem")).toString("latin1"), bytes("full.der"), "nothing", FLEETS["base64 alone"], DAMAGED + DAMAGED];
  const listed = await whole(dryRunFleet(kept, [list], { ...OPTIONS, ca }));
  const one = rows.find(({ certificateId }) => certificateId === listed.rows[0].certificateId);
  for (const i of [0, 1, 3]) assert.deepEqual([listed.rows[i].verdict, listed.rows[i].codes], [one.verdict, one.codes], `member ${i}`);
  for (const i of [2, 4]) assert.equal(listed.rows[i].verdict, "fails");
  kept.free();
}

test("a signal cancels, also while the source waits", async () => {
  const reason = new Error("enough");
  const all = makeCertificates(2000).map(({ pem }) => pem);
  const control = new AbortController();
  const fleet = dryRunFleet(template, all, { ...OPTIONS, signal: control.signal, onProgress: () => control.abort(reason) });
  await assert.rejects(whole(fleet), (error) => error === reason);
  await assert.rejects(fleet.summary, (error) => error === reason);
  await assert.rejects(dryRunFleet(template, all, { ...OPTIONS, signal: control.signal }).summary, (error) => error === reason);
  for (const endless of [new Readable({ read() {} }), new ReadableStream({})]) {
    const later = new AbortController();
    const waiting = dryRunFleet(template, endless, { ...OPTIONS, signal: later.signal }).summary;
    setImmediate(() => later.abort(reason));
    await assert.rejects(waiting, (error) => error === reason);
  }
});

test("nothing is read ahead, and a source that is left is closed", async () => {
  let read = 0;
  let closed = false;
  const pem = makeCertificates(1)[0].pem;
  async function* source() {
    try {
      for (;;) {
        read += 1;
        yield pem;
      }
    } finally {
      closed = true;
    }
  }
  const fleet = dryRunFleet(template, source(), OPTIONS);
  assert.equal(read, 0, "nothing before somebody asks");
  for await (const rows of fleet) {
    assert.ok(rows.length > 0);
    assert.ok(read <= 3, `${read} chunks for a batch`);
    break;
  }
  assert.equal(closed, true);
  await assert.rejects(fleet.summary, /before its end/);
});

test("progress counts all rows and bytes", async () => {
  const all = makeCertificates(3000)
    .map(({ pem }) => pem)
    .join("");
  const told = [];
  await dryRunFleet(template, all, { ...OPTIONS, onProgress: (progress) => told.push(progress) }).summary;
  assert.ok(told.length > 3);
  assert.deepEqual(told.at(-1), { rows: 3000, bytes: all.length });
  assert.ok(told.every(({ rows, bytes }, i) => i === 0 || (rows >= told[i - 1].rows && bytes > told[i - 1].bytes)));
});

test("a text whose chunks cut a character in two is the same text", async () => {
  const text = `😀 ${Buffer.from(bytes("full.pem")).toString("latin1")}`;
  const [one] = [...(await whole(dryRunFleet(template, [text], OPTIONS))).rows];
  for (const at of [0, 1, 2]) {
    const places = [];
    for await (const rows of dryRunFleet(
      template,
      (async function* () {
        yield text.slice(0, at);
        yield text.slice(at);
      })(),
      OPTIONS,
    )) {
      assert.deepEqual(rows.at(0), one);
      places.push(rows.place(0).to);
    }
    assert.ok(places[0] > 4);
  }
});

test("misuse throws at once; a source that fails rejects with its error", async () => {
  const wrong = [
    () => dryRunFleet(),
    () => dryRunFleet(template),
    () => dryRunFleet(template, 17),
    () => dryRunFleet(template, {}),
    () => dryRunFleet(template, [], { issuers: [] }),
    () => dryRunFleet(template, [], { nope: 1 }),
    () => dryRunFleet(template, [], { collisions: "no" }),
    () => dryRunFleet(template, [], { signal: {} }),
    () => dryRunFleet(template, [], { onProgress: 1 }),
    () => dryRunFleet(template, [], { flow: "fleet", ca: "" }),
    () => dryRunFleet(new Template(template), [], { flow: "jitp" }),
  ];
  for (const call of wrong) assert.throws(call, TypeError, String(call));
  for (const chunk of [17, null, [17]]) await assert.rejects(dryRunFleet(template, [chunk], OPTIONS).summary, TypeError);
  const failing = (async function* () {
    yield FLEETS.bundle;
    throw new Error("the disk is gone");
  })();
  await assert.rejects(whole(dryRunFleet(template, failing, OPTIONS)), /the disk is gone/);
  const freed = new Template(template);
  const fleet = dryRunFleet(freed, FLEETS.bundle, OPTIONS);
  freed.free();
  await assert.rejects(fleet.summary, /freed/);
  assert.throws(() => dryRunFleet(freed, []), /freed/);
});

test("the memory does not grow with the fleet", async () => {
  const program = `
    import { dryRunFleet } from "jitp";
    import { makeCertificates } from ${JSON.stringify(new URL("../bench/certificates.mjs", import.meta.url).href)};
    const pems = makeCertificates(1000).map(({ pem }) => pem).join("");
    function* fleet() { for (let i = 0; i < 200; i++) yield pems; }
    const { rows } = await dryRunFleet(${JSON.stringify(template)}, fleet(), ${JSON.stringify({ ...OPTIONS })}).summary;
    console.log(JSON.stringify({ rows, most: process.resourceUsage().maxRSS }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { cwd: here(".") });
  const { rows, most } = JSON.parse(stdout);
  assert.equal(rows, 200_000);
  // In kilobytes. One call with all of them needs some 600 MB; Node alone has 60.
  assert.ok(most < 250_000, `${most} kB`);
});
