// Finds templates and outputs in texts as people have them. The page's own code does it; the package judges what is found.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { unstringify } from "jitp";
import { find, given, sort } from "./intake.mjs";

const TITLE = "AWS::IoT::Certificate::CommonName";
/** The template of all fixtures, with what differs in its policy. */
const body = (policy) => ({
  Parameters: { [TITLE]: { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } },
  Resources: {
    thing: { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: TITLE } } },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
    policy: { Type: "AWS::IoT::Policy", Properties: policy },
  },
});
const NAMED = body({ PolicyName: "pumps" });
const bodyOf = (text) => JSON.parse(unstringify(text).text);

/** For each fixture how its template is written into it, the template, and what only the program knows. */
const TEXTS = {
  "ticket.md": ["fence", NAMED],
  "mail.eml": ["json", NAMED],
  "register.sh": ["command", body({ PolicyName: "$NAME" })],
  "double.sh": ["command", NAMED],
  "heredoc.sh": ["heredoc", body({ PolicyDocument: '{"Version": "2012-10-17", "Statement": []}' })],
  "main.tf": ["code", body({ PolicyName: "${aws_iot_policy.pumps.name}" }), ["aws_iot_policy.pumps.name"]],
  "stack.yaml": ["yaml", NAMED],
  "create.py": ["code", NAMED],
  "stack.ts": ["code", body({ PolicyName: "${policy.ref}" }), ["policy.ref"]],
  "page.js": ["string", body({ PolicyName: "${policyName}" })],
  "stack.json": ["stack", body({ PolicyName: "${Policy}" }), ["Policy"]],
};

for (const [name, [how, expected, references = []]] of Object.entries(TEXTS)) {
  test(`the template in ${name} is found, without the spelling around it`, async () => {
    const { template } = await sort(given(name));
    assert.ok(template, "a template is found");
    assert.deepEqual(bodyOf(template.text), expected);
    assert.deepEqual([template.how, template.references, template.others], [how, references, 0]);
  });
}

test("every fixture has a test", () => {
  const names = readdirSync(new URL("fixtures/intake/", import.meta.url));
  assert.deepEqual(names.toSorted(), [...Object.keys(TEXTS), "broken.md"].toSorted());
});

