//! What texts say of an account: outputs of every kind, jitp's own form, and texts that are neither.

mod support;

use jitp::account::{Account, AccountReport, Knowledge};
use proptest::prelude::*;
use serde_json::Value;
use std::path::PathBuf;
use support::root;

fn folder() -> PathBuf {
    root().join("tests/fixtures/account")
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read(text: &str) -> AccountReport {
    Account::read(&[("account.json", text)])
}

fn codes(report: &AccountReport) -> Vec<&'static str> {
    report.diagnostics().map(|found| found.code).collect()
}

fn value(account: &Account) -> Value {
    serde_json::from_str(&account.to_json()).expect("JSON")
}

/// What the records of the fixture tell, in jitp's own form.
fn told_by_the_records() -> Value {
    let arn = "arn:aws:iot:eu-west-1:123456789012:cert/7f3a90c1";
    serde_json::json!({
        "region": "eu-west-1",
        "accountId": "123456789012",
        "things": {
            "lamp-1": {
                "thingTypeName": "bulb", "attributes": {"room": "attic", "__proto__": "kept"}, "thingGroups": ["attic"],
                "billingGroupName": "home", "principals": [{"principal": arn, "thingPrincipalType": "EXCLUSIVE_THING"}]
            },
            "lamp-2": {"thingTypeName": null, "attributes": {}}
        },
        "certificates": {"7f3a90c1": {"status": "ACTIVE", "policies": ["lamps"]}},
        "policies": {"lamps": {"policyDocument": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"}, "group-rights": {}},
        "thingTypes": {"bulb": {"deprecated": true}},
        "thingGroups": {
            "attic": {"parentGroupName": "house", "dynamic": false},
            "estate": {"parentGroupName": null}, "house": {"parentGroupName": "estate"}
        },
        "billingGroups": {"home": {}},
        "caCertificates": {"c0ffee11": {
            "status": "ACTIVE", "autoRegistrationStatus": "ENABLE", "certificateMode": "SNI_ONLY",
            "templateName": "lamps-jitp", "templateBody": null
        }},
        "provisioningTemplates": {"lamps-jitp": {"type": "JITP", "enabled": true, "templateBody": "{\"Resources\":{}}"}}
    })
}

#[test]
fn records_of_every_action_are_read_one_after_another_and_as_a_list() {
    let records = fixture("records.json");
    let report = read(&records);
    assert_eq!(codes(&report), [""; 0]);
    assert_eq!(value(&report.account), told_by_the_records());
    assert_eq!(report.texts[0].holds.len(), 22);
    let list = format!("[{}]", records.trim().replace('\n', ","));
    assert_eq!(value(&read(&list).account), told_by_the_records());
}

#[test]
fn outputs_of_every_action_are_read_as_they_come() {
    let mut texts: Vec<(String, String)> = std::fs::read_dir(folder().join("outputs"))
        .expect("the outputs are there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .map(|name| (name.clone(), fixture(&format!("outputs/{name}"))))
        .collect();
    texts.sort();
    assert_eq!(texts.len(), 22);
    // Without these lists there is one thing, which the others are about.
    texts.retain(|(name, _)| name != "list-things.json");
    let given: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let report = Account::read(&given);
    let mut expected = told_by_the_records();
    expected["things"].as_object_mut().expect("things").remove("lamp-2");
    expected["incomplete"] = serde_json::json!(["things"]);
    assert_eq!(value(&report.account), expected);
    let found = codes(&report);
    assert!(!found.is_empty() && found.iter().all(|code| *code == "JITP165"), "{found:?}");
}

#[test]
fn every_rule_has_a_text_that_breaks_it_and_a_near_miss() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .expect("the fixtures are there")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter(|name| name.starts_with("JITP"))
        .collect();
    names.sort();
    for name in &names {
        let (code, what) = name.split_at(7);
        let found = codes(&read(&fixture(name)));
        if what.starts_with("-not-") {
            assert_eq!(found, [""; 0], "{name}");
        } else {
            assert!(!found.is_empty() && found.iter().all(|found| *found == code), "{name}: {found:?}");
        }
    }
    for rule in jitp::rules::all().filter(|rule| ("JITP160".."JITP170").contains(&rule.code)) {
        for start in [format!("{}-", rule.code), format!("{}-not-", rule.code)] {
            assert!(names.iter().any(|name| name.starts_with(&start)), "a fixture {start}…");
        }
    }
}

#[test]
fn what_nobody_told_is_unknown_and_what_a_complete_kind_lacks_is_absent() {
    let account = read(r#"{"things": {"a": {}, "b": null}, "policies": ["p"], "incomplete": ["policies"]}"#).account;
    assert!(matches!(account.things.get("a"), Knowledge::Exists(_)));
    assert_eq!(account.things.get("b"), Knowledge::Absent);
    assert_eq!(account.things.get("c"), Knowledge::Absent);
    assert!(matches!(account.policies.get("p"), Knowledge::Exists(_)));
    assert_eq!(account.policies.get("q"), Knowledge::Unknown);
    assert_eq!(account.thing_types.get("t"), Knowledge::Unknown);
    assert!(account.things.get("a") == Knowledge::Exists(&jitp::account::AccountThing::default()));
}

#[test]
fn a_list_that_goes_on_or_is_filtered_makes_nothing_absent() {
    for text in [
        r#"{"things": [{"thingName": "a", "attributes": {}}], "nextToken": "x"}"#,
        r#"{"action": "ListThings", "request": {"thingTypeName": "bulb"}, "response": {"things": [{"thingName": "a"}]}}"#,
    ] {
        let account = read(text).account;
        assert!(matches!(account.things.get("a"), Knowledge::Exists(_)), "{text}");
        assert_eq!(account.things.get("b"), Knowledge::Unknown, "{text}");
    }
    let whole =
        r#"{"action": "ListThings", "request": {"maxResults": 5}, "response": {"things": [{"thingName": "a"}]}}"#;
    assert_eq!(read(whole).account.things.get("b"), Knowledge::Absent);
}

#[test]
fn an_error_says_that_a_resource_is_absent_only_if_it_was_not_found() {
    assert_eq!(read(&fixture("JITP168-not-absent.json")).account.things.get("lamp-1"), Knowledge::Absent);
    assert_eq!(read(&fixture("JITP168-denied.json")).account.things.get("lamp-1"), Knowledge::Unknown);
}

#[test]
fn principals_that_are_told_one_by_one_do_not_contradict_a_list_that_has_them() {
    let both = |list: &str| {
        let text = format!(
            r#"{{"action": "ListThingPrincipals", "request": {{"thingName": "a"}}, "response": {{"principals": {list}}}}}
            {{"action": "ListPrincipalThings", "request": {{"principal": "arn:aws:iot:x:1:cert/c"}}, "response": {{"things": ["a"]}}}}"#
        );
        codes(&read(&text))
    };
    assert_eq!(both(r#"["arn:aws:iot:x:1:cert/b", "arn:aws:iot:x:1:cert/c"]"#), [""; 0]);
    assert_eq!(both(r#"["arn:aws:iot:x:1:cert/b"]"#), ["JITP163"]);
}

#[test]
fn a_policy_document_can_be_an_object() {
    let account = read(r#"{"policies": {"p": {"policyDocument": {"Statement": [ ]}}}}"#).account;
    let Knowledge::Exists(policy) = account.policies.get("p") else { panic!("the policy exists") };
    assert_eq!(policy.document.as_deref(), Some(r#"{"Statement":[]}"#));
}

#[test]
fn a_private_key_is_written_over() {
    let key = "-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEIAdEQzXq3kT0bRkZk1gV3kqGqf7TQYxJ0p1aQkz7bXyZ\\n-----END PRIVATE KEY-----";
    let report = read(&format!(r#"{{"things": {{"a": {{"attributes": {{"k": "{key}"}}}}}}}}"#));
    assert_eq!(codes(&report), ["JITP155"]);
    assert!(!report.account.to_json().contains("MC4CAQ"));
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![Just("__proto__".to_owned()), Just("constructor".to_owned()), "[a-c]{1,2}", "[^\u{fffd}]{0,6}"]
}

fn optional(value: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Option<Value>> {
    proptest::option::of(value)
}

fn list() -> impl Strategy<Value = Value> {
    proptest::collection::vec(names(), 0..3).prop_map(Value::from)
}

fn object(members: Vec<(&'static str, Option<Value>)>) -> Value {
    Value::Object(members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

fn kind(resource: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Option<Value>> {
    let resource = prop_oneof![1 => Just(Value::Null), 4 => resource];
    optional(
        proptest::collection::vec((names(), resource), 0..4).prop_map(|all| Value::Object(all.into_iter().collect())),
    )
}

fn accounts() -> impl Strategy<Value = Value> {
    let name_or_null = || prop_oneof![Just(Value::Null), names().prop_map(Value::from)];
    let texts = proptest::collection::vec((names(), names()), 0..3)
        .prop_map(|all| Value::Object(all.into_iter().map(|(key, value)| (key, value.into())).collect()));
    let thing = (optional(name_or_null()), optional(texts), optional(list()), optional(name_or_null())).prop_map(
        |(a, b, c, d)| {
            object(vec![("thingTypeName", a), ("attributes", b), ("thingGroups", c), ("billingGroupName", d)])
        },
    );
    let status = prop_oneof![Just(Value::from("ACTIVE")), Just(Value::from("INACTIVE"))];
    let certificate =
        (optional(status), optional(list())).prop_map(|(a, b)| object(vec![("status", a), ("policies", b)]));
    let flag = || optional(any::<bool>().prop_map(Value::from));
    let group = (optional(list()), optional(name_or_null()), flag())
        .prop_map(|(a, b, c)| object(vec![("policies", a), ("parentGroupName", b), ("dynamic", c)]));
    (kind(thing), kind(certificate), kind(group), kind(flag().prop_map(|a| object(vec![("deprecated", a)])))).prop_map(
        |(things, certificates, groups, types)| {
            object(vec![
                ("things", things),
                ("certificates", certificates),
                ("thingGroups", groups),
                ("thingTypes", types),
            ])
        },
    )
}

/// Kinds that the reading leaves out as unknown: nothing is told of an incomplete kind without resources.
fn assert_round_trip(account: &Account) {
    let text = account.to_json();
    let again = read(&text).account;
    assert_eq!(again.to_json(), text);
}

proptest! {
    #[test]
    fn own_form_comes_back_as_it_was_written(own in accounts()) {
        let report = read(&own.to_string());
        prop_assert!(report.diagnostics().all(|found| found.code == "JITP163"), "{:?}", report.texts);
        prop_assert_eq!(value(&report.account), own);
        assert_round_trip(&report.account);
    }

    #[test]
    fn any_text_gives_a_report(text in ".{0,200}") {
        assert_round_trip(&read(&text).account);
    }

    #[test]
    fn a_damaged_text_gives_a_report(at in 0_usize..7_000, piece in "[\\[\\]{}\",:a-z0-9 ]{0,4}") {
        let mut text = fixture("records.json");
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = (at + 2..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        text.replace_range(at..end.max(at), &piece);
        assert_round_trip(&read(&text).account);
    }
}
