// The slips that the JSON Schema of the package catches by itself, and the snippets that an editor offers with it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { validate } from "jitp";
import { accepts, ajv, errorsOf, schema } from "./schema.mjs";
import { root } from "../packed.mjs";

const read = (name) => JSON.parse(readFileSync(join(root, "tests/fixtures/templates", name), "utf8"));
const body = () => read("ok-everything.json");
const ofType = (template, type) => Object.values(template.Resources).find(({ Type }) => Type === type);
const thing = (template) => ofType(template, "AWS::IoT::Thing");
const certificate = (template) => ofType(template, "AWS::IoT::Certificate");
const policy = (template) => ofType(template, "AWS::IoT::Policy");
const config = () => read("ok-config.json");
const create = () => read("ok-create-input.json");

/** Slips that the schema must catch by itself: the error, the template, and the change that causes it. */
const SLIPS = [
  ["no Resources", body, (t) => delete t.Resources],
  [
    "no certificate",
    body,
    (t) => {
      for (const [key, { Type }] of Object.entries(t.Resources)) if (Type === "AWS::IoT::Certificate") delete t.Resources[key];
    },
  ],
  ["a resource without Type", body, (t) => delete thing(t).Type],
  ["a resource without Properties", body, (t) => delete policy(t).Properties],
  ["a type of another service", body, (t) => (thing(t).Type = "AWS::S3::Bucket")],
  ["a type in another case", body, (t) => (policy(t).Type = "AWS::IoT::policy")],
  ["a parameter of another Type", body, (t) => (t.Parameters["AWS::IoT::Certificate::CommonName"].Type = "Number")],
  ["a parameter without Type", body, (t) => delete t.Parameters["AWS::IoT::Certificate::CommonName"].Type],
  ["a parameter that nothing fills", body, (t) => (t.Parameters.Location = { Type: "String" })],
  ["a Default that is a number", body, (t) => (t.Parameters.Location = { Type: "String", Default: 7 })],
  ["no ThingName", body, (t) => delete thing(t).Properties.ThingName],
  ["a ThingName that is a number", body, (t) => (thing(t).Properties.ThingName = 7)],
  ["a ThingName that is null", body, (t) => (thing(t).Properties.ThingName = null)],
  ["an empty ThingName", body, (t) => (thing(t).Properties.ThingName = "")],
  ["a ThingName that is too long", body, (t) => (thing(t).Properties.ThingName = "x".repeat(129))],
  ["a space in a ThingTypeName", body, (t) => (thing(t).Properties.ThingTypeName = "water meter")],
  ["a dot in a BillingGroup", body, (t) => (thing(t).Properties.BillingGroup = "north.1")],
  ["a reference in another case", body, (t) => (thing(t).Properties.ThingName = { ref: "AWS::IoT::Certificate::CommonName" })],
  ["two functions in one value", body, (t) => (thing(t).Properties.ThingName = { Ref: "a", "Fn::Sub": "b" })],
  ["Fn::Join without a list", body, (t) => (thing(t).Properties.ThingName = { "Fn::Join": ["-", "a", "b"] })],
  ["a Ref to a number", body, (t) => (thing(t).Properties.ThingName = { Ref: 1 })],
  ["a space in an attribute's name", body, (t) => (thing(t).Properties.AttributePayload = { "serial number": "1" })],
  ["a space in an attribute's value", body, (t) => (thing(t).Properties.AttributePayload = { site: "Great Yarmouth" })],
  ["an attribute's value that is too long", body, (t) => (thing(t).Properties.AttributePayload = { site: "x".repeat(801) })],
  [
    "four attributes without a type",
    body,
    (t) => {
      delete thing(t).Properties.ThingTypeName;
      thing(t).Properties.AttributePayload = { a: "1", b: "2", c: "3", d: "4" };
    },
  ],
  ["eleven groups", body, (t) => (thing(t).Properties.ThingGroups = Array(11).fill("group"))],
  ["ThingGroups that is a string", body, (t) => (thing(t).Properties.ThingGroups = "group")],
  ["an override that there is not", body, (t) => (thing(t).OverrideSettings = { ThingTypeName: "MERGE" })],
  ["an override under its name in the prose", body, (t) => (thing(t).OverrideSettings = { ATTRIBUTE_PAYLOAD: "OVERWRITE" })],
  ["no CertificateId", body, (t) => delete certificate(t).Properties.CertificateId],
  ["a CertificateId that is a text", body, (t) => (certificate(t).Properties.CertificateId = "a".repeat(64))],
  [
    "a CertificateId that refers to the name",
    body,
    (t) => (certificate(t).Properties.CertificateId = { Ref: "AWS::IoT::Certificate::CommonName" }),
  ],
  ["a Status that there is not", body, (t) => (certificate(t).Properties.Status = "Activ")],
  ["a key of another flow", body, (t) => (certificate(t).Properties.CertificatePem = { Ref: "AWS::IoT::Certificate::Id" })],
  ["a policy with neither", body, (t) => (policy(t).Properties = {})],
  [
    "a policy with both",
    body,
    (t) => (policy(t).Properties = { PolicyName: "a", PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }),
  ],
  ["a space in a PolicyName", body, (t) => (policy(t).Properties = { PolicyName: "my policy" })],
  ["a policy's name as its document", body, (t) => (policy(t).Properties = { PolicyDocument: "MyPolicy" })],
  ["a policy document cut short", body, (t) => (policy(t).Properties = { PolicyDocument: '{"Version":"2012-10-17","Statement":[' })],
  ["a policy document that is too long", body, (t) => (policy(t).Properties = { PolicyDocument: `{"Statement":["${"x".repeat(2048)}"]}` })],
  ["a templateBody that is an object", config, (t) => (t.templateBody = JSON.parse(t.templateBody))],
  ["a templateBody encoded twice", config, (t) => (t.templateBody = JSON.stringify(t.templateBody))],
  ["a templateBody cut short", config, (t) => (t.templateBody = t.templateBody.slice(0, 100))],
  ["a templateBody that is too long", config, (t) => (t.templateBody = t.templateBody.replace("{", `{${" ".repeat(10_240)}`))],
  ["no roleArn", config, (t) => delete t.roleArn],
  ["a roleArn of five digits", config, (t) => (t.roleArn = "arn:aws:iam::12345:role/JITPRole")],
  ["a roleArn of a user", config, (t) => (t.roleArn = "arn:aws:iam::123456789012:user/someone")],
  [
    "a roleArn in another spelling",
    config,
    (t) => {
      t.roleARN = t.roleArn;
      delete t.roleArn;
    },
  ],
  [
    "a config in a request to register",
    config,
    (t) => {
      t.registrationConfig = { templateBody: t.templateBody };
      delete t.templateBody;
      delete t.roleArn;
    },
  ],
  ["no provisioningRoleArn", create, (t) => delete t.provisioningRoleArn],
  ["no templateName", create, (t) => delete t.templateName],
  ["a dot in a templateName", create, (t) => (t.templateName = "fleet.v2")],
  ["a templateName that is too long", create, (t) => (t.templateName = "x".repeat(37))],
  ["none of all this", () => ({}), () => {}],
  ["a list", () => [], () => {}],
];

