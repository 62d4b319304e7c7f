//! Adding a Deny never allows, adding an Allow never denies, order does not matter, and what is missing decides when it is given.

use super::policies::{ACCOUNT, REGION, context, document, request, statement, statements, value};
use super::support::dice::{Dice, cases};
use jitp::TemplateOptions;
use jitp::access::{
    Answer, CertificateValues, CompiledPolicy, Decision, Device, DeviceLocation, DeviceRequest, DeviceThing, Missing,
    MissingKind, RequestContext, read_policy,
};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// The last arcs of the attributes `2.5.4.n`.
const COMMON_NAME: u8 = 3;
const COUNTRY: u8 = 6;

fn compiled(name: &str, document: &Value) -> Arc<CompiledPolicy> {
    Arc::new(read_policy(name.into(), document.to_string().as_bytes(), &TemplateOptions::default()).policy)
}

fn certificate() -> CertificateValues {
    let name = |arc, value: &str| (arc, Box::from(value));
    CertificateValues {
        certificate_id: Some("1f".repeat(32).into()),
        subject: vec![name(COMMON_NAME, "lamp-7"), name(COUNTRY, "DE"), name(COUNTRY, "a, b")],
        issuer: Some(vec![name(COMMON_NAME, "Lumen CA")]),
        others: Some(Vec::new()),
    }
}

/// A device, some of whose values nobody knows, and its policies, each a list of statements.
fn device(dice: &mut Dice) -> (Device, Vec<Vec<Value>>) {
    let policies: Vec<_> = (0..=dice.roll(3)).map(|_| statements(dice)).collect();
    let some = |dice: &mut Dice| dice.roll(10) > 0;
    let mut device = Device::default();
    device.facts.certificate = some(dice).then(certificate);
    if let Some(certificate) = device.facts.certificate.as_mut().filter(|_| dice.roll(3) == 0) {
        (certificate.certificate_id, certificate.issuer) = (None, None);
    }
    device.facts.thing = some(dice).then(|| DeviceThing {
        name: "lamp-7".into(),
        type_name: (dice.roll(2) == 0).then(|| "lamp".into()),
        attributes: vec![("site".into(), "hall".into())],
        exclusive: dice.roll(4) == 0,
        attached: dice.roll(8) > 0,
    });
    let known = |dice: &mut Dice, text: &str| some(dice).then(|| text.into());
    device.facts.location =
        DeviceLocation { partition: Some("aws".into()), region: known(dice, REGION), account: known(dice, ACCOUNT) };
    if dice.roll(6) == 0 {
        device.unseen = vec!["Guardrails".into()];
    }
    if dice.roll(6) == 0 {
        device.groups = vec!["hall-lamps".into()];
    }
    (device, policies)
}

/// What a device with these policies may do.
fn ask(device: &Device, policies: &[Vec<Value>], request: &DeviceRequest, context: &RequestContext) -> Decision {
    let policies = policies.iter().enumerate();
    let policies = policies.map(|(index, statements)| compiled(&format!("policy {index}"), &document(statements)));
    Device { policies: policies.collect(), ..device.clone() }.can(request, context)
}

fn shuffle<T>(dice: &mut Dice, list: &mut [T]) {
    for index in (1..list.len()).rev() {
        list.swap(index, dice.roll(index + 1));
    }
}

/// From the answer that opens least to the one that opens most.
fn openness(decision: &Decision) -> u8 {
    match decision.answer {
        Answer::Denied => 0,
        Answer::Unknown => 1,
        Answer::Allowed => 2,
    }
}

