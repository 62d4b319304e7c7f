//! Conditions, by IAM's page of condition operators.

use super::answer::StatementPart;
use super::compare;
use super::key::PolicyKey;
use super::pattern::{Pattern, Reading};
use super::truth::Truth;
use super::values::{Held, Values};
use crate::certificate::known::has_unknown;
use crate::policy::condition::{Operator, Quantifier};
use crate::policy::resource_arn;
use crate::source::Span;
use std::borrow::Cow;
use std::sync::Arc;

/// One operator with one key: all of them must match.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The operator; `None` if there is no such operator.
    operator: Option<Operator>,
    key: PolicyKey,
    values: Vec<Pattern>,
    /// The six parts of each value, for operators of ARNs.
    arns: Vec<Vec<Pattern>>,
    /// Whether a value could not be read.
    open: bool,
    /// Operator and key as written, for messages: `StringEquals iot:ClientId`.
    pub text: Arc<str>,
    /// Where the key is written.
    pub span: Option<Span>,
}

/// An operator that IAM does not document.
const UNKNOWN_OPERATOR: &str = "The condition has an operator that IAM does not document.";
/// Letters that may have a case.
const LETTER_CASE: &str = "IAM does not document how it ignores the case of letters beyond ASCII.";
/// A value of a condition of another kind than a text.
const UNREADABLE: &str = "A part of the statement cannot be read.";

impl Condition {
    /// Whether its key has another value for another client ID.
    pub fn depends_on_client(&self) -> bool {
        self.key.depends_on_client()
    }

    /// Whether it compares a value of which a part is not known, with another one than itself.
    #[cold]
    pub fn rests_on_unknown(&self, values: &Values<'_>) -> bool {
        matches!(values.of(&self.key), Held::One(value) if has_unknown(&value))
            && !self.values.iter().flat_map(Pattern::keys).any(PolicyKey::depends_on_client)
    }

