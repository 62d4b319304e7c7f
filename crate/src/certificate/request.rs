//! Certificate signing requests (PKCS#10, RFC 2986): only the subject that they ask for is read.

use super::subject;
use super::tlv::{INTEGER, Reader, SEQUENCE};

/// The subject that a request asks for, as encoded, where it can be read.
pub(super) fn subject(der: &[u8]) -> Option<&[u8]> {
    let request = Reader::new(der).expect(SEQUENCE, "the request").ok()?;
    let mut information = request.reader().expect(SEQUENCE, "the part that is signed").ok()?.reader();
    information.expect(INTEGER, "the version").ok()?;
    let name = information.expect(SEQUENCE, "the subject").ok()?;
    subject::check(name).ok()?;
    Some(name.encoded)
}
