//! Conditions: whether their operators and values exist in the policy language, and whether a condition limits a device
//! to its own things.

use super::actions::{CLIENT, ResourceTypes};
use super::checks::Checker;
use super::document::is_function;
use super::variables::{self, THING, VariableUse};
use crate::check::{did_you_mean, nearest, quoted};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{Member, Node, Value};

/// The list on IAM's page of condition operators.
const OPERATORS: [&str; 27] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    NULL,
];
const NULL: &str = "Null";
const QUANTIFIERS: [&str; 2] = ["ForAllValues", "ForAnyValue"];
const IF_EXISTS: &str = "IfExists";

/// Of which of a key's several values an operator is asked, by the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `ForAllValues`: of every one. An absent key has none, and matches.
    ForAllValues,
    /// `ForAnyValue`: of at least one. An absent key has none, and does not match.
    ForAnyValue,
}

/// An operator with what can be put before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// One of the list.
    pub name: &'static str,
    /// Of which values it is asked.
    pub quantifier: Option<Quantifier>,
    /// Whether an absent key matches.
    pub if_exists: bool,
}

impl Operator {
    /// Reads an operator as the policy language has it.
    pub fn read(text: &str) -> Option<Self> {
        let (quantifier, rest) = match text.split_once(':') {
            None => (None, text),
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAnyValue), rest),
            Some(_) => return None,
        };
        let bare = rest.strip_suffix(IF_EXISTS).filter(|bare| *bare != NULL);
        let name = OPERATORS.into_iter().find(|known| *known == bare.unwrap_or(rest))?;
        Some(Self { name, quantifier, if_exists: bare.is_some() })
    }

    /// Whether it also matches a request without such a key.
    fn takes_absence(self) -> bool {
        self.if_exists || self.name == NULL || self.name.contains("Not") || self.quantifier.is_some()
    }
}

/// The keys that a condition asks to exist, or not to.
pub fn null_keys(condition: Option<&Node>) -> &[Member] {
    condition.and_then(|condition| condition.get("Null")).and_then(Node::as_object).unwrap_or_default()
}

/// The operator that an unknown one was most likely meant to be.
#[cold]
fn meant(text: &str) -> Option<String> {
    let (quantifier, rest) = text.split_once(':').map_or(("", text), |(before, rest)| (before, rest));
    let quantifier = match quantifier {
        "" => String::new(),
        other => nearest(other, &QUANTIFIERS)?.to_owned() + ":",
    };
    let lower = rest.to_ascii_lowercase();
    let cut = ["ifexists", "ifexist", "_if_exists", "-if-exists"].iter().find(|suffix| lower.ends_with(*suffix));
    let (bare, suffix) = match cut {
        Some(cut) => (&rest[..rest.len() - cut.len()], IF_EXISTS),
        None => (rest, ""),
    };
    let plain: String = bare.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    let name = nearest(&plain, &OPERATORS)?;
    let suffix = if name == NULL { "" } else { suffix };
    Some([&quantifier, name, suffix].concat())
}

