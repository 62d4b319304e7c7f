//! Object identifiers as people write them, and the names that OpenSSL gives them.
//!
//! `const-oid` is not used: it holds neither long identifiers nor large arcs, and certificates have both.

/// Lower-case hex.
pub(crate) fn hex(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = octets.iter().flat_map(|octet| [DIGITS[usize::from(octet >> 4)], DIGITS[usize::from(octet & 15)]]);
    let mut text = Vec::with_capacity(octets.len() * 2);
    text.extend(digits);
    // The digits are ASCII.
    String::from_utf8(text).unwrap_or_default()
}

/// The dotted form, for example `2.5.4.3`. Octets that are not an object identifier become `#` and hex.
pub(crate) fn dotted(oid: &[u8]) -> String {
    try_dotted(oid).unwrap_or_else(|| format!("#{}", hex(oid)))
}

fn try_dotted(oid: &[u8]) -> Option<String> {
    if oid.last().is_none_or(|&last| last & 0x80 != 0) {
        return None;
    }
    let mut text = String::with_capacity(oid.len() * 3);
    let mut arc = 0_u128;
    for &octet in oid {
        // An arc can be a UUID of 128 bits (2.25), not more.
        if arc >> (u128::BITS - 7) != 0 {
            return None;
        }
        arc = arc << 7 | u128::from(octet & 0x7f);
        if octet & 0x80 == 0 {
            // The first two arcs share one number.
            let (root, number) = match (text.is_empty(), arc) {
                (true, 0..40) => ("0.", arc),
                (true, 40..80) => ("1.", arc - 40),
                (true, _) => ("2.", arc - 80),
                (false, _) => (".", arc),
            };
            text.push_str(root);
            text.push_str(itoa::Buffer::new().format(number));
            arc = 0;
        }
    }
    Some(text)
}

/// The octets of an object identifier in dotted form. `None` if it is none, or if an arc has more than 64 bits.
#[cold]
pub(super) fn octets(dotted: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    let mut root = None;
    for digits in dotted.as_bytes().split(|byte| *byte == b'.') {
        let mut arc = 0_u64;
        for digit in digits {
            arc = arc.checked_mul(10)?.checked_add(u64::from(char::from(*digit).to_digit(10)?))?;
        }
        // The first two arcs share one number.
        let before = match root {
            _ if digits.is_empty() => return None,
            None if arc > 2 => return None,
            None => {
                root = Some(arc * 40);
                continue;
            }
            Some(40 | 0) if octets.is_empty() && arc > 39 => return None,
            Some(root) if octets.is_empty() => root,
            Some(_) => 0,
        };
        let mut rest = arc.checked_add(before)?;
        let start = octets.len();
        octets.push((rest & 0x7f) as u8);
        rest >>= 7;
        while rest != 0 {
            octets.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        octets[start..].reverse();
    }
    (!octets.is_empty()).then_some(octets)
}

/// Types of attributes, dotted, and their short names, as OpenSSL prints them.
const ATTRIBUTE_TYPES: [(&str, &str); 37] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.16", "postalAddress"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.18", "postOfficeBox"),
    ("2.5.4.20", "telephoneNumber"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "GN"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.45", "x500UniqueIdentifier"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.65", "pseudonym"),
    ("2.5.4.72", "role"),
    ("2.5.4.97", "organizationIdentifier"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.3", "mail"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("1.2.840.113549.1.9.2", "unstructuredName"),
    ("1.2.840.113549.1.9.8", "unstructuredAddress"),
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"),
    ("1.2.643.3.131.1.1", "INN"),
    ("1.2.643.100.1", "OGRN"),
    ("1.2.643.100.3", "SNILS"),
];

/// Long names that people write for attribute types, as OpenSSL reads them too.
const LONG_NAMES: [(&str, &str); 8] = [
    ("2.5.4.3", "commonName"),
    ("2.5.4.4", "surname"),
    ("2.5.4.6", "countryName"),
    ("2.5.4.7", "localityName"),
    ("2.5.4.8", "stateOrProvinceName"),
    ("2.5.4.10", "organizationName"),
    ("2.5.4.11", "organizationalUnitName"),
    ("0.9.2342.19200300.100.1.25", "domainComponent"),
];

