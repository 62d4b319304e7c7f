//! What means something else than it seems to: a condition that an absent key satisfies, an exception that an absent value
//! removes, a default value that AWS IoT does not have.

use super::checks::Checker;
use super::condition::{Operator, Quantifier, null_keys};
use super::document::Statement;
use super::variables;
use crate::check::quoted;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{InsertAt, Member, Node, SourceRange, quote};

/// Keys that every request has, and the one whose empty set is meant: a connection without a last will and without a
/// persistent session has no connect attributes.
const NO_TRAPS: [&str; 6] = [
    "iot:ConnectAttributes",
    "iot:ClientId",
    "aws:SourceIp",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:SecureTransport",
];

/// The variables that have a value in every request.
const WITH_VALUE: [&str; 6] = ["iot:ClientId", "iot:CertificateId", "aws:SourceIp", "*", "?", "$"];

/// At most this many keys are compared with others: far more than fit into a document that AWS accepts.
const MOST: usize = 64;

/// Whether a condition asks that a key exists. Beyond all sense it may.
fn asks_for(null: &[Member], key: &str) -> bool {
    let is_false = |value: &Node| match &value.value {
        crate::source::Value::Bool(value) => !value,
        _ => value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false")),
    };
    null.len() > MOST || null.iter().any(|member| member.key.eq_ignore_ascii_case(key) && is_false(&member.value))
}

impl Checker<'_> {
    /// Notes a variable with a default value.
    #[cold]
    pub fn report_default(&mut self, name: &str, place: SourceRange) {
        let bare = variables::bare(name);
        let written = format!("${{{bare}}}");
        let message = format!("{written} has a default value, which policies of IAM can have; AWS IoT documents none.");
        let finding = Finding::new(&rules::POLICY_VARIABLE_DEFAULT, place, message);
        self.report(finding.fix(format!("Write {written}"), place, written));
    }

    /// An operator of an Allow that a request without the key satisfies.
    pub fn check_for_all_values(&mut self, condition: &Node, null: &[Member], member: &Member, operator: Operator) {
        if operator.quantifier != Some(Quantifier::ForAllValues) || operator.if_exists {
            return;
        }
        let is_trap = |key: &&Member| {
            !NO_TRAPS.iter().any(|known| known.eq_ignore_ascii_case(&key.key)) && !asks_for(null, &key.key)
        };
        let keys: Vec<&Member> = member.value.as_object().unwrap_or_default().iter().filter(is_trap).collect();
        if !keys.is_empty() && !self.context.is_full() {
            self.report_for_all_values(condition, member, operator, &keys);
        }
    }

    #[cold]
    fn report_for_all_values(&mut self, condition: &Node, member: &Member, operator: Operator, keys: &[&Member]) {
        let names: Vec<&str> = keys.iter().map(|key| key.key.as_str()).take(3).collect();
        let names = names.join(" or ");
        let message = format!("ForAllValues also matches a request without {names}: the statement allows it.");
        let mut finding = Finding::new(&rules::POLICY_FOR_ALL_VALUES, member.key_place, message).help(
            "If the request must have it, ask for that with Null, or compare without ForAllValues, which is for keys with several values.",
        );
        let operators = condition.as_object().unwrap_or_default();
        let has = |name: &str| operators.iter().any(|other| other.key == name);
        if operators.len() <= MOST && keys.len() <= MOST && !has("Null") && !has(operator.name) {
            let nulls: Vec<String> = keys.iter().map(|key| format!("{}: \"false\"", quote(&key.key))).collect();
            let null = format!("{{{}}}", nulls.join(", "));
            let edit = self.context.sources.insertion_point(condition, InsertAt::Back).fill("Null", &null);
            finding = finding
                .choice("Ask with Null that the request has it", vec![edit])
                .choice(format!("Compare by {}", operator.name), vec![(member.key_place, quoted(operator.name))]);
        }
        self.report(finding);
    }

    /// Variables without a value in the exceptions of a statement.
    pub fn check_exceptions(&mut self, statement: &Statement<'_>) {
        let null = null_keys(statement.condition);
        for (node, text) in statement.not_resources.iter().flat_map(|texts| &texts.texts) {
            for range in variables::find(text) {
                let name = variables::bare(&text[range.clone()]);
                if variables::is_known(name) && !WITH_VALUE.contains(&name) && !asks_for(null, name) {
                    let place = self.context.sources.part(node, range.start - 2..(range.end + 1).min(text.len()));
                    return self.report_exception(name, place, statement.allows);
                }
            }
        }
    }

    #[cold]
    fn report_exception(&mut self, name: &str, place: SourceRange, allows: bool) {
        let effect = if allows { "Allow" } else { "Deny" };
        let message = format!(
            "If ${{{name}}} has no value, NotResource excepts nothing: the {effect} is then for every resource, or the statement is invalid."
        );
        self.report(Finding::new(&rules::POLICY_EXCEPTION, place, message).help(format!(
            "Add a Condition that the value exists: {{\"Null\": {{\"{name}\": \"false\"}}}}, or name the resources in Resource."
        )));
    }
}
