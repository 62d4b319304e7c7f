//! Mutations of the template's shape: parts that are deleted, renamed, written in another case, or written twice.

use crate::case::{Case, Path};
use crate::table::{Mutation, alone, mutation};
use crate::tree::{Member, Node, Value};

pub const THING: &str = "Resources/@Thing/Properties";
pub const CERTIFICATE: &str = "Resources/@Certificate/Properties";
pub const POLICY: &str = "Resources/@Policy/Properties";

pub fn deletions() -> Vec<Mutation> {
    let plain = |what: &str, codes, pattern: &'static str| {
        mutation(format!("delete {what}"), codes, move |case: &mut Case| case.delete(pattern))
    };
    vec![
        plain("Resources", "JITP050", "Resources"),
        plain("a resource's Type", "JITP051", "Resources/*/Type"),
        plain("a parameter's Type", "JITP031", "Parameters/*/Type"),
        plain("the certificate", "JITP052", "Resources/@Certificate"),
        plain("ThingName", "JITP056", "Resources/@Thing/Properties/ThingName"),
        plain("CertificateId", "JITP057", "Resources/@Certificate/Properties/CertificateId"),
        plain("the thing's Properties", "JITP056", "Resources/@Thing/Properties"),
        plain("the certificate's Properties", "JITP057", "Resources/@Certificate/Properties"),
        plain("a policy's Properties", "JITP062", "Resources/@Policy/Properties"),
        mutation("delete the thing", "JITP054", |case| case.delete("Resources/@Thing")),
        mutation("delete all policies", "JITP055", |case| {
            let count = case.find("Resources/@Policy").len();
            case.site == 0 && count > 0 && (0..count).all(|_| case.delete("Resources/@Policy"))
        }),
        mutation("delete PolicyName and PolicyDocument", "JITP062", |case| {
            case.change(POLICY, |_| Some(Node::parse("{}").value))
        }),
        mutation("delete templateBody", "JITP014", |case| {
            // The rest of an input for a new version is a config by name.
            let is_version = case.find("config/templateName").len() == 1 && case.find("config/type").is_empty();
            !is_version && case.delete("config/templateBody")
        }),
        plain("roleArn", "JITP014", "config/roleArn"),
        plain("provisioningRoleArn", "JITP014", "config/provisioningRoleArn"),
        mutation("delete templateName", "JITP014", |case| {
            !case.find("config/type").is_empty() && case.delete("config/templateName")
        }),
        plain("type", "JITP018", "config/type"),
        plain("enabled", "JITP023", "config/enabled"),
        mutation("delete a declaration", "JITP033 JITP034 JITP035", |case| {
            let Some((name, path)) = used_parameter(case) else { return false };
            let (last, above) = path.split_last().expect("a parameter stands in a section");
            if let Value::Object(members) = &mut case.at_mut(above).value {
                members.remove(*last);
            }
            case.refs(|other| other == name).iter().for_each(|path| case.mark(path));
            true
        }),
    ]
}

/// The parameter of this site among those that a Ref names.
fn used_parameter(case: &Case) -> Option<(String, Path)> {
    let parameters = case.find("Parameters").pop()?;
    let members = case.at(&parameters).members().iter().enumerate();
    let used = members.filter(|(_, member)| !case.refs(|name| name == member.key).is_empty());
    used.map(|(index, member)| (member.key.clone(), [&parameters[..], &[index]].concat())).nth(case.site)
}

fn renaming(what: &str, codes: &str, pattern: &'static str, change: fn(&str) -> String) -> Mutation {
    let renamed = move |case: &mut Case| case.rename(pattern, |key| Some(change(key)));
    // An invented name has no meaning. A known name in another spelling is read as the author meant it.
    if what.starts_with("rename") { mutation(what, codes, renamed) } else { alone(what, codes, renamed) }
}

fn swapped(key: &str) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle - 1, middle);
    letters.into_iter().collect()
}

fn lower_first(key: &str) -> String {
    key[..1].to_ascii_lowercase() + &key[1..]
}

pub fn upper(key: &str) -> String {
    key.to_ascii_uppercase()
}

fn snake(key: &str) -> String {
    let parts = key.chars().enumerate().map(|(at, letter)| match letter {
        'A'..='Z' if at > 0 => format!("_{}", letter.to_ascii_lowercase()),
        _ => letter.to_ascii_lowercase().to_string(),
    });
    parts.collect()
}

fn foreign(key: &str) -> String {
    format!("Quaint{key}Zone")
}