test("the schema catches these slips by itself, and jitp does", (t) => {
  for (const [what, make, slip] of SLIPS) {
    const value = make();
    slip(value);
    assert.equal(accepts(value), false, `the schema lets pass: ${what}`);
    assert.notDeepEqual(errorsOf(JSON.stringify(value)), [], `jitp lets pass: ${what}`);
  }
  t.diagnostic(`${SLIPS.length} slips`);
});

test("a role's ARN is the same to the schema's pattern and to jitp", () => {
  const given = [
    "arn:aws:iam::123456789012:role/JITPRole",
    "arn:aws-cn:iam::123456789012:role/a",
    "arn:aws-us-gov:iam::123456789012:role/a/b",
    "arn:aws-:iam::123456789012:role/a",
    "arn:aws:iam::123456789012:role/a:b",
    "arn:aws:iam::123456789012:role/a\nb",
    "arn:aws:iam::123456789012:role/",
    "arn:aws:iam::123456789012:role/a/",
    "arn:aws:iam::123456789012:role/a:b/c",
    "arn:aws:iam::123456789012:role/a b",
    "arn:aws:iam::123456789012:role/${Role}",
    "arn:aws:iam::123456789012:user/a",
    "arn:aws:iam::12345678901:role/a",
    "arn:aws:iam::١٢٣٤٥٦٧٨٩٠١٢:role/a",
    "arn:aws:iam:eu-west-1:123456789012:role/a",
    "arn:aws:sts::123456789012:role/a",
    "arn:awsx:iam::123456789012:role/a",
    "arn:AWS:iam::123456789012:role/a",
    " arn:aws:iam::123456789012:role/a",
    "arn:aws:iam::123456789012",
    "arn:aws:iam::<ACCOUNT>:role/JITPRole",
    "",
    "JITPRole",
    `arn:aws:iam::123456789012:role/${"x".repeat(2017)}`,
    `arn:aws:iam::123456789012:role/${"x".repeat(2018)}`,
  ];
  const verdicts = given.map((roleArn) => {
    const value = { ...config(), roleArn };
    const taken = accepts(value);
    assert.equal(taken, errorsOf(JSON.stringify(value)).length === 0, JSON.stringify(roleArn));
    return taken;
  });
  assert.ok(verdicts.includes(true) && verdicts.includes(false));
});

