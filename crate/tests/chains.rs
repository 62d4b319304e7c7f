//! Devices one after another in one account, and laws of what an account tells.

mod support;

use jitp::access::Answer;
use jitp::account::Account;
use jitp::plan::EvolvingAccount;
use jitp::{DryRunOptions, Flow, Plan, Template, TemplateOptions, Verdict};
use serde_json::{Map, Value, json};
use support::certificate;
use support::dice::Dice;
use support::existing::{ID, account, example, options, template, without};

/// A policy that lets every client connect, or that allows something else.
fn document(connects: bool) -> Value {
    let action = if connects { "iot:Connect" } else { "iot:Publish" };
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})
}

/// The options of a dry run in an account that may contradict itself.
fn told(account: &Value) -> DryRunOptions {
    let text = account.to_string();
    DryRunOptions { account: Some(Account::read(&[("account.json", &text)]).account.into()), ..without() }
}

fn connects(plan: &Plan) -> Option<Answer> {
    plan.access.as_ref().map(|access| access.connects)
}

/// A template whose thing is in the group `leaf`, and whose policy allows no connection.
fn in_leaf() -> Template {
    let text = template(r#""ThingGroups": ["leaf"]"#, "", "");
    Template::new(text.replace("iot:Connect", "iot:Publish"))
}

#[test]
fn the_policies_of_the_groups_above_count_for_access() {
    let plan = |leaf: Value, above: Value, root: Value| {
        let groups = json!({"leaf": leaf, "above": above, "root": root});
        let policies = json!({"allows": {"policyDocument": document(true)}, "other": {"policyDocument": document(false)}, "not-told": {}});
        let told = json!({"things": {}, "certificates": {}, "policies": policies, "thingGroups": groups});
        connects(&in_leaf().dry_run(&certificate("full"), &options(&told.to_string())))
    };
    let group = |policies: &[&str], parent: Option<&str>| json!({"policies": policies, "parentGroupName": parent, "dynamic": false});
    let (leaf, above) = (group(&[], Some("above")), group(&[], Some("root")));
    assert_eq!(plan(leaf.clone(), above.clone(), group(&["allows"], None)), Some(Answer::Allowed), "two floors up");
    assert_eq!(plan(leaf.clone(), above.clone(), group(&["other"], None)), Some(Answer::Denied));
    // A group that is not above the thing's does not count.
    assert_eq!(plan(leaf.clone(), group(&[], None), group(&["allows"], None)), Some(Answer::Denied));
    // What nobody told of a group on the way up is not a no.
    assert_eq!(plan(leaf.clone(), above.clone(), json!({"policies": []})), Some(Answer::Unknown), "its parent");
    assert_eq!(plan(leaf.clone(), json!({"parentGroupName": null}), json!({})), Some(Answer::Unknown), "its policies");
    assert_eq!(plan(leaf.clone(), above.clone(), group(&["not-told"], None)), Some(Answer::Unknown), "a document");
    // Whatever a circle would be, the search ends.
    assert_eq!(plan(leaf, group(&["allows"], Some("leaf")), json!({})), Some(Answer::Allowed));
}

#[test]
fn a_dynamic_group_that_a_thing_is_in_has_no_policies() {
    let text = template("", "", "").replace("iot:Connect", "iot:Publish");
    let plan = |group: Value| {
        let told = json!({"certificates": {}, "thingGroups": {"found": group},
            "things": {"sensor-0001": {"thingGroups": ["found"], "attributes": {}, "thingTypeName": null, "principals": []}}});
        connects(&Template::new(&text).dry_run(&certificate("full"), &options(&told.to_string())))
    };
    assert_eq!(plan(json!({"dynamic": true})), Some(Answer::Denied));
    assert_eq!(plan(json!({"dynamic": false})), Some(Answer::Unknown));
}

/// Each device of one thing adds one group to it.
#[test]
fn the_tenth_group_is_the_last_that_a_chain_of_devices_adds() {
    let text = template(
        r#""ThingGroups": [{"Ref": "AWS::IoT::Certificate::OrganizationalUnit"}]"#,
        r#""ThingGroups": "MERGE""#,
        "",
    );
    let unit = r#""AWS::IoT::Certificate::OrganizationalUnit": {"Type": "String"}, "AWS::IoT::Certificate::Id""#;
    let template = Template::new(text.replacen(r#""AWS::IoT::Certificate::Id""#, unit, 1));
    let mut state = EvolvingAccount::new(account(r#"{"things": {}, "certificates": {}}"#));
    let mut chain = |unit: usize| {
        let plan = template.dry_run_subject_in(&format!("/OU=g{unit}/CN=lamp"), &support::options(), &mut state);
        let groups =
            serde_json::to_value(state.account()).expect("it serializes")["things"]["lamp"]["thingGroups"].clone();
        (plan.verdict, plan.stopped_at, groups.as_array().map(Vec::len))
    };
    for unit in 1..=10 {
        assert_eq!(chain(unit), (Verdict::Provisions, None, Some(unit)), "group {unit}");
    }
    assert_eq!(chain(11), (Verdict::Fails, Some(2), Some(10)));
    // A group that it is in already is not an eleventh.
    assert_eq!(chain(4), (Verdict::Provisions, None, Some(10)));
}

#[test]
fn a_certificate_that_exists_gets_the_status_that_its_override_says() {
    let mut cases = 0;
    for flow in [Flow::Fleet, Flow::RegisterThing] {
        for setting in [None, Some("DO_NOTHING"), Some("REPLACE"), Some("FAIL")] {
            let overrides =
                setting.map_or_else(String::new, |word| format!(r#", "OverrideSettings": {{"Status": "{word}"}}"#));
            let text = template("", "", "").replacen(
                r#""Status": "ACTIVE"}"#,
                &format!(r#""Status": "ACTIVE"}}{overrides}"#),
                1,
            );
            let template = Template::with_options(text, &TemplateOptions { flow, ..TemplateOptions::default() });
            for before in [None, Some("ACTIVE"), Some("INACTIVE"), Some("PENDING_ACTIVATION"), Some("")] {
                let known =
                    before.map(
                        |status| if status.is_empty() { json!({}) } else { json!({"status": status, "policies": []}) },
                    );
                let told = match known {
                    None => json!({"things": {}, "certificates": {}}),
                    Some(known) => json!({"things": {}, "certificates": {ID: known}}),
                };
                let named = [("AWS::IoT::Certificate::CommonName", "lamp"), ("AWS::IoT::Certificate::Id", ID)];
                let parameters = named.map(|(name, value)| (name.into(), value.into())).to_vec();
                let options = DryRunOptions { issuer: None, parameters, ..options(&told.to_string()) };
                let plan = template.dry_run(&certificate("full"), &options);
                let after = plan.account.as_ref().and_then(|told| told.after.as_ref()).expect("an account");
                let after = serde_json::to_value(after).expect("it serializes")["certificates"][ID]["status"].clone();
                let (verdict, status) = match (before, setting) {
                    (None, _) => (Verdict::Provisions, json!("ACTIVE")),
                    (Some("ACTIVE"), None | Some("DO_NOTHING" | "REPLACE")) => (Verdict::Provisions, json!("ACTIVE")),
                    (_, Some("REPLACE")) => (Verdict::Provisions, json!("ACTIVE")),
                    (Some(""), Some("DO_NOTHING")) => (Verdict::Provisions, Value::Null),
                    (Some(before), Some("DO_NOTHING")) => (Verdict::Provisions, json!(before)),
                    (Some("PENDING_ACTIVATION"), None) => (Verdict::Provisions, json!("ACTIVE")),
                    (Some("INACTIVE" | "PENDING_ACTIVATION"), Some("FAIL")) => (Verdict::Fails, json!(before)),
                    // The status is not known, or AWS does not say what happens to it.
                    _ => (Verdict::Unknown, Value::Null),
                };
                let what = format!("{flow:?} {setting:?} {before:?}: {} {:?}", plan.summary, plan.account);
                assert_eq!((plan.verdict, after), (verdict, status), "{what}");
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 40);
}

#[test]
fn ten_policies_are_attached_to_a_certificate_at_most() {
    let options_of = |count: usize, more: &[&str]| {
        let names: Vec<String> =
            (0..count).map(|n| format!("p{n}")).chain(more.iter().map(|&name| name.to_owned())).collect();
        let told = json!({"things": {}, "certificates": {ID: {"status": "ACTIVE", "policies": names}}});
        let parameters = vec![
            ("AWS::IoT::Certificate::CommonName".into(), "lamp".into()),
            ("AWS::IoT::Certificate::Id".into(), ID.into()),
        ];
        DryRunOptions { issuer: None, parameters, ..options(&told.to_string()) }
    };
    let text = template("", "", r#", "named": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "common"}}"#);
    let template =
        Template::with_options(text, &TemplateOptions { flow: Flow::RegisterThing, ..TemplateOptions::default() });
    for (count, more, stopped) in
        [(8, &[][..], None), (9, &[][..], Some(4)), (9, &["common"][..], Some(4)), (8, &["common"][..], None)]
    {
        let plan = template.dry_run(&certificate("full"), &options_of(count, more));
        assert_eq!(plan.stopped_at, stopped, "{count} {more:?}: {}", plan.summary);
        assert_eq!(plan.diagnostics.iter().any(|found| found.code == "JITP086"), stopped.is_some());
    }
}

/// One of several values, or none.
fn one(dice: &mut Dice, values: &[Value]) -> Option<Value> {
    values.get(dice.roll(values.len() + 1)).cloned()
}

fn object(members: Vec<(&str, Option<Value>)>) -> Value {
    Value::Object(members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect::<Map<_, _>>())
}

/// An account of things that the template of the examples meets.
fn any_account(dice: &mut Dice) -> Value {
    let principal = |kind: &str| json!({"principal": format!("arn:aws:iot:eu-west-1:123456789012:cert/{ID}"), "thingPrincipalType": kind});
    let ten: Vec<String> = (0..10).map(|n| format!("g{n}")).collect();
    let thing = |dice: &mut Dice| {
        object(vec![
            ("thingTypeName", one(dice, &[json!("sensor"), json!("meter"), Value::Null])),
            ("attributes", one(dice, &[json!({"site": "hall-2"}), json!({"site": "hall-9"}), json!({})])),
            ("thingGroups", one(dice, &[json!(["hall-2"]), json!(["hall-3"]), json!(ten)])),
            ("billingGroupName", one(dice, &[json!("b"), Value::Null])),
            (
                "principals",
                one(
                    dice,
                    &[json!([]), json!([principal("EXCLUSIVE_THING")]), json!([principal("NON_EXCLUSIVE_THING")])],
                ),
            ),
        ])
    };
    let things = match dice.roll(4) {
        0 => None,
        1 => Some(json!({})),
        2 => Some(json!({"sensor-0001": thing(dice)})),
        _ => Some(json!({"sensor-0001": thing(dice), "other": thing(dice)})),
    };
    let certificate = object(vec![
        ("status", one(dice, &[json!("ACTIVE"), json!("PENDING_ACTIVATION"), json!("INACTIVE")])),
        ("policies", one(dice, &[json!([]), json!(["common"]), json!(["other"])])),
    ]);
    let policy = |dice: &mut Dice| object(vec![("policyDocument", one(dice, &[document(true), document(false)]))]);
    let (common, other) = (policy(dice), policy(dice));
    let group = |dice: &mut Dice, above: &str| {
        object(vec![
            ("policies", one(dice, &[json!([]), json!(["common"]), json!(["other"])])),
            ("parentGroupName", one(dice, &[json!(above), Value::Null])),
            ("dynamic", one(dice, &[json!(true), json!(false), json!(false)])),
        ])
    };
    let (leaf, root) = (group(dice, "root"), group(dice, "root"));
    let kind = object(vec![("deprecated", one(dice, &[json!(true), json!(false), json!(false)]))]);
    let ca = object(vec![
        ("status", one(dice, &[json!("ACTIVE"), json!("ACTIVE"), json!("INACTIVE")])),
        ("autoRegistrationStatus", one(dice, &[json!("ENABLE"), json!("ENABLE"), json!("DISABLE")])),
    ]);
    let ca_id = "c0ffee00".repeat(8);
    object(vec![
        ("things", things),
        ("certificates", one(dice, &[json!({}), json!({}), json!({ID: certificate})])),
        ("policies", one(dice, &[json!({}), json!({"common": common, "other": other}), json!({"common": common})])),
        ("thingTypes", one(dice, &[json!({}), json!({"sensor": kind}), json!({"sensor": kind})])),
        ("thingGroups", one(dice, &[json!({}), json!({"hall-2": leaf, "root": root}), json!({"hall-2": leaf})])),
        ("caCertificates", one(dice, &[json!({}), json!({&ca_id: ca}), json!({ca_id: ca})])),
    ])
}

/// The account without one member of a resource, without one resource (which is then not known), or without one kind: all of these.
fn forgotten(full: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for (kind, resources) in full.as_object().expect("an object") {
        let mut less = full.clone();
        less.as_object_mut().expect("an object").remove(kind);
        all.push(less);
        for (name, resource) in resources.as_object().expect("an object") {
            let mut less = full.clone();
            less[kind].as_object_mut().expect("an object").remove(name);
            less["incomplete"] = json!([kind]);
            all.push(less);
            for key in resource.as_object().into_iter().flatten().map(|(key, _)| key) {
                let mut less = full.clone();
                less[kind][name].as_object_mut().expect("an object").remove(key);
                all.push(less);
            }
        }
        let mut less = full.clone();
        less["incomplete"] = json!([kind]);
        all.push(less);
    }
    all
}

/// Whoever knows less may decide less, or say what it assumes. It never decides the opposite in silence.
#[test]
fn forgetting_one_member_never_turns_a_decision_round() {
    let templates =
        [("FAIL", "MERGE"), ("REPLACE", "REPLACE"), ("MERGE", "DO_NOTHING"), ("DO_NOTHING", "MERGE"), ("", "")];
    let (mut pairs, mut opposite) = (0, 0);
    let mut verdicts: Vec<Verdict> = Vec::new();
    for (attributes, groups) in templates {
        let text =
            example().replace(r#""FAIL""#, &format!("{attributes:?}")).replace(r#""MERGE""#, &format!("{groups:?}"));
        let text =
            if attributes.is_empty() { text.replace(r#""AttributePayload": "", "ThingGroups": """#, "") } else { text };
        let template = Template::new(text);
        let mut dice = Dice::of(attributes);
        for _ in 0..150 {
            let full = any_account(&mut dice);
            // A contradiction decides nothing, nor does a certificate that is absent and attached.
            if Account::read(&[("account.json", &full.to_string())]).diagnostics().next().is_some() {
                continue;
            }
            let is_absent = full["certificates"].as_object().is_some_and(|known| !known.contains_key(ID));
            if is_absent && full["things"].to_string().contains(ID) {
                continue;
            }
            let plan = |told: &Value| template.dry_run(&certificate("full"), &self::told(told));
            let before = plan(&full);
            let taken = |plan: &Plan| plan.account.as_ref().map_or_else(Vec::new, |told| told.taken.clone());
            if !verdicts.contains(&before.verdict) {
                verdicts.push(before.verdict);
            }
            for less in forgotten(&full) {
                let after = plan(&less);
                let assumes_more = taken(&after).iter().any(|sentence| !taken(&before).contains(sentence));
                let is_less = after.verdict == before.verdict || after.verdict == Verdict::Unknown;
                let answers = connects(&before).zip(connects(&after));
                let same_answer =
                    answers.is_none_or(|(before, after)| before == after || after == Answer::Unknown || !is_less);
                opposite += usize::from(!is_less);
                pairs += 1;
                // A plan that is unknown already may become another by what it assumes, or stop earlier.
                if before.verdict != Verdict::Unknown {
                    assert!(
                        is_less && same_answer || assumes_more,
                        "{full}\n{less}\n{:?} {:?}: {}\n{:?} {:?}: {}\n{:?}",
                        before.verdict,
                        connects(&before),
                        before.summary,
                        after.verdict,
                        connects(&after),
                        after.summary,
                        taken(&after)
                    );
                }
            }
        }
    }
    assert!(pairs > 5_000 && opposite > 100, "{pairs} {opposite}");
    assert_eq!(verdicts.len(), 4, "{verdicts:?}");
}

/// What a member of a plan is without an account, and in one that tells nothing: the paths that differ.
fn differences(one: &Value, other: &Value, path: &str, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => {
            one.iter().for_each(|(key, value)| differences(value, &other[key], &format!("{path}.{key}"), found));
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            one.iter().zip(other).for_each(|(one, other)| differences(one, other, &format!("{path}[]"), found));
        }
        _ if one == other => {}
        _ => found.push(format!("{path}: {one} => {other}")),
    }
}

/// An account that tells nothing adds its own member to a plan, and a sentence to a step for each resource. Nothing else changes.
#[test]
fn a_plan_without_an_account_is_the_plan_in_an_unknown_one() {
    let folder = std::fs::read_dir(support::root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut plans = 0;
    for path in paths {
        let text = std::fs::read(&path).expect("a text");
        let template = Template::new(&text);
        for name in ["full", "near-name", "expired", "no-name"] {
            let told = DryRunOptions { account: Some(Account::default().into()), ..without() };
            let plain = serde_json::to_value(template.dry_run(&certificate(name), &without())).expect("it serializes");
            let plan = Plan { account: None, ..template.dry_run(&certificate(name), &told) };
            let plan = serde_json::to_string(&plan).expect("it serializes");
            // In an account several policies that are made from documents need different names.
            let numbers = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
            let plan = numbers
                .iter()
                .fold(plan, |plan, n| plan.replace(&format!("<hash of the document {n}>"), "<hash of the document>"));
            let plan = serde_json::from_str(&plan).expect("it is JSON");
            let mut found = Vec::new();
            differences(&plain, &plan, "", &mut found);
            found.retain(|found| !found.starts_with(".steps[].detail: "));
            assert!(found.is_empty(), "{}, {name}: {found:#?}", path.display());
            plans += 1;
        }
    }
    assert!(plans > 1_000);
}
