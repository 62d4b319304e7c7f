// Texts that are not UTF-8: one finding, which names the byte, and nothing is written, in the package and on the command line.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as jitp from "jitp";
import { inSession } from "./session.mjs";

const body = (site) =>
  `{"Parameters": {"AWS::IoT::Certificate::Id": {"Type": "String"}}, "Resources": {"thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::Id"}, "AttributePayload": {"site": "${site}"}}}, "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}}}`;
const at = body("@").indexOf("@") + 1;
const within = (bytes) => Buffer.concat([Buffer.from(body("@").slice(0, at - 1)), Buffer.from(bytes), Buffer.from(body("@").slice(at))]);
const utf16 = (text) => Buffer.from(text, "utf16le");
const utf32 = (text) => Buffer.concat([...text].map((one) => Buffer.from(Uint32Array.of(one.codePointAt(0)).buffer)));

/** Each text with the number of the byte that is named, and the words about it. */
const TEXTS = {
  "Latin-1": [within([0x5a, 0xfc]), at + 1, "0xFC"],
  "Windows-1252": [within([0x93, 0x41, 0x94]), at, "0x93"],
  "Shift-JIS": [within([0x83, 0x5c]), at, "0x83"],
  "CESU-8": [within([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), at, "0xED"],
  "UTF-16 with a mark": [utf16(`\ufeff${body("a")}`), 1, "0xFF"],
  "UTF-16, big-endian": [utf16(`\ufeff${body("a")}`).swap16(), 1, "0xFE"],
  "UTF-16 without a mark": [utf16(body("\u0141")), 2, "0x00"],
  "UTF-32": [utf32(`\ufeff${body("a")}`), 1, "0xFF"],
  "UTF-32 without a mark": [utf32(body("a")), 2, "0x00"],
  "what another program has read": [Buffer.from(body("Z\ufffd")), at + 1, "U+FFFD"],
};

const assertFound = (diagnostics, number, says, name) => {
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ["JITP008"],
    name,
  );
  const [{ message }] = diagnostics;
  assert.ok(message.includes(`its byte ${number}`) && message.includes(says), `${name}: ${message}`);
};

test("the package names the byte", async () => {
  for (const [name, [bytes, number, says]] of Object.entries(TEXTS)) {
    assertFound(jitp.validate(bytes).diagnostics, number, says, name);
    assertFound(new jitp.Template(new Uint8Array(bytes).buffer).report.diagnostics, number, says, name);
    for (const { text, diagnostics } of [jitp.stringify(bytes), jitp.unstringify(bytes)]) {
      assert.equal(text, "", name);
      assertFound(diagnostics, number, says, name);
    }
    assert.notEqual(jitp.dryRun(bytes, "").verdict, "provisions", name);
    assert.equal((await jitp.sampleCertificates(bytes)).plan.verdict === "provisions", false, name);
  }
  // Half a surrogate pair in a string of JavaScript is not a character, either.
  assertFound(jitp.validate(body("\ud800")).diagnostics, at, "U+FFFD", "half a pair");
});

test("the answer stays the same after the caller has written over the bytes", () => {
  const bytes = Buffer.from(body("a"));
  const template = new jitp.Template(bytes);
  bytes.fill(0);
  assert.deepEqual(template.report, jitp.validate(body("a")));
});

test("the command line names the byte and writes nothing", () =>
  inSession({}, async (session) => {
    for (const [name, [bytes, number, says]] of Object.entries(TEXTS)) {
      session.write("a.json", bytes);
      const { stdout, code } = await session.run(["validate", "a.json", "--format", "json"]);
      assert.equal(code, 1, name);
      assertFound(JSON.parse(stdout).files[0].diagnostics, number, says, name);
      for (const command of ["stringify", "unstringify"]) {
        const given = await session.run([command, "a.json"]);
        assert.deepEqual([given.stdout, given.code], ["", 1], name);
        assert.match(given.stderr, /JITP008/, name);
      }
    }
  }));
