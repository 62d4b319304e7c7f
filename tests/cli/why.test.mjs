// `jitp plan --why`.
import assert from "node:assert/strict";
import test from "node:test";
import { inSession } from "./session.mjs";

const FILES = {
  "template.json": "templates/ok-everything.json",
  "named.json": "templates/JITP100-parameter-missing@common-name.json",
  "cut.json": "templates/JITP001-cut-short.json",
  "device.pem": "certificates/full.pem",
  "device.der": "certificates/full.der",
  "batch/bundle.pem": "certificates/bundle.pem",
  "batch/expired.pem": "certificates/expired.pem",
};
const NOW = ["--now", "2026-11-23T12:00:00Z"];

test("plan --why: where values come from, by what they are and by a text in them", () =>
  inSession(FILES, (session) => {
    const PLACES = ["plan", "places.json", "--flow", "fleet", "device.pem"];
    session.write("places.json", JSON.stringify(places, null, 2));
    return session.expect("plan-why", [
      ["plan", "template.json", "device.pem", ...NOW, "--why", "thing.name"],
      ["plan", "template.json", "device.pem", ...NOW, "--why", "attributes.serial", "--serial-number", "certificate"],
      ["plan", "template.json", "device.pem", ...NOW, "--why", "thing.groups"],
      ["plan", "named.json", "batch/expired.pem", ...NOW, "--why", "thing.name"],
      ["plan", "template.json", "device.pem", "batch/expired.pem", ...NOW, "--why", "thing.name"],
      ["plan", "template.json", "device.pem", "batch/expired.pem", ...NOW, "--why", "sensor-0001"],
      [...PLACES, "--why", "client/lamp-7"],
      [...PLACES, "--why", "thing.typeName", "--parameter", "Hall=b"],
      [...PLACES, "--why", "certificate.status"],
      ["plan", "template.json", "device.pem", ...NOW, "--why", "nowhere"],
      ["plan", "cut.json", "device.pem", ...NOW, "--why", "thing.name"],
      ["plan", "template.json", "device.pem", ...NOW, "--why", "thing.name", "--format", "markdown"],
    ]);
  }));

test("plan --why: JSON has the values with their parameters", () =>
  inSession(FILES, async (session) => {
    const words = ["plan", "template.json", "device.pem", "--why", "thing.name", "--format", "json", ...NOW];
    const { plans } = JSON.parse((await session.run(words)).stdout);
    const [{ plan, why }] = plans;
    assert.equal(why.length, 1);
    const [{ where, value, pieces, parameters }] = why;
    assert.deepEqual([where, value, pieces.length, pieces[0].from], ["thing.name", "sensor-0001", 1, "parameter"]);
    assert.deepEqual(parameters[0].attribute, { oid: "2.5.4.3", index: 5, encoding: "UTF8String", others: [] });
    assert.deepEqual(
      plan.values.map((one) => one.pieces.map(({ text }) => text).join("")),
      plan.values.map((one) => one.value),
    );
    const plain = JSON.parse((await session.run(words.filter((word) => word !== "--why" && word !== "thing.name"))).stdout);
    assert.deepEqual([plain.plans[0].why, plain.plans[0].plan.values], [undefined, undefined]);
  }));

/** A template with functions. */
const places = {
  Parameters: { Number: { Type: "String", Default: "7" }, Hall: { Type: "String", Default: "a" } },
  Mappings: { Halls: { a: { Kind: "lamp" }, b: { Kind: "fan" } } },
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: { "Fn::Join": ["-", ["lamp", { Ref: "Number" }]] },
        ThingTypeName: { "Fn::FindInMap": ["Halls", { Ref: "Hall" }, "Kind"] },
      },
    },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } },
    policy: {
      Type: "AWS::IoT::Policy",
      Properties: {
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "iot:Connect",
              Resource: { "Fn::Sub": ["arn:aws:iot:eu-west-1:123456789012:client/${Name}", { Name: { Ref: "thing" } }] },
            },
          ],
        },
      },
    },
  },
};
