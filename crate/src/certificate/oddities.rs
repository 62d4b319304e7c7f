//! Where a certificate departs from RFC 5280. jitp reads on; other readers may not.

use super::der_reader::{DerReader, Element, GENERALIZED_TIME, UTC_TIME};
use super::extension::{Extensions, extensions, named};
use super::odd_strings;
use super::time;
use super::x509::Certificate;

/// Each oddity as a sentence without its stop. `dates_reported`: dates that cannot be read are reported elsewhere.
pub(super) fn of(certificate: &Certificate<'_>, read: &Extensions, dates_reported: bool) -> Vec<String> {
    let mut odd = Vec::new();
    version(certificate, &mut odd);
    serial(certificate.serial(), &mut odd);
    if certificate.subject().next().is_none() {
        odd.push("The certificate's subject is empty".to_owned());
    }
    odd.extend(odd_strings::of(certificate.subject(), certificate.issuer()));
    dates(certificate, dates_reported, &mut odd);
    if !certificate.algorithms_agree() {
        odd.push("The two places that name the certificate's signature algorithm differ".to_owned());
    }
    extension(certificate, read, &mut odd);
    if !is_der(certificate.der()) {
        odd.push("The certificate is not in DER: it has lengths that are not the shortest".to_owned());
    }
    odd
}

/// Version 1 is what `openssl x509 -req` writes for a device by default, and it is fine there. A version 1 certificate
/// cannot say that it is a CA.
fn version(certificate: &Certificate<'_>, odd: &mut Vec<String>) {
    match certificate.version() {
        3 => {}
        1 if certificate.is_self_issued() => odd.push(
            "The certificate is of X.509 version 1, which has no extensions: it cannot say that it is a CA's"
                .to_owned(),
        ),
        1 => {}
        other => odd.push(format!("The certificate is of X.509 version {other}, not the usual version 3")),
    }
}

fn serial(octets: &[u8], odd: &mut Vec<String>) {
    let significant = octets.iter().skip_while(|&&octet| octet == 0).count();
    if octets.first().is_some_and(|octet| octet & 0x80 != 0) {
        odd.push("The certificate's serial number is negative".to_owned());
    } else if significant == 0 {
        odd.push("The certificate's serial number is zero".to_owned());
    } else if significant > 20 {
        odd.push(format!("The certificate's serial number has {significant} octets, and RFC 5280 allows 20"));
    } else if octets.len() > 1 && octets[0] == 0 && octets[1] & 0x80 == 0 {
        odd.push("The certificate's serial number begins with zeros that DER does not allow".to_owned());
    }
}

fn dates(certificate: &Certificate<'_>, reported: bool, odd: &mut Vec<String>) {
    let mut times = Vec::new();
    for (which, time) in ["notBefore", "notAfter"].into_iter().zip(certificate.times()) {
        let read = time.and_then(time::read);
        match time {
            _ if read.is_none() && reported => {}
            None => odd.push(format!("The certificate has no {which}")),
            Some(_) if read.is_none() => odd.push(format!("The certificate's {which} is not a date that can be read")),
            Some(time) if !is_usual(time) => {
                let text = String::from_utf8_lossy(time.content);
                odd.push(format!("The certificate's {which} is written as {text}, not as RFC 5280 requires"));
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
        let mut reader = DerReader::new(bytes);
        while !reader.is_empty() {
            // What cannot be read is in no part that others read.
            let Ok(element) = reader.any("an element") else { break };
            let header = element.encoded.len() - element.content.len();
            let shortest = match element.content.len() {
                0..0x80 => 2,
                0x80..0x100 => 3,
                0x100..0x1_0000 => 4,
                0x1_0000..0x100_0000 => 5,
                _ => 6,
            };
            let is_deep = element.tag & 0x20 != 0 && depth != 0;
            if header != shortest || is_deep && !check(element.content, depth - 1) {
                return false;
            }
        }
        true
    }
    check(der, 12)
}
