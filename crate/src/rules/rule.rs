//! What a rule is.

use crate::flow::Flow;
use serde::Serialize;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The template is rejected, or the device is not provisioned.
    Error,
    /// It goes through, but most likely not as meant.
    Warning,
    /// Worth knowing.
    Hint,
}

/// When a finding bites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// When the template is attached to the CA, or created.
    Attach,
    /// When a device connects for the first time.
    Connect,
}

/// The evidence for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// AWS's pages or its service model say so.
    Documented,
    /// Working public samples or users' reports show it.
    Observed,
    /// Nobody outside AWS says; the most likely reading is used.
    Assumed,
}

/// A rule that findings point to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code, `JITP` and three digits.
    pub code: &'static str,
    /// The severity of a violation.
    pub severity: Severity,
    /// When a breach bites.
    pub phase: Phase,
    /// The evidence for the rule.
    pub basis: Basis,
    /// The step of JITP (rule R6) at which a breach of the phase *connect* stops a device. The certificate is registered (1) before
    /// RegisterThing fills the template (2), so whatever keeps the template from being filled stops step 2.
    pub step: u8,
    /// Whether a violation means that a check for the verdict was not made. The verdict is then open, if there is no
    /// error.
    pub leaves_open: bool,
    /// Whether the rule asks for something that is absent. In a text that is cut short this is unknown.
    pub is_absence: bool,
    /// The flow that the rule's examples are checked for.
    pub flow: Flow,
    /// Where the rule is explained: a path from the root of this repository, and of the npm package.
    pub url: &'static str,
}

impl Rule {
    /// The defaults of a row: the rule stops step 2, checks what is there, and is about JITP.
    pub(super) const PLAIN: Rule = Rule {
        code: "",
        severity: Severity::Error,
        phase: Phase::Connect,
        basis: Basis::Assumed,
        step: 2,
        leaves_open: false,
        is_absence: false,
        flow: Flow::Jitp,
        url: "",
    };
}
