//! Whether the device may act as another one of the same template: its neighbour, which differs in the values that tell devices apart.

use super::access::{GivenPolicies, PlannedDevice};
use super::counterexample::{Counterexample, Isolation};
use super::evaluate;
use super::findings::PlanFindings;
use super::types::{DryRunOptions, Origin, Parameter};
use crate::access::{
    AccessRight, Answer, CertificateValues, Device, DeviceRequest, MOST_RIGHTS, RequestContext, StatementPlace, Verb,
};
use crate::certificate::known::{UNKNOWN_ID, has_unknown};
use crate::check::quoted;
use crate::diagnostic::{Diagnostic, Finding};
use crate::rules;
use crate::template::Template;
use crate::template::names::CertificateField;
use std::sync::Arc;

/// The attributes of a subject that tell devices of one maker apart: common name, serial number, distinguished name qualifier.
const OF_DEVICE: [u8; 3] = [3, 5, 46];

/// At most this many resources of the neighbour are asked for.
const MOST: usize = 16;

impl PlannedDevice {
    /// Compares the device with its neighbour. `None` if the template gives them no different things.
    pub fn isolation(
        &self,
        template: &Template,
        (parameters, id): (&[Parameter], &str),
        may: &[AccessRight],
        options: &DryRunOptions,
    ) -> Option<(Isolation, Vec<Counterexample>)> {
        let own = self.device();
        let name = own.facts.thing.as_ref().map(|thing| thing.name.clone()).filter(|name| !has_unknown(name))?;
        if own.policies.is_empty() && own.group_policies.is_empty() {
            return None;
        }
        let mut documents = own.policies.iter().chain(&own.group_policies);
        let is_read =
            documents.all(|policy| policy.is_readable && policy.statements.iter().all(|found| found.open.is_empty()));
        // What nobody has seen may allow anything.
        let unlisted = if own.unseen.is_empty() && own.groups.is_empty() { Answer::Denied } else { Answer::Unknown };
        let other_id = if id == UNKNOWN_ID { id.to_owned() } else { neighbour_of_id(id) };
        // Brothers share the name of their maker. If only that names the thing, it differs, too.
        let other = [false, true].into_iter().find_map(|all| {
            let changed = neighbour_parameters(template, parameters, &other_id, all);
            let other = evaluate::thing_name(template, &changed, &other_id)?;
            if other == name {
                return None;
            }
            // Without a wildcard the device has what is listed, and nothing of another one is listed.
            let is_listed = |right: &AccessRight| {
                !right.resource.contains(&*other)
                    && (right.answer == Answer::Denied || is_own(&right.resource, &name, &other))
            };
            if is_read && may.len() < MOST_RIGHTS && may.iter().all(is_listed) {
                return Some(Other::Apart(other));
            }
            let desired = evaluate::evaluate(template, &changed, &other_id, &mut PlanFindings::errors_only());
            let given = GivenPolicies::read(template, options);
            let mut other = PlannedDevice::new(template, &desired, None, options, &given).into_compiled().0.device;
            other.facts.location.clone_from(&own.facts.location);
            other.facts.certificate =
                own.facts.certificate.as_ref().map(|values| neighbour_values(values, &other_id, all));
            Some(Other::Whole(Box::new(other)))
        })?;
        let other = match other {
            Other::Whole(other) => other,
            Other::Apart(other) => {
                return Some((Isolation { may: unlisted, other, counterexample: None }, Vec::new()));
            }
        };
        let other_name = other.facts.thing.as_ref().map(|thing| thing.name.clone())?;
        let context = Self::context(options);
        let mut comparison = Comparison { own, may, name: &name, context, unknown: false, found: Vec::new() };
        comparison.run(&other, &other_name);
        let may = match (comparison.found.is_empty(), comparison.unknown) {
            (false, _) => Answer::Allowed,
            (true, true) => Answer::Unknown,
            (true, false) => Answer::Denied,
        };
        let counterexample = comparison.found.first().cloned();
        Some((Isolation { may, other: other_name, counterexample }, comparison.found))
    }
}

