//! Why a certificate cannot be read. All messages are composed here.

use super::non_certificate::NonCertificate;
use std::fmt;

/// Why bytes are not a readable certificate: what was expected, at which byte, and what is there instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadError {
    /// The part that was expected, as the object of a sentence: `"the serial number"`.
    pub(super) expected: &'static str,
    /// Offset of that part from the start of the DER.
    pub(super) offset: usize,
    pub(super) problem: DerProblem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DerProblem {
    /// The bytes end, or the enclosing element does.
    Missing,
    /// Another tag is there.
    Tag(u8),
    /// A tag of more than one byte, which no part of a certificate has.
    LongTag,
    /// A length of more than four bytes.
    Length,
    /// A length that BER knows and DER forbids.
    Indefinite,
    /// The element claims more bytes than there are.
    Overrun { claimed: usize, left: usize },
    /// Bytes follow where the element should end.
    Trailing(usize),
    /// The serial number is too long to be one.
    SerialTooLong(usize),
    /// A well-formed thing of another kind.
    OtherKind(NonCertificate),
}

impl ReadError {
    /// Offset from the start of the DER, in bytes, of the part that could not be read.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What the bytes are, if they are something other than a certificate.
    pub fn kind(&self) -> Option<NonCertificate> {
        match self.problem {
            DerProblem::OtherKind(kind) => Some(kind),
            _ => None,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expected, offset, problem } = *self;
        if let DerProblem::OtherKind(kind) = problem {
            return f.write_str(kind.reason());
        }
        write!(f, "This is not a readable X.509 certificate: expected {expected} at byte {offset}, ")?;
        match problem {
            DerProblem::Missing => f.write_str("but there is nothing."),
            DerProblem::Tag(tag) => write!(f, "found the tag 0x{tag:02x} there."),
            DerProblem::LongTag => f.write_str("found a tag of several bytes there."),
            DerProblem::Length => f.write_str("but its length cannot be read."),
            DerProblem::Indefinite => f.write_str("but it has an indefinite length, which DER does not allow."),
            DerProblem::Overrun { claimed, left } => {
                write!(f, "which should be {claimed} bytes long, but only {left} are left: it is cut off or damaged.")
            }
            DerProblem::Trailing(1) => f.write_str("found 1 more byte there."),
            DerProblem::Trailing(count) => write!(f, "found {count} more bytes there."),
            DerProblem::SerialTooLong(count) => write!(f, "which is {count} bytes long; RFC 5280 allows 20."),
            DerProblem::OtherKind(_) => Ok(()),
        }
    }
}

impl std::error::Error for ReadError {}
