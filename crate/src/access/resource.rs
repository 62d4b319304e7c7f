//! Resources of statements, and those that requests are checked on.

use super::answer::MissingKind;
use super::facts::DeviceLocation;
use super::glob::{Cover, Symbol, cover};
use super::pattern::{Match, Pattern, Reading};
use super::truth::Truth;
use super::values::Values;
use crate::policy::resource_arn::{self, ArnProblemKind};
use crate::source::Span;
use std::ops::Range;
use std::sync::Arc;

/// The parts of an ARN that are before the resource, without `arn` itself.
pub const PARTS: usize = 4;

/// A resource of a statement.
#[derive(Clone, Debug)]
pub struct ResourcePattern {
    form: Form,
    /// As written.
    pub text: Arc<str>,
    /// Where it is written.
    pub span: Option<Span>,
    /// The start of what is after the account.
    rest: usize,
}

#[derive(Clone, Debug)]
enum Form {
    /// `*`
    All,
    /// Partition, service, Region, account, and the resource.
    Parts(Box<[Pattern; PARTS + 1]>),
    /// Fewer parts, of which the last ends in a wildcard that matches the rest.
    Open(Vec<Pattern>),
    /// Its wildcards would have to match several parts of an ARN. AWS documents nothing about that.
    Crossing(Pattern),
    /// Not an ARN of AWS IoT.
    Invalid,
}

