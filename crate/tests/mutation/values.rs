//! Mutations of values: limits, characters, unknown words, and values that belong elsewhere.

use crate::case::Case;
use crate::shape::{CERTIFICATE, POLICY, THING};
use crate::table::{Mutation, mutation};
use crate::tree::{Member, Node, Value};

/// Replaces a value by a text.
fn value(name: impl Into<String>, codes: &str, pattern: &'static str, text: impl Into<String>) -> Mutation {
    let text = text.into();
    mutation(name, codes, move |case: &mut Case| case.change(pattern, |_| Some(Value::Text(text.clone()))))
}

fn member(key: String, value: &str) -> Member {
    Member { key, value: Node::parse(value), marked: false }
}

pub fn limits() -> Vec<Mutation> {
    let long = |length: usize| "x".repeat(length);
    let mut rows = Vec::new();
    for (what, pattern) in [
        ("ThingName", "Resources/@Thing/Properties/ThingName"),
        ("ThingTypeName", "Resources/@Thing/Properties/ThingTypeName"),
        ("BillingGroup", "Resources/@Thing/Properties/BillingGroup"),
        ("a thing group's name", "Resources/@Thing/Properties/ThingGroups/element"),
    ] {
        rows.push(value(format!("{what} of 129 characters"), "JITP080", pattern, long(129)));
        for (sign, text) in [("a blank", "lamp 7"), ("a dot", "lamp.7"), ("a slash", "lamp/7"), ("an umlaut", "lämp")]
        {
            rows.push(value(format!("{sign} in {what}"), "JITP080", pattern, text));
        }
        rows.push(value(format!("{what} empty"), "JITP056 JITP080", pattern, ""));
        rows.push(value(format!("a placeholder for {what}"), "JITP080", pattern, "${DeviceName}"));
    }
    let attribute = "Resources/@Thing/Properties/AttributePayload/*";
    rows.push(value("an attribute's value of 801 characters", "JITP081", attribute, long(801)));
    rows.push(value("a blank in an attribute's value", "JITP081", attribute, "first floor"));
    rows.push(value("a semicolon in an attribute's value", "JITP081", attribute, "a;b"));
    for (what, key) in
        [("of 129 characters", long(129)), ("with a blank", "my key".to_owned()), ("that is empty", String::new())]
    {
        rows.push(mutation(format!("an attribute's name {what}"), "JITP081", move |case: &mut Case| {
            case.rename(attribute, |_| Some(key.clone()))
        }));
    }
    let name = "Resources/@Policy/Properties/PolicyName";
    rows.push(value("PolicyName of 129 characters", "JITP084", name, long(129)));
    rows.push(value("a slash in PolicyName", "JITP084", name, "devices/lamp"));
    rows.push(value("a blank in PolicyName", "JITP084", name, "my policy"));
    rows.push(value("PolicyName empty", "JITP062", name, ""));
    rows.push(mutation("4 attributes without a thing type", "JITP082", |case| {
        case.find("Resources/@Thing/Properties/ThingTypeName").is_empty() && attributes(case, 4)
    }));
    rows.push(mutation("51 attributes", "JITP082", |case| attributes(case, 51)));
    rows.push(mutation("11 thing groups", "JITP083", |case| {
        let names: Vec<String> = (0..11).map(|number| format!("\"group-{number}\"")).collect();
        case.put(THING, "ThingGroups", &format!("[{}]", names.join(", ")))
    }));
    rows.push(mutation("11 policies", "JITP086", |case| {
        let Some(path) = case.find("Resources").pop().filter(|_| case.site == 0) else { return false };
        let Value::Object(members) = &mut case.at_mut(&path).value else { return false };
        members.extend((0..11).map(|number| {
            let policy =
                format!("{{\"Type\": \"AWS::IoT::Policy\", \"Properties\": {{\"PolicyName\": \"p{number}\"}}}}");
            member(format!("extra{number}"), &policy)
        }));
        case.mark(&path);
        true
    }));
    rows.push(mutation("a body of more than 10,240 characters", "JITP020", |case| {
        case.find("").first().is_some_and(|body| case.at(body).get("Parameters").is_some())
            && case.put("Parameters/*", "Description", &format!("\"{}\"", "long ".repeat(2100)))
            && case.find("").first().cloned().is_some_and(|body| {
                case.mark(&body);
                true
            })
    }));
    rows.push(mutation("10,240 characters with white space only", "JITP020", |case| {
        case.rewrite("", |body, site| {
            (site == 0).then(|| {
                let padded = body.replacen('{', &format!("{{{}", " ".repeat(10_240)), 1);
                let length = padded.len();
                (padded, 0..length)
            })
        })
    }));
    rows
}

fn attributes(case: &mut Case, count: usize) -> bool {
    let all: Vec<String> = (0..count).map(|number| format!("\"a{number}\": \"v\"")).collect();
    case.put(THING, "AttributePayload", &format!("{{{}}}", all.join(", ")))
}

