//! Puts a ruling into words.

use super::answer::{AccessCause, Answer, Decision, Denial, MissingKind};
use super::device::Device;
use super::glob::Symbol;
use super::key::PolicyKey;
use super::nearest::{Nearest, NearestElement, nearest};
use super::resource::Target;
use super::ruling::{Found, Ruling};
use super::values::{Values, name_of};
use crate::check::quoted;
use crate::limits;

/// How many characters are shown of what is too long to be compared.
const LONGEST_SHOWN: usize = 64;

/// What was asked.
pub struct Asked<'q> {
    /// The action as asked.
    pub action: &'q str,
    /// The same in lower case.
    pub lower: &'q str,
    /// The resource.
    pub target: &'q Target,
}

impl Asked<'_> {
    /// The request in words: `iot:Connect on client/lamp-1`.
    fn words(&self) -> String {
        [self.action, " on ", &self.resource()].concat()
    }

    fn resource(&self) -> String {
        match self.target {
            Target::Star => "*".to_owned(),
            // Nobody reads a longer one, which is not compared either.
            Target::Here(Some(name), _) if name.len() > limits::REQUEST => {
                name.chars().take(LONGEST_SHOWN).chain(['…']).collect()
            }
            Target::Here(Some(name), _) => name.clone(),
            Target::Here(None, kind) => format!("{kind}/…"),
            Target::Arn(parts) => ["arn:", &parts.join(":")].concat(),
            Target::Like(symbols, _) => text_of(symbols),
        }
    }
}

/// A pattern as text. A star that is not a wildcard is written as IAM writes it.
pub fn text_of(symbols: &[Symbol]) -> String {
    let mut text = String::with_capacity(symbols.len());
    for symbol in symbols {
        match symbol {
            Symbol::Char('*') => text.push_str("${*}"),
            Symbol::Char('?') => text.push_str("${?}"),
            Symbol::Char(character) => text.push(*character),
            Symbol::Any => text.push('*'),
            Symbol::One => text.push('?'),
            Symbol::Hidden => text.push('…'),
        }
    }
    text
}

/// The decision for a ruling.
pub fn decision(device: &Device, ruling: Ruling<'_>, asked: &Asked<'_>, values: &mut Values<'_>) -> Decision {
    let (answer, denial) = (ruling.answer, ruling.denial);
    let place = ruling.statement.map(|(policy, statement)| statement.place(policy));
    let (reason, cause, statement) = match (answer, denial) {
        (Answer::Allowed, _) => (allowed(&ruling, asked), None, place),
        (Answer::Denied, Some(Denial::Explicit)) => (explicit(&ruling, asked), ruling.cause, place),
        (Answer::Denied, _) => return implicit(device, asked, values),
        (Answer::Unknown, _) => (open(&ruling, asked), ruling.cause, place),
    };
    Decision { answer, denial, reason, cause, statement, missing: ruling.missing, broker: Vec::new() }
}

/// A statement in words: `statement 2 of "lampPolicy"`.
pub fn of((policy, statement): Found<'_>) -> String {
    let number = statement.number;
    match &statement.sid {
        Some(sid) => format!("statement {number} ({sid}) of {}", quoted(&policy.name)),
        None => format!("statement {number} of {}", quoted(&policy.name)),
    }
}

fn allowed(ruling: &Ruling<'_>, asked: &Asked<'_>) -> String {
    let by = ruling.statement.map(of).unwrap_or_default();
    [&asked.words(), " is allowed by ", &by, "."].concat()
}

#[cold]
fn explicit(ruling: &Ruling<'_>, asked: &Asked<'_>) -> String {
    let by = ruling.statement.map(of).unwrap_or_default();
    format!("{} is denied by {by}: a Deny overrides every Allow.", asked.words())
}

#[cold]
fn open(ruling: &Ruling<'_>, asked: &Asked<'_>) -> String {
    let words = asked.words();
    let begin = match (ruling.allowed_by, ruling.statement) {
        (Some(allow), _) => format!("{} allows {words}", capital(&of(allow))),
        (None, Some(found)) => format!("{} may allow {words}", capital(&of(found))),
        (None, None) => format!("Nothing that is given allows {words}"),
    };
    let unless = match (ruling.allowed_by, ruling.statement) {
        (Some((policy, allow)), Some((other, statement)))
            if !std::ptr::eq(allow, statement) || !std::ptr::eq(policy, other) =>
        {
            format!(", unless {} denies it", of((other, statement)))
        }
        _ => String::new(),
    };
    let named = |kind| {
        ruling.missing.iter().filter(|missing| missing.kind == kind).map(|missing| &*missing.name).collect::<Vec<_>>()
    };
    const UNREADABLE: &str = ", which cannot be read,";
    let seen = [
        (MissingKind::Unreadable, "the policy", "of the policies", UNREADABLE, UNREADABLE),
        (MissingKind::Policy, "the policy", "of the policies", ", which is not given,", ", which are not given,"),
        (MissingKind::Group, "a policy of the thing group", "a policy of the thing groups", "", ""),
    ];
    let seen: Vec<String> = seen
        .into_iter()
        .map(|(kind, one, several, end, ends)| (named(kind), one, several, end, ends))
        .filter(|(names, ..)| !names.is_empty())
        .map(|(names, one, several, end, ends)| match names.len() {
            1 => format!("{one} {}{end}", listed(&names)),
            _ => format!("{}{several} {}{ends}", if ends.is_empty() { "" } else { "one " }, listed(&names)),
        })
        .collect();
    let seen = match (seen.is_empty(), ruling.allowed_by) {
        (true, _) => String::new(),
        (false, Some(_)) => {
            format!("{} {} denies it", if unless.is_empty() { ", unless" } else { ", or" }, seen.join(" or "))
        }
        (false, None) => format!("; {} may", seen.join(" or ")),
    };
    let asks: Vec<&str> = ruling
        .missing
        .iter()
        .filter(|missing| matches!(missing.kind, MissingKind::Value | MissingKind::Option))
        .map(|missing| &*missing.name)
        .collect();
    let depends = match (asks.is_empty(), ruling.undecided) {
        (false, _) => format!(" It depends on {}, which is not given.", asks.join(", ")),
        (true, Some(why)) => format!(" {why}"),
        (true, None) => String::new(),
    };
    format!("{begin}{unless}{seen}.{depends}")
}

