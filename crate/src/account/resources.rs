//! Reads resources: those of jitp's own form, those that an output describes, and those of lists.

use super::actions::{self, AccountAction, OutputForm};
use super::kinds::{KINDS, Kind, Lacking, MemberTable, Shape};
use super::reader::{PAGES, Reader, is_ca_arn};
use super::state::AccountPrincipal;
use super::told::{Fact, TextPlace};
use super::values::{self, kind_of, report_unknown_key, wrong};
use crate::check::{nearest, quoted, write};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{Node, Value};
use std::sync::Arc;

impl<'n> Reader<'n> {
    /// jitp's own form, in which a kind can also be a list that AWS prints.
    pub fn own_form(&mut self, text: usize, node: &'n Node) {
        let incomplete = self.incomplete(text, node.get("incomplete"));
        let is_partial = self.is_partial(text, node);
        let mut holds = "account";
        for member in node.as_object().unwrap_or_default() {
            let (key, value) = (member.key.as_str(), &member.value);
            let listed = actions::with_key(key, true);
            if let Some(kind) = kind_of(key).or(listed.map(|action| action.kind)) {
                let is_complete = !incomplete.contains(&kind);
                match &value.value {
                    Value::Object(members) => {
                        let place = TextPlace { text, range: member.key_place };
                        let list = if is_complete { self.told.list(kind, place) } else { 0 };
                        for member in members {
                            self.own(text, kind, list, member);
                        }
                    }
                    Value::Array(elements) => {
                        if let Some(action) = listed
                            && elements.iter().any(|element| element.as_object().is_some())
                        {
                            holds = action.name;
                        }
                        self.elements(text, kind, elements, is_complete && !is_partial);
                    }
                    _ => wrong(&mut self.contexts[text], value, key, "an object or a list").unwrap_or_default(),
                }
                continue;
            }
            let context = &mut self.contexts[text];
            match key {
                "region" | "accountId" => {
                    if let Some(told) = values::text(context, value, key, "a string") {
                        self.located(text, usize::from(key == "accountId"), &told, value.place);
                    }
                }
                "incomplete" | "$schema" => {}
                _ if PAGES.contains(&key) => {}
                _ => {
                    let mut keys: Vec<&str> = KINDS.iter().map(|table| table.key).collect();
                    keys.extend(["region", "accountId", "incomplete"]);
                    report_unknown_key(context, member, &keys, "an account");
                }
            }
        }
        self.holds[text].push(holds);
    }

    /// The kinds that `incomplete` names.
    fn incomplete(&mut self, text: usize, node: Option<&Node>) -> Vec<Kind> {
        let context = &mut self.contexts[text];
        let elements = node.and_then(|node| values::list(context, node, "incomplete")).unwrap_or_default();
        let mut found = Vec::new();
        for element in elements {
            let Some(key) = values::text(context, element, "incomplete", "a list of strings") else { continue };
            match kind_of(&key) {
                Some(kind) if found.contains(&kind) => {}
                Some(kind) => found.push(kind),
                None if context.is_full() => {}
                None => {
                    let message = format!("incomplete names {}, which is not a kind of resource.", quoted(&key));
                    let finding = Finding::new(&rules::ACCOUNT_WRONG_VALUE, element.place, message);
                    let keys: Vec<&str> = KINDS.iter().map(|table| table.key).collect();
                    context.report(match nearest(&key, &keys) {
                        Some(near) => finding.fix(write(near), element.place, quoted(near)),
                        None => finding.help(format!("Kinds: {}.", keys.join(", "))),
                    });
                }
            }
        }
        found
    }

