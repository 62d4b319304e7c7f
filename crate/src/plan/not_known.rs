//! Values that are not known without the certificate: its ID and its own serial number. What stands for them is never judged as if it
//! were the value.

use super::expressions::Evaluator;
use super::types::Origin;
use crate::certificate::known::{UNKNOWN_ID, filled, has_unknown, restored};
use crate::check::value_limits::Violation;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::SourceRange;
use crate::template::property::Property;

impl Evaluator<'_> {
    /// Whether a value depends on one that is not known. A subject can hold any text, what stands for a value too: then nothing stands for
    /// one.
    pub(super) fn is_unknown(&self, text: &str) -> bool {
        let is_value = |origin: Origin| !matches!(origin, Origin::Certificate | Origin::Missing);
        self.id == UNKNOWN_ID
            && has_unknown(text)
            && !self
                .parameters
                .iter()
                .any(|parameter| is_value(parameter.origin) && parameter.value.as_deref().is_some_and(has_unknown))
    }

    /// Checks a value. One that is not known in all its parts is checked with the longest values that those can have.
    pub(super) fn check(&mut self, text: &str, property: &Property, check: &dyn Fn(&str) -> Option<Violation>) {
        if self.is_unknown(text) {
            self.check_filled(text, property, check);
        } else if let Some(violation) = check(text) {
            self.violation(violation, property);
        }
    }

    #[cold]
    fn check_filled(&mut self, text: &str, property: &Property, check: &dyn Fn(&str) -> Option<Violation>) {
        let Some(violation) = check(&filled(text, true)) else { return };
        if check(&filled(text, false)).is_none() {
            let _: Option<()> = self.not_known(property.place, "the length of a value");
            return;
        }
        self.violation(Violation { message: restored(&violation.message), ..violation }, property);
    }

    /// Reports that a value is not known without the certificate, and matters here.
    #[cold]
    pub(super) fn not_known<T>(&mut self, place: SourceRange, what: &str) -> Option<T> {
        let message = format!("The outcome depends on {what}, which is not known without the certificate.");
        let finding = Finding::new(&rules::VALUE_NOT_KNOWN, place, message);
        self.findings.report(finding.help("Give the certificate."));
        None
    }
}
