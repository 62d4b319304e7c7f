//! What a rule is.

use crate::flow::Flow;
use serde::Serialize;

/// How bad a finding is.
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

/// What a rule stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// AWS's pages or its service model say so.
    Documented,
    /// Working public samples or users' reports show it.
    Observed,
    /// Nobody outside AWS says; the most likely reading is taken.
    Assumed,
}

/// A rule that findings point to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code, `JITP` and three digits.
    pub code: &'static str,
    /// How bad a breach is.
    pub severity: Severity,
    /// When a breach bites.
    pub phase: Phase,
    /// What the rule stands on.
    pub basis: Basis,
    /// The step of JITP (rule R6) at which a breach of the phase *connect* stops a device. The certificate is registered (1) before
    /// RegisterThing fills the template (2), so whatever keeps the template from being filled stops step 2.
    pub step: u8,
    /// Whether a breach means that a check was not made that the verdict rests on: it is open then, if there is no error.
    pub leaves_open: bool,
    /// Whether the rule asks for something that is absent: nobody knows that of a text that is cut short.
    pub is_absence: bool,
    /// The flow that the rule's examples are checked for.
    pub flow: Flow,
    /// Where the rule is explained: a path from the root of this repository, and of the npm package.
    pub url: &'static str,
}

impl Rule {
    /// What a row need not say: the rule stops step 2, judges what is there, and is about JITP.
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