/// Whether a pattern covers nothing of another device: it has no wildcard, or its text before the first one holds the device's name, and
/// does not begin what has the other name there.
fn is_own(resource: &str, name: &str, other: &str) -> bool {
    let wild = resource.find(['*', '?', '+', '#', '"', '…']).into_iter().chain(resource.find("${")).min();
    let Some(wild) = wild else { return true };
    let begin = &resource[..wild];
    begin.contains(name) && !other.contains(name) && !begin.replace(name, other).starts_with(begin)
}

/// The neighbour.
enum Other {
    /// Nothing that is its own can be allowed to the device. Its name.
    Apart(Arc<str>),
    /// All of it.
    Whole(Box<Device>),
}

struct Comparison<'d> {
    own: &'d Device,
    /// What it may do.
    may: &'d [AccessRight],
    name: &'d str,
    context: RequestContext,
    /// Whether an answer is open.
    unknown: bool,
    found: Vec<Counterexample>,
}

impl Comparison<'_> {
    fn run(&mut self, other: &Device, other_name: &str) {
        let as_other = RequestContext { client_id: Some(other_name.to_owned()), ..self.context.clone() };
        let connect = self.own.answer(&DeviceRequest::new(Verb::Connect, ""), &as_other);
        self.take(connect, Verb::Connect, other_name, || format!("connect as {other_name}"));
        // What AWS IoT itself keeps for each thing.
        let shadow = format!("$aws/things/{other_name}/shadow/update");
        self.publish(&shadow);
        self.call("iot:UpdateThingShadow", &["thing/", other_name].concat());
        let is_shared = |right: &&AccessRight| {
            self.may.iter().any(|own| own.action == right.action && own.resource == right.resource)
        };
        let theirs = other.rights(&RequestContext { client_id: None, ..self.context.clone() }).may;
        for right in theirs.iter().filter(|right| !is_shared(right)).take(MOST) {
            let Some(text) = example(&right.resource) else { continue };
            match right.verb {
                Verb::Connect => {}
                // Who may publish where the other one listens speaks to it as its owner does.
                Verb::Publish | Verb::Subscribe | Verb::Receive => {
                    self.publish(&text.replace(['+', '#'], "state"));
                    self.listen(&text);
                }
                Verb::Call => self.call(right.action, &text),
            }
        }
    }

    fn publish(&mut self, topic: &str) {
        let decision = self.own.answer(&DeviceRequest::new(Verb::Publish, topic), &self.context);
        self.take(decision, Verb::Publish, topic, || format!("publish to {topic}"));
    }

    fn call(&mut self, action: &str, resource: &str) {
        let decision = self.own.answer(&DeviceRequest::call(action, resource), &self.context);
        self.take(decision, Verb::Call, resource, || format!("call {action} on {resource}"));
    }

    /// A subscription is of use only if its messages are delivered. One with MQTT's wildcards gets those of other topics, too.
    fn listen(&mut self, filter: &str) {
        let topic = filter.replace(['+', '#'], "state");
        let receive = self.own.answer(&DeviceRequest::new(Verb::Receive, &*topic), &self.context);
        if receive.0 == Answer::Denied {
            return;
        }
        let mut subscribe = self.own.answer(&DeviceRequest::new(Verb::Subscribe, filter), &self.context);
        let mut by = "";
        if subscribe.0 == Answer::Denied {
            let own = self.may.iter().filter(|right| right.verb == Verb::Subscribe && right.answer != Answer::Denied);
            let Some(right) = own.into_iter().find(|right| covers(&right.resource, &topic)) else { return };
            (subscribe, by) = ((right.answer, right.statement.clone()), &right.resource);
        }
        if receive.0 == Answer::Unknown {
            self.unknown = true;
            return;
        }
        match by {
            "" => self.take(subscribe, Verb::Subscribe, filter, || format!("subscribe to {filter}")),
            by => {
                self.take(subscribe, Verb::Receive, &topic, || format!("receive from {topic} by subscribing to {by}"));
            }
        }
    }

    fn take(
        &mut self,
        (answer, statement): (Answer, Option<StatementPlace>),
        verb: Verb,
        resource: &str,
        what: impl FnOnce() -> String,
    ) {
        match answer {
            Answer::Denied => {}
            Answer::Unknown => self.unknown = true,
            Answer::Allowed if self.found.iter().any(|known| known.verb == verb && known.resource == resource) => {}
            Answer::Allowed => {
                let by = statement.as_ref().map_or_else(String::new, |place| {
                    format!(", by statement {} of {}", place.statement, quoted(&place.policy))
                });
                let sentence = format!("{} may {}{by}.", self.name, what());
                self.found.push(Counterexample { verb, resource: resource.to_owned(), sentence, statement });
            }
        }
    }
}

