/** Commands for a POSIX shell that do the same as jitp, with `openssl` and the AWS CLI. */

import { shellWord } from "./export/quote.js";
import type { CertificateMode } from "./types.js";

/** The content of a sample certificate, as the core plans it. */
export interface CertificateSpec {
  ca: boolean;
  subject: { arc: number; name: string; value: string }[];
  issuer: { arc: number; name: string; value: string }[];
  /** Hex. */
  serial: string;
  /** Seconds since 1970. */
  notBefore: number;
  notAfter: number;
}

const DAY = 86_400;

/** A subject as `openssl req -subj` accepts it. */
export function subject(parts: CertificateSpec["subject"]): string {
  return parts.map(({ name, value }) => `/${name}=${value.replaceAll(/[\\/+]/g, "\\$&")}`).join("");
}

/** The commands that create a CA and a device's certificate like these. */
export function sampleCommands(ca: CertificateSpec, device: CertificateSpec): string {
  const days = ({ notBefore, notAfter }: CertificateSpec) => Math.round((notAfter - notBefore) / DAY);
  const subj = (spec: CertificateSpec) => shellWord(subject(spec.subject));
  return `# A throw-away CA.
openssl ecparam -name prime256v1 -genkey -noout -out ca.key
openssl req -new -key ca.key -utf8 -subj ${subj(ca)} -out ca.csr
cat > ca.ext <<'EOF'
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
EOF
openssl x509 -req -in ca.csr -signkey ca.key -set_serial 0x${ca.serial} -sha256 -days ${days(ca)} -extfile ca.ext -out ca.pem

# A device, signed by it.
openssl ecparam -name prime256v1 -genkey -noout -out device.key
openssl req -new -key device.key -utf8 -subj ${subj(device)} -out device.csr
cat > device.ext <<'EOF'
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
EOF
openssl x509 -req -in device.csr -CA ca.pem -CAkey ca.key -set_serial 0x${device.serial} -sha256 -days ${days(device)} -extfile device.ext -out device.pem
openssl verify -CAfile ca.pem device.pem
`;
}

/** The commands that register a CA, and those that create the files for it. */
export function registrationCommands(mode: CertificateMode, code: string | undefined): string {
  const register = (more: string) => `aws iot register-ca-certificate --ca-certificate file://ca.pem ${more} \\
  --set-as-active --allow-auto-registration --registration-config file://registration-config.json
`;
  if (mode === "SNI_ONLY") {
    return `# SNI_ONLY: no verification certificate; devices must send Server Name Indication.
${register("--certificate-mode SNI_ONLY")}`;
  }
  const known =
    code === undefined ? `code=$(aws iot get-registration-code --query registrationCode --output text)` : `code=${shellWord(code)}`;
  return `# DEFAULT: a verification certificate proves that you hold the CA's private key.
${known}
openssl ecparam -name prime256v1 -genkey -noout -out verification.key
openssl req -new -key verification.key -subj "/CN=$code" -out verification.csr
openssl x509 -req -in verification.csr -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days 7 -out verification.pem
${register("--verification-cert file://verification.pem")}`;
}
