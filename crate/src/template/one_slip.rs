//! Several findings that come of one slip: a key in a wrong place, a level too many, a level that is missing. Whatever one such change of
//! the text would make right is tried, and judged as any text is. Where that takes findings away and brings none, they are one finding,
//! and the change is its fix.

use super::Template;
use super::flow::TemplateOptions;
use super::judge::{Given, Judge, resolve};
use super::keys::quoted;
use super::other_flow::CERTIFICATE_KEYS;
use super::parts::{Part, Role, called, fits, is_plain, is_setting, parts, read};
use crate::diagnostic::{Diagnostic, Edits, Finding, Severity};
use crate::limits;
use crate::rules;
use crate::source::{At, Member, Node, Place, Sources, quote, write_compact};
use std::sync::Arc;

/// So many changes are tried.
const TRIES: usize = 32;
/// With more findings than these, one slip is not the cause.
const MOST_FINDINGS: usize = 48;
/// A longer text is not tried again and again: AWS takes no body of a third of this length, and escapes are few.
const LONGEST: usize = 4 * limits::TEMPLATE_BODY;

/// The rules about how a text is written, not about what it says.
const ABOUT_THE_TEXT: [&str; 4] = ["JITP001", "JITP011", "JITP012", "JITP065"];

/// The rules that a key breaks in a wrong place.
const STRUCTURE: [&str; 21] = [
    "JITP004", "JITP005", "JITP006", "JITP010", "JITP014", "JITP030", "JITP031", "JITP033", "JITP034", "JITP036",
    "JITP040", "JITP043", "JITP044", "JITP050", "JITP051", "JITP052", "JITP056", "JITP057", "JITP062", "JITP092",
    "JITP093",
];

/// One change of the text, and what to say of it.
struct Change {
    place: Place,
    message: String,
    title: String,
    edits: Edits,
    kind: Kind,
    /// Whether it makes sense only where Fn::FindInMap finds something by it.
    is_looked_up: bool,
}

/// What a change does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Moves a member.
    Move,
    /// Takes a level out.
    Out,
    /// Puts a level around members.
    Around,
}

/// What is left to say where one change was made.
struct Outcome {
    change: Change,
    /// The text as it would be, without white space.
    text: String,
    /// Which of the findings go, by their places in the list.
    gone: Vec<usize>,
    errors: usize,
    left: usize,
}

/// Puts one finding in the place of those that one change of the text takes away.
#[cold]
pub fn gather(judge: &Judge, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let worth = found.len() > 1 || found.iter().any(|found| is_open(judge, found));
    let source = judge.sources.text(0);
    if !worth
        || found.len() > MOST_FINDINGS
        || source.len() > LONGEST
        || judge.is_trial
        || judge.redacted
        || judge.is_unreadable()
    {
        return found;
    }
    let mut sources = Sources::new(source);
    let Some(root) = read(&mut sources, 0) else { return found };
    let parts = parts(&mut sources, &root);
    let mut tried: Vec<Outcome> = Vec::new();
    for change in changes(&sources, &parts) {
        let Some(outcome) = outcome(judge, &sources, &found, change) else { continue };
        if tried.iter().all(|other| other.text != outcome.text) {
            tried.push(outcome);
        }
    }
    let Some(best) = tried.iter().map(|outcome| (outcome.errors, outcome.left)).min() else { return found };
    tried.retain(|outcome| (outcome.errors, outcome.left) == best);
    // Taking a level out keeps all others; of two of which either can go, the outer one has the name that was chosen.
    const CHOICES: usize = 4;
    if let Some(level) = tried.iter().rposition(|outcome| outcome.change.kind == Kind::Out) {
        tried = vec![tried.swap_remove(level)];
    }
    if tried.len() > CHOICES {
        return found;
    }
    let body = parts.iter().find(|part| part.role == Role::Body).map(|part| &part.node);
    say(&sources, body, found, tried)
}

/// Whether a finding may come of a key in a wrong place, and nobody has said yet what to do about it, or only to write anew what is there
/// already. What can be done about a text that is not JSON, its diagnostics do not say.
fn is_open(judge: &Judge, found: &Diagnostic) -> bool {
    let adds = ["JITP005", "JITP033", "JITP034", "JITP052"].contains(&found.code);
    let is_own = |own: &&Finding| own.rule.code == found.code && own.message == found.message;
    let is_mended = || judge.findings().iter().find(is_own).is_some_and(Finding::has_mend);
    STRUCTURE.contains(&found.code) && (adds || !is_mended())
}

