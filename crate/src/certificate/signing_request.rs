//! Certificate signing requests (PKCS#10, RFC 2986): only the subject that they ask for is read.

use super::attributes;
use super::der_reader::{DerReader, INTEGER, SEQUENCE};

/// The encoded subject of a request, if it can be read.
pub(super) fn subject(der: &[u8]) -> Option<&[u8]> {
    let request = DerReader::new(der).expect(SEQUENCE, "the request").ok()?;
    let mut information = request.reader().expect(SEQUENCE, "the part that is signed").ok()?.reader();
    information.expect(INTEGER, "the version").ok()?;
    let name = information.expect(SEQUENCE, "the subject").ok()?;
    attributes::check(name).ok()?;
    Some(name.encoded)
}