/// What a request is checked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `*`: the action is not checked on a resource.
    Star,
    /// A resource of AWS IoT where the device connects, `topic/a/b`; `None` if its name is not known, with its type.
    Here(Option<String>, &'static str),
    /// Another ARN: partition, service, Region, account, resource.
    Arn([String; PARTS + 1]),
    /// All resources of AWS IoT where the device connects that match a pattern, with their type.
    Like(Vec<Symbol>, &'static str),
}

/// The wildcard that stays open.
const CROSSING: &str = "AWS documents nothing about a wildcard that can match only across several parts of an ARN.";
/// An element that nobody can read.
const INVALID: &str = "The Deny names a resource that is not an ARN.";

impl ResourcePattern {
    /// Compiles a resource.
    pub fn compile(text: &str, substitutes: bool, span: Option<Span>) -> Self {
        let parts = resource_arn::split(text);
        let rest = parts.get(PARTS + 1).map_or(0, |rest| rest.start);
        Self { form: form(text, &parts, substitutes), text: text.into(), span, rest }
    }

    /// The type and the name as written, without the ARN before them: `topic/a/b`. The whole text if it is not such an ARN.
    pub fn name(&self) -> &str {
        &self.text[self.rest..]
    }

    /// Whether it is `*`.
    pub fn is_all(&self) -> bool {
        matches!(self.form, Form::All)
    }

    /// The part that names the resource, if it is one of AWS IoT: the last part, of which `arn:aws:iot:*` has none.
    pub fn named(&self) -> Option<&Pattern> {
        self.parts().map(|parts| &parts[PARTS])
    }

    /// Whether it is of another service, for example a component of Greengrass.
    pub fn is_of_another_service(&self) -> bool {
        self.parts().and_then(|parts| parts[1].as_text()).is_some_and(|service| service != "iot")
    }

    /// Whether it begins with another type, for sure.
    pub fn is_of_other_type(&self, kind: &str) -> bool {
        let begins = self.named().and_then(Pattern::begin);
        begins.is_some_and(|begin| begin.split_once('/').is_some_and(|(own, _)| own != kind))
    }

    /// Whether it is for sure where the device connects.
    pub fn is_here(&self, values: &mut Values<'_>) -> bool {
        let facts = values.facts;
        let located = self.parts().map(|parts| parts_match_all(&parts[..PARTS], &facts.location, values));
        located == Some(Match::Yes)
    }

    /// Whether it ends in a wildcard that stands for all resources: `*`, `arn:aws:iot:*`.
    pub fn is_open(&self) -> bool {
        match &self.form {
            Form::All => true,
            Form::Open(parts) => parts.last().is_some_and(Pattern::is_any),
            Form::Parts(parts) => parts[PARTS].is_any(),
            Form::Crossing(_) | Form::Invalid => false,
        }
    }

    /// Whether it names nothing that can be read.
    pub fn is_invalid(&self) -> bool {
        matches!(self.form, Form::Invalid)
    }

    /// Partition, service, Region, account and resource, if each is written.
    pub fn parts(&self) -> Option<&[Pattern; PARTS + 1]> {
        match &self.form {
            Form::Parts(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether it can cover a resource of a type.
    pub fn may_be(&self, kind: &str) -> bool {
        match &self.form {
            Form::Parts(parts) => parts[PARTS].may_begin_with(&[kind, "/"].concat()),
            Form::All | Form::Open(_) | Form::Crossing(_) => true,
            Form::Invalid => false,
        }
    }

    /// The parts that are written without wildcards.
    pub fn location(&self) -> DeviceLocation {
        let part = |index: usize| {
            let pattern = match &self.form {
                Form::Parts(parts) => parts.get(index),
                Form::Open(parts) => parts.get(index).filter(|_| index + 1 < parts.len()),
                _ => None,
            };
            pattern.and_then(Pattern::as_text).filter(|text| !text.is_empty()).map(Arc::from)
        };
        DeviceLocation { partition: part(0), region: part(2), account: part(3) }
    }

    /// Whether it covers what a request is checked on.
    pub fn matches<'p>(&'p self, target: &Target, values: &mut Values<'_>) -> Match<'p> {
        let parts = match &self.form {
            Form::All => return Match::Yes,
            Form::Invalid => return Match::No,
            Form::Parts(parts) => &parts[..],
            Form::Open(parts) => &parts[..],
            Form::Crossing(whole) => return crossing(whole, target, values),
        };
        match target {
            // What is not checked on a resource is allowed on all of them only.
            Target::Star => Match::No,
            Target::Arn(arn) => parts_match(parts, |index| Some(&arn[index]), values),
            Target::Like(inner, _) => like(parts, inner, values),
            Target::Here(name, kind) => {
                let Some(name) = name else { return unnamed(parts, kind, values) };
                let facts = values.facts;
                let part = |index: usize| here(&facts.location, index).or((index == PARTS).then_some(&**name));
                parts_match(parts, part, values)
            }
        }
    }

    /// The truth for one element of a Deny or an Allow: what cannot be read denies perhaps, and allows nothing.
    pub fn doubt(&self, denies: bool, values: &mut Values<'_>) -> Truth {
        if denies && self.is_invalid() {
            values.undecided = Some(INVALID);
            return Truth::Unknown;
        }
        Truth::No
    }
}

/// A part of the ARN of a resource of AWS IoT where the device connects, if it is known.
fn here(location: &DeviceLocation, index: usize) -> Option<&str> {
    match index {
        0 => location.partition.as_deref(),
        1 => Some("iot"),
        2 => location.region.as_deref(),
        3 => location.account.as_deref(),
        _ => None,
    }
}

fn form(text: &str, found: &[Range<usize>], substitutes: bool) -> Form {
    if text == "*" {
        return Form::All;
    }
    let reading = Reading { substitutes, wildcards: true };
    let compile = |text: &str| Pattern::compile(text, reading);
    if let Err(problem) = resource_arn::parse(text) {
        match problem.kind {
            ArnProblemKind::Wide if text[problem.range.clone()].len() > 1 || found.len() < 6 => {
                return Form::Crossing(compile(text));
            }
            ArnProblemKind::Wide | ArnProblemKind::NoArn => return Form::Invalid,
            _ if found.len() < 6 => return Form::Crossing(compile(text)),
            _ => {}
        }
    }
    let parts: Vec<Pattern> = found[1..].iter().map(|range| compile(&text[range.clone()])).collect();
    match <[Pattern; PARTS + 1]>::try_from(parts) {
        Ok(parts) => Form::Parts(Box::new(parts)),
        Err(parts) => Form::Open(parts),
    }
}

/// Matches part by part. The last pattern of fewer parts matches the rest, with its colons.
fn parts_match<'p, 'n>(
    patterns: &'p [Pattern],
    part: impl Fn(usize) -> Option<&'n str>,
    values: &mut Values<'_>,
) -> Match<'p> {
    let mut found = Match::Yes;
    for (index, pattern) in patterns.iter().enumerate() {
        let is_rest = index + 1 == patterns.len() && patterns.len() < PARTS + 1;
        let one = match part(index) {
            _ if pattern.is_any() => Match::Yes,
            _ if is_rest => {
                let rest: Vec<&str> = (index..=PARTS).filter_map(&part).collect();
                match rest.len() == PARTS + 1 - index {
                    true => pattern.matches(&rest.join(":"), values),
                    false => not_located(values),
                }
            }
            Some(text) => pattern.matches(text, values),
            None => not_located(values),
        };
        match one {
            Match::Yes => {}
            Match::Unknown => found = Match::Unknown,
            other => return other,
        }
    }
    found
}

/// How much of a pattern of resources the parts cover.
fn like<'p>(patterns: &'p [Pattern], inner: &[Symbol], values: &mut Values<'_>) -> Match<'p> {
    let Some((last, before)) = patterns.split_last() else { return Match::No };
    let facts = values.facts;
    let located = parts_match_all(before, &facts.location, values);
    if !matches!(located, Match::Yes | Match::Unknown) {
        return located;
    }
    if last.is_any() {
        return located;
    }
    let mut rest: Vec<Symbol> = Vec::new();
    for index in before.len()..PARTS {
        let Some(text) = here(&facts.location, index) else { return not_located(values) };
        rest.extend(text.chars().chain([':']).map(Symbol::Char));
    }
    let outer = match last.symbols(values) {
        Ok(outer) => outer,
        Err(key) => return Match::NoValue(key),
    };
    let covers = match rest.is_empty() {
        true => cover(&outer, inner),
        false => {
            rest.extend_from_slice(inner);
            cover(&outer, &rest)
        }
    };
    match (covers, located) {
        (Cover::Nothing, _) => Match::No,
        (Cover::Unknown, _) => {
            last.note(values);
            Match::Unknown
        }
        (_, Match::Unknown) => Match::Unknown,
        (Cover::All, _) => Match::Yes,
        (Cover::Part, _) => Match::Part,
    }
}

/// Matches parts before the last one. Each is a part of its own.
fn parts_match_all<'p>(before: &'p [Pattern], location: &DeviceLocation, values: &mut Values<'_>) -> Match<'p> {
    let mut found = Match::Yes;
    for (index, pattern) in before.iter().enumerate() {
        let one = match here(location, index) {
            _ if pattern.is_any() => Match::Yes,
            Some(text) => pattern.matches(text, values),
            None => not_located(values),
        };
        match one {
            Match::Yes => {}
            Match::Unknown => found = Match::Unknown,
            other => return other,
        }
    }
    found
}

/// A part of the ARN that is not known.
#[cold]
fn not_located<'p>(values: &mut Values<'_>) -> Match<'p> {
    values.lacks_location();
    Match::Unknown
}

/// A client whose ID nobody knows: only a pattern for all clients, or for whatever ID there is, covers it for sure.
#[cold]
fn unnamed<'p>(parts: &'p [Pattern], kind: &str, values: &mut Values<'_>) -> Match<'p> {
    let facts = values.facts;
    let Some((resource, before)) = parts.split_last() else { return Match::No };
    let located = parts_match_all(before, &facts.location, values);
    if !matches!(located, Match::Yes | Match::Unknown) || resource.covers_all_of(kind) {
        return located;
    }
    let begin = [kind, "/"].concat();
    if let Match::NoValue(key) = resource.matches(&begin, values) {
        return Match::NoValue(key);
    }
    if !resource.may_begin_with(&begin) {
        return Match::No;
    }
    values.lacks(MissingKind::Option, "clientId");
    Match::Unknown
}

/// Whether wildcards that reach over colons would match.
#[cold]
fn crossing<'p>(whole: &'p Pattern, target: &Target, values: &mut Values<'_>) -> Match<'p> {
    let facts = values.facts;
    let arn = match target {
        Target::Star => return Match::No,
        Target::Arn(parts) => parts.join(":"),
        Target::Here(name, kind) => {
            let parts = (0..PARTS).map(|index| here(&facts.location, index).unwrap_or_default());
            let last = name.clone().unwrap_or_else(|| [kind, "/"].concat());
            parts.chain([&*last]).collect::<Vec<_>>().join(":")
        }
        Target::Like(..) => {
            values.undecided = Some(CROSSING);
            return Match::Unknown;
        }
    };
    match whole.matches(&["arn:", &*arn].concat(), values) {
        Match::Yes | Match::Unknown => {
            values.undecided = Some(CROSSING);
            Match::Unknown
        }
        other => other,
    }
}

impl ResourcePattern {
    /// The keys of its variables.
    pub fn keys(&self) -> impl Iterator<Item = &super::key::PolicyKey> {
        let parts = match &self.form {
            Form::Parts(parts) => &parts[..],
            Form::Open(parts) => &parts[..],
            Form::Crossing(whole) => std::slice::from_ref(whole),
            Form::All | Form::Invalid => &[],
        };
        parts.iter().flat_map(Pattern::keys)
    }
}