    /// A resource of jitp's own form. The number is that of the complete list that it is in.
    fn own(&mut self, text: usize, kind: Kind, list: usize, member: &'n crate::source::Member) {
        let place = TextPlace { text, range: member.key_place };
        let (name, table) = (&member.key, kind.table());
        match &member.value.value {
            Value::Null => {
                self.told.exists(kind, name, false, place);
            }
            Value::Object(members) => {
                self.exists(kind, name, list, place);
                for inner in members {
                    match table.members.iter().position(|known| known.key == inner.key) {
                        Some(number) => self.fact(text, kind, name, number, &inner.value),
                        None => {
                            let keys: Vec<&str> = table.members.iter().map(|member| member.key).collect();
                            let what = format!("a {}", table.what);
                            report_unknown_key(&mut self.contexts[text], inner, &keys, &what);
                        }
                    }
                }
            }
            _ => wrong(&mut self.contexts[text], &member.value, name, "an object, or null").unwrap_or_default(),
        }
    }

    fn exists(&mut self, kind: Kind, name: &str, list: usize, place: TextPlace) {
        if list > 0 {
            self.told.in_list(kind, name, list, place);
        } else {
            self.told.exists(kind, name, true, place);
        }
    }

    fn fact(&mut self, text: usize, kind: Kind, name: &str, number: usize, value: &Node) {
        let Some(member) = kind.table().members.get(number) else { return };
        if let Some(fact) = values::fact(&mut self.contexts[text], value, member) {
            self.told.fact(kind, name, number, fact, TextPlace { text, range: value.place });
        }
    }

    /// The elements of a list: names, or objects as AWS writes them.
    pub fn elements(&mut self, text: usize, kind: Kind, elements: &'n [Node], is_complete: bool) {
        let is_ca = |node: &Node| node.get("certificateArn").and_then(Node::as_str).is_some_and(is_ca_arn);
        let is_of_cas = kind == Kind::Certificates && elements.iter().any(is_ca);
        let kind = if is_of_cas { Kind::CaCertificates } else { kind };
        let range = elements.first().map_or(self.contexts[text].sources.whole(0), |element| element.place);
        let list = if is_complete { self.told.list(kind, TextPlace { text, range }) } else { 0 };
        for element in elements {
            let [_, key] = kind.table().names;
            let name = if element.as_object().is_some() { element.get(key) } else { Some(element) };
            let context = &mut self.contexts[text];
            let expected = "a name, or an object with one";
            let Some(name) = values::text(context, name.unwrap_or(element), "An element", expected) else { continue };
            self.exists(kind, &name, list, TextPlace { text, range: element.place });
            if element.as_object().is_some() {
                self.members(text, kind, &name, element, false);
            }
        }
    }

    /// An output about one resource.
    pub fn described(&mut self, text: usize, kind: Kind, node: &'n Node, requested: Option<&Node>) {
        let [key, _] = kind.table().names;
        let Some(name) = inner(node, key).or(requested) else {
            return wrong(&mut self.contexts[text], node, "The output", &format!("an object with {}", quoted(key)))
                .unwrap_or_default();
        };
        let Some(name) = values::text(&mut self.contexts[text], name, key, "a string") else { return };
        self.told.exists(kind, &name, true, TextPlace { text, range: node.place });
        self.members(text, kind, &name, node, true);
        if kind == Kind::ThingGroups {
            self.ancestors(text, node);
        }
    }

    /// The members of a resource in an output.
    fn members(&mut self, text: usize, kind: Kind, name: &str, node: &'n Node, is_described: bool) {
        for key in ARNS {
            if let Some(arn) = inner(node, key) {
                self.locate(text, arn);
            }
        }
        for (number, member) in kind.table().members.iter().enumerate() {
            let place = TextPlace { text, range: node.place };
            if matches!((kind, member.shape), (Kind::ThingGroups, Shape::Flag)) {
                if is_described {
                    let flag = Fact::Flag(node.get("queryString").is_some());
                    self.told.fact(kind, name, number, flag, place);
                }
            } else if let Some(value) = found(node, member) {
                self.fact(text, kind, name, number, value);
            } else if member.lacking == Lacking::None || is_described && member.lacking == Lacking::NoneIfDescribed {
                self.told.fact(kind, name, number, Fact::Nothing, place);
            }
        }
    }

