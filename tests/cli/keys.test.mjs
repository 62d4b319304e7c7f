// Private keys, generated here, appear in the output of no call and no command, whatever their form and place.
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import * as jitp from "jitp";
import { bytes, key } from "../dice.mjs";
import { inSession } from "./session.mjs";

/** An element of DER. */
function element(tag, ...parts) {
  const content = Buffer.concat(parts);
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** Keys with their private numbers: real keys, and bytes in the form of others. */
function keys() {
  const found = ["RSA", "P-256", "P-384", "P-521", "Ed25519"].map((kind) => {
    const privateKey = key("keys.test.mjs", kind);
    const publicKey = createPublicKey(privateKey);
    const jwk = privateKey.export({ format: "jwk" });
    const secret = ["d", "p", "q", "dp", "dq", "qi"].filter((name) => name in jwk).map((name) => Buffer.from(jwk[name], "base64url"));
    const forms = { pkcs8: privateKey.export({ type: "pkcs8", format: "der" }) };
    if (kind === "RSA") forms.pkcs1 = privateKey.export({ type: "pkcs1", format: "der" });
    if (jwk.kty === "EC") forms.sec1 = privateKey.export({ type: "sec1", format: "der" });
    return {
      kind,
      jwk,
      secret,
      forms,
      publicKey: publicKey.export({ type: "spki", format: "pem" }),
      publicJwk: publicKey.export({ format: "jwk" }),
    };
  });
  const secret = (kind, count) => bytes(`keys.test.mjs, ${kind}`, count);
  const shaped = (kind, form, private_, der) => found.push({ kind, secret: [private_], forms: { [form]: der } });
  const algorithm = (oid, ...parameters) => element(0x30, element(6, Buffer.from(oid)), ...parameters);
  const octets = (...parts) => element(4, ...parts);
  const integer = (value) => element(2, value);
  const DSA = [0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1];
  const group = element(0x30, ...["p", "q", "g"].map((name) => integer(secret(name, name === "q" ? 32 : 256))));
  const number = secret("dsa", 32);
  shaped("dsa", "pkcs8", number, element(0x30, integer(Buffer.from([0])), algorithm(DSA, group), octets(integer(number))));
  const PBES2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0d];
  const sealed = secret("encrypted", 144);
  shaped("encrypted", "encrypted", sealed, element(0x30, algorithm(PBES2, element(0x30, octets(secret("salt", 16)))), octets(sealed)));
  const openssh = secret("openssh", 300);
  shaped("openssh", "openssh", openssh, Buffer.concat([Buffer.from("openssh-key-v1\0\0\0\0\u0004none"), openssh]));
  return found;
}

const LABELS = {
  pkcs8: "PRIVATE KEY",
  pkcs1: "RSA PRIVATE KEY",
  sec1: "EC PRIVATE KEY",
  encrypted: "ENCRYPTED PRIVATE KEY",
  openssh: "OPENSSH PRIVATE KEY",
};

