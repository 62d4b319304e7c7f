// The exported script with the AWS CLI itself, against a mock of AWS.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as jitp from "jitp";
import { noMoto, startMoto } from "./moto.mjs";
import { fixture } from "./texts.mjs";

const ROLE = "arn:aws:iam::123456789012:role/JITPRole";
const body = (qualifier) =>
  JSON.stringify({
    Parameters: Object.fromEntries(["CommonName", "Country", "Id"].map((name) => [`AWS::IoT::Certificate::${name}`, { Type: "String" }])),
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: {
          ThingName: { Ref: "AWS::IoT::Certificate::CommonName" },
          ThingTypeName: "bulb",
          ThingGroups: ["lamps", { Ref: "AWS::IoT::Certificate::Country" }],
          BillingGroup: "plant",
          AttributePayload: { note: `\`it's\` "größe" ${qualifier}` },
        },
      },
      certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
      policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "lamp" } },
    },
  });

test("the AWS CLI sets the account up, and a second run changes nothing", { skip: noMoto }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "jitp-moto-"));
  const { env, stop } = await startMoto();
  try {
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/sleep"), "#!/bin/sh\n", { mode: 0o755 });
    for (const name of ["ca.pem", "verification.pem"]) writeFileSync(join(folder, name), fixture("certificates/ca.pem"));
    const sh = (script) => {
      const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { ...env, PATH: `${folder}/bin:${env.PATH}` },
      });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"*"}]}';
    const options = {
      roleArn: ROLE,
      certificates: [{ subject: "/C=DE/CN=lamp-1" }, { subject: "/C=FR/CN=lamp-2" }],
      policies: { lamp: document },
    };
    const { text } = jitp.exportTemplate(body("1"), "cli", options);
    const { certificateId: id } = jitp.readCertificates(fixture("certificates/ca.pem"))[0];
    const all = ["thing type bulb", "thing group lamps", "thing group DE", "thing group FR", "billing group plant", "policy lamp"];
    const rest = ["role JITPRole", "permissions of the role"];
    const lines = (sign) => [...all, ...rest].map((one) => `${sign} ${one}\n`).join("");
    assert.equal(sh(text), `${lines("+")}+ CA ${id}\nChanges: 9.\n`);
    assert.equal(sh(text), `${lines("=")}= CA ${id}, registered already\nEverything exists already. Nothing was changed.\n`);
    // Each device's plan finds what it needs.
    const query = (words) => JSON.parse(sh(`aws iot ${words} --output json`));
    const groups = query("list-thing-groups").thingGroups.map(({ groupName }) => groupName);
    assert.deepEqual(new Set(groups), new Set(["lamps", "DE", "FR"]));
    assert.equal(JSON.parse(query("get-policy --policy-name lamp").policyDocument).Statement[0].Action, "iot:Connect");
    // What differs is said, and updated.
    sh(`aws iot update-ca-certificate --certificate-id ${id} --new-status INACTIVE`);
    const other = jitp.exportTemplate(body("2"), "cli", options).text;
    assert.equal(sh(other), `${lines("=")}~ CA ${id}, registered already: status, templateBody\nChanges: 1.\n`);
    const { certificateDescription, registrationConfig } = query(`describe-ca-certificate --certificate-id ${id}`);
    assert.equal(certificateDescription.status, "ACTIVE");
    assert.deepEqual(JSON.parse(registrationConfig.templateBody), JSON.parse(body("2")));
  } finally {
    stop();
    rmSync(folder, { recursive: true });
  }
});