    /// Compiles an operator, its key and its values. `None` among the values is one that could not be read.
    pub fn compile<'v>(
        (operator, key): (&str, &str),
        values: impl Iterator<Item = Option<&'v str>>,
        substitutes: bool,
        span: Option<Span>,
    ) -> Self {
        let text = [operator, " ", key].concat().into();
        let operator = Operator::read(operator);
        let wildcards =
            operator.is_some_and(|operator| operator.name.contains("Like") || operator.name.starts_with("Arn"));
        // Variables are substituted for operators of strings and ARNs only.
        let substitutes = substitutes
            && operator.is_none_or(|operator| operator.name.starts_with("String") || operator.name.starts_with("Arn"));
        let reading = Reading { substitutes, wildcards };
        let is_arn = operator.is_some_and(|operator| operator.name.starts_with("Arn"));
        let key = PolicyKey::of_condition(key);
        let mut condition = Self { operator, key, values: Vec::new(), arns: Vec::new(), open: false, text, span };
        for value in values {
            let Some(text) = value else {
                condition.open = true;
                continue;
            };
            condition.values.push(Pattern::compile(text, reading));
            if is_arn {
                let parts = resource_arn::split(text);
                condition.arns.push(parts.into_iter().map(|part| Pattern::compile(&text[part], reading)).collect());
            }
        }
        condition
    }

    /// The part of the statement.
    pub const PART: StatementPart = StatementPart::Condition;

    /// The values as written, as far as they are plain texts.
    pub fn wanted(&self) -> Vec<&str> {
        self.values.iter().filter_map(Pattern::as_text).collect()
    }

    /// The key.
    pub fn key(&self) -> &PolicyKey {
        &self.key
    }

    /// The keys in its values.
    pub fn keys(&self) -> impl Iterator<Item = &PolicyKey> {
        std::iter::once(&self.key).chain(self.values.iter().flat_map(Pattern::keys))
    }

    /// Whether it matches the request.
    pub fn matches(&self, values: &mut Values<'_>) -> Truth {
        let Some(operator) = self.operator else {
            values.undecided = Some(UNKNOWN_OPERATOR);
            return Truth::Unknown;
        };
        let found = self.compared(operator, values);
        if self.open && found == Truth::No {
            values.undecided = Some(UNREADABLE);
            return Truth::Unknown;
        }
        found
    }

    fn compared(&self, operator: Operator, values: &mut Values<'_>) -> Truth {
        let held = values.of(&self.key);
        if operator.name == "Null" {
            return self.is_null(&held, values);
        }
        let negated = operator.name.contains("Not");
        let of = |value: &str, values: &mut Values<'_>| {
            let any = self.any(operator, value, values);
            if negated { any.not() } else { any }
        };
        match (held, operator.quantifier) {
            (Held::Unknown, _) => {
                values.note(&self.key);
                Truth::Unknown
            }
            (Held::Absent, None) => Truth::from(negated || operator.if_exists),
            (Held::Absent, Some(Quantifier::ForAllValues)) => Truth::Yes,
            (Held::Absent, Some(Quantifier::ForAnyValue)) => Truth::from(operator.if_exists),
            (Held::NotTrue, _) => self.not_true(operator, values),
            (Held::One(value), _) => of(&value, values),
            (Held::Either(one, other), _) => {
                let both = (of(&one, values), of(&other, values));
                if both.0 == both.1 { both.0 } else { Truth::Unknown }
            }
            (Held::AsWritten, _) => Truth::No,
            (Held::Many(several), Some(Quantifier::ForAllValues)) => {
                several.iter().fold(Truth::Yes, |all, value| all.and(of(value, values)))
            }
            // Without a quantifier IAM documents no meaning for several values: one that matches is taken to be enough, as it is for lists.
            (Held::Many(several), _) if !several.is_empty() => {
                several.iter().fold(Truth::No, |any, value| any.or(of(value, values)))
            }
            (Held::Many(_), Some(Quantifier::ForAnyValue)) => Truth::from(operator.if_exists),
            (Held::Many(_), _) => Truth::from(negated || operator.if_exists),
        }
    }

    /// Whether one of the policy's values fits the request's.
    fn any(&self, operator: Operator, value: &str, values: &mut Values<'_>) -> Truth {
        let is_arn = operator.name.starts_with("Arn");
        let mut any = Truth::No;
        for (index, pattern) in self.values.iter().enumerate() {
            let one = match self.arns.get(index).filter(|_| is_arn) {
                Some(parts) => arns_fit(value, parts, values),
                None => self.fits(operator, value, pattern, values),
            };
            any = any.or(one);
            if any == Truth::Yes {
                break;
            }
        }
        any
    }

    fn fits(&self, operator: Operator, value: &str, pattern: &Pattern, values: &mut Values<'_>) -> Truth {
        let wanted = |values: &mut Values<'_>| -> Result<String, Truth> {
            let open =
                pattern.keys().any(|key| matches!(values.in_text(key), Held::Unknown | Held::NotTrue | Held::Many(_)));
            if open || pattern.is_long() {
                pattern.note(values);
                return Err(Truth::Unknown);
            }
            // A variable without a value matches nothing.
            pattern.filled(values).map_err(|_| Truth::No)
        };
        if operator.name.starts_with("String") {
            return if operator.name.contains("IgnoreCase") {
                match wanted(values).map(|text| compare::equal_ignoring_case(&text, value)) {
                    Ok(Truth::Unknown) => {
                        values.undecided = Some(LETTER_CASE);
                        Truth::Unknown
                    }
                    Ok(truth) | Err(truth) => truth,
                }
            } else {
                pattern.matches(value, values).truth()
            };
        }
        let Some(wanted) = pattern.as_text() else { return Truth::No };
        compare::holds(operator.name, value, wanted).into()
    }

    /// `Null: true` asks for an absent key, `Null: false` for one that is there.
    fn is_null(&self, held: &Held<'_>, values: &mut Values<'_>) -> Truth {
        let absent = match held {
            Held::Unknown => {
                values.note(&self.key);
                return Truth::Unknown;
            }
            Held::NotTrue => {
                values.note(&self.key);
                return Truth::Unknown;
            }
            Held::Absent => true,
            Held::Many(several) => several.is_empty(),
            Held::One(_) | Held::Either(..) | Held::AsWritten => false,
        };
        let wants =
            |word: &str| self.values.iter().filter_map(Pattern::as_text).any(|text| text.eq_ignore_ascii_case(word));
        Truth::from(if absent { wants("true") } else { wants("false") })
    }

    /// A value that is anything but `true`: only what does not depend on more is decided.
    #[cold]
    fn not_true(&self, operator: Operator, values: &mut Values<'_>) -> Truth {
        let mut of = |value: &str| {
            let any = self.any(operator, value, values);
            if operator.name.contains("Not") { any.not() } else { any }
        };
        let found = of("false");
        let absent = match operator.quantifier {
            Some(Quantifier::ForAllValues) => Truth::Yes,
            Some(Quantifier::ForAnyValue) => Truth::from(operator.if_exists),
            None => Truth::from(operator.if_exists || operator.name.contains("Not")),
        };
        if found == absent {
            return found;
        }
        values.note(&self.key);
        Truth::Unknown
    }

    /// The request's value, for messages.
    #[cold]
    pub fn found<'a>(&self, values: &Values<'a>) -> Option<Cow<'a, str>> {
        match values.of(&self.key) {
            Held::One(value) | Held::Either(value, _) => Some(value),
            Held::Many(several) if !several.is_empty() => Some(several.join(", ").into()),
            _ => None,
        }
    }
}

/// ARNs are compared part by part; each of the six can have wildcards, and `ArnEquals` behaves as `ArnLike` (IAM).
fn arns_fit(value: &str, parts: &[Pattern], values: &mut Values<'_>) -> Truth {
    let found: Vec<&str> = value.splitn(6, ':').collect();
    if found.len() != parts.len() {
        return Truth::No;
    }
    parts.iter().zip(found).fold(Truth::Yes, |all, (part, text)| match all {
        Truth::No => Truth::No,
        _ => all.and(part.matches(text, values).truth()),
    })
}
