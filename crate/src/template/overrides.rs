//! OverrideSettings (rule R3.6).

use crate::check::{Context, did_you_mean, nearest, quoted, report_spelling, report_type, same_but_spelling, write};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::rules;
use crate::source::{InsertAt, InsertionPoint, Member, Node, SourceRange};
use crate::vocabulary::OVERRIDES;

/// A property that can be overridden: its name, its name in the page's prose, and its values.
pub type OverrideSetting = (&'static str, &'static str, &'static [&'static str]);

/// The overrides of a thing.
pub const THING: [OverrideSetting; 3] = [
    ("AttributePayload", "ATTRIBUTE_PAYLOAD", &["DO_NOTHING", "REPLACE", "MERGE", "FAIL"]),
    ("ThingTypeName", "THING_TYPE_NAME", &["DO_NOTHING", "REPLACE", "FAIL"]),
    ("ThingGroups", "THING_GROUPS", &["DO_NOTHING", "REPLACE", "MERGE", "FAIL"]),
];
/// The override of a certificate.
pub const CERTIFICATE: [OverrideSetting; 1] = [("Status", "STATUS", &["DO_NOTHING", "REPLACE", "FAIL"])];

/// The values that do not fail if a resource exists.
pub fn beside_fail(settings: &[OverrideSetting], property: &str) -> &'static [&'static str] {
    match settings.iter().find(|(name, ..)| *name == property) {
        Some((.., [others @ .., "FAIL"])) => others,
        _ => &[],
    }
}

/// The settings of one resource, and where others can be written.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    set: Vec<(&'static str, String, SourceRange)>,
    gap: Option<Gap>,
}

/// Where a setting can be added.
#[derive(Clone, Debug)]
enum Gap {
    /// Among the settings.
    Among(InsertionPoint),
    /// In the resource, which has none.
    First(InsertionPoint),
}

impl Overrides {
    /// The setting of a property.
    pub fn of(&self, property: &str) -> Option<&str> {
        self.set.iter().find(|(known, ..)| *known == property).map(|(_, value, _)| value.as_str())
    }

    /// All settings, by property name.
    pub fn all(&self) -> Vec<(&'static str, String)> {
        self.set.iter().map(|(name, value, _)| (*name, value.clone())).collect()
    }

    /// Adds to a finding the choices that set a property to one of these values.
    #[cold]
    pub fn offer(&self, finding: Finding, property: &str, values: &[&str]) -> Finding {
        values.iter().fold(finding, |finding, value| match self.edit(property, &quoted(value)) {
            Some(edit) => finding.proposal(format!("Set the override {value}"), vec![edit]),
            None => finding,
        })
    }

    #[cold]
    fn edit(&self, property: &str, value: &str) -> Option<(SourceRange, String)> {
        if let Some((.., place)) = self.set.iter().find(|(known, ..)| *known == property) {
            return Some((*place, value.to_owned()));
        }
        Some(match self.gap.as_ref()? {
            Gap::Among(point) => point.fill(property, value),
            Gap::First(point) => point.fill(OVERRIDES, &["{", &quoted(property), ": ", value, "}"].concat()),
        })
    }
}

/// Reads the settings of one resource, which may have none.
pub fn read(context: &mut Context, resource: &Node, own: Option<&Member>, settings: &[OverrideSetting]) -> Overrides {
    let Some(node) = own.map(|member| &member.value) else {
        let point = context.sources.insertion_point(resource, InsertAt::Back);
        return Overrides { set: Vec::new(), gap: Some(Gap::First(point)) };
    };
    let Some(members) = node.as_object() else {
        report_type(context, node, "OverrideSettings", "an object");
        return Overrides::default();
    };
    let set = members.iter().filter_map(|member| read_setting(context, node, member, settings)).collect();
    Overrides { set, gap: Some(Gap::Among(context.sources.insertion_point(node, InsertAt::Back))) }
}

fn read_setting(
    context: &mut Context,
    object: &Node,
    member: &Member,
    settings: &[OverrideSetting],
) -> Option<(&'static str, String, SourceRange)> {
    if context.is_taken(member.key_place) {
        return None;
    }
    let exact = settings.iter().find(|(name, _, _)| *name == member.key);
    let upper = settings.iter().find(|(name, snake, _)| *snake == member.key && *name != member.key);
    let spelt = || settings.iter().find(|(name, _, _)| same_but_spelling(name, &member.key));
    let Some((name, _, values)) = exact.or(upper).or_else(spelt) else {
        report_unknown(context, member, settings);
        return None;
    };
    let beside = object.as_object().unwrap_or_default().iter().find(|other| other.key == *name);
    if exact.is_none() && (upper.is_none() || beside.is_some()) {
        report_spelling(context, object, member, name, beside);
        if beside.is_some() {
            return None;
        }
    } else if exact.is_none() {
        let message = format!(
            "AWS's page of provisioning templates lists {}, but every example of AWS uses {}.",
            quoted(&member.key),
            quoted(name)
        );
        let finding = Finding::new(&rules::OVERRIDE_KEY, member.key_place, message);
        context.report(finding.fix(write(name), member.key_place, quoted(name)));
    }
    let Some(value) = member.value.as_str() else {
        report_type(context, &member.value, &format!("The override of {name}"), "a string");
        return None;
    };
    if !values.contains(&value) {
        report_value(context, &member.value, value, name, values);
        return None;
    }
    Some((name, value.to_owned(), member.value.place))
}

#[cold]
fn report_unknown(context: &mut Context, member: &Member, settings: &[OverrideSetting]) {
    let names: Vec<&str> = settings.iter().map(|(name, _, _)| *name).collect();
    let message = format!("OverrideSettings does not support {} here.", quoted(&member.key));
    let finding = Finding::new(&rules::UNKNOWN_KEY, member.key_place, message);
    context.report(match nearest(&member.key, &names) {
        Some(near) => did_you_mean(finding, near, member.key_place),
        None => finding.help(format!("It supports {}.", names.join(", "))),
    });
}

#[cold]
fn report_value(context: &mut Context, node: &Node, value: &str, name: &str, values: &[&str]) {
    let message = format!("{name} does not support the override {}.", quoted(value));
    let finding =
        Finding::new(&rules::OVERRIDE_VALUE, node.place, message).help(format!("It supports {}.", values.join(", ")));
    context.report(match nearest(value, values) {
        Some(near) => finding.fix(write(near), node.place, quoted(near)),
        // In JITP the certificate always exists already.
        None if name == "Status" && context.flow == Flow::Jitp => {
            finding.choice_of(node.place, beside_fail(&CERTIFICATE, name))
        }
        None => finding.choice_of(node.place, values),
    });
}
