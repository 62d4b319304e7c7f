//! Every number and pattern that AWS sets, with its source.
//!
//! "Model" is the AWS IoT service model, from which the API reference is made. "Quotas" is the page of AWS IoT Core
//! quotas.

/// Bytes of a resource that a request is checked on and that is compared with policies. Not a number of AWS's, which accepts an eighth of
/// it in a topic: comparing takes time in the product of both lengths.
pub const REQUEST: usize = 2_048;
/// Characters of a `templateBody` string. Model, `TemplateBody`.
pub const TEMPLATE_BODY: usize = 10_240;
/// Bytes of a text that is read at all. Not a number of AWS's: a template is a hundredth of it.
pub const TEXT: usize = 1_000_000;
/// The longest text about an account that is read, in bytes; ours. Ten thousand things need some three megabytes.
pub const ACCOUNT_TEXT: usize = 16_000_000;
/// Characters of a provisioning role ARN, fewest and most. Model, `RoleArn`.
pub const ROLE_ARN: (usize, usize) = (20, 2_048);
/// The start of a role's ARN up to its name, as a pattern for editors: what `role::arn_problem` accepts.
pub const ROLE_ARN_START: &str =
    r"^arn:aws(-cn|-us-gov|-iso|-iso-b|-iso-e|-iso-f|-eusc)?:iam::[0-9]{12}:role/([\s\S]*/)?";
/// Characters of a provisioning template's name. Model, `TemplateName`, pattern `^[0-9A-Za-z_-]+$`.
pub const TEMPLATE_NAME: usize = 36;
/// Characters of a provisioning template's description. Model, `TemplateDescription`, pattern `[^\p{C}]*`.
pub const TEMPLATE_DESCRIPTION: usize = 500;
/// Characters of a value passed to `RegisterThing`. Model, `Value`.
pub const PARAMETER_VALUE: usize = 4_096;
/// Characters of the names of things, thing types, thing groups and billing groups. Model, `ThingName` and the like.
pub const RESOURCE_NAME: usize = 128;
/// Characters of an attribute's name. Model, `AttributeName`.
pub const ATTRIBUTE_NAME: usize = 128;
/// Characters of an attribute's value. Model, `AttributeValue`.
pub const ATTRIBUTE_VALUE: usize = 800;
/// Attributes of a thing without a thing type. Quotas.
pub const ATTRIBUTES_WITHOUT_TYPE: usize = 3;
/// Attributes of a thing with a thing type. Quotas.
pub const ATTRIBUTES_WITH_TYPE: usize = 50;
/// Thing groups that a thing can belong to. Quotas.
pub const GROUPS_PER_THING: usize = 10;
/// Characters of a policy's name. Model, `PolicyName`.
pub const POLICY_NAME: usize = 128;
/// Characters of a policy document, white space not counted. Quotas.
pub const POLICY_DOCUMENT: usize = 2_048;
/// Values of a certificate's attribute that policy variables reach. X.509 policy variables page.
pub const VARIABLE_VALUES: usize = 5;
/// The most characters of a certificate's value that a policy variable accepts. The same page.
pub const VARIABLE_LENGTH: usize = 1_024;
/// The characters that keep a certificate's value from a policy variable. The same page.
pub const VARIABLE_WILDCARDS: &str = "*$+?#";
/// Bytes of an MQTT client ID. Quotas.
pub const CLIENT_ID: usize = 128;
/// Bytes of a topic or topic filter. Quotas.
pub const TOPIC: usize = 256;
/// Slashes in a topic or topic filter. Quotas.
pub const TOPIC_SLASHES: usize = 7;
/// Policies attached to a certificate. Quotas.
pub const POLICIES_PER_CERTIFICATE: usize = 10;

/// Bits of an RSA key, at least. Device Defender's page on key quality, which names what is checked at registration.
pub const RSA_BITS: usize = 2_048;
/// The content octets of the OIDs of curves that AWS IoT accepts, P-256, P-384 and P-521. X.509 client certificates
/// page, newer versions.
pub const NIST_CURVES: [&[u8]; 3] =
    [&[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7], &[0x2b, 0x81, 4, 0, 0x22], &[0x2b, 0x81, 4, 0, 0x23]];
/// Their names.
pub const NIST_CURVE_NAMES: [&str; 3] = ["P-256", "P-384", "P-521"];
/// How many octets a coordinate of a point on each curve has. SEC 1, 2.3.3.
pub const NIST_CURVE_OCTETS: [usize; 3] = [32, 48, 66];
/// Digits of a certificate ID, in hexadecimal. API reference, `CertificateId`.
pub const CERTIFICATE_ID: usize = 64;
/// The content octets of the OIDs of signature algorithms that AWS IoT supports: RSA with SHA-256, SHA-384 and SHA-512, DSA with
/// SHA-256, ECDSA with SHA-256, SHA-384 and SHA-512. X.509 client certificates page.
pub const SIGNATURE_ALGORITHMS: [&[u8]; 7] = [
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0c],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0d],
    &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 2],
];
/// The hashes in that list.
pub const HASHES: [&str; 3] = ["SHA-256", "SHA-384", "SHA-512"];
/// The content octets of the OID of RSASSA-PSS, which that page lists in 2026 and did not in 2023.
pub const RSASSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0a];