/// Judges the text as a change makes it; nothing where that is no better.
fn outcome(judge: &Judge, sources: &Sources, found: &[Diagnostic], change: Change) -> Option<Outcome> {
    let text = sources.edited(&change.edits)?;
    let after = judged(&text, &judge.options, judge.given);
    // A text that is not JSON is written out for the trial, and still is not JSON.
    let is_kept = |at: &usize| !ABOUT_THE_TEXT.contains(&found[*at].code);
    let mut gone: Vec<usize> = (0..found.len()).filter(is_kept).collect();
    let (mut errors, mut left, mut new) = (0, 0, 0);
    for other in after.iter().filter(|other| !ABOUT_THE_TEXT.contains(&other.code)) {
        let is_serious = other.severity != Severity::Hint;
        left += usize::from(is_serious);
        match gone.iter().position(|at| found[*at].code == other.code && found[*at].message == other.message) {
            Some(same) => {
                gone.remove(same);
                errors += usize::from(other.severity == Severity::Error);
            }
            None if other.severity == Severity::Error => return None,
            // What could not be read before may have its own warnings.
            None => new += usize::from(is_serious),
        }
    }
    let serious: Vec<usize> = gone.iter().copied().filter(|at| found[*at].severity != Severity::Hint).collect();
    let explains = match serious[..] {
        [] => false,
        [one] => new == 0 && is_open(judge, &found[one]),
        _ => new + 1 < serious.len() && serious.iter().any(|at| STRUCTURE.contains(&found[*at].code)),
    };
    // A key with a slip of its own has one level, and its own.
    let start = sources.locate(change.place).start;
    let is_misspelt =
        |at: &usize| found[*at].code == "JITP005" && found[*at].span.is_some_and(|span| span.start == start);
    let is_misspelt = |at: &usize| change.kind != Kind::Move && is_misspelt(at);
    let is_missed = |at: &usize| found[*at].code == "JITP040";
    if !explains || gone.iter().any(is_misspelt) || change.is_looked_up && !gone.iter().any(is_missed) {
        return None;
    }
    let compact = Sources::new(&text).parse(0).map(|root| write_compact(&root, &text)).ok()?;
    Some(Outcome { change, text: compact, gone, errors, left })
}

fn judged(text: &str, options: &TemplateOptions, given: Given) -> Vec<Arc<Diagnostic>> {
    let mut judge = Judge::new(text.as_bytes(), options);
    judge.given = given;
    judge.is_trial = true;
    Template::judged(judge).report.diagnostics
}

/// The findings with one in the place of those that a change takes away; where several changes do, a person has to choose.
fn say(sources: &Sources, body: Option<&Node>, mut found: Vec<Diagnostic>, tried: Vec<Outcome>) -> Vec<Diagnostic> {
    let Some(first) = tried.first() else { return found };
    let place = sources.locate(first.change.place);
    // The rule that is broken most, and of several the one at the place.
    let worst = first.gone.iter().map(|at| &found[*at]).min_by_key(|gone| {
        let is_elsewhere = gone.span.is_none_or(|span| span.start != place.start);
        (std::cmp::Reverse(gone.severity == Severity::Error), is_elsewhere)
    });
    let Some(worst) = worst.cloned() else { return found };
    let Some(rule) = rules::by_code(worst.code) else { return found };
    let mut gone = first.gone.clone();
    // Of two changes with the same words nobody can tell which is which.
    let is_twice = |one: &Outcome| tried.iter().filter(|other| other.change.title == one.change.title).count() > 1;
    if tried.iter().any(is_twice) {
        return found;
    }
    let is_alone = tried.len() == 1;
    let mut finding = Finding::new(rule, first.change.place, first.change.message.clone());
    for Outcome { change, .. } in tried {
        finding = if is_alone {
            finding.fix_all(change.title, change.edits)
        } else {
            finding.choice(change.title, change.edits)
        };
    }
    let mut new = resolve(&finding, sources, body);
    if !is_alone {
        // Nobody knows which was meant.
        new = Diagnostic { fix: None, choices: new.choices, ..worst };
    }
    while let Some(at) = gone.pop() {
        found.remove(at);
    }
    let at = found.iter().position(|other| other.span > new.span).unwrap_or(found.len());
    found.insert(at, new);
    found
}

/// The changes that may make the text right.
fn changes(sources: &Sources, parts: &[Part]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        wraps(sources, parts, at, &mut changes);
        for member in members(part) {
            let is_own = match part.role {
                Role::Payload => member.key != "templateBody",
                Role::Overrides => is_setting(&member.key),
                role => fits(role, member),
            };
            if !is_own {
                moves(sources, parts, at, member, &mut changes);
            }
            flatten(sources, parts, at, member, &mut changes);
        }
        if changes.len() > TRIES {
            changes.truncate(TRIES);
            break;
        }
    }
    changes
}