/// The short name of an attribute type, as OpenSSL prints it.
pub(super) fn attribute_name(dotted: &str) -> Option<&'static str> {
    ATTRIBUTE_TYPES.iter().find(|(oid, _)| *oid == dotted).map(|(_, name)| *name)
}

/// The attribute type that a short or long name stands for, dotted. RFC 4514 gives no meaning to the letter case.
#[cold]
pub(super) fn attribute_type(name: &str) -> Option<&'static str> {
    let mut known = ATTRIBUTE_TYPES.iter().chain(&LONG_NAMES);
    known.find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(oid, _)| *oid)
}

/// The short and the long names of attribute types.
#[cold]
pub(super) fn attribute_names() -> Vec<&'static str> {
    ATTRIBUTE_TYPES.iter().chain(&LONG_NAMES).map(|(_, name)| *name).collect()
}

/// The name of a signature algorithm, as OpenSSL prints it.
pub(crate) fn signature_algorithm_name(dotted: &str) -> Option<&'static str> {
    Some(match dotted {
        "1.2.840.113549.1.1.2" => "md2WithRSAEncryption",
        "1.2.840.113549.1.1.3" => "md4WithRSAEncryption",
        "1.2.840.113549.1.1.4" => "md5WithRSAEncryption",
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.3.14.3.2.29" => "sha1WithRSA",
        "1.2.840.113549.1.1.10" => "rsassaPss",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        "1.2.840.113549.1.1.14" => "sha224WithRSAEncryption",
        "2.16.840.1.101.3.4.3.13" => "RSA-SHA3-224",
        "2.16.840.1.101.3.4.3.14" => "RSA-SHA3-256",
        "2.16.840.1.101.3.4.3.15" => "RSA-SHA3-384",
        "2.16.840.1.101.3.4.3.16" => "RSA-SHA3-512",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.1" => "ecdsa-with-SHA224",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "2.16.840.1.101.3.4.3.9" => "ecdsa_with_SHA3-224",
        "2.16.840.1.101.3.4.3.10" => "ecdsa_with_SHA3-256",
        "2.16.840.1.101.3.4.3.11" => "ecdsa_with_SHA3-384",
        "2.16.840.1.101.3.4.3.12" => "ecdsa_with_SHA3-512",
        "1.2.840.10040.4.3" => "dsaWithSHA1",
        "2.16.840.1.101.3.4.3.1" => "dsa_with_SHA224",
        "2.16.840.1.101.3.4.3.2" => "dsa_with_SHA256",
        "2.16.840.1.101.3.4.3.3" => "dsa_with_SHA384",
        "2.16.840.1.101.3.4.3.4" => "dsa_with_SHA512",
        "1.3.101.112" => "ED25519",
        "1.3.101.113" => "ED448",
        "1.2.156.10197.1.501" => "SM2-with-SM3",
        "1.2.643.2.2.3" => "GOST R 34.11-94 with GOST R 34.10-2001",
        "1.2.643.7.1.1.3.2" => "GOST R 34.10-2012 with GOST R 34.11-2012 (256 bit)",
        "1.2.643.7.1.1.3.3" => "GOST R 34.10-2012 with GOST R 34.11-2012 (512 bit)",
        _ => return None,
    })
}

/// The name of a hash: WebCrypto's for those that it has, a similar one for others.
pub(super) fn hash_name(dotted: &str) -> Option<&'static str> {
    Some(match dotted {
        "1.2.840.113549.2.5" => "MD5",
        "1.3.14.3.2.26" => "SHA-1",
        "2.16.840.1.101.3.4.2.4" => "SHA-224",
        "2.16.840.1.101.3.4.2.1" => "SHA-256",
        "2.16.840.1.101.3.4.2.2" => "SHA-384",
        "2.16.840.1.101.3.4.2.3" => "SHA-512",
        "2.16.840.1.101.3.4.2.5" => "SHA-512/224",
        "2.16.840.1.101.3.4.2.6" => "SHA-512/256",
        "2.16.840.1.101.3.4.2.7" => "SHA3-224",
        "2.16.840.1.101.3.4.2.8" => "SHA3-256",
        "2.16.840.1.101.3.4.2.9" => "SHA3-384",
        "2.16.840.1.101.3.4.2.10" => "SHA3-512",
        _ => return None,
    })
}

