//! The values that policies can ask for: of the request, the thing, and the certificate.

use super::answer::{Missing, MissingKind};
use super::facts::{CertificateValues, DeviceFacts};
use super::key::PolicyKey;
use super::request::RequestContext;
use crate::limits;
use std::borrow::Cow;

/// What is known of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held<'a> {
    /// There is none.
    Absent,
    /// This one.
    One(Cow<'a, str>),
    /// One of these two: AWS's page can be read in both ways.
    Either(Cow<'a, str>, Cow<'a, str>),
    /// A value that is not substituted: the variable stays as text.
    AsWritten,
    /// Several values.
    Many(Vec<Cow<'a, str>>),
    /// `false`, or none: anything but `true`.
    NotTrue,
    /// It is not known.
    Unknown,
}

/// Looks up values, and notes those that are missing.
pub struct Values<'a> {
    pub facts: &'a DeviceFacts,
    pub context: &'a RequestContext,
    /// The client ID of the request; `None` over HTTPS, or if nobody knows it.
    pub client_id: Option<&'a str>,
    /// Whether the request is made over HTTPS.
    pub https: bool,
    /// Whether it is the call for credentials, which can name its thing in a header.
    pub for_credentials: bool,
    /// Whether it is the request that opens a connection.
    pub connects: bool,
    /// What was not given and keeps the answer open.
    pub missing: Vec<Missing>,
    /// Why an answer stays open that nobody can give.
    pub undecided: Option<&'static str>,
    /// Whether a statement is about a part of a pattern of requests only.
    pub partly: bool,
}

/// Why a value is not clear.
const SPECIAL: &str =
    "AWS documents that special characters of a certificate's value get a backslash, and not in which comparisons.";
const NOT_TRUE: &str = "AWS documents no value of iot:Connection.Thing.IsAttached for a client ID that is not the name of the attached thing.";