pub fn renamings() -> Vec<Mutation> {
    let near = "JITP004 JITP005";
    vec![
        renaming("rename a section", "JITP004", "*", foreign),
        renaming("rename a thing's property", "JITP004", "Resources/@Thing/Properties/*", foreign),
        renaming("rename a certificate's property", "JITP004", "Resources/@Certificate/Properties/*", foreign),
        renaming("rename a policy's property", "JITP004", "Resources/@Policy/Properties/*", foreign),
        renaming("rename a resource's key", "JITP004", "Resources/*/*", foreign),
        mutation("rename a config's key", "JITP004", |case| around_a_body(case) && rename_key(case, foreign)),
        mutation("rename templateName, the only key", "JITP010", |case| {
            !around_a_body(case) && rename_key(case, foreign) && mark_root(case)
        }),
        renaming("misspell a section", near, "*", swapped),
        renaming("misspell a thing's property", near, "Resources/@Thing/Properties/*", swapped),
        renaming("misspell a certificate's property", near, "Resources/@Certificate/Properties/*", swapped),
        renaming("misspell a policy's property", near, "Resources/@Policy/Properties/*", swapped),
        renaming("misspell a resource's key", near, "Resources/*/*", swapped),
        renaming("misspell an override's key", near, "Resources/*/OverrideSettings/*", swapped),
        mutation("misspell a config's key", near, |case| around_a_body(case) && rename_key(case, swapped)),
        mutation("misspell templateName, the only key", "JITP005", |case| {
            !around_a_body(case) && rename_key(case, swapped) && mark_root(case)
        }),
        mutation("rename a declaration so that its Ref dangles", "JITP030 JITP033 JITP034 JITP035 JITP041", |case| {
            let Some((name, path)) = used_parameter(case) else { return false };
            let (last, above) = path.split_last().expect("a parameter stands in a section");
            if let Value::Object(members) = &mut case.at_mut(above).value {
                members[*last].key = "Hue".to_owned();
                members[*last].marked = true;
            }
            case.refs(|other| other == name).iter().for_each(|path| case.mark(path));
            true
        }),
        mutation("rename a Ref's target", "JITP034", |case| change_ref(case, |name| Some(swapped(name)))),
        mutation("drop a Ref's prefix", "JITP034", |case| {
            change_ref(case, |name| name.strip_prefix("AWS::IoT::Certificate::").map(str::to_owned))
        }),
        mutation("refer to what nobody declares", "JITP034", |case| change_ref(case, |_| Some("DeviceHue".to_owned()))),
        mutation("refer to a resource", "JITP035", |case| {
            let names = |section| {
                let path = case.find(section).pop().unwrap_or_default();
                case.at(&path).members().iter().map(|member| member.key.clone()).collect::<Vec<_>>()
            };
            let parameters = names("Parameters");
            let Some(name) = names("Resources").into_iter().find(|name| !parameters.contains(name)) else {
                return false;
            };
            change_ref(case, |_| Some(name.clone()))
        }),
    ]
}

fn around_a_body(case: &Case) -> bool {
    !case.find("config/templateBody").is_empty()
}

fn rename_key(case: &mut Case, change: fn(&str) -> String) -> bool {
    case.rename("config/*", |key| Some(change(key)))
}

/// The finding about a text of an unknown kind is at its beginning.
fn mark_root(case: &mut Case) -> bool {
    case.mark(&[]);
    true
}

fn change_ref(case: &mut Case, change: impl Fn(&str) -> Option<String>) -> bool {
    let mut found = case.refs(|name| change(name).is_some()).into_iter();
    let Some(path) = found.nth(case.site) else { return false };
    let node = case.at_mut(&path);
    let Some(name) = node.text().and_then(&change) else { return false };
    *node = Node { value: Value::Text(name), marked: true };
    true
}

