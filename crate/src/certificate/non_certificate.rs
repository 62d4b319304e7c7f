//! What a block or a DER structure is, when it is not a certificate.

/// What an entry is that is not a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NonCertificate {
    /// A private key, of whatever format.
    PrivateKey,
    /// A certificate signing request (PKCS#10).
    CertificateRequest,
    /// A public key without a certificate around it.
    PublicKey,
    /// A certificate revocation list.
    RevocationList,
    /// A PKCS#7 or CMS structure, which may hold certificates.
    Pkcs7,
    /// A PKCS#12 archive (.p12, .pfx).
    Pkcs12,
    /// Parameters of a key (DH, DSA, EC).
    Parameters,
    /// A block with a label that is none of these.
    UnknownBlock,
    /// A certificate block whose armor or base64 is damaged.
    DamagedBlock,
    /// Neither an armored block nor DER.
    NoPem,
    /// Nothing but white space.
    Empty,
}

impl NonCertificate {
    /// The kind in kebab case, as JavaScript gets it.
    pub fn word(self) -> &'static str {
        match self {
            NonCertificate::PrivateKey => "private-key",
            NonCertificate::CertificateRequest => "certificate-request",
            NonCertificate::PublicKey => "public-key",
            NonCertificate::RevocationList => "revocation-list",
            NonCertificate::Pkcs7 => "pkcs7",
            NonCertificate::Pkcs12 => "pkcs12",
            NonCertificate::Parameters => "parameters",
            NonCertificate::UnknownBlock => "unknown",
            NonCertificate::DamagedBlock => "damaged",
            NonCertificate::NoPem => "nothing",
            NonCertificate::Empty => "empty",
        }
    }

    /// One plain sentence or two for the user.
    pub(super) fn reason(self) -> &'static str {
        match self {
            NonCertificate::PrivateKey => {
                "This is a private key. It was refused and not read: a dry run needs the certificate only."
            }
            NonCertificate::CertificateRequest => {
                "This is a certificate signing request, not a certificate: have the CA sign it, and give the certificate."
            }
            NonCertificate::PublicKey => "This is a public key, not a certificate.",
            NonCertificate::RevocationList => "This is a certificate revocation list, not a certificate.",
            NonCertificate::Pkcs7 => {
                "This is a PKCS#7 structure without certificates: a bundle that was made for certificates has them in its \
                 SignedData."
            }
            NonCertificate::Pkcs12 => {
                "This is a PKCS#12 archive, which may hold a private key. It was refused and not read: extract the certificate with `openssl pkcs12 -nokeys`."
            }
            NonCertificate::Parameters => "These are key parameters, not a certificate.",
            NonCertificate::UnknownBlock => "This block is not a certificate.",
            NonCertificate::DamagedBlock => "This certificate block is damaged.",
            NonCertificate::NoPem => {
                "No certificate was found: neither a `-----BEGIN CERTIFICATE-----` line nor the bytes of a DER certificate."
            }
            NonCertificate::Empty => "The input is empty.",
        }
    }

    /// What the label of an armored block says. `None` for a certificate.
    pub(super) fn of_label(label: &str) -> Option<NonCertificate> {
        match label {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => None,
            "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" => Some(NonCertificate::Pkcs7),
            "PKCS12" => Some(NonCertificate::Pkcs12),
            _ if label.contains("PRIVATE KEY") => Some(NonCertificate::PrivateKey),
            _ if label.contains("CERTIFICATE REQUEST") => Some(NonCertificate::CertificateRequest),
            _ if label.ends_with("CRL") => Some(NonCertificate::RevocationList),
            _ if label.contains("PUBLIC KEY") => Some(NonCertificate::PublicKey),
            _ if label.ends_with("PARAMETERS") => Some(NonCertificate::Parameters),
            _ => Some(NonCertificate::UnknownBlock),
        }
    }
}