impl<'a> Values<'a> {
    /// The value that a variable becomes in a text.
    pub fn in_text(&self, key: &PolicyKey) -> Held<'a> {
        match self.of(key) {
            Held::One(value) if key.is_of_certificate() && !matches!(key, PolicyKey::CertificateId) => {
                substituted(value)
            }
            held => held,
        }
    }

    /// The value of a key.
    pub fn of(&self, key: &PolicyKey) -> Held<'a> {
        match key {
            PolicyKey::ClientId if self.https => Held::Absent,
            PolicyKey::ClientId => self.client_id.map_or(Held::Unknown, |id| Held::One(Cow::Borrowed(id))),
            key if key.is_of_thing() => self.of_thing(key),
            PolicyKey::ConnectAttributes if !self.connects => Held::Absent,
            PolicyKey::ConnectAttributes => {
                let used = [
                    (!self.context.clean_session, "PersistentConnect"),
                    (self.context.will_topic.is_some(), "LastWill"),
                ];
                Held::Many(used.into_iter().filter(|(used, _)| *used).map(|(_, name)| Cow::Borrowed(name)).collect())
            }
            PolicyKey::LastWillTopic => self.will_topic(),
            PolicyKey::Given(name) => self.given(name),
            key => match self.facts.certificate.as_ref().map(|certificate| of_certificate(certificate, key)) {
                None | Some(Held::Unknown) => self.given(&name_of(key)),
                Some(held) => held,
            },
        }
    }

    /// The topic of the last will as an ARN: AWS's samples compare it by operators of ARNs (connect-policy).
    fn will_topic(&self) -> Held<'a> {
        let Some(topic) = self.context.will_topic.as_deref().filter(|_| self.connects) else { return Held::Absent };
        let location = &self.facts.location;
        let partition = location.partition.as_deref().unwrap_or("aws");
        match (&location.region, &location.account) {
            (Some(region), Some(account)) => {
                Held::One(format!("arn:{partition}:iot:{region}:{account}:topic/{topic}").into())
            }
            _ => Held::Unknown,
        }
    }

    fn given(&self, name: &str) -> Held<'a> {
        let given = self.context.values.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name));
        match given.map(|(_, values)| &values[..]) {
            None => Held::Unknown,
            Some([one]) => Held::One(Cow::Borrowed(one)),
            Some(values) => Held::Many(values.iter().map(|value| Cow::Borrowed(value.as_str())).collect()),
        }
    }

    /// Values of the thing have a value over MQTT only, if the thing is attached and the client ID is its name. The call for
    /// credentials can name the thing in a header. An exclusive thing's name does not depend on the client ID.
    fn of_thing(&self, key: &PolicyKey) -> Held<'a> {
        let is_name = |name: Option<&str>| self.facts.thing.as_ref().is_some_and(|thing| Some(&*thing.name) == name);
        let (is_this, is_exclusive) = if !self.https {
            if self.client_id.is_none() && self.facts.thing.is_some() {
                return Held::Unknown;
            }
            let exclusive = self.facts.thing.as_ref().is_some_and(|thing| thing.exclusive);
            (is_name(self.client_id), exclusive && *key == PolicyKey::ThingName)
        } else if self.for_credentials {
            match self.context.thing_name_header.as_deref() {
                None if self.facts.thing.is_some() => return Held::Unknown,
                header => (is_name(header), false),
            }
        } else {
            (false, false)
        };
        let thing = self.facts.thing.as_ref().filter(|thing| thing.attached && (is_this || is_exclusive));
        let text = |value: &'a str| Held::One(Cow::Borrowed(value));
        match (key, thing) {
            (PolicyKey::IsAttached, None) if self.https => Held::Absent,
            (PolicyKey::IsAttached, None) => Held::NotTrue,
            (_, None) => Held::Absent,
            (PolicyKey::IsAttached, Some(_)) => text("true"),
            (PolicyKey::ThingName, Some(thing)) => text(&thing.name),
            (PolicyKey::ThingType, Some(thing)) => thing.type_name.as_deref().map_or(Held::Absent, text),
            (PolicyKey::Attribute(name), Some(thing)) => {
                let found = thing.attributes.iter().rev().find(|(known, _)| **known == **name);
                found.map_or(Held::Absent, |(_, value)| text(value))
            }
            _ => Held::Absent,
        }
    }

    /// Notes that a value keeps the answer open.
    #[cold]
    pub fn note(&mut self, key: &PolicyKey) {
        let (kind, name) = match (key, self.in_text(key)) {
            (_, Held::Either(..)) => return self.undecided = Some(SPECIAL),
            (_, Held::NotTrue) => return self.undecided = Some(NOT_TRUE),
            (_, Held::One(_) | Held::Absent | Held::AsWritten | Held::Many(_)) => return,
            (key, Held::Unknown) if key.is_of_thing() && self.for_credentials => {
                (MissingKind::Option, "thingNameHeader".to_owned())
            }
            (key, Held::Unknown) if key.is_of_thing() || *key == PolicyKey::ClientId => {
                (MissingKind::Option, "clientId".to_owned())
            }
            (PolicyKey::LastWillTopic, Held::Unknown) => return self.lacks_location(),
            (key, Held::Unknown) if key.is_of_certificate() && self.facts.certificate.is_none() => {
                (MissingKind::Option, "certificate".to_owned())
            }
            (key, Held::Unknown) => (MissingKind::Value, name_of(key)),
        };
        self.lacks(kind, &name);
    }

    /// Notes the parts of the location that are missing.
    #[cold]
    pub fn lacks_location(&mut self) {
        if self.facts.location.region.is_none() {
            self.lacks(MissingKind::Option, "region");
        }
        if self.facts.location.account.is_none() {
            self.lacks(MissingKind::Option, "accountId");
        }
    }

    /// Notes something that is missing, once.
    #[cold]
    pub fn lacks(&mut self, kind: MissingKind, name: &str) {
        Missing { kind, name: name.into() }.note_in(&mut self.missing);
    }
}

