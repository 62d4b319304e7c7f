// Nothing in a file, in a file's name or in a certificate steers a terminal, forges another name, or is a command to a
// build server, in whichever format it is printed.
import assert from "node:assert/strict";
import test from "node:test";
import { isolatedText, visibleText } from "jitp";
import { inSession, Session } from "./session.mjs";

/** Characters that no output may hold: controls except the line end, marks of direction, characters without width, separators. */
const RAW =
  /[\ufe0f\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]|\u{e0041}/u;
/** The beginning of a command in a log to GitHub, Azure Pipelines or TeamCity. */
const COMMAND = /^\s*::(?!(?:error|warning|notice) file=[^:]*,title=JITP)|##\w*\[/m;

const HOSTILE = [
  "\u202elive\u202c",
  "\u2066x\u2069",
  "a\u200bb",
  "\u0085::error::x",
  "\u009b31m",
  "\u2028::add-mask::x",
  "##[stop-commands]x",
  "##vso[task.complete]x",
  "##teamcity[x]",
  "[click](https://example.com)",
  "::error file=x::y",
  "\u00a0",
  "\u3164",
  "\u{e0041}",
  "\ufe0f",
  "\u001b]0;x\u0007",
];

/** The certificate of the fixtures with another common name, as long in UTF-8; its signature does not fit any more. */
function certificateFor(name) {
  const body = new Session({ "full.pem": "certificates/full.pem" });
  const der = Buffer.from(body.read("full.pem").replace(/-----[A-Z ]+-----/g, ""), "base64");
  body.end();
  const common = Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]);
  // The subject's name is after the issuer's.
  const at = der.lastIndexOf(common) + common.length;
  const length = der[at + 1];
  const text = Buffer.alloc(length, "x");
  const bytes = Buffer.from(name);
  bytes.copy(text, 0, 0, whole(bytes, length));
  der[at] = 0x0c;
  text.copy(der, at + 2);
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
}

/** As many characters as fit into the bytes. */
function whole(bytes, room) {
  let end = Math.min(bytes.length, room);
  while (end < bytes.length && (bytes[end] & 0xc0) === 0x80) end -= 1;
  return end;
}

const template = (text) =>
  JSON.stringify({
    Parameters: {
      "AWS::IoT::Certificate::CommonName": { Type: "String" },
      "AWS::IoT::Certificate::Id": { Type: "String" },
      [text]: { Type: "String" },
    },
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" }, [text]: text, ThingGroups: [text] },
      },
      certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } },
      policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: text } },
      [text]: { Type: text },
    },
  });

