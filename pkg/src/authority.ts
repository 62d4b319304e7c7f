import { dryRun } from "./api.js";
import { verified } from "./checks.js";
import { core } from "./core.js";
import { bytes, template as read } from "./given.js";
import { type CertificateSpec, registrationCommands, sampleCommands, subject } from "./openssl.js";
import { authorityOptions, registrationOptions, sampleOptions } from "./options.js";
import type {
  CaRegistration,
  CaRegistrationOptions,
  CertificateInput,
  Chains,
  IssuerCheck,
  MomentOptions,
  SampleCertificates,
  SampleOptions,
  TemplateSource,
} from "./types.js";
import { makeKey, random, type SignatureCheck, verifier } from "./webcrypto.js";

const NONE = new Uint8Array();

/**
 * Verifies the signatures that the core asks for, among the certificates of two bundles. The verdicts are in the core's order. The core asks
 * in rounds: if thousands of CAs have one name, it asks for the likely ones first, and for the others only if none of those signed. With
 * `each`, every device is compared with the CAs by itself. The CAs are still read only once a round.
 */
async function verdicts(devices: Uint8Array, authorities: Uint8Array, how: { each?: true } = {}): Promise<string[]> {
  const verify = verifier();
  let known: string[] = [];
  for (;;) {
    const next = core.signatures(devices, authorities, { ...how, verdicts: known }) as (SignatureCheck | null)[];
    if (next.length === 0) return known;
    known = known.concat(await Promise.all(next.map(verify)));
  }
}

/**
 * Says whether a CA signed a device's certificate: compares names and key identifiers, and verifies the signature with WebCrypto (RSA
 * PKCS#1 v1.5 and PSS, ECDSA on P-256, P-384 and P-521). The first readable certificate of either input is used; other certificates of the
 * inputs may be intermediates. Give the answer to {@link dryRun} as `options.issuer`. The answer is frozen, because the plan uses the core's
 * own record of the check, not the object. A copy, from another thread for example, is read as it is.
 *
 * Never rejects because of the inputs. Without WebCrypto the signature is `"not-checked"`.
 */
export async function verifyIssuer(device: CertificateInput, ca: CertificateInput, options?: MomentOptions): Promise<IssuerCheck> {
  const [check] = await checked(bytes(device), bytes(ca), options);
  return check as IssuerCheck;
}

/** Compares the first device, or each, with the CAs. */
async function checked(
  devices: Uint8Array,
  ca: Uint8Array,
  options: MomentOptions | undefined,
  how: { each?: true } = {},
): Promise<IssuerCheck[]> {
  const given = authorityOptions(options);
  const known = await verdicts(devices, ca, how);
  return verified(devices, ca, { ...given, ...how, verdicts: known });
}

/**
 * Says for each entry of a bundle whether a CA signed it, as {@link verifyIssuer} does, in the order of the bundle. Give the
 * answers to {@link Template.dryRunFleet} as `options.issuers`. The CAs are read once, so that the time is linear in devices and CAs.
 *
 * @param bundle the certificates of devices
 * @param ca as for {@link verifyIssuer}: the registered CA first, then possible intermediates
 */
export async function verifyIssuers(bundle: string | Uint8Array, ca: CertificateInput, options?: MomentOptions): Promise<IssuerCheck[]> {
  return checked(bytes(bundle), bytes(ca), options, { each: true });
}

/**
 * Finds out who signed whom among certificates of devices and CAs, in any order. Signatures are verified as {@link verifyIssuer} does. Each
 * device has the CA to register with AWS IoT, and the way up from there.
 */
export async function verifyChains(bundle: string | Uint8Array, options?: MomentOptions): Promise<Chains> {
  const given = bytes(bundle);
  const moment = authorityOptions(options);
  return core.chains(given, { ...moment, verdicts: await verdicts(given, NONE) }) as Chains;
}

/**
 * Says whether a CA can be registered with AWS IoT, and how: in `DEFAULT` mode with a verification certificate, which is checked against the
 * registration code and the CA's key, or in `SNI_ONLY` mode without one.
 */
export async function caRegistration(ca: CertificateInput, options?: CaRegistrationOptions): Promise<CaRegistration> {
  const authority = bytes(ca);
  const { verificationCertificate, ...given } = registrationOptions(options);
  const verification = verificationCertificate === undefined ? NONE : bytes(verificationCertificate);
  const crossing = { ...given, verdicts: await verdicts(verification, authority) };
  const registration = core.registration(authority, verification, crossing) as Omit<CaRegistration, "request" | "commands">;
  const request = {
    ...(registration.ca.pem !== undefined && { caCertificate: registration.ca.pem }),
    ...(given.mode === "DEFAULT" &&
      registration.verification?.certificate.pem !== undefined && {
        verificationCertificate: registration.verification.certificate.pem,
      }),
    certificateMode: given.mode,
    setAsActive: true,
    allowAutoRegistration: true,
  };
  return { ...registration, request, commands: registrationCommands(given.mode, given.registrationCode) };
}

/**
 * Creates a throw-away CA and a device certificate that satisfy a template: the subject has the attributes that the template asks for, with
 * values that it can use. WebCrypto generates the keys, ECDSA on P-256. They are the caller's; nothing is kept. A template that is wrong in
 * itself stays wrong, and the answer's `plan` says so.
 *
 * Rejects with an `Error` if there is no WebCrypto, as on pages that are not from https: or localhost.
 */
export async function sampleCertificates(source: TemplateSource, options?: SampleOptions): Promise<SampleCertificates> {
  const template = read(source);
  const given = sampleOptions(options);
  const made = core.sample(template, { ...given.template, now: given.now, random: random(16) });
  const { ca, device } = made as { ca: CertificateSpec; device: CertificateSpec };
  const [caKey, deviceKey] = await Promise.all([makeKey(), makeKey()]);
  const issue = async (spec: CertificateSpec, own: string): Promise<string> => {
    const keys = { ...spec, own, issuerKey: caKey.publicKey };
    const signed = core.mint(keys);
    const pem = signed && core.mint({ ...keys, signature: await caKey.sign(signed) });
    if (!pem) throw new Error("jitp: the sample could not be written; please report the template");
    return pem;
  };
  const [caPem, devicePem] = await Promise.all([issue(ca, caKey.publicKey), issue(device, deviceKey.publicKey)]);
  const now = new Date(given.now * 1000).toISOString();
  const check = await verifyIssuer(devicePem, caPem, { now });
  const issuer = given.template.flow === "jitp" ? { issuer: check } : {};
  const plan = dryRun(template, devicePem, { ...options, ...issuer, now });
  return {
    ca: { pem: caPem, privateKey: caKey.privateKey },
    device: { pem: devicePem, privateKey: deviceKey.privateKey },
    subject: subject(device.subject),
    commands: sampleCommands(ca, device),
    plan,
  };
}
