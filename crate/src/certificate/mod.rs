//! From bytes to facts: finds certificates in whatever people paste, and reads them.
//!
//! This part knows nothing of templates. Bad input is a value here: an [`Other`](pem::Entry::Other) with a reason, or a
//! [`ReadError`] that says what was expected at which byte.

mod armor;
mod error;
pub mod extension;
pub(crate) mod key;
mod kind;
mod moment;
pub(crate) mod name;
mod odd_strings;
mod oddities;
pub(crate) mod oid;
pub mod pem;
mod pkcs7;
pub(crate) mod pss;
mod request;
pub(crate) mod requirements;
pub(crate) mod serial;
mod shape;
pub(crate) mod strict;
pub mod subject;
pub mod summary;
pub(crate) mod tlv;
pub mod x509;

pub use error::ReadError;
pub use key::Key;
pub use kind::Kind;
pub use moment::rfc3339;
pub use name::NameText;
pub use pem::Entry;
pub use subject::Attribute;
pub use summary::{CertificateSummary, read_certificates};
pub use x509::Certificate;