#[cold]
fn implicit(device: &Device, asked: &Asked<'_>, values: &mut Values<'_>) -> Decision {
    let policies: Vec<_> = device.counting(values).collect();
    let decision = |reason: String, cause, statement| Decision {
        answer: Answer::Denied,
        denial: Some(Denial::Implicit),
        reason,
        cause: Some(cause),
        statement,
        missing: Vec::new(),
        broker: Vec::new(),
    };
    if policies.is_empty() {
        return decision(
            format!("No policy is attached, so nothing allows {}.", asked.words()),
            AccessCause::NoPolicy,
            None,
        );
    }
    let Some(found) = nearest(policies.into_iter(), (asked.lower, asked.target), values) else {
        return decision(format!("No statement allows {}.", asked.action), AccessCause::Action, None);
    };
    let reason = match found.cause {
        AccessCause::Action => format!(
            "No statement allows {}. {} allows {} there.",
            asked.action,
            capital(&of((found.policy, found.statement))),
            listed(&found.statement.actions.iter().map(|action| &*action.text).collect::<Vec<_>>()),
        ),
        _ => format!("No statement allows {}. {}", asked.words(), why(&found, asked, values)),
    };
    decision(reason, found.cause, Some(found.place()))
}

/// Why the nearest statement does not match.
fn why(found: &Nearest<'_>, asked: &Asked<'_>, values: &Values<'_>) -> String {
    let name = of((found.policy, found.statement));
    let here = &values.facts.location;
    match found.element {
        NearestElement::Condition(condition) => {
            let value = match condition.found(values) {
                Some(value) => format!("the request has {}", quoted(&value)),
                None => "the request has no such value".to_owned(),
            };
            let wanted = condition.wanted();
            let asks = if wanted.is_empty() { String::new() } else { format!(" {}", listed(&wanted)) };
            format!("The condition {}{asks} of {name} does not match: {value}.", condition.text)
        }
        NearestElement::Resource(resource, Some(key)) => {
            format!("{} names {}, and {}.", capital(&name), quoted(resource.name()), no_value(key, values))
        }
        NearestElement::Resource(resource, None) => {
            let parts = resource.parts();
            let written = |index: usize| parts.and_then(|parts| parts[index].as_text()).unwrap_or_default();
            let known = |part: &Option<std::sync::Arc<str>>| part.as_deref().unwrap_or("another one").to_owned();
            match found.cause {
                AccessCause::Partition => format!(
                    "{} names the partition {}; the device connects in {}.",
                    capital(&name),
                    written(0),
                    known(&here.partition)
                ),
                AccessCause::Region => format!(
                    "{} names the Region {}; the device connects to {}.",
                    capital(&name),
                    written(2),
                    known(&here.region)
                ),
                AccessCause::Account => format!(
                    "{} names the account {}; the device connects to {}.",
                    capital(&name),
                    written(3),
                    known(&here.account)
                ),
                AccessCause::LetterCase => {
                    format!("{} names {}: letter case counts.", capital(&name), quoted(resource.name()))
                }
                AccessCause::ResourceType => format!(
                    "{} names {}; {} is checked on {}/….",
                    capital(&name),
                    quoted(resource.name()),
                    asked.action,
                    asked.resource().split('/').next().unwrap_or_default()
                ),
                _ => format!("{} names {}.", capital(&name), quoted(resource.name())),
            }
        }
        NearestElement::None => String::new(),
    }
}

/// Why a value is absent.
pub fn no_value(key: &PolicyKey, values: &Values<'_>) -> String {
    let name = name_of(key);
    let thing = values.facts.thing.as_ref();
    if key.is_of_certificate() {
        return format!("the certificate has no value for {name}");
    }
    if *key == PolicyKey::ClientId {
        return format!("{name} has no value over HTTPS");
    }
    if !key.is_of_thing() {
        return format!("{name} has no value");
    }
    let Some(thing) = thing else { return format!("{name} has no value without a thing") };
    if values.https && !values.for_credentials {
        return format!("{name} has no value over HTTPS");
    }
    if !thing.attached {
        return format!("{name} has no value, because the certificate is not attached to the thing");
    }
    let id = if values.for_credentials { values.context.thing_name_header.as_deref() } else { values.client_id };
    match (key, id) {
        (_, Some(id)) if id != &*thing.name => {
            let what = if values.for_credentials { "header x-amzn-iot-thingname" } else { "client ID" };
            format!(
                "{name} has no value, because the {what} {} is not the thing's name {}",
                quoted(id),
                quoted(&thing.name)
            )
        }
        (PolicyKey::Attribute(attribute), _) => format!("the thing has no attribute {}", quoted(attribute)),
        (PolicyKey::ThingType, _) => "the thing has no type".to_owned(),
        _ => format!("{name} has no value"),
    }
}

/// A list of texts in quotes.
pub fn listed(texts: &[&str]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = texts.iter().take(SHOWN).map(|text| quoted(text)).collect();
    let more = if texts.len() > SHOWN { " and others" } else { "" };
    [&shown.join(", "), more].concat()
}

/// A text as the start of a sentence. The names of variables keep their letter case, which counts.
pub fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
