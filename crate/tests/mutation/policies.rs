//! Mutations inside a policy document.

use crate::case::{Case, DOCUMENT};
use crate::table::{Mutation, mutation};
use crate::tree::{Node, Value};

const STATEMENT: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement/each";
const EFFECT: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/Effect";
const ACTION: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/Action";
const ONE_ACTION: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/Action/each";
const RESOURCE: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/Resource";
const ONE_RESOURCE: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/Resource/each";
const VERSION: &str = "Resources/@Policy/Properties/PolicyDocument/>/Version";
const ALL_STATEMENTS: &str = "Resources/@Policy/Properties/PolicyDocument/>/Statement";

pub fn all() -> Vec<Mutation> {
    let deleting = |what: &str, codes, pattern: &'static str| {
        mutation(format!("delete {what} in a policy"), codes, move |case: &mut Case| case.delete(pattern))
    };
    let setting = |what: &str, codes, pattern: &'static str, json: &'static str| {
        mutation(format!("{what} in a policy"), codes, move |case: &mut Case| case.set(pattern, json))
    };
    let action = |what: &str, codes, change: fn(&str) -> Option<String>| {
        mutation(format!("{what} in a policy"), codes, move |case: &mut Case| case.edit(ONE_ACTION, change))
    };
    let resource = |what: &str, codes, change: fn(&str) -> Option<String>| {
        mutation(format!("{what} in a policy"), codes, move |case: &mut Case| case.edit(ONE_RESOURCE, change))
    };
    let renaming = |what: &str, codes, pattern: &'static str, change: fn(&str) -> String| {
        mutation(format!("{what} in a policy"), codes, move |case: &mut Case| {
            case.rename(pattern, |key| Some(change(key)))
        })
    };
    let statement = |what: &str, codes, json: &'static str| {
        mutation(format!("{what} in a policy"), codes, move |case: &mut Case| add_statement(case, json))
    };
    let everything = |what: &str, codes, json: &'static str| {
        mutation(format!("{what} in a policy"), codes, move |case: &mut Case| {
            // Next to another one it adds nothing.
            let all = case.find(ONE_RESOURCE).iter().any(|path| case.at(path).text() == Some("*"));
            !all && add_statement(case, json)
        })
    };
    vec![
        deleting("Version", "JITP091", VERSION),
        deleting("Statement", "JITP092", ALL_STATEMENTS),
        deleting("Effect", "JITP092", EFFECT),
        deleting("Action", "JITP092", ACTION),
        deleting("Resource", "JITP092", RESOURCE),
        setting("another Version", "JITP145", VERSION, "\"2012-10-18\""),
        setting("the old Version", "JITP091", VERSION, "\"2008-10-17\""),
        setting("a number for Version", "JITP145", VERSION, "20121017"),
        setting("a text for Statement", "JITP092", ALL_STATEMENTS, "\"Allow\""),
        setting("an empty Statement", "JITP092", ALL_STATEMENTS, "[]"),
        setting("a text for one statement", "JITP092", STATEMENT, "\"Allow\""),
        setting("an Effect that there is not", "JITP092", EFFECT, "\"Permit\""),
        setting("Effect in lower case", "JITP092", EFFECT, "\"allow\""),
        setting("a boolean for Effect", "JITP092", EFFECT, "true"),
        setting("a number for Action", "JITP092", ACTION, "7"),
        setting("an object for Action", "JITP092", ACTION, "{\"iot\": \"Connect\"}"),
        setting("an empty Action", "JITP092", ACTION, "[]"),
        setting("null for Resource", "JITP092", RESOURCE, "null"),
        setting("a Ref for Resource", "JITP092", RESOURCE, "{\"Ref\": \"AWS::IoT::Certificate::Id\"}"),
        setting("an empty Resource", "JITP092", RESOURCE, "[]"),
        renaming("a key in lower case", "JITP140", "Resources/@Policy/Properties/PolicyDocument/>/*", |key| {
            key.to_ascii_lowercase()
        }),
        renaming(
            "a statement's key in lower case",
            "JITP093 JITP140 JITP144",
            "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/*",
            |key| key.to_ascii_lowercase(),
        ),
        renaming(
            "a statement's key in the plural",
            "JITP093 JITP140",
            "Resources/@Policy/Properties/PolicyDocument/>/Statement/each/*",
            |key| format!("{key}s"),
        ),
        mutation("an unknown key in a policy", "JITP093", |case| case.add(STATEMENT, "Zones", "\"x\"")),
        mutation("a Principal in a policy", "JITP144", |case| case.add(STATEMENT, "Principal", "\"*\"")),
        mutation("a key twice in a policy", "JITP069", |case| {
            case.duplicate("Resources/@Policy/Properties/PolicyDocument/>/Statement/each/*", None)
        }),
        action("an action misspelt", "JITP094", |text| {
            let name = text.strip_prefix("iot:").filter(|name| !name.contains('*'))?;
            Some(format!("iot:Re{name}"))
        }),
        action("two letters of an action swapped", "JITP094", |text| {
            let name = text.strip_prefix("iot:").filter(|name| name.len() > 4 && !name.contains('*'))?;
            Some(format!("iot:{}{}{}", &name[1..2], &name[..1], &name[2..]))
        }),
        action("an action without its service", "JITP094", |text| {
            text.strip_prefix("iot:").filter(|rest| *rest != "*").map(str::to_owned)
        }),
        action("an action of another service", "JITP094", |text| {
            Some(text.replacen("iot:", "iotdata:", 1)).filter(|other| other != text)
        }),
        action("an action of the control plane", "JITP094", |_| Some("iot:CreateThing".to_owned())),
        action("all actions, and another service's", "JITP094 JITP098", |_| Some("s3:*".to_owned())),
        resource("a name for an ARN", "JITP146", |_| Some("client/lamp".to_owned())),
        resource("a Region too many", "JITP096", |text| {
            Some(text.replacen("arn:aws:iot:", "arn:aws:iot:eu:", 1)).filter(|other| other != text)
        }),
        resource("another service's ARN", "JITP096", |text| {
            Some(text.replacen(":iot:", ":s3:", 1)).filter(|other| other != text)
        }),
        resource("a type of resource that there is not", "JITP095 JITP096", |text| {
            let (start, name) = text.rsplit_once(":client/")?;
            Some(format!("{start}:clients/{name}"))
        }),
        swap("a topic for a client", "iot:Connect", [":client/", ":topic/"]),
        swap("a topic for a topic filter", "iot:Subscribe", [":topicfilter/", ":topic/"]),
        swap("a topic filter for a topic", "iot:Publish", [":topic/", ":topicfilter/"]),
        resource("a variable misspelt", "JITP110", |text| {
            Some(text.replacen("${iot:Connection.Thing.ThingName}", "${iot:Connection.Thing.Name}", 1))
                .filter(|other| other != text)
        }),
        resource("a variable without iot:", "JITP110", |text| {
            Some(text.replacen("${iot:", "${", 1)).filter(|other| other != text)
        }),
        resource("a variable unclosed", "JITP110", |text| {
            Some(text.replacen('}', "", 1)).filter(|other| other != text && text.contains("${"))
        }),
        mutation("another account in a policy", "JITP097", |case| {
            // Without a role the account is unknown.
            let role =
                ["config/roleArn", "config/provisioningRoleArn"].into_iter().find_map(|role| case.find(role).pop());
            let Some(role) = role.and_then(|path| case.at(&path).text().map(str::to_owned)) else { return false };
            let Some(account) = role.split(':').nth(4).map(|account| format!(":{account}:")) else { return false };
            case.edit(ONE_RESOURCE, |text| {
                text.contains(&account).then(|| text.replacen(&account, ":210987654321:", 1))
            })
        }),
        resource("an account of 11 digits", "JITP096 JITP097", |text| {
            let mut parts: Vec<&str> = text.splitn(6, ':').collect();
            (parts.len() == 6 && parts[4].len() == 12 && parts[4].bytes().all(|byte| byte.is_ascii_digit())).then(
                || {
                    parts[4] = "21098765432";
                    parts.join(":")
                },
            )
        }),
        everything(
            "all actions on all resources",
            "JITP098",
            r#"{"Effect": "Allow", "Action": "iot:*", "Resource": "*"}"#,
        ),
        everything("every client", "JITP098", r#"{"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}"#),
        statement(
            "a topic filter to publish to",
            "JITP095",
            r#"{"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topicfilter/lamps/${iot:Connection.Thing.ThingName}"}"#,
        ),
        statement(
            "a topic to subscribe to",
            "JITP095",
            r#"{"Effect": "Allow", "Action": ["iot:Subscribe"], "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/${iot:Connection.Thing.ThingName}"}"#,
        ),
        statement(
            "an MQTT wildcard in a topic",
            "JITP112",
            r#"{"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/${iot:Connection.Thing.ThingName}/#"}"#,
        ),
        statement(
            "a variable that there is not",
            "JITP110",
            r#"{"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/${iot:ThingName}"}"#,
        ),
        mutation("no Connect in a policy", "JITP090", |case| {
            // All statements change, because another one would still allow it. The permissions of a policy by name are unknown.
            if case.site > 0 || !case.find("Resources/@Policy/Properties/PolicyName").is_empty() {
                return false;
            }
            let allowing: Vec<_> =
                case.find(ONE_ACTION).into_iter().filter(|path| case.at(path).text() == Some("iot:Connect")).collect();
            let others =
                case.find(ONE_ACTION).iter().any(|path| case.at(path).text().is_some_and(|text| text.contains('*')));
            if allowing.is_empty() || others {
                return false;
            }
            for path in allowing {
                case.at_mut(&path).value = Value::Text("iot:Publish".to_owned());
            }
            case.find(DOCUMENT).iter().for_each(|path| case.at_mut(path).marked = true);
            true
        }),
        mutation("Connect denied in a policy", "JITP090", |case| {
            let named = case.find("Resources/@Policy/Properties/PolicyName");
            let only = case.find(STATEMENT).len() == 1 && named.is_empty();
            only && case.find(ONE_ACTION).iter().any(|path| case.at(path).text() == Some("iot:Connect"))
                && case.set(EFFECT, "\"Deny\"")
                && {
                    case.find(DOCUMENT).iter().for_each(|path| case.at_mut(path).marked = true);
                    true
                }
        }),
        mutation("a list for a policy", "JITP065", |case| {
            case.change("Resources/@Policy/Properties/PolicyDocument", |node| match &node.value {
                Value::Inner(inner) => Some(Value::Text(format!("[{}]", inner.write().0))),
                _ => None,
            })
        }),
        mutation("a policy of more than 2,048 characters", "JITP085", |case| {
            let Some(path) = case.nth(ALL_STATEMENTS) else { return false };
            let Value::Array(statements) = &case.at(&path).value else { return false };
            let Some(first) = statements.first().cloned() else { return false };
            let count = 2048 / first.write().0.replace(' ', "").len() + 1;
            case.at_mut(&path).value = Value::Array(vec![first; count]);
            case.mark(&path[..path.len() - 2]);
            true
        }),
    ]
}