test("a template that is not closed is found all the same, and left as it is", async () => {
  const text = given("broken.md");
  const { template } = await sort(text);
  assert.equal(template.text, text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
});

test("a ticket gives its template, certificate and outputs, and the number of the other lines", async () => {
  const pem = readFileSync(new URL("fixtures/certificates/full.pem", import.meta.url), "utf8");
  const { template, outputs, rest, unused, keys } = await sort(given("ticket.md").replace("@CERTIFICATE@", pem));
  assert.ok(template);
  assert.equal(outputs.length, 2);
  assert.equal(JSON.parse(outputs[0]).thingName, "pump-7");
  const { action, request, response } = JSON.parse(outputs[1]);
  assert.deepEqual([action, request], ["ListThingGroupsForThing", { thingName: "pump-7", region: "eu-west-1" }]);
  assert.equal(response.thingGroups[0].groupName, "pumps");
  assert.equal(rest.split("-----BEGIN CERTIFICATE-----").length, 2);
  assert.equal(unused, 9);
  assert.equal(keys, 0);
});

/** Texts with nothing in them, however much they look like it. */
const NOTHING = {
  "a piece of a template": '"thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "a"}}',
  "prose about braces": "Use {Resources} and {Parameters: as you like}. It's {not} a template.",
  "a package.json": JSON.stringify({ name: "jitp", version: "1.0.0", scripts: { test: "node" }, config: { templates: "a" } }),
  "a tsconfig.json": JSON.stringify({ compilerOptions: { target: "es2022" }, include: ["Resources"] }),
  "a policy": JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:*", Resource: "*" }] }),
  "a pod": JSON.stringify({ apiVersion: "v1", kind: "Pod", spec: { template: { resources: {} } } }),
  "a bucket's stack": JSON.stringify({ Resources: { a: { Type: "AWS::S3::Bucket" } } }),
  "a stack in comments": given("main.tf").replace(/^/gm, "# "),
  nothing: "",
};

for (const [name, text] of Object.entries(NOTHING)) {
  test(`nothing is found in ${name}`, async () => {
    const { template, outputs } = await sort(text);
    assert.deepEqual([template?.text, outputs], [undefined, []]);
    // A sentence around it changes nothing.
    const around = await sort(`Hello,\n${text}\nbye`);
    assert.deepEqual([around.template?.text, around.outputs], [undefined, []]);
  });
}

test("an output with a template is the template if it is alone, and tells of the account next to another one", async () => {
  const output = JSON.stringify({
    templateName: "old",
    templateArn: "arn:aws:iot:eu-west-1:123456789012:provisioningtemplate/old",
    templateBody: JSON.stringify(NAMED),
  });
  const alone = await sort(`It says\n${output}\n`);
  assert.equal(alone.template.text, output);
  const both = await sort(`It says\n${output}\nand I wanted\n${JSON.stringify(body({ PolicyName: "other" }))}`);
  assert.deepEqual(bodyOf(both.template.text), body({ PolicyName: "other" }));
  assert.deepEqual(both.outputs, [output]);
  assert.equal(both.template.others, 0);
});

test("of two templates the first counts, and the other is counted", async () => {
  const { template } = await sort(`old:\n${JSON.stringify(NAMED)}\nnew:\n${JSON.stringify(body({ PolicyName: "b" }))}\n`);
  assert.deepEqual(bodyOf(template.text), NAMED);
  assert.equal(template.others, 1);
});

test("what was found has its place in the text", () => {
  for (const name of Object.keys(TEXTS)) {
    const { text, pieces } = find(given(name));
    for (const { from, to } of pieces)
      assert.ok(from >= 0 && from < to && to <= text.length, `${name}: ${from} to ${to} of ${text.length}`);
  }
});

/** Texts that a careless search would go through again and again. */
const ENDLESS = [
  "{",
  "'{",
  '"{"',
  '"""{',
  "<<EOF\n",
  "a: |\n {\n",
  "```\n{",
  '{"Resources":',
  "jsonencode({",
  "--a '{Resources",
  " \n{",
  "/* {",
  "A: b\n",
  "> ",
  '{"things":1}\n',
];

test("twice the text needs about twice the time", () => {
  const time = (shape, length) => {
    const text = shape.repeat(length / shape.length);
    const times = [1, 2, 3].map(() => {
      const { user, system } = process.cpuUsage();
      find(text);
      const after = process.cpuUsage();
      return after.user + after.system - user - system;
    });
    return Math.min(...times);
  };
  for (const shape of ENDLESS) {
    const rounds = [];
    // A square would need sixteen times as long, each time. Below 50 ms the measure is noise, and so is one bad round on a busy machine.
    const isLinear = () => {
      const [once, fourTimes] = [time(shape, 100_000), time(shape, 400_000)];
      rounds.push(`${once} µs, ${fourTimes} µs`);
      return fourTimes < Math.max(9 * once, 50_000);
    };
    assert.ok(isLinear() || isLinear() || isLinear(), `${JSON.stringify(shape)}: ${rounds.join("; ")}`);
  }
});

const CORPUS = process.env.JITP_CORPUS ?? new URL("../../shared/corpus", import.meta.url).pathname;
const IAC = `${CORPUS}/iac`;

test("the bodies in the sources of the corpus are found", { skip: !existsSync(IAC) && "there is no corpus" }, async () => {
  const names = readdirSync(IAC);
  const bodies = names.filter((name) => name.endsWith(".body.json"));
  assert.ok(bodies.length > 10);
  // The holes in the texts have other names there.
  const plain = (text) => JSON.stringify(sorted(bodyOf(text))).replace(/\$\{!?([^}]*)\}|<<([^>]*)>>/g, "<$1$2>");
  for (const source of names.filter((name) => !/\.body\.json$|\.tsv$/.test(name))) {
    const expected = bodies
      .filter((name) => name.startsWith(`${source.split(".")[0]}.`))
      .map((name) => plain(readFileSync(`${IAC}/${name}`, "utf8")));
    const { template } = await sort(readFileSync(`${IAC}/${source}`, "utf8"));
    if (expected.length > 0) assert.ok(template && expected.includes(plain(template.text)), `${source}: ${template?.text}`);
  }
});

/** The same value with its keys in order, which Terraform sorts. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])]),
  );
}