function armored(der, label, width = 64) {
  const body = der
    .toString("base64")
    .match(new RegExp(`.{1,${width}}`, "g"))
    .join("\n");
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

function* formsOf({ jwk, forms }) {
  for (const [form, der] of Object.entries(forms)) {
    const text = armored(der, LABELS[form]);
    yield [`${form} in PEM`, text];
    yield [`${form} in PEM, escaped twice`, text.replaceAll("\n", "\\\\n")];
    yield [`${form} in a Kubernetes secret`, `kind: Secret\ndata:\n  tls.key: ${Buffer.from(text).toString("base64")}\n`];
    yield [`${form} in base64`, der.toString("base64")];
    yield [`${form} after a slash`, `https://example.com/${der.toString("base64")}`];
    yield [`${form} in base64url`, der.toString("base64url")];
    yield [`${form} in hex`, der.toString("hex")];
    yield [`${form} in hex with colons`, der.toString("hex").replace(/..(?=.)/g, "$&:")];
    yield [`${form} of C`, `0x${der.toString("hex").replace(/..(?=.)/g, "$&, 0x")}`];
  }
  if (jwk) yield ["JWK", JSON.stringify(jwk)];
}

/** Eight characters of the private part, in any alphabet and at any place. */
function piecesOf(secret) {
  const pieces = new Set();
  for (const bytes of secret) {
    for (let skip = 0; skip < 3; skip++) {
      const whole = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
      for (const text of [
        whole.toString("base64"),
        whole.toString("base64url"),
        whole.toString("hex"),
        whole.toString("hex").toUpperCase(),
      ]) {
        for (let at = 0; at + 8 <= text.length; at++) pieces.add(text.slice(at, at + 8));
      }
    }
  }
  return pieces;
}

function assertClean(where, result, pieces) {
  const text = typeof result === "string" ? result : JSON.stringify(result);
  const squeezed = text.replace(/[^A-Za-z0-9+/_-]/g, "");
  for (const shown of [text, squeezed]) {
    for (let at = 0; at + 8 <= shown.length; at++) {
      if (pieces.has(shown.slice(at, at + 8))) assert.fail(`${where}: ${shown.slice(Math.max(0, at - 60), at + 60)}`);
    }
  }
}

const body = (text) => ({
  Parameters: {
    "AWS::IoT::Certificate::CommonName": { Type: "String", Default: text },
    "AWS::IoT::Certificate::Id": { Type: "String" },
    [text]: { Type: text },
  },
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" }, AttributePayload: { [text]: text }, [text]: text },
    },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: text } },
    policy: {
      Type: "AWS::IoT::Policy",
      Properties: { PolicyDocument: JSON.stringify({ Version: text, Statement: [{ Effect: "Allow", Action: text, Resource: text }] }) },
    },
  },
});

const MADE = keys();

test("the search of this test finds a piece of a key", () => {
  for (const key of MADE.filter(({ jwk }) => jwk)) {
    const pieces = piecesOf(key.secret);
    for (const form of ["JWK", "pkcs8 in PEM", "pkcs8 in hex with colons", "pkcs8 in base64url"]) {
      const [, text] = [...formsOf(key)].find(([name]) => name === form);
      assert.throws(() => assertClean(form, text, pieces), { code: "ERR_ASSERTION" }, `${key.kind} as ${form}`);
    }
  }
});

test("no call gives a piece of a key back", async () => {
  for (const key of MADE) {
    const pieces = piecesOf(key.secret);
    for (const [form, text] of formsOf(key)) {
      const where = `${key.kind} as ${form}`;
      const { text: redacted, found } = jitp.redactPrivateKeys(text);
      assert.ok(found.length > 0, where);
      assert.equal(redacted.length, text.length, where);
      assertClean(where, redacted, pieces);
      for (const source of [
        text,
        JSON.stringify(body(text)),
        JSON.stringify({ templateBody: JSON.stringify(body(text)), roleArn: text }),
      ]) {
        const plan = jitp.dryRun(source, "", { region: "eu-west-1" });
        assert.ok(
          plan.diagnostics.some(({ code }) => code === "JITP155"),
          where,
        );
        assertClean(where, [jitp.validate(source), jitp.stringify(source), jitp.unstringify(source), plan], pieces);
        assertClean(
          where,
          [jitp.planText(plan), jitp.planMarkdown(plan), jitp.planSvg(plan), jitp.planLines(plan), jitp.planPicture(plan)],
          pieces,
        );
        for (const to of ["cli", "terraform", "cloudformation"]) assertClean(where, jitp.exportTemplate(source, to), pieces);
        assertClean(
          where,
          await jitp.sampleCertificates(source).then(({ plan, subject, commands }) => ({ plan, subject, commands })),
          pieces,
        );
      }
      assertClean(where, jitp.readCertificates(text), pieces);
      assertClean(where, await jitp.verifyChains(text), pieces);
      assertClean(where, jitp.dryRun("{}", text), pieces);
      const given = { flow: "fleet", parameters: { a: text } };
      assertClean(
        where,
        jitp.dryRun(
          JSON.stringify({
            Parameters: { a: { Type: "String" } },
            Resources: { t: { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: "a" } } } },
          }),
          "",
          given,
        ),
        pieces,
      );
      assertClean(
        where,
        jitp.readCertificates(`-----BEGIN ${key.secret[0].subarray(0, 32).toString("base64")}-----\nMAA=\n-----END x-----\n`),
        pieces,
      );
      for (const wrong of [
        () => jitp.validate("{}", { [text]: 1 }),
        () => jitp.validate("{}", { flow: text }),
        () => jitp.dryRun("{}", "", { now: text }),
      ]) {
        assert.throws(wrong, (error) => {
          assertClean(where, String(error.stack), pieces);
          return error instanceof TypeError;
        });
      }
    }
    for (const [form, der] of Object.entries(key.forms)) {
      const [entry] = jitp.readCertificates(der);
      // It says that what is not DER is not a certificate.
      assert.match(entry.error, form === "openssh" ? /No certificate/ : /private key/, `${key.kind}: ${JSON.stringify(entry)}`);
      assertClean(key.kind, entry, pieces);
    }
  }
});