fn members(part: &Part) -> &[Member] {
    part.node.as_object().unwrap_or_default()
}

/// Moves a member to each part that it fits into and that lacks it.
fn moves(sources: &Sources, parts: &[Part], from: usize, member: &Member, changes: &mut Vec<Change>) {
    for (to, target) in parts.iter().enumerate() {
        // Anything fits into a payload; a value has one function.
        if to == from
            || target.role == Role::Payload
            || !fits(target.role, member)
            || target.node.get(&member.key).is_some()
            || target.node.place == member.value.place
        {
            continue;
        }
        let add = sources.slot(&target.node, At::Back).fill(&member.key, sources.slice(member.value.place));
        changes.push(Change {
            place: member.key_place,
            message: format!(
                "{} belongs in {}, not in {}.",
                quoted(&member.key),
                called(parts, to),
                called(parts, from)
            ),
            title: format!("Move {} to {}", member.key, called(parts, to)),
            edits: vec![sources.remove_member(&parts[from].node, member), add],
            kind: Kind::Move,
            is_looked_up: target.role.is_free(),
        });
    }
}

/// Puts what a member holds in the place of the member.
fn flatten(sources: &Sources, parts: &[Part], at: usize, member: &Member, changes: &mut Vec<Change>) {
    let part = &parts[at];
    let own = members(part);
    // The one key of an object is the key that the object stands under, or the object stands around a function.
    let inner = parts.iter().find(|inner| inner.parent == Some(at) && inner.name == member.key);
    let is_call = part.role == Role::Other && member.value.as_object().is_some() && is_plain(&member.value);
    if part.role.is_free() && own.len() > 1 {
        return;
    }
    let edits = if own.len() == 1 && (member.key == part.name || is_call && !member.key.starts_with("Fn::")) {
        // A text in a text stays one text.
        let kept =
            inner.filter(|inner| inner.is_text && part.is_text).map_or(member.value.place, |inner| inner.node.place);
        vec![(part.node.place, sources.slice(kept).to_owned())]
    } else {
        let Some(inner) = inner else { return };
        let role = |inner: &Member| {
            fits(part.role, inner)
                || part.parent.is_none()
                    && [Role::Body, Role::Envelope, Role::CaEnvelope].iter().any(|role| fits(*role, inner))
        };
        let content = members(inner);
        let is_new = |inner: &Member| own.iter().all(|other| other.key != inner.key || other.key == member.key);
        // An attribute with one thing inside may have been meant as a value.
        let is_value = part.role == Role::Payload && content.len() == 1;
        if is_value
            || part.role == Role::Other
            || fits(part.role, member)
            || content.is_empty()
            || !content.iter().all(|inner| role(inner) && is_new(inner))
        {
            return;
        }
        vec![(member.place(), between(sources, content))]
    };
    changes.push(Change {
        place: member.key_place,
        message: format!("{} in {} is one level too many.", quoted(&member.key), called(parts, at)),
        title: format!("Take out the level {}", quoted(&member.key)),
        edits,
        kind: Kind::Out,
        is_looked_up: part.role.is_free() && part.role != Role::Payload,
    });
}

/// The text of a run of members, with the commas between them.
fn between(sources: &Sources, run: &[Member]) -> String {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return String::new() };
    sources.slice(Place { end: last.value.place.end, ..first.key_place }).to_owned()
}