    /// The groups above a group, from the root down.
    fn ancestors(&mut self, text: usize, node: &'n Node) {
        let above = node.get("thingGroupMetadata").and_then(|metadata| metadata.get("rootToParentThingGroups"));
        let Some(parent) = Kind::ThingGroups.member("parentGroupName") else { return };
        let mut before: Option<&str> = None;
        for group in above.and_then(Node::as_array).unwrap_or_default() {
            let Some(name) = group.get("groupName").and_then(Node::as_str) else { continue };
            let fact = before.map_or(Fact::Nothing, |before| Fact::Text(before.into()));
            self.told.fact(Kind::ThingGroups, name, parent, fact, TextPlace { text, range: group.place });
            before = Some(name);
        }
    }

    /// An output about what one resource has.
    pub fn about(
        &mut self,
        text: usize,
        action: &'static AccountAction,
        response: &'n Node,
        (kind, name): (Kind, &str),
        arn: Option<&str>,
    ) {
        self.holds[text].push(action.name);
        let Some(list) = self.page(text, response, response.get(action.key), action) else { return };
        let is_partial = self.is_partial(text, response);
        match action.form {
            OutputForm::Had(member, of) => self.had(text, (kind, name), (member, of), response, list, is_partial),
            _ => {
                let arn = arn.map_or_else(|| self.certificate_arn(name), Arc::from);
                self.told.exists(kind, name, true, TextPlace { text, range: response.place });
                for element in list {
                    let thing = if element.as_object().is_some() { element.get("thingName") } else { Some(element) };
                    let context = &mut self.contexts[text];
                    let is_exclusive = values::is_exclusive(context, element.get("thingPrincipalType"));
                    let thing = values::text(context, thing.unwrap_or(element), "An element", "a thing's name");
                    if let Some(thing) = thing {
                        let place = TextPlace { text, range: element.place };
                        self.told.attached(&thing, AccountPrincipal { principal: arn.clone(), is_exclusive }, place);
                    }
                }
            }
        }
    }

    fn had(
        &mut self,
        text: usize,
        (kind, name): (Kind, &str),
        (member, of): (&'static str, Option<Kind>),
        response: &'n Node,
        list: &'n [Node],
        is_partial: bool,
    ) {
        let place = TextPlace { text, range: response.place };
        self.told.exists(kind, name, true, place);
        let Some(number) = kind.member(member) else { return };
        let fact = match of {
            Some(of) => {
                let [_, key] = of.table().names;
                let mut names = Vec::new();
                for element in list {
                    let context = &mut self.contexts[text];
                    let named = element.get(key).unwrap_or(element);
                    let Some(name) = values::text(context, named, "An element", "an object with a name") else {
                        return;
                    };
                    self.told.exists(of, &name, true, TextPlace { text, range: element.place });
                    for key in ARNS {
                        if let Some(arn) = element.get(key) {
                            self.locate(text, arn);
                        }
                    }
                    names.push(name);
                }
                Some(Fact::Names(names))
            }
            None => {
                let list = PRINCIPALS.iter().find_map(|key| response.get(key));
                let member = kind.table().members.get(number);
                list.zip(member).and_then(|(list, member)| values::fact(&mut self.contexts[text], list, member))
            }
        };
        if let Some(fact) = fact.filter(|_| !is_partial) {
            self.told.fact(kind, name, number, fact, place);
        }
    }
}

/// The keys of the principals of a thing.
const PRINCIPALS: [&str; 2] = ["principals", "thingPrincipalObjects"];

/// The keys of ARNs that say where a resource is.
const ARNS: [&str; 8] = [
    "thingArn",
    "certificateArn",
    "policyArn",
    "thingTypeArn",
    "thingGroupArn",
    "groupArn",
    "billingGroupArn",
    "templateArn",
];

/// A member of an output, or of the description of a certificate in it.
fn inner<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).or_else(|| node.get("certificateDescription")?.get(key))
}

/// The value of a member in an output. The metadata of a type or group is in an object of its own.
fn found<'n>(node: &'n Node, member: &MemberTable) -> Option<&'n Node> {
    match member.within {
        "" => inner(node, member.key),
        within => node.get(within)?.get(member.key),
    }
}
