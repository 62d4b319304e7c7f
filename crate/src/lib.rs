//! What AWS IoT just-in-time provisioning (JITP) will do, before a device connects.
//!
//! A JITP template is JSON escaped inside JSON, filled from the subject of an X.509 certificate. This crate
//! [validates](validate) one, [stringifies](stringify()) it into a registration config, and [dry-runs](dry_run) it against a
//! device certificate. Bad input is a value here: any text and any bytes give a report with diagnostics, none a panic.
//!
//! ```
//! let config = r#"{"Resources": {"certificate": {"Type": "AWS::IoT::Certificate", "Properties": {}}}}"#;
//! let report = jitp::validate(config);
//! assert!(!report.ok);
//! assert_eq!(report.diagnostics[0].code, "JITP054");
//! ```

pub mod access;
pub mod account;
mod arn;
pub mod authority;
/// For the repository's own documents; not part of what versions promise.
#[doc(hidden)]
#[cfg(not(target_arch = "wasm32"))]
pub mod catalogue;
pub mod certificate;
mod check;
mod der_tag;
pub mod diagnostic;
mod flow;
mod input;
pub mod limits;
mod partition;
pub mod plan;
mod policy;
mod role;
pub mod rules;
pub mod sample;
/// For the repository's own documents; not part of what versions promise.
#[doc(hidden)]
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
pub mod secrets;
#[cfg(test)]
mod shapes;
mod sorted;
mod source;
mod stringify;
pub mod template;
mod vocabulary;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use authority::{CaRegistration, Chains, IssuerCheck, Signature};
pub use certificate::{CertificateSummary, ListedCertificate, list_certificates, read_certificates};
pub use diagnostic::{Diagnostic, Edit, Fix, Related};
pub use flow::{Flow, TemplateOptions};
pub use plan::{DryRunOptions, Fleet, FleetCounts, FleetRow, Plan, SerialNumberReading, Verdict, dry_run};
pub use role::Role;
pub use rules::{Basis, Phase, Severity};
pub use secrets::{Redacted, redact_private_keys};
pub use source::{Position, Span};
pub use stringify::{Stringified, StringifyOptions, stringify, unstringify};
pub use template::{InputKind, ResourceSummary, Size, Template, ValidationReport, validate, validate_with};

/// The snippets of the crate's README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