/// The name of an extension, as OpenSSL prints it.
pub(super) fn extension_name(dotted: &str) -> Option<&'static str> {
    Some(match dotted {
        "2.5.29.9" => "X509v3 Subject Directory Attributes",
        "2.5.29.14" => "X509v3 Subject Key Identifier",
        "2.5.29.15" => "X509v3 Key Usage",
        "2.5.29.16" => "X509v3 Private Key Usage Period",
        "2.5.29.17" => "X509v3 Subject Alternative Name",
        "2.5.29.18" => "X509v3 Issuer Alternative Name",
        "2.5.29.19" => "X509v3 Basic Constraints",
        "2.5.29.30" => "X509v3 Name Constraints",
        "2.5.29.31" => "X509v3 CRL Distribution Points",
        "2.5.29.32" => "X509v3 Certificate Policies",
        "2.5.29.33" => "X509v3 Policy Mappings",
        "2.5.29.35" => "X509v3 Authority Key Identifier",
        "2.5.29.36" => "X509v3 Policy Constraints",
        "2.5.29.37" => "X509v3 Extended Key Usage",
        "2.5.29.46" => "X509v3 Freshest CRL",
        "2.5.29.54" => "X509v3 Inhibit Any Policy",
        "1.3.6.1.5.5.7.1.1" => "Authority Information Access",
        "1.3.6.1.5.5.7.1.11" => "Subject Information Access",
        "1.3.6.1.5.5.7.1.24" => "TLS Feature",
        "1.3.6.1.4.1.11129.2.4.2" => "CT Precertificate SCTs",
        "1.3.6.1.4.1.11129.2.4.3" => "CT Precertificate Poison",
        "2.16.840.1.113730.1.1" => "Netscape Cert Type",
        "2.16.840.1.113730.1.13" => "Netscape Comment",
        _ => return None,
    })
}

/// The name of a purpose in `extendedKeyUsage`, as OpenSSL writes it in a configuration.
pub(super) fn purpose_name(dotted: &str) -> Option<&'static str> {
    Some(match dotted {
        "2.5.29.37.0" => "anyExtendedKeyUsage",
        "1.3.6.1.5.5.7.3.1" => "serverAuth",
        "1.3.6.1.5.5.7.3.2" => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_forms() {
        assert_eq!(dotted(&[0x55, 4, 3]), "2.5.4.3");
        assert_eq!(dotted(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]), "1.2.840.113549");
        assert_eq!(dotted(&[0x88, 0x37, 3]), "2.999.3");
        assert_eq!(dotted(&[0x00]), "0.0");
        assert_eq!(dotted(&[0x7f]), "2.47");
    }

    #[test]
    fn octets_are_those_that_the_dotted_form_is_read_from() {
        for known in ["2.5.4.3", "1.2.840.113549", "2.999.3", "0.0", "2.47", "1.39.0", "0.9.2342.19200300.100.1.25"] {
            assert_eq!(dotted(&octets(known).expect("an identifier")), known);
        }
        for not in ["", "2", "3.1", "1.40", "2.5.", "2..5", "2.5.4.x", "2.5.4.-3", "2.5.4.+3", " 2.5", "CN"] {
            assert_eq!(octets(not), None, "{not:?}");
        }
        let long = format!("2.25.{}", u64::MAX);
        assert_eq!(dotted(&octets(&long).expect("an identifier")), long);
        assert_eq!(octets(&format!("2.25.{}0", u64::MAX)), None);
        assert_eq!(octets(&format!("2.{}", u64::MAX)), None);
    }

    #[test]
    fn what_is_none_is_shown_in_hex() {
        assert_eq!(dotted(&[]), "#");
        assert_eq!(dotted(&[0x55, 0x84]), "#5584");
        assert_eq!(dotted(&[0xff; 40]), format!("#{}", "ff".repeat(40)));
    }
}
