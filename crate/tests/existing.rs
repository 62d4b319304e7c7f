//! Plans in an account: every override, what must exist, and devices one after another.

mod support;

use jitp::access::Answer;
use jitp::account::Account;
use jitp::plan::{ChangeOutcome, ChangedKind, EvolvingAccount, StepOutcome};
use jitp::{DryRunOptions, Flow, Plan, Template, TemplateOptions, Verdict};
use serde_json::{Value, json};
use support::certificate;
use support::existing::{ID, account, options, template, without};

fn plan(template: &Template, account: &str) -> Plan {
    template.dry_run(&certificate("full"), &options(account))
}

fn change(plan: &Plan, kind: ChangedKind) -> ChangeOutcome {
    let told = plan.account.as_ref().expect("an account");
    told.changes.iter().find(|change| change.kind == kind).map(|change| change.change).expect("a change of this kind")
}

fn after(plan: &Plan) -> Value {
    serde_json::to_value(plan.account.as_ref().expect("an account").after.as_ref().expect("after"))
        .expect("it serializes")
}

/// The property, the template's members, its key in the account, and its values: equal, different, what a replacement and what a merge give.
type Row = (&'static str, &'static str, &'static str, ChangedKind, fn() -> [Value; 4]);

const ROWS: [Row; 3] = [
    ("AttributePayload", r#""AttributePayload": {"a": "1"}"#, "attributes", ChangedKind::Attributes, || {
        [json!({"a": "1"}), json!({"a": "2", "b": "3"}), json!({"a": "1"}), json!({"a": "1", "b": "3"})]
    }),
    ("ThingTypeName", r#""ThingTypeName": "sensor""#, "thingTypeName", ChangedKind::ThingType, || {
        [json!("sensor"), json!("meter"), json!("sensor"), Value::Null]
    }),
    ("ThingGroups", r#""ThingGroups": ["g"]"#, "thingGroups", ChangedKind::ThingGroups, || {
        [json!(["g"]), json!(["h"]), json!(["g"]), json!(["h", "g"])]
    }),
];