/// Whether a topic filter covers a topic (MQTT 5, 4.7): `+` is a level, `#` all levels from there.
fn covers(filter: &str, topic: &str) -> bool {
    let mut levels = topic.split('/');
    for own in filter.split('/') {
        match (own, levels.next()) {
            ("#", _) => return !topic.starts_with('$') || filter.starts_with('$'),
            ("+", Some(level)) if !level.starts_with('$') => {}
            (own, Some(level)) if own == level => {}
            _ => return false,
        }
    }
    levels.next().is_none()
}

/// One request that a right stands for. `None` if it is not a plain pattern.
fn example(resource: &str) -> Option<String> {
    if resource.contains("${") || resource.starts_with("everything but") || resource.contains('…') {
        return None;
    }
    let mut text = String::new();
    for character in resource.chars() {
        match character {
            '*' if text.is_empty() || text.ends_with('/') => text.push_str("state"),
            '*' => {}
            '?' => text.push('x'),
            other => text.push(other),
        }
    }
    Some(text)
}

/// The neighbour's parameters. With `all`, each value that does not come from the template itself is another one.
fn neighbour_parameters(template: &Template, parameters: &[Parameter], id: &str, all: bool) -> Vec<Parameter> {
    let changed = |(parameter, declared): (&Parameter, &crate::template::names::ParameterDeclaration)| {
        let is_of_device = match (parameter.origin, declared.source) {
            (Origin::Certificate, CertificateField::Id) => {
                return Parameter { value: Some(id.into()), ..parameter.clone() };
            }
            (Origin::Certificate, _) => true,
            (Origin::Subject, CertificateField::Attribute(arc)) => all || OF_DEVICE.contains(&arc),
            (Origin::Given, _) => all,
            _ => false,
        };
        let value = parameter.value.as_ref().filter(|value| is_of_device && !has_unknown(value));
        match value {
            Some(value) => Parameter { value: Some(neighbour(value).into()), ..parameter.clone() },
            None => parameter.clone(),
        }
    };
    parameters.iter().zip(&template.names.parameters).map(changed).collect()
}