pub fn roles() -> Vec<Mutation> {
    let mut rows = Vec::new();
    for (what, arn) in [
        ("the ARN of a user", "arn:aws:iam::123456789012:user/provisioning"),
        ("the ARN of a policy", "arn:aws:iam::123456789012:policy/provisioning"),
        ("an account of 11 digits", "arn:aws:iam::12345678901:role/provisioning"),
        ("no account", "arn:aws:iam:::role/provisioning"),
        ("too short an ARN", "arn:aws:iam::1:role"),
        ("a partition that there is not", "arn:amazon:iam::123456789012:role/provisioning"),
        ("another service", "arn:aws:iot::123456789012:role/provisioning"),
        ("the ARN of an assumed role", "arn:aws:sts::123456789012:assumed-role/provisioning/me"),
        ("a Region", "arn:aws:iam:eu-west-1:123456789012:role/provisioning"),
        ("a role without a name", "arn:aws:iam::123456789012:role/"),
        ("a name only", "provisioning-role"),
        ("a placeholder", "arn:aws:iam::${AWS::AccountId}:role/provisioning"),
        ("nothing", ""),
        ("a blank at its end", "arn:aws:iam::123456789012:role/provisioning "),
        ("too long an ARN", &format!("arn:aws:iam::123456789012:role/{}", "x".repeat(2048))),
    ] {
        rows.push(value(format!("roleArn: {what}"), "JITP015", "config/roleArn", arn));
    }
    rows.push(value(
        "provisioningRoleArn of a user",
        "JITP015",
        "config/provisioningRoleArn",
        "arn:aws:iam::123456789012:user/provisioning",
    ));
    rows
}

