//! What a person can do about a parameter that a certificate has no value for, as edits of the template.

use crate::certificate::Certificate;
use crate::diagnostic::{Edits, Finding};
use crate::limits::{ID_PARAMETER, PREDEFINED_PREFIX, SERIAL_PARAMETER};
use crate::source::{At, Member, Node, Value};
use crate::template::parameters::ParameterDeclaration;
use crate::template::resources::reference;
use crate::template::{Template, get_as_meant};

/// Adds the choices to the finding that the parameter has no value.
#[cold]
pub fn offer(
    finding: Finding,
    template: &Template,
    declaration: &ParameterDeclaration,
    certificate: &Certificate<'_>,
) -> Finding {
    let uses = Uses::of(template, &declaration.name);
    let Some((section, member)) = uses.declared else { return finding };
    let sources = &template.judge.sources;
    let remove = sources.remove_members(section, &|other| other.key == member.key);
    let mut choices: Vec<(String, Edits)> = Vec::new();
    if uses.all == 0 && !declaration.used {
        choices.push(("Remove the parameter".to_owned(), remove.clone()));
    } else if uses.all > 0 && uses.all == uses.removable {
        let edits = [uses.removals(template), remove.clone()].concat();
        choices.push(("Remove the parameter and what refers to it".to_owned(), edits));
    }
    if let Some(name) = uses.thing_name {
        for other in other_names(certificate, &declaration.name) {
            let mut edits = vec![(name.place, reference(other))];
            // The declaration that is no longer used goes, or the device would fail all the same.
            let is_declared = section.get(other).is_some();
            match (uses.all, is_declared) {
                (1, true) => edits.extend(remove.clone()),
                (1, false) => {
                    edits.push((member.key_place, crate::source::quote(other)));
                }
                _ => continue,
            }
            choices.push((format!("Name the thing by {}", other.trim_start_matches(PREDEFINED_PREFIX)), edits));
        }
    } else if member.value.as_object().is_some() && member.value.get("Default").is_none() {
        let edit = sources.slot(&member.value, At::Back).fill("Default", "\"unknown\"");
        choices.push(("Add a Default, \"unknown\"".to_owned(), vec![edit]));
    }
    // One that stands alone is said by the finding's help.
    if choices.len() < 2 {
        return finding;
    }
    choices.into_iter().fold(finding, |finding, (title, edits)| finding.choice(title, edits))
}

/// What else can name the thing of this certificate's device.
fn other_names(certificate: &Certificate<'_>, name: &str) -> Vec<&'static str> {
    let common_name =
        certificate.subject().any(|attribute| attribute.oid == [0x55, 0x04, 3] && !attribute.value.is_empty());
    let common_name = common_name.then_some("AWS::IoT::Certificate::CommonName");
    common_name.into_iter().chain([SERIAL_PARAMETER, ID_PARAMETER]).filter(|other| *other != name).collect()
}

/// Where a template refers to a parameter.
struct Uses<'t> {
    name: &'t str,
    resources: Option<&'t Node>,
    /// The Parameters section and the declaration.
    declared: Option<(&'t Node, &'t Member)>,
    /// Every Ref to it.
    all: usize,
    /// Those that can go together with the property or the attribute that they are the value of.
    removable: usize,
    /// The value of ThingName, where that is one.
    thing_name: Option<&'t Node>,
}

/// Properties that a resource can do without.
const OPTIONAL: [&str; 3] = ["ThingTypeName", "BillingGroup", "Status"];

impl<'t> Uses<'t> {
    fn of(template: &'t Template, name: &'t str) -> Self {
        let body = template.document.body.as_ref();
        let section = body.and_then(|body| get_as_meant(body, "Parameters"));
        let resources = body.and_then(|body| get_as_meant(body, "Resources"));
        let members = section.and_then(Node::as_object).unwrap_or_default();
        let declared = section.zip(members.iter().find(|member| member.key == name));
        let mut uses = Self {
            name,
            resources,
            declared,
            all: body.map_or(0, |body| count(body, name)),
            removable: 0,
            thing_name: None,
        };
        for properties in uses.properties() {
            let own = properties.as_object().unwrap_or_default();
            uses.removable += own.iter().filter(|member| uses.goes(member)).count();
            let attributes = properties.get("AttributePayload").and_then(Node::as_object).unwrap_or_default();
            uses.removable += attributes.iter().filter(|member| is_ref(&member.value, name)).count();
            uses.thing_name = uses.thing_name.or(properties.get("ThingName").filter(|value| is_ref(value, name)));
        }
        uses
    }

    fn properties(&self) -> Vec<&'t Node> {
        let resources = self.resources.and_then(Node::as_object).unwrap_or_default();
        resources.iter().filter_map(|member| member.value.get("Properties")).collect()
    }

    /// Whether a property can go with the parameter.
    fn goes(&self, member: &Member) -> bool {
        OPTIONAL.contains(&member.key.as_str()) && is_ref(&member.value, self.name)
    }

    fn removals(&self, template: &Template) -> Edits {
        let sources = &template.judge.sources;
        let mut edits = Edits::new();
        for properties in self.properties() {
            edits.extend(sources.remove_members(properties, &|member| self.goes(member)));
            if let Some(attributes) = properties.get("AttributePayload") {
                edits.extend(sources.remove_members(attributes, &|member| is_ref(&member.value, self.name)));
            }
        }
        edits
    }
}

fn is_ref(node: &Node, name: &str) -> bool {
    matches!(node.as_object(), Some([member]) if member.key == "Ref" && member.value.as_str() == Some(name))
}

fn count(node: &Node, name: &str) -> usize {
    match &node.value {
        _ if is_ref(node, name) => 1,
        Value::Object(members) => members.iter().map(|member| count(&member.value, name)).sum(),
        Value::Array(elements) => elements.iter().map(|element| count(element, name)).sum(),
        _ => 0,
    }
}