pub fn cases() -> Vec<Mutation> {
    let case_of_value = |what: &str, codes, pattern: &'static str, change: fn(&str) -> String| {
        mutation(what, codes, move |case: &mut Case| {
            case.edit(pattern, |text| Some(change(text)).filter(|other| other != text))
        })
    };
    vec![
        renaming("a section in lower case", "JITP004 JITP005", "*", lower_first),
        renaming("a section in upper case", "JITP004 JITP005", "*", upper),
        renaming("a property in lower camel case", "JITP005", "Resources/*/Properties/*", lower_first),
        renaming("a property in upper case", "JITP005", "Resources/*/Properties/*", upper),
        renaming("a property in snake case", "JITP005", "Resources/*/Properties/*", snake),
        renaming("a resource's key in lower case", "JITP005", "Resources/*/*", lower_first),
        renaming("a parameter's key in lower case", "JITP005", "Parameters/*/*", lower_first),
        renaming(
            "an override's key in lower camel case",
            "JITP004 JITP005 JITP066",
            "Resources/*/OverrideSettings/*",
            lower_first,
        ),
        renaming("a config's key in upper case", "JITP005", "config/*", upper),
        mutation("a config's key in snake case", "JITP005", |case| {
            case.rename("config/*", |key| Some(snake(key)).filter(|other| other != key))
        }),
        mutation("roleARN", "JITP005", |case| case.rename("config/roleArn", |_| Some("roleARN".to_owned()))),
        mutation("ref in lower case", "JITP036", |case| recase_ref(case, "ref")),
        mutation("REF in upper case", "JITP036", |case| recase_ref(case, "REF")),
        mutation("Fn::Ref", "JITP036", |case| recase_ref(case, "Fn::Ref")),
        mutation("a Ref's target in another case", "JITP034", |case| {
            change_ref(case, |name| Some(name.to_ascii_lowercase()).filter(|other| other != name))
        }),
        mutation("a predefined parameter in another case", "JITP030 JITP033 JITP041", |case| {
            let Some((name, path)) = used_parameter(case) else { return false };
            let (last, above) = path.split_last().expect("a parameter stands in a section");
            if let Value::Object(members) = &mut case.at_mut(above).value {
                members[*last].key = name.to_ascii_lowercase();
                members[*last].marked = true;
            }
            // A parameter with a Default may have any name. Then the Ref is the one that names nothing.
            case.refs(|other| other == name).iter().for_each(|path| case.mark(path));
            name.starts_with("AWS::")
        }),
        case_of_value("a resource's Type in lower case", "JITP051", "Resources/*/Type", |text| {
            text.to_ascii_lowercase()
        }),
        case_of_value("Iot for IoT in a Type", "JITP051", "Resources/*/Type", |text| text.replace("IoT", "Iot")),
        case_of_value("a parameter's type in lower case", "JITP031", "Parameters/*/Type", |text| {
            text.to_ascii_lowercase()
        }),
        case_of_value("Status in lower case", "JITP061", "Resources/@Certificate/Properties/Status", |text| {
            text.to_ascii_lowercase()
        }),
        case_of_value("an override in lower case", "JITP067", "Resources/*/OverrideSettings/*", |text| {
            text.to_ascii_lowercase()
        }),
        mutation("an override's key as the page's prose has it", "JITP066", |case| {
            case.rename("Resources/*/OverrideSettings/*", |key| Some(upper(&snake(key))))
        }),
        case_of_value("type in lower case", "JITP018", "config/type", |text| text.to_ascii_lowercase()),
    ]
}

fn recase_ref(case: &mut Case, key: &str) -> bool {
    let Some(path) = case.refs(|_| true).into_iter().nth(case.site) else { return false };
    let (_, above) = path.split_last().expect("a Ref stands in an object");
    if let Value::Object(members) = &mut case.at_mut(above).value {
        key.clone_into(&mut members[0].key);
        members[0].marked = true;
    }
    true
}

pub fn duplicates() -> Vec<Mutation> {
    let twice = |what: &str, codes, pattern: &'static str| {
        mutation(format!("{what} twice"), codes, move |case: &mut Case| case.duplicate(pattern, None))
    };
    vec![
        twice("a section", "JITP002", "*"),
        twice("a resource", "JITP002", "Resources/*"),
        twice("a resource's key", "JITP002", "Resources/*/*"),
        twice("a parameter", "JITP002", "Parameters/*"),
        twice("a parameter's Type", "JITP002", "Parameters/*/Type"),
        twice("a property", "JITP002", "Resources/*/Properties/*"),
        twice("an attribute", "JITP002", "Resources/@Thing/Properties/AttributePayload/*"),
        twice("a config's key", "JITP002", "config/*"),
        mutation("a second certificate", "JITP052", |case| case.duplicate("Resources/@Certificate", Some("another"))),
        mutation("a second thing", "JITP053", |case| case.duplicate("Resources/@Thing", Some("another"))),
        mutation("PolicyDocument beside PolicyName", "JITP063", |case| {
            both(
                case,
                "PolicyName",
                "PolicyDocument",
                "\"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": [\\\"iot:Connect\\\"], \\\"Resource\\\": [\\\"arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}\\\"]}]}\"",
            )
        }),
        mutation("PolicyName beside PolicyDocument", "JITP063", |case| {
            both(case, "PolicyDocument", "PolicyName", "\"devices\"")
        }),
        mutation("templateName beside templateBody", "JITP017", |case| {
            !case.find("config/roleArn").is_empty() && case.add("config", "templateName", "\"sensors\"")
        }),
    ]
}

/// Adds a property next to another one. The finding may be at either.
fn both(case: &mut Case, there: &str, key: &str, json: &str) -> bool {
    let policies = case.find(POLICY);
    let Some(path) = policies.into_iter().filter(|path| case.at(path).get(there).is_some()).nth(case.site) else {
        return false;
    };
    let Value::Object(members) = &mut case.at_mut(&path).value else { return false };
    members.iter_mut().for_each(|member| member.marked = true);
    members.push(Member { key: key.to_owned(), value: Node::parse(json), marked: true });
    true
}