test("no command prints a piece of a key, nor writes one", async () => {
  for (const key of MADE.filter(({ kind }) => ["RSA", "Ed25519", "openssh"].includes(kind))) {
    const pieces = piecesOf(key.secret);
    const forms = [...formsOf(key)].filter(([form]) =>
      (key.kind === "RSA" ? /pkcs1 in PEM$|pkcs8 in a Kubernetes|JWK/ : /slash/).test(form),
    );
    for (const [form, text] of forms) {
      await inSession({}, async (session) => {
        session.write("key.txt", text);
        session.write("body.json", JSON.stringify(body(text), null, 2));
        session.write(
          "config.json",
          JSON.stringify({ templateBody: JSON.stringify(body(text)), roleArn: "arn:aws:iam::123456789012:role/R" }),
        );
        session.write("broken.json", `{'a': ${JSON.stringify(text)}`);
        const name = Object.values(key.forms)[0].toString("base64url").slice(0, 200);
        session.write(name, "{}");
        const templates = ["key.txt", "body.json", "config.json", "broken.json", name];
        const commands = [
          ...["text", "json", "sarif", "github"].map((format) => ["validate", ...templates, "--format", format]),
          ...["text", "json", "markdown"].map((format) => ["plan", "body.json", "key.txt", "--format", format]),
          ["plan", "config.json", "key.txt", "--ca", "key.txt"],
          ["cert", "key.txt", name],
          ["cert", "key.txt", "--format", "json"],
          ["fix", ...templates, "--dry-run"],
          ["fix", "broken.json", "--format", "json", "--dry-run"],
          ["fmt", "--diff", ...templates],
          ["stringify", "body.json", "-o", "out.json"],
          ["stringify", "body.json", "--role-arn", text],
          ["unstringify", "config.json"],
          ["export", "config.json", "--to", "terraform", "-o", "out.tf"],
          ["sample", "body.json", "--commands"],
          [text],
          ["validate", `${name}.absent`, `--${name}`],
          ["explain", text],
        ];
        for (const words of commands) {
          const { stdout, stderr } = await session.run(words);
          assertClean(`${key.kind} as ${form}: ${words[0]}`, stdout + stderr, pieces);
        }
        const written = readdirSync(session.folder).filter((file) => file.startsWith("out."));
        for (const file of written) assertClean(file, session.read(file), pieces);
        assert.ok(existsSync(`${session.folder}/key.txt`));
      });
    }
  }
});

test("fix and fmt leave a file with a key in it as it is", () =>
  inSession({}, async (session) => {
    const text = armored(MADE[0].forms.pkcs8, "PRIVATE KEY");
    const source = JSON.stringify({ ...body("lamp"), Parameters: { a: { Type: "string", Default: text } } });
    session.write("a.json", source);
    await session.run(["fix", "a.json"]);
    await session.run(["fmt", "a.json"]);
    assert.equal(session.read("a.json"), source);
  }));

test("public data stays", () => {
  for (const { publicKey, publicJwk } of MADE.filter((key) => key.publicKey)) {
    for (const text of [
      publicKey,
      JSON.stringify(publicJwk),
      Buffer.from(publicKey).toString("base64"),
      publicKey.replace(/-----.*-----|\n/g, ""),
    ]) {
      assert.deepEqual(jitp.redactPrivateKeys(text), { text, found: [] });
    }
  }
  for (const text of [
    "",
    "a\ud800b".repeat(40),
    bytes("hash", 32).toString("hex"),
    bytes("long", 3000).toString("base64"),
    `"d": "${bytes("member", 32).toString("base64url")}"`,
  ]) {
    assert.deepEqual(jitp.redactPrivateKeys(text), { text, found: [] });
  }
  assert.throws(() => jitp.redactPrivateKeys(Buffer.from("a")), TypeError);
});