/// Gives a device, or its request, something that was missing.
fn give(missing: &Missing, device: &mut Device, context: &mut RequestContext, dice: &mut Dice) {
    let name = &*missing.name;
    match missing.kind {
        MissingKind::Value => {
            let has = context.values.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
            assert!(!has, "{name} was given");
            context.values.push((name.to_owned(), vec![value(dice, name)]));
        }
        MissingKind::Policy => {
            assert!(device.unseen.iter().any(|unseen| **unseen == *name), "{name} is not one of the unseen");
            device.unseen.retain(|unseen| **unseen != *name);
            device.policies.push(compiled(name, &document(&statements(dice))));
        }
        MissingKind::Unreadable => {
            let given = device.policies.iter_mut().chain(&mut device.group_policies);
            let mut torn = given.filter(|policy| *policy.name == *name && !policy.is_readable).peekable();
            assert!(torn.peek().is_some(), "{name} is not one of the unreadable");
            torn.for_each(|policy| *policy = compiled(name, &document(&statements(dice))));
        }
        MissingKind::Group => {
            assert!(device.groups.iter().any(|group| **group == *name), "{name} is not one of the groups");
            device.groups.retain(|group| **group != *name);
            device.group_policies.push(compiled(name, &document(&statements(dice))));
        }
        MissingKind::Option => match name {
            "region" => assert_eq!(device.facts.location.region.replace(REGION.into()), None),
            "accountId" => assert_eq!(device.facts.location.account.replace(ACCOUNT.into()), None),
            "clientId" => assert_eq!(context.client_id.replace("lamp-7".to_owned()), None),
            "thingNameHeader" => assert_eq!(context.thing_name_header.replace("lamp-7".to_owned()), None),
            "certificate" => {
                assert_ne!(device.facts.certificate, Some(certificate()), "the whole certificate was given");
                device.facts.certificate = Some(certificate());
            }
            other => panic!("an option {other}"),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..cases(4_000) })]

    #[test]
    fn a_deny_never_allows_and_an_allow_never_denies(seed in any::<u64>()) {
        let mut dice = Dice::seeded(seed);
        let (device, policies) = device(&mut dice);
        let (request, context) = (request(&mut dice), context(&mut dice));
        let before = ask(&device, &policies, &request, &context);
        for (effect, opens) in [("Deny", false), ("Allow", true)] {
            let mut more = policies.clone();
            let added = statement(&mut dice, effect);
            let policy = dice.roll(more.len() + 1);
            match more.get_mut(policy) {
                Some(statements) => statements.insert(dice.roll(statements.len() + 1), added),
                None => more.push(vec![added]),
            }
            let after = ask(&device, &more, &request, &context);
            let fits = if opens { openness(&after) >= openness(&before) } else { openness(&after) <= openness(&before) };
            prop_assert!(fits, "{effect} added: {:?} to {:?}\n{request:?}\n{more:?}", before, after);
        }
    }

    #[test]
    fn the_order_of_policies_and_statements_does_not_matter(seed in any::<u64>()) {
        let mut dice = Dice::seeded(seed);
        let (device, mut policies) = device(&mut dice);
        let (request, context) = (request(&mut dice), context(&mut dice));
        let facts = |decision: Decision| {
            let mut missing = decision.missing;
            missing.sort();
            (decision.answer, decision.denial, missing, decision.broker)
        };
        let before = facts(ask(&device, &policies, &request, &context));
        shuffle(&mut dice, &mut policies);
        policies.iter_mut().for_each(|statements| shuffle(&mut dice, statements));
        let after = facts(ask(&device, &policies, &request, &context));
        prop_assert_eq!(before, after, "{:?}\n{:?}", request, policies);
    }

    #[test]
    fn an_unknown_answer_is_decided_when_what_is_missing_is_given(seed in any::<u64>()) {
        let mut dice = Dice::seeded(seed);
        let (mut device, policies) = device(&mut dice);
        let (request, mut context) = (request(&mut dice), context(&mut dice));
        let policies = policies.iter().enumerate();
        device.policies = policies.map(|(index, list)| compiled(&format!("policy {index}"), &document(list))).collect();
        let mut decision = device.can(&request, &context);
        // Each thing that is given can ask for others: a policy for the values of its conditions.
        for _ in 0..20 {
            if decision.missing.is_empty() {
                break;
            }
            prop_assert_eq!(decision.answer, Answer::Unknown, "only an open answer misses something: {:?}", decision);
            for missing in &decision.missing {
                give(missing, &mut device, &mut context, &mut dice);
            }
            decision = device.can(&request, &context);
        }
        prop_assert!(decision.missing.is_empty(), "{:?}", decision);
        prop_assert!(
            decision.answer != Answer::Unknown || decision.cause == Some(jitp::access::AccessCause::Undecided),
            "{:?}\n{:?}", decision, request
        );
    }
}

#[test]
fn the_laws_meet_every_answer() {
    let mut counts = [0; 3];
    for seed in 0..1_000 {
        let mut dice = Dice::seeded(seed * 7_919 + 1);
        let (device, policies) = device(&mut dice);
        counts[usize::from(openness(&ask(&device, &policies, &request(&mut dice), &context(&mut dice))))] += 1;
    }
    assert!(counts.iter().all(|count| *count > 50), "denied, unknown, allowed: {counts:?}");
}
