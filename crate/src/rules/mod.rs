//! The catalogue: one row a rule. Codes are stable; a rule that goes leaves its code unused.
//!
//! A row has two halves. The [`Rule`] is what findings point to. The [`CatalogueEntry`] is what people read: docs/rules.md and the
//! npm package's `rules()` are made of it, so that none of its prose is carried in the wasm.

/// A table of rules. A row reads
///
/// ```text
/// CONSTANT: "code" "name" Severity Phase Basis SOURCE { what is not as in Rule::PLAIN },
///     "the problem in one sentence",
///     "what is wrong, where the limit is, what to do",
///     Scope "a text that breaks the rule" => "the same text, fixed";
/// ```
///
/// The braces name fields of [`Rule`]: `step: 3` (the step at which a device stops), `leaves_open: true`, `is_absence: true`,
/// `flow: Flow::Fleet`. Most rows have none. Rows are in the order of their codes.
macro_rules! rules {
    ($($constant:ident: $code:literal $name:literal $severity:ident $phase:ident $basis:ident $source:ident $({ $($field:ident: $value:expr),+ })?,
        $summary:literal, $explanation:literal, $scope:ident $wrong:literal => $right:literal;)+) => {
        $(
            #[doc = $summary]
            pub const $constant: $crate::rules::Rule = $crate::rules::Rule {
                code: $code,
                severity: $crate::rules::Severity::$severity,
                phase: $crate::rules::Phase::$phase,
                basis: $crate::rules::Basis::$basis,
                url: concat!("docs/rules.md#", $code),
                $($($field: $value,)+)?
                ..$crate::rules::Rule::PLAIN
            };
        )+
        /// These rules, in the order of their codes.
        pub(super) const RULES: &[$crate::rules::Rule] = &[$($constant),+];
        /// What people read of them.
        pub(super) const ENTRIES: &[$crate::rules::CatalogueEntry] = &[$($crate::rules::CatalogueEntry {
            rule: &$constant,
            name: $name,
            summary: $summary,
            explanation: $explanation,
            scope: $crate::rules::ExampleScope::$scope,
            wrong: $wrong,
            right: $right,
            source: $source,
        }),+];
    };
}

mod account;
mod api_input;
mod authority;
mod certificate;
mod device;
mod entry;
mod existing;
mod input;
mod limits;
mod parameters;
mod policies;
mod properties;
mod resources;
mod rule;
mod secrets;
pub(crate) mod sources;
mod statements;
mod text;
mod variables;

pub use account::*;
pub use api_input::*;
pub use authority::*;
pub use certificate::*;
pub use device::*;
pub use entry::{CatalogueEntry, ExampleScope};
pub use existing::*;
pub use input::*;
pub use limits::*;
pub use parameters::*;
pub use policies::*;
pub use properties::*;
pub use resources::*;
pub use rule::{Basis, Phase, Rule, Severity};
pub use secrets::*;
pub use statements::*;
pub use text::*;
pub use variables::*;

const ROOMS: [&[Rule]; 16] = [
    text::RULES,
    input::RULES,
    parameters::RULES,
    api_input::RULES,
    resources::RULES,
    properties::RULES,
    limits::RULES,
    policies::RULES,
    device::RULES,
    variables::RULES,
    certificate::RULES,
    authority::RULES,
    statements::RULES,
    secrets::RULES,
    account::RULES,
    existing::RULES,
];

/// Every rule, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    ROOMS.into_iter().flatten()
}

/// What people read of every rule, in the order of the codes, a group with its title.
pub const GROUPS: [(&str, &[CatalogueEntry]); 16] = [
    ("JSON", text::ENTRIES),
    ("Kinds of input", input::ENTRIES),
    ("Parameters, references and functions", parameters::ENTRIES),
    ("Inputs and outputs of AWS", api_input::ENTRIES),
    ("Resources", resources::ENTRIES),
    ("Properties and overrides", properties::ENTRIES),
    ("Limits", limits::ENTRIES),
    ("Policy documents", policies::ENTRIES),
    ("This device", device::ENTRIES),
    ("Policy variables and wildcards", variables::ENTRIES),
    ("The device's certificate", certificate::ENTRIES),
    ("The certificate authority", authority::ENTRIES),
    ("Policy documents that AWS refuses, and statements without effect", statements::ENTRIES),
    ("Secrets", secrets::ENTRIES),
    ("The account", account::ENTRIES),
    ("What the account has already", existing::ENTRIES),
];

/// What people read of every rule, in the order of the codes.
pub fn catalogue() -> impl Iterator<Item = &'static CatalogueEntry> {
    GROUPS.into_iter().flat_map(|(_, entries)| entries)
}

/// The rule with this code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_ordered() {
        let codes: Vec<_> = all().map(|rule| rule.code).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(catalogue().map(|entry| entry.rule.code).eq(codes));
        let mut names: Vec<_> = catalogue().map(|entry| entry.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), catalogue().count());
    }

    /// What can be told of the form: a name in kebab case, and one sentence that says neither what should be nor a limit as a rule.
    #[test]
    fn names_are_in_kebab_case_and_summaries_state_a_problem() {
        let kebab = |name: &str| {
            name.split('-').all(|word| {
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            })
        };
        let ideal = ["must", "should", "has to", "have to", "needs to", "at most", "at least"];
        for CatalogueEntry { rule, name, summary, .. } in catalogue() {
            assert!(kebab(name), "{}: {name}", rule.code);
            assert!(summary.ends_with('.') && !summary.contains(". "), "{}: one sentence: {summary}", rule.code);
            let found = ideal.iter().find(|word| format!(" {summary}").contains(&format!(" {word} ")));
            assert_eq!(found, None, "{}: the summary says what should be, not what is wrong: {summary}", rule.code);
        }
    }
}