/// Puts the level around members that is missing there.
fn wraps(sources: &Sources, parts: &[Part], at: usize, changes: &mut Vec<Change>) {
    let part = &parts[at];
    let levels: &[(&str, Role)] = match part.role {
        Role::Envelope => &[("templateBody", Role::Body), ("parameters", Role::Payload)],
        Role::CaEnvelope => &[("registrationConfig", Role::Envelope)],
        Role::Body => &[("Parameters", Role::Parameters), ("Resources", Role::Resources), ("Mappings", Role::Mappings)],
        Role::Parameters => &[("", Role::Declaration)],
        Role::Resources => &[("", Role::Resource)],
        Role::Resource => &[("Properties", Role::Properties), ("OverrideSettings", Role::Overrides)],
        Role::Properties => &[("PolicyDocument", Role::Policy), ("AttributePayload", Role::Payload), ("", Role::Other)],
        Role::Policy => &[("Statement", Role::Statement)],
        Role::Mappings => &[("", Role::Map)],
        Role::Map => &[("", Role::Entry)],
        _ => &[],
    };
    for (key, role) in levels {
        let own = |member: &&Member| match role {
            Role::Other => super::expression::is_function(&member.key),
            _ => !fits(part.role, member) && fits(*role, member) && !super::expression::is_function(&member.key),
        };
        let run: Vec<&Member> = members(part).iter().filter(own).collect();
        let ([first, ..], true) = (&run[..], part.node.get(key).is_none()) else { continue };
        for (key, words) in names(parts, at, *role, key, &run) {
            let inner = run.iter().map(|member| sources.slice(member.place())).collect::<Vec<_>>().join(", ");
            let mut value = format!("{{{inner}}}");
            if matches!(role, Role::Body | Role::Policy) {
                value = quote(&value);
            }
            let mut edits = sources.remove_members(&part.node, &|member| {
                member.key_place != first.key_place && run.iter().any(|own| own.key_place == member.key_place)
            });
            edits.insert(0, (first.place(), format!("{}: {value}", quote(&key))));
            let keys: Vec<String> = run.iter().take(3).map(|member| quoted(&member.key)).collect();
            let more = if run.len() > 3 { ", …" } else { "" };
            let verb = if run.len() == 1 { "belongs" } else { "belong" };
            changes.push(Change {
                place: first.key_place,
                message: format!(
                    "{}{more} {verb} inside {words}, not in {} itself.",
                    keys.join(", "),
                    called(parts, at)
                ),
                title: format!("Put {} around", quoted(&key)),
                edits,
                kind: Kind::Around,
                is_looked_up: matches!(role, Role::Map | Role::Entry),
            });
        }
    }
}

/// The keys that a missing level can have, each with words for it.
fn names(parts: &[Part], at: usize, role: Role, key: &str, run: &[&Member]) -> Vec<(String, String)> {
    let part = &parts[at];
    let has = |key: &str| part.node.get(key).is_some();
    match role {
        Role::Declaration => {
            let body = part.parent.map(|body| &parts[body].node);
            let undeclared = body.and_then(|body| undeclared(body, &part.node));
            undeclared.map(|name| (name.clone(), format!("the declaration of {}", quoted(&name)))).into_iter().collect()
        }
        Role::Resource => {
            let kind = run.iter().find(|member| member.key == "Type").and_then(|member| member.value.as_str());
            let name = kind.and_then(|kind| kind.rsplit(':').next()).unwrap_or("resource").to_ascii_lowercase();
            let name = if has(&name) { format!("another-{name}") } else { name };
            vec![(name, "a resource with a name".to_owned())]
        }
        Role::Map | Role::Entry => {
            let body = parts.iter().find(|part| part.role == Role::Body).map(|part| &part.node);
            let mut found = Vec::new();
            body.into_iter().for_each(|body| looked_up(body, usize::from(role == Role::Entry), &mut found));
            found.into_iter().map(|name| (name.clone(), quoted(&name))).collect()
        }
        Role::Other => {
            let keys = ["ThingName", "PolicyName", "CertificateId"]
                .into_iter()
                .chain(CERTIFICATE_KEYS)
                .filter(|key| !has(key));
            keys.map(|key| (key.to_owned(), key.to_owned())).collect()
        }
        _ => {
            // CloudFormation begins them with a capital letter.
            let key = match key {
                "templateBody" if has("RoleArn") || has("ProvisioningRoleArn") => "TemplateBody",
                "registrationConfig" if has("CACertificatePem") || has("AutoRegistrationStatus") => {
                    "RegistrationConfig"
                }
                key => key,
            };
            vec![(key.to_owned(), key.to_owned())]
        }
    }
}

/// The one name that a Ref has and no parameter.
fn undeclared(body: &Node, declared: &Node) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        open.extend(node.as_array().unwrap_or_default());
        for member in node.as_object().unwrap_or_default() {
            let name = member.value.as_str().filter(|name| member.key == "Ref" && declared.get(name).is_none());
            names.extend(name);
            open.push(&member.value);
        }
    }
    let name = *names.first()?;
    names.iter().all(|other| *other == name).then(|| name.to_owned())
}

/// The names that Fn::FindInMap has at one level, each once.
fn looked_up(node: &Node, level: usize, found: &mut Vec<String>) {
    for member in node.as_object().unwrap_or_default() {
        let keys = member.value.as_array().filter(|_| member.key == "Fn::FindInMap").unwrap_or_default();
        if let Some(name) =
            keys.get(level).and_then(Node::as_str).filter(|name| !found.iter().any(|other| other == name))
        {
            found.push(name.to_owned());
        }
        looked_up(&member.value, level, found);
    }
    node.as_array().unwrap_or_default().iter().for_each(|element| looked_up(element, level, found));
}
