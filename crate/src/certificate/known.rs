//! What is known of a device's certificate: all of it, or only the subject that it has or will have.

use super::attributes::Attributes;
use super::x509::Certificate;

/// The certificate of a device, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub enum KnownCertificate<'a> {
    /// All of it.
    Whole(&'a Certificate<'a>),
    /// Its subject, an encoded `Name`.
    Subject(&'a [u8]),
}

/// Stands for the ID of a certificate that is not known.
pub const UNKNOWN_ID: &str = "<certificate ID>";

/// Stands for a certificate's own serial number that is not known.
pub const UNKNOWN_SERIAL: &str = "<serial number>";

/// Values as long as the unknown ones can be, in the characters that those have: 64 hex digits, and the 49 decimal digits of the 20 octets
/// that RFC 5280 allows.
const LIKELY_ID: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";
const LONGEST_SERIAL: &str = "1234567890123456789012345678901234567890123456789";
const SHORTEST_SERIAL: &str = "1";

impl<'a> KnownCertificate<'a> {
    /// The attributes of the subject, in encoded order.
    pub fn subject(self) -> Attributes<'a> {
        match self {
            KnownCertificate::Whole(certificate) => certificate.subject(),
            KnownCertificate::Subject(name) => Attributes::new(name),
        }
    }

    /// The attributes of the issuer, in encoded order.
    pub fn issuer(self) -> Option<Attributes<'a>> {
        self.whole().map(Certificate::issuer)
    }

    /// The certificate's own serial number in decimal, or what stands for it.
    pub fn serial_decimal(self) -> String {
        self.whole().map_or_else(|| UNKNOWN_SERIAL.to_owned(), Certificate::serial_decimal)
    }

    /// The certificate, if all of it is known.
    pub fn whole(self) -> Option<&'a Certificate<'a>> {
        match self {
            KnownCertificate::Whole(certificate) => Some(certificate),
            KnownCertificate::Subject(_) => None,
        }
    }
}

/// Whether a value depends on one that is not known.
pub fn has_unknown(text: &str) -> bool {
    text.contains(UNKNOWN_ID) || text.contains(UNKNOWN_SERIAL)
}

/// A value with the longest or the shortest values that the unknown ones can have.
#[cold]
pub fn filled(text: &str, longest: bool) -> String {
    let serial = if longest { LONGEST_SERIAL } else { SHORTEST_SERIAL };
    text.replace(UNKNOWN_ID, LIKELY_ID).replace(UNKNOWN_SERIAL, serial)
}

/// As long as what stands for the unknown values, in characters that mean nothing anywhere: `<…>` has the look of a placeholder that
/// somebody left.
const PLAIN_ID: &str = "-certificate-ID-";
const PLAIN_SERIAL: &str = "-serial-number-";

/// A text in which other characters of the same number stand for the unknown values.
#[cold]
pub fn plain(text: &str) -> String {
    text.replace(UNKNOWN_ID, PLAIN_ID).replace(UNKNOWN_SERIAL, PLAIN_SERIAL)
}

/// Whether a text that was made [plain] depends on an unknown value.
pub fn has_plain(text: &str) -> bool {
    text.contains(PLAIN_ID) || text.contains(PLAIN_SERIAL)
}

/// A message about a text that was made [plain], as one about the text itself.
#[cold]
pub fn unplain(message: &str) -> String {
    message.replace(PLAIN_ID, UNKNOWN_ID).replace(PLAIN_SERIAL, UNKNOWN_SERIAL)
}

/// A message about a value that was [filled] with the longest values, as one about the value itself.
#[cold]
pub fn restored(message: &str) -> String {
    message.replace(LIKELY_ID, UNKNOWN_ID).replace(LONGEST_SERIAL, UNKNOWN_SERIAL)
}

/// Whether a delimiter may divide an unknown value, or what stands for it.
#[cold]
pub fn may_divide(delimiter: &str) -> bool {
    let inside = |character: char| {
        character.is_ascii_hexdigit() || UNKNOWN_ID.contains(character) || UNKNOWN_SERIAL.contains(character)
    };
    delimiter.chars().any(inside)
}
