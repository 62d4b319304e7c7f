//! What in a certificate is not as RFC 5280 wants it. jitp reads on; others may not.

use super::extension::{Extensions, extensions, named};
use super::moment;
use super::subject::{self, Attribute, Attributes};
use super::tlv::{Element, GENERALIZED_TIME, Reader, UTC_TIME, elements};
use super::x509::Certificate;

const UTF8_STRING: u8 = 0x0c;
const PRINTABLE_STRING: u8 = 0x13;
const IA5_STRING: u8 = 0x16;
/// Attributes that are IA5String by their definition: emailAddress, DC, and the like.
const IA5_ATTRIBUTES: [&str; 4] = ["emailAddress", "DC", "mail", "unstructuredName"];
/// Attributes that are PrintableString by their definition: country, serialNumber, dnQualifier.
const PRINTABLE_ATTRIBUTES: [[u8; 3]; 3] = [[0x55, 4, 6], [0x55, 4, 5], [0x55, 4, 46]];

/// What is odd, each as a sentence without its stop.
pub(super) fn of(certificate: &Certificate<'_>, read: &Extensions) -> Vec<String> {
    let mut odd = Vec::new();
    version(certificate, &mut odd);
    serial(certificate.serial(), &mut odd);
    if certificate.subject().next().is_none() {
        odd.push("The certificate's subject is empty".to_owned());
    }
    for (whose, name) in [("subject", certificate.subject()), ("issuer", certificate.issuer())] {
        name_of(whose, name, &mut odd);
    }
    dates(certificate, &mut odd);
    if !certificate.algorithms_agree() {
        odd.push("The two places that name the certificate's signature algorithm differ".to_owned());
    }
    extension(certificate, read, &mut odd);
    if !is_der(certificate.der()) {
        odd.push("The certificate is not in DER: it has lengths that are longer than they need to be".to_owned());
    }
    odd
}

fn version(certificate: &Certificate<'_>, odd: &mut Vec<String>) {
    match certificate.version() {
        3 => {}
        1 => odd.push(
            "The certificate is of X.509 version 1, which has no extensions; most tools write version 3".to_owned(),
        ),
        other => odd.push(format!("The certificate is of X.509 version {other}, where version 3 is usual")),
    }
}

fn serial(octets: &[u8], odd: &mut Vec<String>) {
    let significant = octets.iter().skip_while(|&&octet| octet == 0).count();
    if octets.first().is_some_and(|octet| octet & 0x80 != 0) {
        odd.push("The certificate's serial number is negative".to_owned());
    } else if significant == 0 {
        odd.push("The certificate's serial number is zero".to_owned());
    } else if significant > 20 {
        odd.push(format!("The certificate's serial number has {significant} octets, where RFC 5280 allows 20"));
    } else if octets.len() > 1 && octets[0] == 0 && octets[1] & 0x80 == 0 {
        odd.push("The certificate's serial number begins with zeros that DER does not allow".to_owned());
    }
}

fn name_of(whose: &str, name: Attributes<'_>, odd: &mut Vec<String>) {
    for attribute in name {
        if let Some(what) = string(&attribute) {
            odd.push(format!("The {whose}'s {} {what}", attribute.name()));
        }
    }
}

/// What is odd about the string of an attribute.
fn string(attribute: &Attribute<'_>) -> Option<String> {
    let kind = || subject::encoding_name(attribute.tag);
    let content = Reader::new(attribute.encoded).any("").ok()?.content;
    if content.is_empty() {
        return Some("is empty".to_owned());
    }
    match attribute.tag {
        UTF8_STRING if std::str::from_utf8(content).is_err() => Some("is a UTF8String that is not UTF-8".to_owned()),
        UTF8_STRING if PRINTABLE_ATTRIBUTES.iter().any(|oid| oid == attribute.oid) => {
            Some("is a UTF8String, where a PrintableString is due".to_owned())
        }
        PRINTABLE_STRING => content.iter().find(|byte| !is_printable(**byte)).map(|byte| {
            let what = if byte.is_ascii_graphic() {
                format!("`{}`", char::from(*byte))
            } else {
                format!("the byte 0x{byte:02x}")
            };
            format!("is a PrintableString, but has {what}, which such a string cannot hold")
        }),
        UTF8_STRING => None,
        IA5_STRING if IA5_ATTRIBUTES.contains(&&*attribute.name()) => {
            content.iter().any(|byte| !byte.is_ascii()).then(|| "is an IA5String that is not ASCII".to_owned())
        }
        _ if attribute.is_text => Some(format!("is a {}; new certificates use UTF8String or PrintableString", kind())),
        _ => Some(format!("is a {}, which is no string", kind())),
    }
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

fn dates(certificate: &Certificate<'_>, odd: &mut Vec<String>) {
    let mut times = Vec::new();
    for (which, time) in ["notBefore", "notAfter"].into_iter().zip(certificate.times()) {
        let read = time.and_then(moment::read);
        match time {
            None => odd.push(format!("The certificate has no {which}")),
            Some(_) if read.is_none() => odd.push(format!("The certificate's {which} is no date that can be read")),
            Some(time) if !is_usual(time) => {
                let text = String::from_utf8_lossy(time.content);
                odd.push(format!("The certificate's {which} is written as {text}, not as RFC 5280 asks"));
            }
            Some(_) => {}
        }
        times.extend(read);
    }
    if let [start, end] = times[..]
        && end < start
    {
        odd.push("The certificate ends before it begins".to_owned());
    }
}

/// Whether a date is `YYMMDDHHMMSSZ` up to 2049, and `YYYYMMDDHHMMSSZ` from 2050 on.
fn is_usual(time: Element<'_>) -> bool {
    let [digits @ .., b'Z'] = time.content else { return false };
    digits.iter().all(u8::is_ascii_digit)
        && match time.tag {
            UTC_TIME => digits.len() == 12,
            GENERALIZED_TIME => digits.len() == 14 && digits >= &b"2050"[..],
            _ => false,
        }
}

fn extension(certificate: &Certificate<'_>, read: &Extensions, odd: &mut Vec<String>) {
    let Some(der) = certificate.extensions_der() else { return };
    for name in &read.unreadable {
        odd.push(format!("The certificate's extension {name} cannot be read"));
    }
    let mut seen: Vec<&[u8]> = Vec::new();
    for found in extensions(der).map(|extension| extension.oid) {
        if seen.contains(&found) {
            odd.push(format!("The certificate has the extension {} twice", named(found).name));
        } else {
            seen.push(found);
        }
        if seen.len() > 64 {
            break;
        }
    }
    if certificate.version() != 3 {
        odd.push("The certificate has extensions, which only version 3 has".to_owned());
    }
}

/// Whether every length is as short as it can be, down to elements that are not constructed.
fn is_der(der: &[u8]) -> bool {
    fn check(bytes: &[u8], depth: usize) -> bool {
        elements(bytes).all(|element| {
            let header = element.encoded.len() - element.content.len();
            let shortest = match element.content.len() {
                0..0x80 => 2,
                0x80..0x100 => 3,
                0x100..0x1_0000 => 4,
                0x1_0000..0x100_0000 => 5,
                _ => 6,
            };
            header == shortest && (element.tag & 0x20 == 0 || depth == 0 || check(element.content, depth - 1))
        })
    }
    check(der, 12)
}