impl Checker<'_> {
    /// Checks a condition. `functions` may be in it if they are evaluated.
    pub fn condition(&mut self, condition: &Node, allows: bool) {
        let null = null_keys(Some(condition));
        for member in condition.as_object().unwrap_or_default() {
            let operator = Operator::read(&member.key);
            if operator.is_none() && !(self.functions && is_function(condition)) {
                self.report_operator(member);
            }
            let Some(keys) = member.value.as_object() else {
                if operator.is_some() {
                    self.report_shape(&member.value, "An operator of a Condition", "an object of keys and values");
                }
                continue;
            };
            if self.functions && is_function(&member.value) {
                continue;
            }
            for key in keys {
                self.condition_key(key, operator, allows);
                self.condition_values(key, operator, allows);
            }
            if let Some(operator) = operator.filter(|_| allows) {
                self.check_for_all_values(condition, null, member, operator);
            }
        }
    }

    fn condition_key(&mut self, key: &Member, operator: Option<Operator>, allows: bool) {
        let name = key.key.as_str();
        if !variables::is_key(name) {
            self.report_condition_key(name, key.key_place);
        } else if name.starts_with(THING) && !operator.is_some_and(Operator::takes_absence) {
            self.note_thing_value(name, key.key_place, !allows);
        }
    }

    fn condition_values(&mut self, key: &Member, operator: Option<Operator>, allows: bool) {
        let list = key.value.as_array().unwrap_or(std::slice::from_ref(&key.value));
        let (mut idle, mut can_match) = (None, false);
        for value in list {
            let written = match &value.value {
                Value::String(text) => {
                    self.variables(value, text, VariableUse::of(allows));
                    self.leftovers(value, text);
                    text.as_str()
                }
                Value::Number(_) | Value::Bool(_) => self.context.sources.slice(value.place),
                _ => {
                    can_match = true;
                    if !(self.functions && is_function(value)) {
                        self.report_shape(value, "A value of a Condition", "a string, a number or a boolean");
                    }
                    continue;
                }
            };
            if operator.is_none_or(|operator| is_of_kind(operator, written)) {
                can_match = true;
            } else {
                idle = idle.or(Some(value));
            }
        }
        // One value that can match is enough.
        if let (Some(value), Some(operator), false) = (idle, operator, can_match) {
            self.report_value(value, operator);
        }
    }

    #[cold]
    fn report_operator(&mut self, member: &Member) {
        if self.context.is_full() {
            return;
        }
        let message = format!("{} is not a condition operator.", quoted(&member.key));
        let finding = Finding::new(&rules::POLICY_OPERATOR, member.key_place, message);
        self.report(match meant(&member.key) {
            Some(near) => did_you_mean(finding, &near, member.key_place),
            None if variables::is_key(&member.key) && member.key.contains(':') => finding.help(
                "It looks like a condition key: the operator comes first, as in {\"StringEquals\": {\"KEY\": \"VALUE\"}}.",
            ),
            None => finding.help("IAM's page of condition operators lists them: StringEquals, StringLike, Bool, …"),
        });
    }

    #[cold]
    fn report_shape(&mut self, node: &Node, what: &str, expected: &str) {
        let message = format!("{what} must be {expected}, not {}.", node.kind());
        self.report(Finding::new(&rules::POLICY_CONDITION, node.place, message));
    }

    #[cold]
    fn report_value(&mut self, value: &Node, operator: Operator) {
        let expected = match operator.name {
            "Bool" | NULL => "true or false",
            name if name.starts_with("Numeric") => "a number",
            name if name.starts_with("Date") => "a date such as 2026-01-31T00:00:00Z",
            _ => "an IP address or a range such as 203.0.113.0/24",
        };
        let written = self.context.sources.slice(value.place);
        let message = format!("{} compares with {expected}; {written} is not one.", operator.name);
        let help = "A value of another kind matches no request, so the statement has no effect.";
        self.report(Finding::new(&rules::POLICY_NO_EFFECT, value.place, message).help(help));
    }

    /// The types of resources for which a condition limits a device to its own, whatever the Resource says.
    pub fn limits(&self, condition: &Node) -> ResourceTypes {
        let is_limit = |operator: &Member| {
            let name = Operator::read(&operator.key).filter(|name| !name.takes_absence());
            name.is_some_and(|name| {
                operator.value.as_object().unwrap_or_default().iter().any(|key| self.is_own(name, key))
            })
        };
        // The operators of a condition must all match: one that limits is enough.
        if condition.as_object().unwrap_or_default().iter().any(is_limit) { CLIENT } else { 0 }
    }

    /// Whether a key's values hold for the thing of this connection only. AWS's audit names `IsAttached`; a client ID that
    /// must be the thing's name comes to the same.
    fn is_own(&self, operator: Operator, key: &Member) -> bool {
        let list = key.value.as_array().unwrap_or(std::slice::from_ref(&key.value));
        let all = |is_right: &dyn Fn(&str) -> bool| {
            let text = |value: &Node| match &value.value {
                Value::String(text) => is_right(text),
                Value::Bool(_) => is_right(self.context.sources.slice(value.place)),
                _ => false,
            };
            !list.is_empty() && list.iter().all(text)
        };
        let is_comparison = matches!(operator.name, "StringEquals" | "StringEqualsIgnoreCase" | "StringLike");
        if key.key.eq_ignore_ascii_case("iot:Connection.Thing.IsAttached") {
            (operator.name == "Bool" || is_comparison) && all(&|text| text.eq_ignore_ascii_case("true"))
        } else if key.key.eq_ignore_ascii_case("iot:ClientId") {
            is_comparison && all(&|text| text.contains(variables::THING_NAME))
        } else {
            false
        }
    }
}