/// A pattern of the service model, as a test of one character.
#[derive(Clone, Copy, Debug)]
pub struct Charset {
    /// The pattern's character class as the model writes it.
    pub class: &'static str,
    /// The ASCII characters that it allows, a bit each. It allows no others.
    allowed: [u64; 2],
}

impl Charset {
    /// Letters, digits, and these.
    const fn new(class: &'static str, others: &[u8]) -> Self {
        let mut allowed = [0; 2];
        let mut byte = 0;
        while byte < 128 {
            let mut is_in = (byte as u8).is_ascii_alphanumeric();
            let mut at = 0;
            while at < others.len() {
                is_in |= others[at] == byte as u8;
                at += 1;
            }
            allowed[byte / 64] |= (is_in as u64) << (byte % 64);
            byte += 1;
        }
        Self { class, allowed }
    }

    fn allows(&self, character: char) -> bool {
        let code = character as usize;
        self.allowed.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    /// The first character that is not allowed, with its position counted in characters from 1.
    pub fn offender(&self, text: &str) -> Option<(usize, char)> {
        // Most names are good, and all that is allowed is ASCII.
        if text.bytes().all(|byte| self.allows(char::from(byte))) {
            return None;
        }
        text.chars().enumerate().find(|(_, character)| !self.allows(*character)).map(|(at, found)| (at + 1, found))
    }
}

/// Names of things, thing types, thing groups and billing groups. Model.
pub const NAME_CHARS: Charset = Charset::new("[a-zA-Z0-9:_-]", b":_-");
/// Names of attributes. Model, `AttributeName`.
pub const ATTRIBUTE_NAME_CHARS: Charset = Charset::new("[a-zA-Z0-9_.,@/:#-]", b"_.,@/:#-");
/// Values of attributes. Model, `AttributeValue`; no spaces.
pub const ATTRIBUTE_VALUE_CHARS: Charset = Charset::new(r"[a-zA-Z0-9_.,@/:#=\[\]-]", b"_.,@/:#=[]-");
/// Names of policies. Model, `PolicyName`, `[\w+=,.@-]`.
pub const POLICY_NAME_CHARS: Charset = Charset::new(r"[\w+=,.@-]", b"_+=,.@-");
/// Names of IAM roles. IAM's `RoleName`, `[\w+=,.@-]`, as the names of policies.
pub const ROLE_NAME_CHARS: Charset = POLICY_NAME_CHARS;
/// Names of provisioning templates. Model, `TemplateName`.
pub const TEMPLATE_NAME_CHARS: Charset = Charset::new("[0-9A-Za-z_-]", b"_-");

/// The eight parameters that AWS defines for JITP, with the X.520 attribute (the last arc of `2.5.4`) of the subject that
/// each is filled from; `None` for the certificate ID. Just-in-time provisioning page, "JITP overview".
pub const PREDEFINED: [(&str, Option<u8>); 8] = [
    ("AWS::IoT::Certificate::Country", Some(6)),
    ("AWS::IoT::Certificate::Organization", Some(10)),
    ("AWS::IoT::Certificate::OrganizationalUnit", Some(11)),
    ("AWS::IoT::Certificate::DistinguishedNameQualifier", Some(46)),
    ("AWS::IoT::Certificate::StateName", Some(8)),
    ("AWS::IoT::Certificate::CommonName", Some(3)),
    ("AWS::IoT::Certificate::SerialNumber", Some(5)),
    ("AWS::IoT::Certificate::Id", None),
];
/// The parameter that holds the certificate ID.
pub const ID_PARAMETER: &str = "AWS::IoT::Certificate::Id";
/// The parameter whose source is read in two ways, see rule R2.5 in docs/fidelity.md.
pub const SERIAL_PARAMETER: &str = "AWS::IoT::Certificate::SerialNumber";
/// The start of the names of the eight predefined parameters.
pub const PREDEFINED_PREFIX: &str = "AWS::IoT::Certificate::";
/// Short names that people use for the eight: the attributes' names in OpenSSL and RFC 4514, and the ID's names in
/// APIs.
pub const PARAMETER_ALIASES: [(&str, usize); 19] = [
    ("C", 0),
    ("CountryName", 0),
    ("O", 1),
    ("Org", 1),
    ("OrganizationName", 1),
    ("OU", 2),
    ("OrgUnit", 2),
    ("OrganizationUnit", 2),
    ("OrganizationalUnitName", 2),
    ("dnQualifier", 3),
    ("DNQ", 3),
    ("ST", 4),
    ("State", 4),
    ("StateOrProvinceName", 4),
    ("CN", 5),
    ("Serial", 6),
    ("SerialNo", 6),
    ("CertificateId", 7),
    ("CertId", 7),
];
