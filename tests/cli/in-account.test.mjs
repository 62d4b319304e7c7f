// Plans in an account: `--account` and `--in-order`.
import assert from "node:assert/strict";
import test from "node:test";
import { Template } from "jitp";
import { inSession } from "./session.mjs";

const FILES = {
  "device.pem": "certificates/full.pem",
  "next.pem": "certificates/common-name.pem",
  "again.pem": "certificates/full.pem",
  "broken.json": "account/JITP160-table.json",
};
const NOW = ["--now", "2026-11-23T12:00:00Z", "--region", "eu-west-1", "--account-id", "123456789012"];
const ARN = "arn:aws:iot:eu-west-1:123456789012";
const allow = (Action, Resource) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

/** A template whose thing has one name for all devices, and this setting for its attributes. */
function body(setting, name = "hall") {
  const certificate = { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" };
  const thing = { ThingName: name, AttributePayload: { maker: { Ref: "AWS::IoT::Certificate::Id" } }, ThingGroups: ["lamps"] };
  const OverrideSettings = { ThingGroups: "DO_NOTHING", ...(setting && { AttributePayload: setting }) };
  return JSON.stringify({
    Parameters: { "AWS::IoT::Certificate::Id": { Type: "String" } },
    Resources: {
      thing: { Type: "AWS::IoT::Thing", Properties: thing, OverrideSettings },
      certificate: { Type: "AWS::IoT::Certificate", Properties: certificate },
      policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "lamps-connect" } },
    },
  });
}

const ACCOUNT = {
  thingGroups: { lamps: { policies: [], parentGroupName: null } },
  policies: { "lamps-connect": { policyDocument: allow("iot:Connect", `${ARN}:client/hall`) } },
  things: { hall: { thingTypeName: null, attributes: { maker: "nobody", room: "hall" }, thingGroups: ["lamps"], principals: [] } },
  certificates: {},
};

function withFiles(work) {
  return inSession(FILES, (session) => {
    for (const setting of ["FAIL", "MERGE", "REPLACE"]) session.write(`${setting.toLowerCase()}.json`, body(setting));
    session.write("unset.json", body());
    session.write("account.json", JSON.stringify(ACCOUNT));
    session.write("bare.json", JSON.stringify({ ...ACCOUNT, thingGroups: {}, policies: {}, things: {} }));
    return work(session);
  });
}

const verdicts = ({ stdout }) => JSON.parse(stdout).plans.map(({ plan }) => plan.verdict);

test("plan --account: what exists is changed as the overrides say, and what is missing stops the device", () =>
  withFiles((session) =>
    session.expect("in-account", [
      ["plan", "merge.json", "device.pem", "--account", "account.json", ...NOW],
      ["plan", "fail.json", "device.pem", "--account", "account.json", "--format", "markdown", ...NOW],
      ["plan", "merge.json", "device.pem", "--account", "bare.json", ...NOW],
      ["plan", "merge.json", "device.pem", "--account", "broken.json", ...NOW],
      ["plan", "merge.json", "device.pem", "--account", "absent.json", ...NOW],
    ]),
  ));

test("the first device works, the next stays pending: FAIL fails, no setting is unknown, REPLACE provisions both", () =>
  withFiles(async (session) => {
    for (const [file, next, code] of [
      ["fail.json", "fails", 1],
      ["unset.json", "unknown", 3],
      ["replace.json", "provisions", 0],
    ]) {
      const answer = await session.run(["plan", file, "device.pem", "next.pem", "--in-order", "--format", "json", ...NOW]);
      assert.deepEqual(verdicts(answer), ["provisions", next], file);
      assert.equal(answer.code, code, file);
      // By itself, each device is the first.
      assert.deepEqual(verdicts(await session.run(["plan", file, "device.pem", "next.pem", "--format", "json", ...NOW])), [
        "provisions",
        "provisions",
      ]);
    }
  }));

test("one certificate twice is registered the second time, in the table and in the plans", () =>
  withFiles(async (session) => {
    const words = ["plan", "replace.json", "device.pem", "again.pem", "next.pem", "--account", "account.json", ...NOW];
    const { counts, plans } = JSON.parse((await session.run([...words, "--format", "json"])).stdout);
    assert.deepEqual([counts.registered, counts.provisions], [1, 2]);
    assert.deepEqual(
      plans.map(({ plan }) => plan.verdict),
      ["provisions", "registered", "provisions"],
    );
    const { after } = plans.at(-1).plan.account;
    assert.equal(Object.keys(after.certificates).length, 2);
    assert.equal(after.things.hall.principals.length, 2);
    assert.match((await session.run([...words, "--details", "none"])).stdout, /registered already/);
  }));

test("the plan and the row of a device agree, and the account of a fleet is that after its last plan", () => {
  const template = new Template(body("MERGE"));
  const plan = template.dryRun({ subject: "/CN=lamp-1" }, { account: ACCOUNT });
  assert.equal(plan.account.changes.find(({ kind }) => kind === "attributes").change, "merged");
  const { after, counts } = template.dryRunFleet("", { account: ACCOUNT });
  assert.deepEqual([counts.fails, after.things.hall.attributes], [1, ACCOUNT.things.hall.attributes]);
  template.free();
});

test("can --account: named policies and those of the groups count", () =>
  withFiles(async (session) => {
    const words = ["can", "replace.json", "device.pem", "connect", ...NOW];
    assert.equal((await session.run([...words, "--account", "account.json"])).code, 0);
    assert.equal((await session.run(words)).code, 3);
    // A device that is not provisioned may do nothing.
    assert.equal((await session.run([...words, "--account", "bare.json"])).code, 1);
  }));

test("diff --account: both sides meet the same account", () =>
  withFiles(async (session) => {
    const { code, stdout } = await session.run(["diff", "fail.json", "merge.json", "device.pem", "--account", "account.json", ...NOW]);
    assert.equal(code, 1);
    assert.match(stdout, /[Ff]ails at step 2/);
  }));
