// After a trap (memory that does not suffice, a stack that overflows) the package goes on with a new instance, in each of its builds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = (file) => new URL(`../pkg/dist/${file}`, import.meta.url).href;

/** The start of a child's script, by build: it loads the build under test as `jitp`. */
const START = {
  node: `const jitp = await import(${JSON.stringify(dist("node.js"))});`,
  cjs: `const { createRequire } = await import("node:module"); const jitp = createRequire(import.meta.url)(${JSON.stringify(here("../pkg/dist/node.cjs"))});`,
  web: `const jitp = await import(${JSON.stringify(dist("web.js"))}); jitp.initSync((await import("node:fs")).readFileSync(${JSON.stringify(here("../pkg/dist/jitp_bg.wasm"))}));`,
};

function run(build, script, ...flags) {
  const code = `${START[build]}\nimport assert from "node:assert/strict";\nimport { readFileSync } from "node:fs";\n${script}\nconsole.log("done");`;
  return execFileSync(process.execPath, [...flags, "--input-type=module", "-e", code], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const template = readFileSync(here("fixtures/templates/ok-everything.json"), "utf8");
const device = readFileSync(here("fixtures/certificates/full.pem"), "utf8");
const GIVEN = `const template = ${JSON.stringify(template)}; const device = ${JSON.stringify(device)};`;
/** 96 MB of memory are enough for the module and some megabytes of input. */
const LITTLE = "--wasm-max-mem-pages=1536";

for (const build of Object.keys(START)) {
  test(`${build}: memory that does not suffice is an error, and the next call has its answer`, () => {
    const out = run(
      build,
      `${GIVEN}
      const before = jitp.dryRun(template, device);
      const kept = new jitp.Template(template);
      const first = kept.dryRun(device);
      const issuer = await jitp.verifyIssuer(device, device);
      const checked = jitp.dryRun(template, device, { issuer });
      const policy = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iot:Connect", Resource: "arn:aws:iot:*:*:client/a" } };
      const devices = [kept.device(device), new jitp.Device({ policies: [policy], thing: { name: "a" } })];
      const asked = () => devices.map((one) => [one.can({ verb: "connect" }), one.can({ verb: "connect" }, { clientId: "b" })]);
      const answers = asked();
      const run = kept.run({ account: { things: {}, certificates: {} } });
      run.rows(device);
      run.plan({ subject: "/CN=lamp-1" });
      const left = run.account;
      assert.deepEqual(answers[1].map(({ answer }) => answer), ["allowed", "denied"]);
      const large = new Uint8Array(200e6);
      for (let round = 0; round < 3; round++) {
        assert.throws(() => jitp.readCertificates(large), (error) => {
          assert.match(error.message, /^jitp: the input needs more memory/);
          assert.ok(error.cause);
          return true;
        });
        assert.deepEqual(jitp.dryRun(template, device), before);
        assert.deepEqual(kept.dryRun(device), first, "a template from before is made again");
        assert.deepEqual(jitp.dryRun(template, device, { issuer }), checked, "a check from before is read again");
        assert.deepEqual(asked(), answers, "devices from before are made again");
        assert.deepEqual(run.account, left, "what a run has changed is done again");
        assert.equal(run.plan(device).verdict, left.certificates[first.certificate.certificateId] ? "registered" : first.verdict);
        assert.equal(kept.report.ok, true);
        assert.equal(kept.dryRunFleet(device).rows.length, 1);
        const bundle = jitp.readCertificates((" ".repeat(997) + "\\n").repeat(20_000) + device);
        assert.equal(bundle.at(-1).kind, "certificate", "20 MB get their answer");
      }
      await assert.rejects(jitp.verifyChains(large), /more memory/);
      assert.equal((await jitp.sampleCertificates(template)).plan.verdict, "provisions");
      const [found, ...others] = jitp.validate(" ".repeat(200e6) + "{}").diagnostics;
      assert.deepEqual([found.code, others], ["JITP020", []], "a text of 200 MB is one finding");
      kept.free();
      kept.free();
      assert.deepEqual(asked()[0], answers[0], "a device outlives its template");
      assert.throws(() => kept.dryRun(device), /freed/);`,
      LITTLE,
    );
    assert.match(out, /done/);
  });

  test(`${build}: a call that fills the memory bit by bit is answered on a new instance`, () => {
    const out = run(
      build,
      `${GIVEN}
      const bundle = (" ".repeat(997) + "\\n").repeat(20_000) + device;
      const held = [];
      // Each template stays in memory. When no memory is left, all of them live on in a new instance.
      for (let i = 0; i < 12; i++) {
        held.push(new jitp.Template(template.replace("{", "{" + " ".repeat(900_000))));
        assert.equal(jitp.readCertificates(bundle).at(-1).kind, "certificate");
      }
      for (const one of held) assert.equal(one.dryRun(device).steps.length, 6);`,
      LITTLE,
    );
    assert.match(out, /done/);
  });

  test(`${build}: a stack that overflows in the middle of a call leaves nothing broken`, () => {
    const out = run(
      build,
      `${GIVEN}
      const before = jitp.dryRun(template, device);
      const kept = new jitp.Template(template);
      let errors = 0;
      const deep = (left) => {
        try {
          deep(left);
        } catch {}
        if (left.count-- <= 0) return;
        try {
          jitp.dryRun(template, device);
          kept.dryRun(device);
        } catch {
          errors += 1;
        }
      };
      deep({ count: 200 });
      assert.ok(errors > 0, "it has overflowed");
      assert.deepEqual(jitp.dryRun(template, device), before);
      assert.deepEqual(kept.dryRun(device), before);
      assert.equal(jitp.validate(template).ok, true);`,
    );
    assert.match(out, /done/);
  });
}