/// Replaces all resources of a kind by those of another type in a statement that allows an action. The finding may be at
/// the action.
fn swap(what: &str, action: &'static str, [from, to]: [&'static str; 2]) -> Mutation {
    mutation(format!("{what} in a policy"), "JITP095", move |case: &mut Case| {
        let texts = |case: &Case, statement: &[usize], key: &str| -> Vec<String> {
            let Some(node) = case.at(statement).get(key) else { return Vec::new() };
            let list =
                if let Value::Array(elements) = &node.value { &elements[..] } else { std::slice::from_ref(node) };
            list.iter().filter_map(Node::text).map(str::to_owned).collect()
        };
        let mut statements = case.find(STATEMENT);
        statements.retain(|path| {
            let allows = case.at(path).get("Effect").and_then(Node::text) == Some("Allow");
            let resources = texts(case, path, "Resource");
            allows
                && texts(case, path, "Action").iter().any(|text| text == action)
                && resources.iter().any(|text| text.contains(from))
                && !resources.iter().any(|text| text == "*")
        });
        let Some(path) = statements.into_iter().nth(case.site) else { return false };
        let Value::Object(members) = &mut case.at_mut(&path).value else { return false };
        for member in members.iter_mut().filter(|member| member.key == "Resource") {
            let list = match &mut member.value.value {
                Value::Array(elements) => &mut elements[..],
                _ => std::slice::from_mut(&mut member.value),
            };
            for node in list {
                if let Value::Text(text) = &mut node.value {
                    *text = text.replacen(from, to, 1);
                }
            }
        }
        case.at_mut(&path).marked = true;
        true
    })
}

/// Adds a statement to the policy of this site.
fn add_statement(case: &mut Case, json: &str) -> bool {
    let Some(path) = case.nth(ALL_STATEMENTS) else { return false };
    let Value::Array(statements) = &mut case.at_mut(&path).value else { return false };
    statements.push(Node { marked: true, ..Node::parse(json) });
    true
}