/** The text that an editor inserts if every placeholder is left as it is. */
const inserted = ({ body: value, bodyText }) =>
  (bodyText ?? JSON.stringify(value))
    .replaceAll(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll(/\$\d+/g, "")
    .replaceAll(/\\([$}])/g, "$1");

test("every snippet that an editor offers is good", (t) => {
  const {
    parameters,
    parameter,
    resources,
    resource,
    policy: policies,
    thing: things,
    certificate: certificates,
    value: values,
  } = schema.$defs;
  const into = (change) => (snippet) => {
    const template = body();
    change(template, JSON.parse(inserted(snippet)));
    return JSON.stringify(template);
  };
  const key = (kind, name) => kind.properties.Properties.properties[name].defaultSnippets;
  const offered = [
    ...schema.defaultSnippets.map(inserted),
    ...parameters.defaultSnippets.map(into((template, value) => Object.assign(template.Parameters, value))),
    ...parameter.defaultSnippets.map(into((template, value) => (template.Parameters["AWS::IoT::Certificate::CommonName"] = value))),
    ...resources.defaultSnippets.map(into((template, value) => (template.Resources = value))),
    ...resource.defaultSnippets.map(
      into((template, value) =>
        Object.assign(template.Resources, { [Object.entries(template.Resources).find(([, { Type }]) => Type === value.Type)[0]]: value }),
      ),
    ),
    ...key(policies, "PolicyDocument").map(into((template, value) => (policy(template).Properties = { PolicyDocument: value }))),
    ...key(things, "ThingName").map(into((template, value) => (thing(template).Properties.ThingName = value))),
    ...key(certificates, "CertificateId").map(into((template, value) => (certificate(template).Properties.CertificateId = value))),
    ...values.defaultSnippets.map(into((template, value) => (thing(template).Properties.BillingGroup = value))),
  ];
  for (const text of offered) {
    assert.ok(accepts(JSON.parse(text)), `${text}: ${ajv.errorsText(accepts.errors)}`);
    assert.deepEqual(errorsOf(text), [], text);
  }
  // A whole text gives no finding at all.
  for (const snippet of schema.defaultSnippets) assert.deepEqual(validate(inserted(snippet)).diagnostics, [], snippet.label);
  t.diagnostic(`${offered.length} snippets`);
});
