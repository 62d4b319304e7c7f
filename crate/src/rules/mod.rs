//! The catalogue: one row a rule. Codes are stable; a rule that goes leaves its code unused.
//!
//! A row has two halves. The [`Rule`] is what findings point to. The [`Entry`] is what people read: docs/rules.md and the
//! npm package's `rules()` are made of it, so that none of its prose is carried in the wasm.

/// What people read of a rule.
#[derive(Debug)]
pub struct Entry {
    /// The rule.
    pub rule: &'static Rule,
    /// Name in kebab case.
    pub name: &'static str,
    /// The problem in one sentence.
    pub summary: &'static str,
    /// What is wrong, where the limit is, what to do.
    pub explanation: &'static str,
    /// Where the examples stand.
    pub home: Home,
    /// A text that breaks the rule.
    pub wrong: &'static str,
    /// The same text, fixed.
    pub right: &'static str,
    /// Where it is documented, or where it was observed.
    pub source: &'static str,
}

/// Where an example stands. What the example leaves out is right; `⟨…⟩` stands for something longer, see [`Home::about`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// It is a whole text.
    Text,
    /// Members of a template body.
    Body,
    /// Members of a template's `Parameters`.
    Parameters,
    /// All of a template's `Resources`.
    Resources,
    /// Members of the thing resource.
    Thing,
    /// Members of the certificate resource.
    Certificate,
    /// Members of the policy resource.
    Policy,
    /// A policy document, which stands in the template as an escaped string.
    Document,
    /// The subject of the device's certificate, as people write it.
    Subject,
    /// What is given as the device's certificate.
    Pem,
    /// The device's certificate and those of CAs, the last of them the one to be registered.
    Chain,
    /// A CA's certificate and its verification certificate.
    Registration,
}

impl Home {
    /// Every home.
    pub const ALL: [Home; 12] = [
        Home::Text,
        Home::Body,
        Home::Parameters,
        Home::Resources,
        Home::Thing,
        Home::Certificate,
        Home::Policy,
        Home::Document,
        Home::Subject,
        Home::Pem,
        Home::Chain,
        Home::Registration,
    ];

    /// The home in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Home::Text => "text",
            Home::Body => "body",
            Home::Parameters => "parameters",
            Home::Resources => "resources",
            Home::Thing => "thing",
            Home::Certificate => "certificate",
            Home::Policy => "policy",
            Home::Document => "document",
            Home::Subject => "subject",
            Home::Pem => "pem",
            Home::Chain => "chain",
            Home::Registration => "registration",
        }
    }

    /// What an example with this home is, in words.
    pub fn about(self) -> &'static str {
        match self {
            Home::Text => "the whole text",
            Home::Body => "members of the template body",
            Home::Parameters => "in `Parameters`",
            Home::Resources => "`Resources`",
            Home::Thing => "in the thing resource",
            Home::Certificate => "in the certificate resource",
            Home::Policy => "in a policy resource",
            Home::Document => "the policy document, before it is escaped",
            Home::Subject => {
                "the subject of the device's certificate, for a template that declares Country, OrganizationalUnit and CommonName"
            }
            Home::Pem => "the text given as the certificate",
            Home::Chain => "the device's certificate and those of CAs",
            Home::Registration => {
                "a CA and its verification certificate, for the registration code `3a7c1f0e5b9d2468ace013579bdf02468ace13579bdf02468ace13579bdf0246`"
            }
        }
    }
}

/// A table of rules. A row reads
///
/// ```text
/// CONSTANT: "code" "name" Severity Phase Basis SOURCE { what is not as in Rule::PLAIN },
///     "the problem in one sentence",
///     "what is wrong, where the limit is, what to do",
///     Home "a text that breaks the rule" => "the same text, fixed";
/// ```
///
/// The braces name fields of [`Rule`]: `step: 3` (the step at which a device stops), `leaves_open: true`, `is_absence: true`,
/// `flow: Flow::Fleet`. Most rows have none. Rows stand in the order of their codes.
macro_rules! rules {
    ($($constant:ident: $code:literal $name:literal $severity:ident $phase:ident $basis:ident $source:ident $({ $($field:ident: $value:expr),+ })?,
        $summary:literal, $explanation:literal, $home:ident $wrong:literal => $right:literal;)+) => {
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
        pub(super) const ENTRIES: &[$crate::rules::Entry] = &[$($crate::rules::Entry {
            rule: &$constant,
            name: $name,
            summary: $summary,
            explanation: $explanation,
            home: $crate::rules::Home::$home,
            wrong: $wrong,
            right: $right,
            source: $source,
        }),+];
    };
}

mod around;
mod authority;
mod certificate;
mod device;
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

pub use around::*;
pub use authority::*;
pub use certificate::*;
pub use device::*;
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

const ROOMS: [&[Rule]; 14] = [
    text::RULES,
    input::RULES,
    parameters::RULES,
    around::RULES,
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
];

/// Every rule, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    ROOMS.into_iter().flatten()
}

/// What people read of every rule, in the order of the codes, a group with its title.
pub const GROUPS: [(&str, &[Entry]); 14] = [
    ("JSON", text::ENTRIES),
    ("Kinds of input", input::ENTRIES),
    ("Parameters, references and functions", parameters::ENTRIES),
    ("Inputs and outputs of AWS", around::ENTRIES),
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
];

/// What people read of every rule, in the order of the codes.
pub fn catalogue() -> impl Iterator<Item = &'static Entry> {
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
        for Entry { rule, name, summary, .. } in catalogue() {
            assert!(kebab(name), "{}: {name}", rule.code);
            assert!(summary.ends_with('.') && !summary.contains(". "), "{}: one sentence: {summary}", rule.code);
            let found = ideal.iter().find(|word| format!(" {summary}").contains(&format!(" {word} ")));
            assert_eq!(found, None, "{}: the summary says what should be, not what is wrong: {summary}", rule.code);
        }
    }
}
