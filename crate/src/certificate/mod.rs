//! From bytes to facts: finds certificates in whatever people paste, and reads them.
//!
//! This part knows nothing of templates. Bad input is a value here: an [`Other`](pem::Entry::Other) with a reason, or a
//! [`ReadError`] that says what was expected at which byte.

mod armor;
pub mod attributes;
mod block;
pub(crate) mod der_reader;
mod error;
pub mod extension;
pub(crate) mod key;
pub(crate) mod known;
mod listed;
pub(crate) mod name;
mod non_certificate;
mod odd_strings;
mod oddities;
pub(crate) mod oid;
pub mod pem;
mod pkcs7;
pub(crate) mod pss;
pub(crate) mod requirements;
pub(crate) mod serial;
mod shape;
mod signing_request;
pub(crate) mod strict;
pub(crate) mod subject;
pub mod summary;
mod time;
pub mod x509;

pub use attributes::Attribute;
pub use error::ReadError;
pub use key::Key;
pub use known::KnownCertificate;
pub use listed::{ListedCertificate, list_certificates};
pub use name::NameText;
pub use non_certificate::NonCertificate;
pub use pem::Entry;
pub use summary::{CertificateSummary, read_certificates};
pub use time::{of_condition as time_of_condition, rfc3339};
pub use x509::Certificate;
