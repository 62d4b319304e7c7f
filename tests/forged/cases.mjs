// Certificates with signatures that are sound, odd or forged.
import { sign } from "node:crypto";
import { NULL, oid, sequence } from "./der.mjs";
import { ECDSA, PSS, RSA, pssParameters, pssSign, unrestricted } from "./algorithms.mjs";
import { Authority } from "./authority.mjs";
import { ecdsaCases, flip, pssCases, rsaCases } from "./signatures.mjs";
import { formCases } from "./forms.mjs";

/** Every case: its description, and the certificates of the CA and the device as PEM. */
export function* cases() {
  const give = function* (authority, made) {
    for (const [what, how] of made) yield { label: `${authority.label}: ${what}`, ca: authority.ca, device: authority.device(how) };
  };
  for (const [curve, hash] of [
    ["P-256", "sha256"],
    ["P-256", "sha512"],
    ["P-384", "sha384"],
    ["P-384", "sha256"],
    ["P-521", "sha512"],
    ["P-521", "sha1"],
  ]) {
    const algorithm = sequence(oid(ECDSA[hash]));
    const authority = new Authority(`${curve} ${hash}`, "ec", { namedCurve: curve }, algorithm, (data, key) => sign(hash, data, key));
    yield* give(authority, ecdsaCases(authority, curve));
    if (hash === "sha256" && curve === "P-256") yield* give(authority, formCases(authority, ECDSA.sha256));
  }
  for (const [size, hash] of [
    [2048, "sha256"],
    [2048, "sha512"],
    [3072, "sha384"],
    [1024, "sha1"],
    [1032, "sha256"],
  ]) {
    const algorithm = sequence(oid(RSA[hash]), NULL);
    const authority = new Authority(`RSA ${size} ${hash}`, "rsa", { modulusLength: size }, algorithm, (data, key) => sign(hash, data, key));
    yield* give(authority, rsaCases(authority, hash));
    if (hash === "sha256" && size === 2048) yield* give(authority, formCases(authority, RSA.sha256));
  }
  for (const [hash, mask, salt] of [
    ["sha256", "sha256", 32],
    ["sha256", "sha256", 20],
    ["sha384", "sha384", 48],
    ["sha512", "sha512", 0],
    ["sha1", "sha1", 20],
  ]) {
    const algorithm = sequence(oid(PSS), pssParameters(hash, mask, salt));
    const authority = new Authority(`PSS ${hash} ${salt}`, "rsa", { modulusLength: 2048 }, algorithm, pssSign(hash, salt));
    yield* give(authority, [
      ["sound", {}],
      ["flipped", { signature: flip }],
      ["cut short", { signature: (good) => good.subarray(1) }],
    ]);
    if (salt === 32) yield* give(authority, pssCases());
  }
  // Keys that are for RSASSA-PSS only, without and with restrictions.
  for (const [label, options] of [
    ["free", {}],
    ["SHA-256", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 32 }],
    ["SHA-256, salt 20", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 20 }],
    ["SHA-256, salt 40", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 40 }],
    ["SHA-512", { hashAlgorithm: "sha512", mgf1HashAlgorithm: "sha512", saltLength: 32 }],
    ["SHA-256, MGF1 with SHA-1", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha1", saltLength: 32 }],
    ["SHA-224", { hashAlgorithm: "sha224", mgf1HashAlgorithm: "sha224", saltLength: 28 }],
  ]) {
    const algorithm = sequence(oid(PSS), pssParameters("sha256", "sha256", 32));
    // The restricted key refuses to sign this, so that the same key without restrictions signs.
    const how = (data, key) => pssSign("sha256", 32)(data, unrestricted(key));
    const authority = new Authority(`PSS key, ${label}`, "rsa-pss", { modulusLength: 2048, ...options }, algorithm, how);
    yield* give(authority, [
      ["sound", {}],
      ["flipped", { signature: flip }],
    ]);
    yield* give(authority, [
      [
        "PKCS#1 v1.5",
        {
          parts: { algorithm: sequence(oid(RSA.sha256), NULL) },
          signature: (_, own) => sign("sha256", own, unrestricted(authority.privateKey)),
        },
      ],
    ]);
  }
}