pub fn misplaced() -> Vec<Mutation> {
    let adding = |what: &str, codes, pattern: &'static str, key: &'static str, json: &'static str| {
        mutation(what, codes, move |case: &mut Case| case.add(pattern, key, json))
    };
    let putting = |what: &str, codes, pattern: &'static str, key: &'static str, json: &'static str| {
        mutation(what, codes, move |case: &mut Case| case.put(pattern, key, json))
    };
    vec![
        adding("a key that a template does not have", "JITP004", "", "Zones", "{}"),
        adding("a key that a resource does not have", "JITP004", "Resources/*", "Zones", "{}"),
        adding("a key that a parameter does not have", "JITP004", "Parameters/*", "Zones", "\"x\""),
        adding("a property that a thing does not have", "JITP004", THING, "Zones", "\"x\""),
        adding("a property that a certificate does not have", "JITP004", CERTIFICATE, "Zones", "\"x\""),
        adding("a property that a policy does not have", "JITP004", POLICY, "Zones", "\"x\""),
        adding("a key that a config does not have", "JITP004", "config", "zones", "\"x\""),
        adding("DependsOn", "JITP004", "Resources/*", "DependsOn", "\"x\""),
        adding(
            "a resource beside Resources",
            "JITP004",
            "",
            "lamp",
            "{\"Type\": \"AWS::IoT::Thing\", \"Properties\": {\"ThingName\": \"x\"}}",
        ),
        adding("overrides among the properties", "JITP004", THING, "OverrideSettings", "{\"ThingGroups\": \"MERGE\"}"),
        adding(
            "a resource of no known type",
            "JITP051",
            "Resources",
            "lamp",
            "{\"Type\": \"Lamp\", \"Properties\": {}}",
        ),
        adding(
            "a resource of CloudFormation's",
            "JITP021 JITP051",
            "Resources",
            "lamp",
            "{\"Type\": \"AWS::IoT::TopicRule\", \"Properties\": {}}",
        ),
        adding("AWSTemplateFormatVersion", "JITP004 JITP021", "", "AWSTemplateFormatVersion", "\"2010-09-09\""),
        adding("Outputs", "JITP004 JITP021", "", "Outputs", "{}"),
        adding("Mappings", "JITP039 JITP041", "", "Mappings", "{\"m\": {\"a\": {\"b\": \"c\"}}}"),
        adding("DeviceConfiguration", "JITP039 JITP041", "", "DeviceConfiguration", "{\"a\": \"b\"}"),
        adding(
            "a parameter that no certificate fills",
            "JITP030 JITP041",
            "Parameters",
            "Hue",
            "{\"Type\": \"String\"}",
        ),
        adding(
            "a parameter without AWS's prefix",
            "JITP030 JITP041",
            "Parameters",
            "CommonName",
            "{\"Type\": \"String\"}",
        ),
        adding(
            "a parameter that nothing uses",
            "JITP032",
            "Parameters",
            "AWS::IoT::Certificate::DistinguishedNameQualifier",
            "{\"Type\": \"String\"}",
        ),
        adding("CertificateSigningRequest", "JITP041 JITP059", CERTIFICATE, "CertificateSigningRequest", "\"x\""),
        adding("CertificatePem", "JITP041 JITP059", CERTIFICATE, "CertificatePem", "\"x\""),
        adding("CACertificatePem", "JITP041 JITP059", CERTIFICATE, "CACertificatePem", "\"x\""),
        mutation("CertificateSigningRequest for CertificateId", "JITP041 JITP059", |case| {
            case.rename("Resources/@Certificate/Properties/CertificateId", |_| {
                Some("CertificateSigningRequest".to_owned())
            })
        }),
        putting(
            "a literal CertificateId",
            "JITP058",
            CERTIFICATE,
            "CertificateId",
            "\"b59b26abf0db9dbdd6dbbd46e9ea9b19ba0f3c1e\"",
        ),
        putting(
            "a Ref to another parameter for CertificateId",
            "JITP033 JITP058",
            CERTIFICATE,
            "CertificateId",
            "{\"Ref\": \"AWS::IoT::Certificate::CommonName\"}",
        ),
        value("Status that there is not", "JITP060", "Resources/@Certificate/Properties/Status", "REVOKED"),
        value(
            "PENDING_ACTIVATION for Status",
            "JITP060",
            "Resources/@Certificate/Properties/Status",
            "PENDING_ACTIVATION",
        ),
        value("INACTIVE for Status", "JITP070", "Resources/@Certificate/Properties/Status", "INACTIVE"),
        mutation("a type of resource misspelt", "JITP051", |case| {
            case.edit("Resources/*/Type", |kind| Some(kind[..kind.len() - 1].to_owned()))
        }),
        mutation("a type of resource without AWS", "JITP051", |case| {
            case.edit("Resources/*/Type", |kind| kind.strip_prefix("AWS::").map(str::to_owned))
        }),
        value("another type of parameter", "JITP031", "Parameters/*/Type", "Number"),
        value("an override that there is not", "JITP067", "Resources/*/OverrideSettings/*", "OVERWRITE"),
        putting("MERGE for a thing type", "JITP067", "Resources/@Thing/OverrideSettings", "ThingTypeName", "\"MERGE\""),
        putting("MERGE for a status", "JITP067", "Resources/@Certificate/OverrideSettings", "Status", "\"MERGE\""),
        adding(
            "an override of a thing's name",
            "JITP004 JITP066",
            "Resources/@Thing/OverrideSettings",
            "ThingName",
            "\"REPLACE\"",
        ),
        adding(
            "an override of a certificate's ID",
            "JITP004 JITP066",
            "Resources/@Certificate/OverrideSettings",
            "CertificateId",
            "\"REPLACE\"",
        ),
        adding("overrides on a policy", "JITP068", "Resources/@Policy", "OverrideSettings", "{}"),
        mutation("Fn::Join", "JITP038", |case| {
            // The use of functions is reported once.
            let written = case.find("").first().map(|body| case.at(body).write().0).unwrap_or_default();
            !written.contains("Fn::") && case.put(THING, "ThingName", r#"{"Fn::Join": ["-", ["lamp", "7"]]}"#)
        }),
        putting("Fn::Join without a list", "JITP037", THING, "ThingName", "{\"Fn::Join\": \"lamp\"}"),
        putting("Fn::Sub of nothing declared", "JITP034", THING, "ThingName", "{\"Fn::Sub\": \"lamp-${Hue}\"}"),
        putting(
            "Fn::FindInMap without its map",
            "JITP037 JITP040",
            THING,
            "ThingName",
            "{\"Fn::FindInMap\": [\"Nowhere\", \"a\", \"b\"]}",
        ),
        putting("Fn::Select out of range", "JITP037 JITP040", THING, "ThingName", "{\"Fn::Select\": [\"9\", [\"a\"]]}"),
        putting("a function that there is not", "JITP036", THING, "ThingName", "{\"Fn::GetAtt\": [\"a\", \"b\"]}"),
        putting(
            "two functions in one value",
            "JITP036",
            THING,
            "ThingName",
            "{\"Ref\": \"AWS::IoT::Certificate::Id\", \"Fn::Sub\": \"x\"}",
        ),
        mutation("the certificate's ID for ThingName", "JITP103", |case| {
            case.change("Resources/@Thing/Properties/ThingName", |name| {
                let other = name.get("Ref").and_then(Node::text) != Some("AWS::IoT::Certificate::Id");
                other.then(|| Node::parse("{\"Ref\": \"AWS::IoT::Certificate::Id\"}").value)
            })
        }),
        putting("a policy's name for PolicyDocument", "JITP065 JITP063", POLICY, "PolicyDocument", "\"devices\""),
    ]
}

pub fn envelopes() -> Vec<Mutation> {
    vec![
        mutation("a hook", "JITP019", |case| {
            !case.find("config/type").is_empty()
                && case.add(
                    "config",
                    "preProvisioningHook",
                    "{\"targetArn\": \"arn:aws:lambda:eu-west-1:123456789012:function:f\"}",
                )
        }),
        value("another type of template", "JITP018", "config/type", "FLEET_PROVISIONING"),
        value("a type of template that there is not", "JITP018", "config/type", "JIT"),
        value("templateName of 37 characters", "JITP016", "config/templateName", "x".repeat(37)),
        value("a blank in templateName", "JITP016", "config/templateName", "my template"),
        mutation("enabled: false", "JITP023", |case| case.set("config/enabled", "false")),
        value("a text for enabled", "JITP006 JITP007", "config/enabled", "true"),
        value("templateBody empty", "JITP001 JITP012", "config/templateBody", ""),
        value("a file's name for templateBody", "JITP001", "config/templateBody", "file://template.json"),
    ]
}
