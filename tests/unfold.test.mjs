// Unfolding and folding back, on all fixtures: the editor may show a text in another way, but it never changes it by that.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bytes } from "./dice.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const corpus = process.env.JITP_CORPUS ?? join(root, "../shared/corpus");

/** The page's own code, as a module of Node. */
async function load() {
  const contents = 'export { unfold } from "./unfold.ts"; export { edited } from "./fold.ts"; export { copied } from "./copied.ts";';
  const made = await build({
    stdin: { contents, resolveDir: join(root, "www/src/editor"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
  });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`);
}

const { unfold, edited, copied } = await load();

/** All templates of a folder that the editor would get as text. */
function textsIn(folder) {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
  return names
    .filter((name) => /\.(json|txt|template)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8").replaceAll(/\r\n?/g, "\n") }));
}

const TEMPLATES = [
  ...textsIn(join(root, "tests/fixtures/templates")),
  ...textsIn(join(root, "www/samples")),
  ...textsIn(join(corpus, "templates")),
  ...textsIn(join(corpus, "field")),
];
const UNFOLDED = TEMPLATES.map((one) => ({ ...one, shown: unfold(one.text) })).filter(({ shown }) => shown);

/** A text without the white space between tokens: all that the eye may get in addition. */
const tight = (text) => text.replaceAll(/("(?:[^"\\]|\\[^])*"?)|\s+/g, "$1");

test("there is something to unfold", () => {
  assert.ok(UNFOLDED.length > 30, `${UNFOLDED.length} of ${TEMPLATES.length}`);
});

test("a text that is unfolded and not edited is the same to the byte", () => {
  for (const { name, text, shown } of UNFOLDED) assert.equal(shown.source, text, name);
});

test("an unfolded text is JSON in which the strings are values", () => {
  const body = '{"Resources":{"p":{"Properties":{"PolicyDocument":"{\\"Statement\\":[{\\"Sid\\":\\"a \\\\\\"b\\\\\\" ü\\"}]}"}}}}';
  for (const indent of [undefined, 2]) {
    const text = JSON.stringify(
      { templateBody: indent ? JSON.stringify(JSON.parse(body), null, indent) : body, roleArn: "x" },
      null,
      indent,
    );
    const shown = unfold(text);
    assert.equal(shown.source, text);
    const { PolicyDocument } = JSON.parse(shown.text).templateBody.Resources.p.Properties;
    assert.equal(PolicyDocument.Statement[0].Sid, 'a "b" ü');
    assert.deepEqual(
      shown.islands.map(({ island }) => island.depth),
      [1, 2],
    );
    assert.match(shown.text, /^ {2}"templateBody": \{\n {4}"Resources"/m);
    assert.match(shown.text, /^ {12}"Statement": \[|^ {10}.*"Statement"/m);
  }
});

test("what is a string for another reason stays one", () => {
  for (const text of [
    '{"PolicyDocument": {"Fn::Sub": "{\\"Version\\": \\"${x}\\"}"}}',
    '{"PolicyDocument": "arn:aws:iot"}',
    '{"Description": "{\\"a\\": 1}"}',
    '{"templateBody": "{\\"a\\": 1}',
    '{"templateBody": "{"a": 1}"}',
    '{"templateBody": "{\\"a\\": \\x}"}',
    "{}",
    "",
  ]) {
    assert.equal(unfold(text), undefined, text);
  }
});

test("every place of the source is shown, in the order of the source, and leads back", () => {
  for (const { name, text, shown } of UNFOLDED) {
    let last = 0;
    for (let offset = 0; offset <= text.length; offset++) {
      const at = shown.shownOf(offset);
      assert.ok(at >= last && at <= shown.text.length, `${name} ${offset}`);
      last = at;
    }
    last = 0;
    for (let at = 0; at <= shown.text.length; at++) {
      const offset = shown.sourceOf(at);
      assert.ok(offset >= last && offset <= text.length, `${name} ${at}`);
      if (!/\s/.test(shown.text[at] ?? " ")) assert.equal(shown.shownOf(offset), at, `${name} ${at}`);
      last = offset;
    }
  }
});

const PIECES = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  " ",
  "\n",
  "\n    ",
  "a",
  "ü",
  '"Sid": "x"',
  "{}",
  "\t",
  "0",
  "/",
  '"a b"',
  "\u2028",
  "😀",
];

/** Random whole numbers below a limit, the same in every run. */
function dice(name) {
  const numbers = bytes(name, 20_000);
  let at = 0;
  return (limit) => {
    at = (at + 2) % numbers.length;
    return numbers.readUInt16LE(at) % limit;
  };
}

/** A text without some levels of escapes, by the parser of JSON. */
function decoded(text, levels) {
  let made = text;
  for (let i = 0; i < levels; i++) {
    // A line end in a string is a fault of the text, not of its escapes.
    const lines = made.replaceAll(/[\0-\x1f]/g, (character) => JSON.stringify(character).slice(1, -1));
    made = JSON.parse(`"${lines}"`);
  }
  return made;
}

/** Checks each island of a text: its string in the source holds what is shown, except white space between tokens. */
function holdsWhatIsShown({ cells }, message) {
  assert.equal(cells.filter(({ kind }) => kind === "open").length, cells.filter(({ kind }) => kind === "close").length, message);
  for (const [i, { kind, island }] of cells.entries()) {
    if (kind !== "open") continue;
    let [inner, end, shown, held] = [0, i + 1, "", ""];
    for (; inner > 0 || cells[end].kind !== "close"; end++) {
      const cell = cells[end];
      if (cell.kind === "open" && inner++ === 0) [shown, held] = [`${shown}{}`, `${held}{}`];
      // White space that is not shown stays in the source, also after a stray quote that makes a string of all that follows.
      if (inner === 0 && cell.shown !== "") [shown, held] = [shown + cell.shown, held + decoded(cell.source, island.depth)];
      if (cell.kind === "close") inner -= 1;
    }
    const own = cells.slice(i + 1, end);
    const whole = own.map(({ source }) => source).join("");
    assert.equal(decoded(whole, island.depth), own.map(({ source }) => decoded(source, island.depth)).join(""), message);
    assert.equal(tight(held.replaceAll(/\r\n?/g, "\n")), tight(shown), message);
  }
}

test("edits of the shown text keep every string to what is shown of it", () => {
  const below = dice("edits");
  for (const { name, shown } of UNFOLDED) {
    let now = shown;
    let { text } = shown;
    for (let i = 0; i < 12; i++) {
      const from = below(text.length + 1);
      const to = below(3) === 0 ? Math.min(text.length, from + below(40)) : from;
      const insert = from < to && below(2) === 0 ? "" : PIECES[below(PIECES.length)];
      const message = `${name}: ${JSON.stringify({ from, to, insert, around: text.slice(Math.max(0, from - 40), to + 40) })}`;
      text = text.slice(0, from) + insert + text.slice(to);
      now = edited(now, [{ from, to, insert }]);
      assert.equal(now.text, text, message);
      holdsWhatIsShown(now, message);
    }
  }
});

/** A config with a policy document, both on one line or with line breaks. */
function config(indent) {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: "arn:aws:iot:*:*:client/ü" }] };
  const body = { Resources: { p: { Type: "AWS::IoT::Policy", Properties: { PolicyDocument: JSON.stringify(document, null, indent) } } } };
  return JSON.stringify({ templateBody: JSON.stringify(body, null, indent), roleArn: "arn:aws:iam::123456789012:role/r" }, null, 2);
}

const replaced = (shown, from, to, insert) => edited(shown, [{ from, to, insert }]);

test("what is edited is escaped at its levels in the style of its string, and the rest keeps its bytes", () => {
  for (const indent of [undefined, 4]) {
    const text = config(indent);
    const shown = unfold(text);
    const at = shown.text.indexOf("iot:Connect");
    const next = replaced(shown, at, at + "iot:Connect".length, 'iot:\\"*');
    assert.equal(next.source, text.replace("iot:Connect", 'iot:\\\\\\\\\\\\\\"*'), "a quote in three strings");
    // A new line.
    const end = shown.text.indexOf(",", shown.text.indexOf('"Allow"')) + 1;
    const indentation = /\n *$/.exec(shown.text.slice(0, shown.text.indexOf('"Effect"')))[0];
    const more = replaced(shown, end, end, `${indentation}"Sid": "a b",`).source;
    const policy = JSON.parse(JSON.parse(JSON.parse(more).templateBody).Resources.p.Properties.PolicyDocument);
    assert.deepEqual(Object.keys(policy.Statement[0]), ["Effect", "Sid", "Action", "Resource"]);
    assert.equal(policy.Statement[0].Sid, "a b");
    assert.equal(JSON.parse(JSON.parse(more).templateBody).Resources.p.Properties.PolicyDocument.includes("\n"), indent !== undefined);
    assert.equal(unfold(more).text.includes('"Sid": "a b"'), true);
  }
});

test("white space that is typed inside a string is a part of it, also before its quotes are complete", () => {
  const shown = unfold(config());
  const at = shown.text.indexOf('"Effect"');
  const unquoted = replaced(shown, at, at, "a  b");
  assert.doesNotMatch(unquoted.source, /a {2}b/);
  const quoted = edited(unquoted, [
    { from: at, to: at, insert: '"' },
    { from: at + 4, to: at + 4, insert: '": 1,' },
  ]);
  assert.match(quoted.source, /a {2}b/);
});

test("a string whose content is removed can be written again, as a string or as another value", () => {
  const shown = unfold(config());
  const [, { from, to }] = shown.islands;
  const empty = replaced(shown, from, to, "");
  assert.equal(JSON.parse(JSON.parse(empty.source).templateBody).Resources.p.Properties.PolicyDocument, "");
  const again = replaced(empty, from, from, "{}");
  assert.equal(JSON.parse(JSON.parse(again.source).templateBody).Resources.p.Properties.PolicyDocument, "{}");
  const other = replaced(empty, from, from, "[");
  assert.equal(other.islands.length, 1);
  assert.match(other.source, /\\"PolicyDocument\\":\[/);
  // Without its bracket it is unfinished, so a bracket that is typed there belongs to it.
  assert.equal(replaced(replaced(shown, from, from + 1, ""), from, from, "{").source, shown.source);
  assert.equal(replaced(replaced(shown, to - 1, to, ""), to - 1, to - 1, "}").source, shown.source);
  assert.match(replaced(shown, to, to, ",").source, /\}\\",/, "after the last bracket one is outside");
});

test("a string of which one end is removed is not a string any more", () => {
  const shown = unfold(config());
  const [{ from }] = shown.islands;
  const next = replaced(shown, from - 3, from + 5, "");
  assert.equal(next.islands.length, 1, "the policy document is one still");
  assert.match(next.source, /"PolicyDocument": ?"\{\\"Version/);
});

test("a copy of a whole string is what AWS accepts, and a copy from inside it is what is shown", () => {
  const text = config();
  const shown = unfold(text);
  const [body, policy] = shown.islands;
  assert.equal(copied(shown, { from: 0, to: shown.text.length }), text);
  assert.equal(copied(shown, policy), shown.text.slice(policy.from, policy.to));
  assert.deepEqual(
    JSON.parse(copied(shown, body)),
    JSON.parse(JSON.parse(text).templateBody),
    "the policy document in the body is a string",
  );
  const member = { from: shown.text.lastIndexOf('"', body.from - 4), to: body.to };
  assert.ok(text.includes(copied(shown, { ...member, from: shown.text.indexOf('"templateBody"') })));
});

test("a text of ten thousand characters is mapped at once after a key", () => {
  const statement = { Effect: "Allow", Action: ["iot:Publish", "iot:Receive"], Resource: "arn:aws:iot:eu-west-1:123456789012:topic/a/b/c" };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: Array.from({ length: 90 }, () => statement) });
  const body = JSON.stringify({ Resources: { p: { Type: "AWS::IoT::Policy", Properties: { PolicyDocument: document } } } });
  assert.ok(body.length > 9_000);
  let now = unfold(JSON.stringify({ templateBody: body }));
  const at = now.text.indexOf("iot:Publish", 4_000);
  const times = [];
  for (let i = 0; i < 200; i++) {
    const start = performance.now();
    now = replaced(now, at, at, "x");
    now.shownOf(9_000);
    times.push(performance.now() - start);
  }
  // The middle one, so that a busy machine does not decide. It is well below a millisecond on a free one.
  const [middle] = times.toSorted((a, b) => a - b).slice(100);
  assert.ok(middle < 5, `${middle} ms`);
});