test("no format prints a character that cannot be seen, nor a command to a build server", async () => {
  const unseen = HOSTILE.filter((text) => RAW.test(text)).join("");
  const texts = ["::error file=x::y", ` ::add-mask::${unseen}`, HOSTILE.filter((text) => /^##|^\[/.test(text)).join("")];
  for (const [i, text] of texts.entries()) {
    await inSession({}, async (session) => {
      const file = `${text.replaceAll("/", "_")}.json`;
      session.write(file, template(text));
      // Pretty, so that the text begins lines.
      session.write("broken.json", `{\n"a": [\n${text}\n${text}`);
      session.write("plain.json", template("plain"));
      session.write("device.pem", certificateFor(text));
      session.write(`${file}.pem`, certificateFor(text));
      session.write("odd.pem", `-----BEGIN ${text}-----\nMAA=\n-----END ${text}-----\n`);
      const commands = [
        ...["text", "json", "sarif", "github"].map((format) => ["validate", file, "broken.json", `${text}.absent`, "--format", format]),
        ...["text", "json", "markdown"].flatMap((format) => [
          ["plan", file, "device.pem", "--format", format],
          ["plan", file, "device.pem", "odd.pem", `${file}.pem`, "--format", format],
        ]),
        ...["text", "json", "markdown"].flatMap((format) => [
          ["diff", file, "plain.json", "device.pem", `${file}.pem`, "--details", "all", "--format", format],
          ["diff", "plain.json", file, "--subject", `/CN=${text}`, "--format", format],
          ["diff", file, "--cert", "device.pem", "--subject", `CN=${text}x`, "--format", format],
        ]),
        ["diff", `HEAD:${text}`, file, "device.pem"],
        ["cert", `${file}.pem`],
        ["cert", `${file}.pem`, "device.pem", "odd.pem"],
        ["cert", `${file}.pem`, "--format", "json"],
        ["fix", file, "broken.json", "--dry-run"],
        ["fmt", "--check", file],
        ["fmt", "--diff", file],
        ["fmt", "--check", "broken.json"],
        ["explain", text],
        [text],
        ["validate", file, `--${text}`],
      ];
      for (const words of commands) {
        for (const env of i === 0 && !words.includes("json") ? [{}, { FORCE_COLOR: "1" }] : [{}]) {
          const { stdout, stderr } = await session.run(words, { env });
          for (const stream of [stdout, stderr]) {
            const uncoloured = stream.replace(/\u001b\[\d+m/g, "");
            const where = `${JSON.stringify(text)} in ${JSON.stringify(words)}: `;
            assert.equal(RAW.exec(uncoloured)?.[0], undefined, where + JSON.stringify(RAW.exec(uncoloured)));
            assert.equal(COMMAND.exec(uncoloured)?.[0], undefined, where + uncoloured);
          }
        }
      }
    });
  }
});

/** What is outside the values that are isolated. */
const outside = (text) => text.replace(/\u2068[^\u2068\u2069\n]*\u2069/g, "");
const LEFTWARDS = /[\u0590-\u08ff]/;

test("a name that is written from right to left does not move what is next to it; exact data has no marks", () =>
  inSession({}, async (session) => {
    const name = "שלום 12";
    session.write("a.json", template(name));
    session.write("plain.json", template("plain"));
    session.write("device.pem", certificateFor(name));
    const commands = [
      ["validate", "a.json"],
      ["plan", "a.json", "device.pem"],
      ["plan", "a.json", "device.pem", "--why", "thing.name"],
      ["diff", "a.json", "plain.json", "device.pem", "--details", "all"],
      ["can", "a.json", "device.pem", "connect"],
      ["cert", "device.pem"],
      ["explain", name],
    ];
    for (const words of commands) {
      for (const env of [{}, { FORCE_COLOR: "1" }]) {
        const { stdout, stderr } = await session.run(words, { env });
        assert.match(stdout + stderr, /\u2068[^\u2069]*[\u0590-\u08ff]/, words.join(" "));
        for (const stream of [stdout, stderr]) assert.doesNotMatch(outside(stream), /[\u0590-\u08ff\u2068\u2069]/, words.join(" "));
      }
    }
    for (const words of [
      ["plan", "a.json", "device.pem", "--format", "json"],
      ["export", "a.json", "device.pem", "--to", "cli"],
      ["cert", "device.pem", "--format", "json"],
    ]) {
      const { stdout } = await session.run(words);
      assert.match(stdout, LEFTWARDS, words.join(" "));
      assert.doesNotMatch(stdout, /[\u2066-\u2069]/, words.join(" "));
    }
  }));

test("isolatedText isolates values, line by line, and nothing else", () => {
  for (const text of ["", "lamp-7", "温度計 12", "a\nb"]) assert.equal(isolatedText(text), text);
  assert.equal(isolatedText("Thing אב 12 גד, step 2"), "Thing \u2068אב 12 גד\u2069, step 2");
  assert.equal(isolatedText('The name "7-אב (x)" is used.'), 'The name "\u20687-אב (x)\u2069" is used.');
  // Nobody waits for a name that is mostly signs.
  assert.equal(isolatedText(`${")".repeat(300_000)}א.`), `\u2068${")".repeat(300_000)}א\u2069.`);
  assert.equal(isolatedText("(אב)\n12 אב"), "(\u2068אב\u2069)\n12 \u2068אב\u2069");
});

test("JSON is still exact data", () =>
  inSession({}, async (session) => {
    for (const text of HOSTILE) {
      session.write(`${text.replaceAll("/", "_")}.json`, "{}");
      const { stdout } = await session.run(["validate", `${text.replaceAll("/", "_")}.json`, "--format", "json"]);
      assert.equal(JSON.parse(stdout).files[0].file, `${text.replaceAll("/", "_")}.json`);
      session.write("device.pem", certificateFor(text));
      const { certificates } = JSON.parse((await session.run(["cert", "device.pem", "--format", "json"])).stdout);
      const [name] = certificates[0].subject.filter(({ oid }) => oid === "2.5.4.3").map(({ value }) => value);
      assert.ok(name.startsWith(text.slice(0, 4)), JSON.stringify(name));
    }
  }));

test("SARIF messages hold no link, and their places stay", () =>
  inSession({}, async (session) => {
    session.write("a.json", template("[click](https://example.com)"));
    const [run] = JSON.parse((await session.run(["validate", "a.json", "--format", "sarif"])).stdout).runs;
    const { files } = JSON.parse((await session.run(["validate", "a.json", "--format", "json"])).stdout);
    assert.equal(run.results.length, files[0].diagnostics.length);
    assert.ok(run.results.some(({ message }) => message.text.includes("[click<U+005D>(https")));
    for (const { message, fixes = [], relatedLocations = [] } of run.results) {
      for (const { text } of [message, ...fixes.map(({ description }) => description), ...relatedLocations.map((place) => place.message)]) {
        assert.doesNotMatch(text, /\]\(/);
      }
    }
  }));

test("a diff keeps all other lines to the letter", () =>
  inSession({ "type.json": "templates/JITP031-parameter-type.json" }, async (session) => {
    const crlf = session.read("type.json").replaceAll("\n", "\r\n").replaceAll("  ", "\t");
    session.write("crlf.json", crlf);
    const { stdout } = await session.run(["fix", "crlf.json", "--dry-run"]);
    const rows = stdout.split("\n").filter((line) => /^[ -][^-]/.test(line));
    assert.ok(rows.length > 4 && rows.every((line) => crlf.includes(`${line.slice(1)}\n`)), stdout);
  }));

test("visibleText spells out characters that cannot be seen, and nothing else", () => {
  for (const text of ["", "lamp-7", "Gerät", "温度計　一", "😀", "a\\b", "<b>", "AWS::IoT::Certificate::Id", "مصباح", "नमस्ते"])
    assert.equal(visibleText(text), text);
  assert.equal(visibleText("a\u202eb\u0000\n\t\r\ud800😀\u{e0041}"), "a<U+202E>b<U+0000><U+000A><U+0009><U+000D><U+D800>😀<U+E0041>");
  assert.equal(visibleText("a\r\nb\tc\rd\ne", { lines: true }), "a\r\nb\tc<U+000D>d\ne");
  for (const text of HOSTILE) assert.doesNotMatch(visibleText(text), RAW);
});