#[test]
fn every_override_does_to_a_thing_what_is_documented() {
    let mut cases = 0;
    for (name, members, key, kind, values) in ROWS {
        for setting in [None, Some("DO_NOTHING"), Some("REPLACE"), Some("MERGE"), Some("FAIL")] {
            if setting == Some("MERGE") && name == "ThingTypeName" {
                continue;
            }
            let overrides = setting.map_or_else(String::new, |setting| format!(r#""{name}": "{setting}""#));
            let template = Template::new(template(members, &overrides, ""));
            let [equal, different, replaced, merged] = values();
            for (before, same) in [(&equal, true), (&different, false)] {
                let account = json!({"things": {"sensor-0001": {key: before, "principals": []}}, "certificates": {}});
                let plan = plan(&template, &account.to_string());
                let (verdict, outcome, left) = match (setting, same) {
                    (Some("FAIL"), true) => (Verdict::Unknown, ChangeOutcome::Unknown, &Value::Null),
                    (_, true) => (Verdict::Provisions, ChangeOutcome::Unchanged, before),
                    (None, false) => (Verdict::Unknown, ChangeOutcome::Unknown, &Value::Null),
                    (Some("DO_NOTHING"), _) => (Verdict::Provisions, ChangeOutcome::Kept, before),
                    (Some("REPLACE"), _) => (Verdict::Provisions, ChangeOutcome::Replaced, &replaced),
                    (Some("MERGE"), _) => (Verdict::Provisions, ChangeOutcome::Merged, &merged),
                    _ => (Verdict::Fails, ChangeOutcome::Conflict, before),
                };
                let what = format!("{name} {setting:?} {before}: {}", plan.summary);
                assert_eq!((plan.verdict, change(&plan, kind)), (verdict, outcome), "{what}");
                let after = after(&plan);
                assert_eq!(&after["things"]["sensor-0001"][key], left, "{what}");
                let status = match verdict {
                    Verdict::Provisions => json!("ACTIVE"),
                    Verdict::Fails => json!("PENDING_ACTIVATION"),
                    _ => Value::Null,
                };
                assert_eq!(after["certificates"][ID]["status"], status, "{what}");
                cases += 1;
            }
            let plan = plan(&template, r#"{"things": {}, "certificates": {}}"#);
            assert_eq!(
                (plan.verdict, change(&plan, ChangedKind::Thing)),
                (Verdict::Provisions, ChangeOutcome::Created)
            );
            assert_eq!(after(&plan)["things"]["sensor-0001"][key], equal, "{name} {setting:?}");
            cases += 1;
        }
    }
    assert_eq!(cases, 42);
}

#[test]
fn an_account_that_tells_nothing_changes_no_outcome() {
    for members in ["", ROWS[0].1, ROWS[1].1, ROWS[2].1] {
        let template = Template::new(template(members, "", ""));
        let plain = template.dry_run(&certificate("full"), &without());
        let plan = plan(&template, "{}");
        assert!(plain.account.is_none());
        assert!(plan.account.as_ref().is_some_and(|told| !told.taken.is_empty()));
        assert_eq!((plan.verdict, &plan.summary), (plain.verdict, &plain.summary));
        assert_eq!(plan.diagnostics, plain.diagnostics);
    }
}

#[test]
fn a_plan_on_what_it_leaves_finds_its_certificate_registered() {
    let template = Template::new(template(ROWS[2].1, "", ""));
    let first = plan(
        &template,
        r#"{"things": {}, "certificates": {}, "policies": {}, "thingGroups": {"g": {"policies": [], "parentGroupName": null, "dynamic": false}}}"#,
    );
    assert_eq!(first.verdict, Verdict::Provisions, "{}", first.summary);
    let left = first.account.as_ref().expect("an account").after.clone().expect("after");
    let options = DryRunOptions { account: Some(left.clone().into()), ..without() };
    let again = template.dry_run(&certificate("full"), &options);
    assert_eq!((again.verdict, again.stopped_at), (Verdict::Registered, None), "{}", again.summary);
    assert_eq!(again.account.as_ref().expect("an account").after, Some(left));
    let connects = |plan: &Plan| plan.access.as_ref().map(|access| access.connects);
    assert_eq!(connects(&again), connects(&first), "the policy that the plan left is attached");
}

/// Two certificates with one thing name: what a public report described and nobody explained.
#[test]
fn the_first_device_works_and_the_next_stays_pending() {
    let shared = |overrides: &str| {
        let text = template(r#""AttributePayload": {"id": {"Ref": "AWS::IoT::Certificate::Id"}}"#, overrides, "");
        Template::new(text.replacen(r#"{"Ref": "AWS::IoT::Certificate::CommonName"}"#, r#""lamp""#, 1))
    };
    let bundle = [certificate("full"), certificate("near-name"), certificate("full")].concat();
    for (overrides, second) in [
        (r#""AttributePayload": "FAIL""#, Verdict::Fails),
        ("", Verdict::Unknown),
        (r#""AttributePayload": "REPLACE""#, Verdict::Provisions),
    ] {
        let options = DryRunOptions { account: Some(Account::default().into()), ..support::options() };
        let template = shared(overrides);
        let fleet = template.dry_run_fleet(&bundle, &options);
        let verdicts: Vec<Verdict> = fleet.rows.iter().map(|row| row.verdict).collect();
        assert_eq!(verdicts, [Verdict::Provisions, second, Verdict::Registered], "{overrides}");
        assert!(fleet.after.is_some());
        // Plans one by one say the same.
        let mut state = EvolvingAccount::new(Account::default());
        let names = ["full", "near-name", "full"];
        let plans = names.map(|name| template.dry_run_in(&certificate(name), &options, &mut state).verdict);
        assert_eq!(plans.to_vec(), verdicts, "{overrides}");
        assert_eq!(Some(state.into_account()), fleet.after, "{overrides}");
    }
    let _ = account("{}");
}

#[test]
fn a_policy_with_the_same_document_is_found_under_its_hash() {
    let template = Template::new(template("", "", ""));
    let bundle = [certificate("full"), certificate("near-name")].concat();
    let options = DryRunOptions { account: Some(Account::default().into()), ..support::options() };
    let fleet = template.dry_run_fleet(&bundle, &options);
    let left = serde_json::to_value(fleet.after).expect("it serializes");
    assert_eq!(left["policies"].as_object().map(serde_json::Map::len), Some(1), "{left}");
}

/// What nobody knows is either unknown in the verdict, or said to be taken for granted.
#[test]
fn forgetting_never_makes_a_silent_yes() {
    let template = Template::new(support::existing::example());
    let full = json!({
        "things": {"sensor-0001": {"thingTypeName": "sensor", "thingGroups": [], "attributes": {"site": "hall-9"}}},
        "certificates": {}, "policies": {}, "thingTypes": {"sensor": {"deprecated": true}},
        "thingGroups": {"hall-2": {"dynamic": true}}, "caCertificates": {},
    });
    let before = plan(&template, &full.to_string());
    assert_eq!(before.verdict, Verdict::Fails);
    let kinds: Vec<String> = full.as_object().expect("an object").keys().cloned().collect();
    for mask in 0..(1_u32 << kinds.len()) {
        let mut less = full.clone();
        for (at, kind) in kinds.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0) {
            let _ = at;
            less.as_object_mut().expect("an object").remove(kind);
        }
        let plan = plan(&template, &less.to_string());
        let taken = plan.account.as_ref().map_or(0, |told| told.taken.len());
        let most = before.account.as_ref().map_or(0, |told| told.taken.len());
        assert!(plan.verdict != Verdict::Provisions || taken > most, "{less}: {}", plan.summary);
    }
}

#[test]
fn a_registered_certificate_whose_thing_nobody_told_says_what_it_assumes() {
    let template = Template::new(template("", "", ""));
    let registered = format!(r#"{{"certificates": {{"{ID}": {{"status": "ACTIVE", "policies": []}}}}}}"#);
    let planned = plan(&template, &registered);
    assert_eq!(planned.verdict, Verdict::Registered);
    let assumed =
        |plan: &Plan| plan.account.iter().flat_map(|account| &account.taken).any(|it| it.contains("is attached to"));
    assert!(assumed(&planned), "{planned:?}");
    let told = registered.replacen('{', r#"{"things": {}, "#, 1);
    assert!(!assumed(&plan(&template, &told)));
}

#[test]
fn an_account_without_a_ca_that_is_ready_provisions_nothing() {
    let template = Template::new(template("", "", ""));
    let ca = |status: &str, auto: &str| {
        format!(r#"{{"caCertificates": {{"ca": {{"status": "{status}", "autoRegistrationStatus": "{auto}"}}}}}}"#)
    };
    for (account, verdict) in [
        (r#"{"caCertificates": {}}"#.to_owned(), Verdict::Fails),
        (ca("INACTIVE", "ENABLE"), Verdict::Fails),
        (ca("ACTIVE", "DISABLE"), Verdict::Fails),
        // It may be the one, and nobody told whether there are others.
        (ca("ACTIVE", "ENABLE"), Verdict::Provisions),
        (r#"{"caCertificates": {}, "incomplete": ["caCertificates"]}"#.to_owned(), Verdict::Provisions),
    ] {
        let plan = template.dry_run(&certificate("full"), &DryRunOptions { issuer: None, ..options(&account) });
        assert_eq!(plan.verdict, verdict, "{account}: {}", plan.summary);
    }
}

#[test]
fn an_account_gives_its_location_and_another_one_is_reported() {
    let template = Template::new(template("", "", ""));
    let told = r#"{"region": "eu-west-3", "accountId": "210987654321"}"#;
    let account = Some(std::sync::Arc::new(account(told)));
    let given = DryRunOptions { account, region: None, account_id: None, ..options("{}") };
    let plan = template.dry_run(&certificate("full"), &given);
    assert!(plan.thing.expect("a thing").arn.starts_with("arn:aws:iot:eu-west-3:210987654321:"));
    let elsewhere = |plan: &Plan| plan.diagnostics.iter().filter(|found| found.code == "JITP166").count();
    assert_eq!(elsewhere(&template.dry_run(&certificate("full"), &given)), 0);
    let other = DryRunOptions { region: Some("eu-west-1".into()), account_id: Some("123456789012".into()), ..given };
    assert_eq!(elsewhere(&template.dry_run(&certificate("full"), &other)), 2);
}

/// A template that has the thing's name itself.
fn for_caller() -> String {
    let text = template("", "", "").replacen(r#"{"Ref": "AWS::IoT::Certificate::CommonName"}"#, r#""lamp""#, 1);
    text.replacen(r#""AWS::IoT::Certificate::CommonName": {"Type": "String"}, "#, "", 1)
}

/// In the other flows a certificate exists, and its override is for its status.
#[test]
fn a_certificate_that_keeps_its_status_is_not_updated() {
    for (setting, before, left, step, connects) in [
        ("DO_NOTHING", "INACTIVE", "INACTIVE", StepOutcome::Skipped, Answer::Denied),
        ("DO_NOTHING", "PENDING_ACTIVATION", "PENDING_ACTIVATION", StepOutcome::Skipped, Answer::Denied),
        ("DO_NOTHING", "ACTIVE", "ACTIVE", StepOutcome::Done, Answer::Allowed),
        ("REPLACE", "INACTIVE", "ACTIVE", StepOutcome::Done, Answer::Allowed),
    ] {
        let status = r#""Status": "ACTIVE"}"#;
        let overridden = format!(r#"{status}, "OverrideSettings": {{"Status": "{setting}"}}"#);
        let text = for_caller().replacen(status, &overridden, 1);
        let account =
            format!(r#"{{"things": {{}}, "certificates": {{"{ID}": {{"status": "{before}", "policies": []}}}}}}"#);
        let flow = TemplateOptions { flow: Flow::Fleet, ..TemplateOptions::default() };
        let given = DryRunOptions { issuer: None, ..options(&account) };
        let template = Template::with_options(text, &flow);
        let plan = template.dry_run(&certificate("full"), &given);
        let what = format!("{setting} {before}: {}", plan.summary);
        assert_eq!(plan.verdict, Verdict::Provisions, "{what}");
        assert_eq!(plan.steps[5].outcome, step, "{what}");
        assert_eq!(plan.certificate_status.as_deref(), Some(left), "{what}");
        assert_eq!(after(&plan)["certificates"][ID]["status"], left, "{what}");
        let fleet = template.dry_run_fleet(&certificate("full"), &given);
        assert_eq!(fleet.rows[0].connects, plan.access.map(|access| access.connects), "{what}");
        assert_eq!(fleet.rows[0].connects, Some(connects), "{what}");
    }
}

#[test]
fn a_certificate_that_aws_issues_is_there_afterwards() {
    let text = for_caller();
    let flow = TemplateOptions { flow: Flow::Fleet, ..TemplateOptions::default() };
    let template = Template::with_options(text, &flow);
    let given = DryRunOptions { issuer: None, ..options(r#"{"things": {}, "certificates": {}, "policies": {}}"#) };
    let known = after(&template.dry_run(&certificate("full"), &given));
    assert_eq!(known["certificates"][ID]["status"], "ACTIVE");
    assert_eq!(known["certificates"][ID]["policies"], json!(["<hash of the document>"]));
    // Nobody knows the ID of a certificate that was not given.
    let unknown = after(&template.dry_run(b"", &given));
    assert_eq!((&unknown["certificates"], unknown["things"].is_object()), (&Value::Null, true));
}

#[test]
fn two_policies_with_one_document_are_one() {
    let policy =
        template("", "", "").split_once(r#""policy": "#).map(|(_, policy)| policy.to_owned()).expect("a policy");
    let again = format!(r#", "again": {}"#, policy.trim_end().strip_suffix("}}").expect("the end"));
    let template = Template::new(template("", "", &again));
    let plan = plan(&template, r#"{"things": {}, "certificates": {}, "policies": {}}"#);
    assert_eq!(plan.verdict, Verdict::Provisions, "{}", plan.summary);
    let changes = plan.account.as_ref().map(|account| &account.changes).expect("an account");
    let of = |kind: ChangedKind| changes.iter().filter(|change| change.kind == kind).count();
    assert_eq!((of(ChangedKind::Policy), of(ChangedKind::Attachment)), (1, 1), "{changes:?}");
    assert_eq!((plan.steps[2].action, plan.steps[2].more[0].action), ("CreatePolicy", "GetPolicy"));
    assert_eq!(after(&plan)["policies"].as_object().map(serde_json::Map::len), Some(1));
}

#[test]
fn an_empty_value_removes_an_attribute_of_a_thing_that_exists() {
    for (setting, left) in [("MERGE", json!({"b": "1", "c": "3"})), ("REPLACE", json!({"b": "1"}))] {
        let overrides = format!(r#""AttributePayload": "{setting}""#);
        let template = Template::new(template(r#""AttributePayload": {"a": "", "b": "1"}"#, &overrides, ""));
        let had = json!({"things": {"sensor-0001": {"attributes": {"a": "2", "c": "3"}}}, "certificates": {}});
        let planned = plan(&template, &had.to_string());
        assert_eq!(after(&planned)["things"]["sensor-0001"]["attributes"], left, "{setting}");
        // What is there already without it is the same.
        let same = json!({"things": {"sensor-0001": {"attributes": left}}, "certificates": {}});
        assert_eq!(change(&plan(&template, &same.to_string()), ChangedKind::Attributes), ChangeOutcome::Unchanged);
    }
}

#[test]
fn what_differs_from_values_that_nobody_told_is_not_made_up() {
    for (name, members, key, kind, values) in ROWS {
        for setting in ["DO_NOTHING", "REPLACE", "FAIL"] {
            let template = Template::new(template(members, &format!(r#""{name}": "{setting}""#), ""));
            let entries = |thing: Value| {
                let account = json!({"things": {"sensor-0001": thing}, "certificates": {}});
                let told = plan(&template, &account.to_string()).account.expect("an account");
                let found = told.changes.into_iter().find(|change| change.kind == kind);
                found.expect("a change of this kind").entries.len()
            };
            assert_eq!(entries(json!({})), 0, "{name} {setting}: nobody told");
            let [_, different, ..] = values();
            assert_ne!(entries(json!({ key: different })), 0, "{name} {setting}: it is told");
        }
    }
}
