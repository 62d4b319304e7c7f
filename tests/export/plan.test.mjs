// A plan as text, Markdown, picture or table: a renderer of Markdown and parsers of CSV and SVG read the same strings, whatever they are.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { marked } from "marked";
import * as jitp from "jitp";
import { root } from "../packed.mjs";
import { bodyWith, fixture, nasty, runs, sample } from "./texts.mjs";

/** A plan of a forged certificate, with a given string in every place that can have one. */
function planWith(text) {
  const plan = jitp.dryRun(JSON.stringify(bodyWith(text)), sample("water-meter.pem"), { region: "eu-west-1" });
  plan.certificate.subject.find(({ oid }) => oid === "2.5.4.3").value = text;
  for (const parameter of plan.parameters) if (parameter.value !== undefined) parameter.value = text;
  return {
    ...plan,
    issuer: { signature: "verified", reason: text, ca: text },
    thing: { ...plan.thing, name: text, typeName: text, groups: [text, text], billingGroup: text },
    summary: `The thing ${text}`,
  };
}

test("a plan in text reads like Terraform's, and nothing in it moves a terminal", () => {
  const fails = jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"));
  const text = jitp.planText(fails);
  assert.match(text, /^Fails at step 2: /);
  assert.match(text, /\n {2}\+ 1\. Register the certificate\n/);
  assert.match(text, /\n {2}✗ 2\. Create the thing\n[^\n]*\n {6}✗ JITP100: /);
  assert.match(text, /\n {2}= thing group cold-chain\n/);
  assert.match(text, /\n {2}✗ Country has no value\n/);
  assert.match(text, /\nPlan: stops at step 2; 1 done, 4 never reached\.\n$/);
  const provisions = jitp.planText(jitp.dryRun(sample("provisions.json"), sample("water-meter.pem")));
  assert.match(provisions, /\n {2}~ 6\. Set the certificate's status\n/);
  assert.match(provisions, /\nPlan: 5 to create, 1 to change, 2 to exist already\.\n$/);
  const rejected = jitp.planText(jitp.dryRun(sample("empty-policy.json"), sample("gateway.pem")));
  assert.match(rejected, /\nPlan: nothing happens\. AWS has been seen to refuse this template when it is attached\.\n$/);
  fc.assert(
    fc.property(nasty, (text) => {
      for (const { text: line, reason = "" } of jitp.planLines(planWith(text)))
        assert.doesNotMatch(
          line + reason,
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\u3164]|\u{e0041}/u,
        );
    }),
    runs,
  );
});

