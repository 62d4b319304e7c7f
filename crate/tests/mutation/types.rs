//! Mutations of a value's JSON type.

use crate::case::Case;
use crate::table::{Mutation, mutation};
use crate::tree::Value;

const NUMBER: (&str, &str) = ("a number", "7");
const BOOLEAN: (&str, &str) = ("a boolean", "true");
const NULL: (&str, &str) = ("null", "null");
const LIST: (&str, &str) = ("an array", "[\"lamp\"]");
const OBJECT: (&str, &str) = ("an object", "{\"lamp\": \"on\"}");
const TEXT: (&str, &str) = ("a string", "\"lamp\"");

pub fn all() -> Vec<Mutation> {
    let mut rows = Vec::new();
    // Computed values: a text, a Ref or a function.
    for (what, pattern) in [
        ("ThingName", "Resources/@Thing/Properties/ThingName"),
        ("ThingTypeName", "Resources/@Thing/Properties/ThingTypeName"),
        ("BillingGroup", "Resources/@Thing/Properties/BillingGroup"),
        ("an attribute", "Resources/@Thing/Properties/AttributePayload/*"),
        ("a thing group", "Resources/@Thing/Properties/ThingGroups/element"),
        ("CertificateId", "Resources/@Certificate/Properties/CertificateId"),
        ("Status", "Resources/@Certificate/Properties/Status"),
        ("PolicyName", "Resources/@Policy/Properties/PolicyName"),
        ("PolicyDocument", "Resources/@Policy/Properties/PolicyDocument"),
    ] {
        for (kind, codes) in
            [(NUMBER, "JITP007"), (BOOLEAN, "JITP007"), (NULL, "JITP006"), (LIST, "JITP006"), (OBJECT, "JITP036")]
        {
            rows.push(retype(what, pattern, kind, codes));
        }
    }
    // Written values.
    for (what, pattern, codes) in [
        ("a resource's Type", "Resources/*/Type", "JITP006"),
        ("a parameter's Type", "Parameters/*/Type", "JITP031"),
        ("an override", "Resources/*/OverrideSettings/*", "JITP004 JITP006"),
        ("roleArn", "config/roleArn", "JITP006"),
        ("templateName", "config/templateName", "JITP006"),
    ] {
        for kind in [NUMBER, BOOLEAN, NULL, LIST, OBJECT] {
            rows.push(retype(what, pattern, kind, codes));
        }
    }
    for kind in [NUMBER, BOOLEAN, NULL, LIST] {
        rows.push(retype("templateBody", "config/templateBody", kind, "JITP006"));
    }
    for (kind, codes) in
        [(NUMBER, "JITP007"), (BOOLEAN, "JITP007"), (NULL, "JITP006"), (LIST, "JITP006"), (OBJECT, "JITP006")]
    {
        rows.push(retype("a Default", "Parameters/*/Default", kind, codes));
    }
    for kind in [NUMBER, BOOLEAN, NULL, LIST, OBJECT] {
        rows.push(mutation(format!("{} for a Ref's name", kind.0), "JITP006", move |case: &mut Case| {
            let Some(path) = case.refs(|_| true).into_iter().nth(case.site) else { return false };
            *case.at_mut(&path) = crate::tree::Node { marked: true, ..crate::tree::Node::parse(kind.1) };
            true
        }));
    }
    for (what, pattern) in [
        ("Parameters", "Parameters"),
        ("a declaration", "Parameters/*"),
        ("Resources", "Resources"),
        ("a resource", "Resources/*"),
        ("Properties", "Resources/*/Properties"),
        ("OverrideSettings", "Resources/*/OverrideSettings"),
        ("AttributePayload", "Resources/@Thing/Properties/AttributePayload"),
    ] {
        for kind in [NUMBER, BOOLEAN, NULL, LIST, TEXT] {
            rows.push(retype(what, pattern, kind, "JITP006"));
        }
    }
    for (kind, codes) in
        [(NUMBER, "JITP006"), (BOOLEAN, "JITP006"), (NULL, "JITP006"), (TEXT, "JITP006"), (OBJECT, "JITP036")]
    {
        rows.push(retype("ThingGroups", "Resources/@Thing/Properties/ThingGroups", kind, codes));
    }
    rows.push(mutation("an object for PolicyDocument, as it is", "JITP064", |case| {
        unwrapped(case, "Resources/@Policy/Properties/PolicyDocument")
    }));
    rows.push(mutation("an object for templateBody, as it is", "JITP013", |case| {
        unwrapped(case, "config/templateBody")
    }));
    rows.push(mutation("templateBody encoded twice", "JITP012", |case| encoded_again(case, "config/templateBody")));
    rows.push(mutation("PolicyDocument encoded twice", "JITP065", |case| {
        encoded_again(case, "Resources/@Policy/Properties/PolicyDocument")
    }));
    rows
}

fn retype(what: &str, pattern: &'static str, (kind, json): (&str, &'static str), codes: &str) -> Mutation {
    mutation(format!("{kind} for {what}"), codes, move |case: &mut Case| case.set(pattern, json))
}

fn unwrapped(case: &mut Case, pattern: &str) -> bool {
    case.change(pattern, |node| match &node.value {
        Value::Inner(inner) => Some(inner.value.clone()),
        _ => None,
    })
}

fn encoded_again(case: &mut Case, pattern: &str) -> bool {
    case.change(pattern, |node| match &node.value {
        Value::Inner(_) => Some(Value::Text(node.write().0)),
        _ => None,
    })
}