/// The name of a key that a caller can give a value for.
#[cold]
pub fn name_of(key: &PolicyKey) -> String {
    match key {
        PolicyKey::Given(name) | PolicyKey::Certificate(name) => name.to_string(),
        PolicyKey::CertificateId => "iot:CertificateId".to_owned(),
        PolicyKey::ClientId => "iot:ClientId".to_owned(),
        PolicyKey::ThingName => "iot:Connection.Thing.ThingName".to_owned(),
        PolicyKey::ThingType => "iot:Connection.Thing.ThingTypeName".to_owned(),
        PolicyKey::IsAttached => "iot:Connection.Thing.IsAttached".to_owned(),
        PolicyKey::Attribute(name) => format!("iot:Connection.Thing.Attributes[{name}]"),
        PolicyKey::ConnectAttributes => "iot:ConnectAttributes".to_owned(),
        PolicyKey::LastWillTopic => "iot:LastWillTopic".to_owned(),
        PolicyKey::Name(variable) => variable.name(),
        PolicyKey::NameList(variable) => variable.name() + ".List",
    }
}

/// A certificate's value as a variable becomes it: not at all with wildcards or beyond a length (X.509 policy variables page), and with
/// special characters in one of two ways.
fn substituted(value: Cow<'_, str>) -> Held<'_> {
    if value.contains(|character| limits::VARIABLE_WILDCARDS.contains(character))
        || value.len() > limits::VARIABLE_LENGTH && value.chars().count() > limits::VARIABLE_LENGTH
    {
        return Held::AsWritten;
    }
    const SPECIALS: [char; 7] = [',', '"', '\\', '=', '<', '>', ';'];
    if !value.contains(SPECIALS) {
        return Held::One(value);
    }
    let mut escaped = String::with_capacity(value.len() + 4);
    for character in value.chars() {
        if SPECIALS.contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    Held::Either(value, Cow::Owned(escaped))
}

/// The values of a certificate: by default the first, by `.N` another one, by `.List` all; five at most (X.509 policy variables page).
fn of_certificate<'a>(certificate: &'a CertificateValues, key: &PolicyKey) -> Held<'a> {
    let one = |value: Option<&'a str>| value.map_or(Held::Absent, |value| Held::One(Cow::Borrowed(value)));
    let all = |values: Vec<&'a str>| {
        if values.is_empty() { Held::Absent } else { Held::Many(values.into_iter().map(Cow::Borrowed).collect()) }
    };
    match key {
        PolicyKey::CertificateId => {
            certificate.certificate_id.as_deref().map_or(Held::Unknown, |id| Held::One(Cow::Borrowed(id)))
        }
        PolicyKey::Name(variable) | PolicyKey::NameList(variable) => {
            let names = if variable.of_issuer { certificate.issuer.as_deref() } else { Some(&certificate.subject[..]) };
            let Some(names) = names else { return Held::Unknown };
            let found = names.iter().filter(|(known, value)| *known == variable.arc && !value.is_empty());
            let mut found = found.map(|(_, value)| &**value).take(limits::VARIABLE_VALUES);
            if matches!(key, PolicyKey::NameList(_)) { all(found.collect()) } else { one(found.nth(variable.index)) }
        }
        PolicyKey::Certificate(name) => {
            let Some(others) = &certificate.others else { return Held::Unknown };
            // AWS does not document the form of this list.
            if name.ends_with(".AvailableKeys") {
                return Held::Unknown;
            }
            let (stem, suffix) = match name.rsplit_once('.') {
                Some((stem, "List")) => (stem, None),
                Some((stem, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => (stem, number.parse().ok()),
                _ => (&**name, Some(0_usize)),
            };
            let found = others.iter().filter(|(known, value)| *known == stem && !value.is_empty());
            let mut found = found.map(|(_, value)| &**value).take(limits::VARIABLE_VALUES);
            match suffix {
                Some(index) => one(found.nth(index)),
                None => all(found.collect()),
            }
        }
        _ => Held::Absent,
    }
}