test("a plan in Markdown keeps its shape whatever is in it", () => {
  const shape = (html) =>
    html
      .match(/<\/?[a-z][^>]*>|<!--.*?-->/g)
      .filter((tag) => tag !== "<!-- -->")
      .map((tag) => tag.replace(/ .*/, ">"));
  const allowed = /^<\/?(h2|h3|p|ul|li|table|thead|tbody|tr|th|td|code|pre|strong)>$/;
  fc.assert(
    fc.property(nasty, (text) => {
      const tags = shape(marked.parse(jitp.planMarkdown(planWith(text)), { gfm: true }));
      assert.deepEqual(
        tags.filter((tag) => !allowed.test(tag)),
        [],
      );
      const { parameters, access } = planWith(text);
      const rights = access === undefined || access.may.length === 0 ? 0 : 1 + access.may.length;
      assert.equal(tags.filter((tag) => tag === "<tr>").length, 1 + parameters.length + 7 + rights);
    }),
    { ...runs, numRuns: 150 },
  );
  const html = marked.parse(jitp.planMarkdown(jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"))));
  assert.match(html, /<h2>Fails at step 2<\/h2>/);
  assert.match(html, /<td><code>Country<\/code><\/td>\s*<td><strong>no value<\/strong><\/td>/);
});

/** Reads CSV as RFC 4180 says. */
function csv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

test("a fleet as CSV holds no formula, and as NDJSON has one object in each line", () => {
  const template = new jitp.Template(sample("no-country.json"));
  const { rows } = template.dryRunFleet(sample("cold-chain-sensor.pem") + sample("water-meter.pem"));
  template.free();
  const [head, first, second] = csv(jitp.fleetCsv(rows));
  assert.deepEqual(head, [
    "entry",
    "file",
    "certificate",
    "certificateId",
    "verdict",
    "thingName",
    "stoppedAt",
    "codes",
    "cause",
    "basis",
    "duplicateOf",
    "sameThingAs",
    "connects",
    "over",
    "access",
  ]);
  assert.deepEqual([first[0], first[4], first[5], first[6], first[7]], ["1", "fails", "sensor-0071", "2", "JITP100"]);
  assert.deepEqual([second[0], second[4], second[6]], ["2", "provisions", ""]);
  assert.deepEqual(
    jitp
      .fleetNdjson(rows)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
    rows,
  );
  assert.deepEqual(
    csv(jitp.fleetCsv([{ ...rows[0], thingName: "=HYPERLINK(1)", file: " +1", certificate: "\t@x", cause: 'plain, "quoted"' }]))[1].slice(
      1,
      9,
    ),
    ["' +1", "<U+0009>@x", rows[0].certificateId, "fails", "'=HYPERLINK(1)", "2", "JITP100", 'plain, "quoted"'],
  );
  fc.assert(
    fc.property(nasty, (text) => {
      const [, row, ...more] = csv(
        jitp.fleetCsv([{ ...rows[0], thingName: text, file: text, certificate: text, cause: text, access: text }]),
      );
      assert.deepEqual([row.length, more], [head.length, []]);
      for (const cell of row) assert.doesNotMatch(cell, /(^|;)\s*[=+\-@]|[\r\n\t]/);
      const [line, ...rest] = jitp.fleetNdjson([{ ...rows[0], cause: text }]).split("\n");
      assert.deepEqual([JSON.parse(line).cause, rest], [text, [""]]);
    }),
    runs,
  );
});

test("the picture is well-formed whatever is in it, and says the same in words", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const svg = jitp.planSvg(planWith(text));
      const open = [];
      const rest = svg.replace(
        /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<>&]*(?:&#\d+;[^"<>&]*)*")*)(\/?)>/g,
        (_, closes, tag, _attributes, empty) => {
          assert.ok(["svg", "title", "desc", "rect", "path", "circle", "g", "text"].includes(tag), tag);
          if (closes) assert.equal(open.pop(), tag);
          else if (!empty) open.push(tag);
          return "";
        },
      );
      assert.deepEqual(open, []);
      assert.doesNotMatch(rest, /[<>]|&(?!#\d+;)/);
      assert.doesNotMatch(rest, /[\u0000-\u0009\u000b-\u001f]/);
    }),
    runs,
  );
  const fails = jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"));
  assert.deepEqual(jitp.pictureSentences(fails), [
    "The certificate sensor-0071 is registered (step 1).",
    "The thing sensor-0071 cannot be created (step 2).",
    "The thing would be put into the thing group cold-chain.",
    "The policy ColdChainSensor must exist (step 3); it is never attached to the certificate (step 4).",
    "The certificate sensor-0071 is never attached to the thing (step 5).",
    "The certificate sensor-0071 stays PENDING_ACTIVATION: step 6 is not reached.",
    "The plan stops at step 2: Create the thing.",
  ]);
  // The numbers of the steps are in their order, in any width.
  for (const width of [undefined, 320, 360, 480, 760]) {
    const numbers = [...JSON.stringify(jitp.planPicture(fails, { width })).matchAll(/"data-step":"(\d)"/g)];
    assert.equal(numbers.map(([, number]) => number).join(""), "123456", `${width}`);
    assert.equal(jitp.planPicture(fails, { width }).attributes.viewBox.split(" ")[2], String(width ?? 720));
  }
  const picture = jitp.planPicture(fails, { standalone: false, idPrefix: "here" });
  assert.equal(picture.attributes["aria-labelledby"], "here-title");
  assert.match(JSON.stringify(picture), /var\(--picture-bad, #b42318\)/);
  assert.doesNotMatch(jitp.planSvg(fails), /var\(/);
  // A given CA is above, and says whether it signed the certificate.
  const issuer = { signature: "not-verified", reason: "The signature was not made with the CA's key.", ca: "CN=Other CA" };
  const [top] = JSON.stringify(jitp.planPicture({ ...fails, issuer })).matchAll(/"data-part":"(\w+)"/g);
  assert.equal(top[1], "ca");
  assert.equal(jitp.pictureSentences({ ...fails, issuer })[1], "The CA CN=Other CA did not sign it.");
  assert.match(jitp.planText({ ...fails, issuer }), /\n {2}✗ The CA CN=Other CA did not sign it\.\n {6}The signature was not made/);
  assert.match(jitp.planMarkdown({ ...fails, issuer }), /\n- The CA CN=Other CA did not sign it\. The signature/);
  // Every resource of every template of the fixtures can be drawn.
  for (const name of readdirSync(join(root, "tests/fixtures/templates"))) {
    const plan = jitp.dryRun(fixture(`templates/${name}`), fixture("certificates/full.pem"));
    assert.match(jitp.planSvg(plan), /^<svg [^]*<\/svg>\n$/);
    assert.ok(jitp.planText(plan).length > 100 && jitp.planMarkdown(plan).startsWith("## "));
  }
});