/// The neighbour's values in policy variables.
fn neighbour_values(values: &CertificateValues, id: &str, all: bool) -> CertificateValues {
    let attribute = |(arc, value): &(u8, Box<str>)| {
        let is_of_device = all || OF_DEVICE.contains(arc);
        (*arc, if is_of_device { neighbour(value).into() } else { value.clone() })
    };
    let other = |(name, value): &(&'static str, Box<str>)| (*name, neighbour(value).into());
    CertificateValues {
        certificate_id: values.certificate_id.as_ref().map(|_| Arc::from(id)),
        subject: values.subject.iter().map(attribute).collect(),
        issuer: values.issuer.clone(),
        others: values.others.as_ref().map(|others| others.iter().map(other).collect()),
    }
}

/// The next of a kind: `lamp-2` for `lamp-1`, `lamp-2` for `lamp` too. As long as before if it has a number.
fn neighbour(value: &str) -> String {
    let Some(end) = value.rfind(|character: char| character.is_ascii_digit()) else { return [value, "-2"].concat() };
    // The digit is one byte long.
    let last = value.as_bytes()[end];
    let next = if last == b'9' { b'8' } else { last + 1 };
    [&value[..end], &char::from(next).to_string(), &value[end + 1..]].concat()
}

fn neighbour_of_id(id: &str) -> String {
    let Some((at, last)) = id.char_indices().last() else { return "0".to_owned() };
    [&id[..at], if last == '0' { "1" } else { "0" }].concat()
}

/// The finding on the first counterexample that AWS's audit would not report at the same statement.
pub fn finding<'c>(
    found: &'c [Counterexample],
    diagnostics: &[Arc<Diagnostic>],
) -> Option<(Finding, &'c StatementPlace)> {
    let audited = || diagnostics.iter().filter(|known| known.code == rules::POLICY_PERMISSIVE.code);
    let is_reported = |place: &StatementPlace| {
        audited().any(|known| match (known.span, place.span) {
            (Some(inner), Some(outer)) => {
                let (start, end) = (outer.start.offset, outer.end.offset);
                start <= inner.start.offset && inner.end.offset <= end
            }
            _ => true,
        })
    };
    let (example, place) = found.iter().find_map(|example| {
        let place = example.statement.as_ref()?;
        (!is_reported(place)).then_some((example, place))
    })?;
    let message = format!("This device may act as another one: {}", example.sentence);
    let help = match example.verb {
        Verb::Connect => "Allow client/${iot:Connection.Thing.ThingName} only.",
        _ => "Limit the resource to the device's own, for example by ${iot:Connection.Thing.ThingName}.",
    };
    Some((Finding::new_at(&rules::NOT_ISOLATED, None, message).help(help), place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_different_and_of_the_same_kind() {
        for (value, other) in [
            ("lamp-1", "lamp-2"),
            ("lamp-19", "lamp-18"),
            ("7-kitchen", "8-kitchen"),
            ("kitchen", "kitchen-2"),
            ("Küche 4", "Küche 5"),
            ("", "-2"),
        ] {
            assert_eq!(neighbour(value), other);
        }
        assert_eq!(neighbour_of_id("a0"), "a1");
        assert_eq!(neighbour_of_id("af"), "a0");
    }

    #[test]
    fn filters_cover_topics_as_in_mqtt() {
        for (filter, topic) in [("a/+/c", "a/b/c"), ("a/#", "a/b/c"), ("a/#", "a"), ("#", "a"), ("a", "a")] {
            assert!(covers(filter, topic), "{filter} {topic}");
        }
        for (filter, topic) in [("a/+", "a/b/c"), ("a/+/c", "a/b"), ("#", "$aws/x"), ("+/x", "$aws/x"), ("a/*", "a/b")]
        {
            assert!(!covers(filter, topic), "{filter} {topic}");
        }
    }

    #[test]
    fn a_pattern_after_the_own_name_is_the_own_one() {
        for (resource, name, other) in [
            ("lamp-1", "lamp-1", "lamp-2"),
            ("lamps/lamp-1/*", "lamp-1", "lamp-2"),
            ("lamps/lamp-1*", "lamp-1", "lamp-2"),
            ("cmd/all", "lamp-1", "lamp-2"),
            ("$aws/things/lamp-1/jobs/*", "lamp-1", "lamp-2"),
        ] {
            assert!(is_own(resource, name, other), "{resource}");
        }
        for (resource, name, other) in [
            ("lamps/*", "lamp-1", "lamp-2"),
            ("lamps/*/lamp-1", "lamp-1", "lamp-2"),
            ("lamps/lamp*", "lamp", "lamp-2"),
            ("everything but \"lamp-1\"", "lamp-1", "lamp-2"),
            ("lamps/+/lamp-1/*", "lamp-1", "lamp-2"),
        ] {
            assert!(!is_own(resource, name, other), "{resource}");
        }
    }

    #[test]
    fn an_example_is_one_of_the_pattern() {
        for (pattern, text) in [
            ("lamps/lamp-2/*", Some("lamps/lamp-2/state")),
            ("lamp-2*", Some("lamp-2")),
            ("lamps/+/?", Some("lamps/+/x")),
            ("*", Some("state")),
            ("everything but \"a\"", None),
            ("a/${*}", None),
        ] {
            assert_eq!(example(pattern).as_deref(), text, "{pattern}");
        }
    }
}
