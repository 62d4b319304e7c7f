// `jitp cert`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readCertificates } from "jitp";
import { inSession } from "./session.mjs";

const FILES = {
  "device.pem": "certificates/full.pem",
  "device.der": "certificates/full.der",
  "bundle.pem": "certificates/bundle.pem",
  "request.pem": "certificates/request.pem",
  "ca.pem": "certificates/ca.pem",
};

test("cert: what is in each entry; the exit code says whether all can be read", () =>
  inSession(FILES, (session) => session.expect("cert", [["cert", "device.pem", "ca.pem"], ["cert", "bundle.pem", "request.pem", "absent.pem"]])));

test("cert: JSON is the API's, also from standard input", () =>
  inSession(FILES, async (session) => {
    const input = readFileSync(join(session.folder, "device.der"));
    const { stdout, code } = await session.run(["cert", "-", "--format", "json"], { input });
    const { certificates } = JSON.parse(stdout);
    assert.equal(code, 0);
    assert.deepEqual(certificates, readCertificates(input).map((entry) => ({ file: "<stdin>", ...entry })));
  }));