/// Whether a value has the type that an operator compares. The value of a variable is unknown.
fn is_of_kind(operator: Operator, value: &str) -> bool {
    if value.contains("${") {
        return true;
    }
    match operator.name {
        "Bool" | NULL => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
        name if name.starts_with("Numeric") => is_number(value),
        // Dates have many forms, and may be seconds: each begins with a digit.
        name if name.starts_with("Date") => value.starts_with(|c: char| c.is_ascii_digit() || c == '-'),
        "IpAddress" | "NotIpAddress" => {
            let (address, bits) = value.split_once('/').map_or((value, None), |(address, bits)| (address, Some(bits)));
            let most = if address.contains(':') { 128 } else { 32 };
            is_address(address) && bits.is_none_or(|bits| bits.parse::<u8>().is_ok_and(|bits| bits <= most))
        }
        _ => true,
    }
}

/// Whether a text is a decimal number. The library's parser of floats would cost the wasm its tables.
fn is_number(text: &str) -> bool {
    let digits = text.trim().strip_prefix(['-', '+']).unwrap_or(text.trim());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(fraction)
}

/// Whether a text has the form of an IP address, of version 4 or 6.
fn is_address(text: &str) -> bool {
    if text.contains(':') {
        let groups = text.split(':').count();
        let is_group = |group: &str| group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        return groups <= 9 && (groups == 8 || text.contains("::")) && text.split(':').all(is_group);
    }
    let parts = || text.split('.');
    parts().count() == 4 && parts().all(|part| !part.is_empty() && part.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_of_the_language_are_known_in_all_their_forms() {
        for text in [
            "StringEquals",
            "StringEqualsIfExists",
            "ForAllValues:StringLike",
            "ForAnyValue:StringNotEqualsIgnoreCaseIfExists",
            "Null",
            "BoolIfExists",
            "ArnLike",
            "NumericGreaterThanEqualsIfExists",
        ] {
            assert!(Operator::read(text).is_some(), "{text}");
        }
        for text in ["stringEquals", "StringEqual", "NullIfExists", "ForEach:StringLike", "StringLike:ForAnyValue", ""]
        {
            assert_eq!(Operator::read(text), None, "{text}");
        }
    }

    #[test]
    fn slips_are_led_to_the_operator_that_was_meant() {
        for (slip, right) in [
            ("stringEquals", "StringEquals"),
            ("StringEqual", "StringEquals"),
            ("string_like", "StringLike"),
            ("NullIfExists", "Null"),
            ("ForAllValue:StringLike", "ForAllValues:StringLike"),
            ("ForAnyValues:StringEqualIfExists", "ForAnyValue:StringEqualsIfExists"),
            ("StringEqualsIfExist", "StringEqualsIfExists"),
            ("StringNotEqualIfExists", "StringNotEqualsIfExists"),
            ("IPAddress", "IpAddress"),
        ] {
            assert_eq!(meant(slip).as_deref(), Some(right), "{slip}");
        }
        for text in ["iot:ClientId", "Equals", "Matches", "ForEach:StringLike"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn values_are_held_to_the_kind_of_their_operator() {
        let is_right = |operator: &str, value: &str| Operator::read(operator).is_some_and(|it| is_of_kind(it, value));
        for (operator, value) in [
            ("Bool", "True"),
            ("Null", "false"),
            ("NumericLessThan", "1.5"),
            ("NumericLessThan", "-3600"),
            ("DateLessThanIfExists", "2026-01-31"),
            ("IpAddress", "203.0.113.0/24"),
            ("NotIpAddress", "2001:db8::/32"),
            ("IpAddress", "${aws:SourceIp}"),
            ("StringEquals", "anything"),
        ] {
            assert!(is_right(operator, value), "{operator} {value}");
        }
        for (operator, value) in [
            ("Bool", "yes"),
            ("NumericEquals", "many"),
            ("DateEquals", "tomorrow"),
            ("IpAddress", "203.0.113.0/33"),
            ("IpAddress", "203.0.113"),
            ("IpAddress", "2001:db8:1"),
            ("NumericEquals", "1.2.3"),
            ("IpAddress", "example.com"),
        ] {
            assert!(!is_right(operator, value), "{operator} {value}");
        }
    }
}
