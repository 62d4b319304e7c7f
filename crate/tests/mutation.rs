//! Every valid template, broken in every way of a table: jitp must object with the right code at the right place.
//!
//! `JITP_MUTATION=1 cargo test --test mutation -- --nocapture` prints the findings for each mutation that was missed.

#[path = "mutation/case.rs"]
mod case;
#[path = "mutation/places.rs"]
mod places;
#[path = "mutation/policies.rs"]
mod policies;
#[path = "mutation/shape.rs"]
mod shape;
mod support;
#[path = "mutation/table.rs"]
mod table;
#[path = "mutation/texts.rs"]
mod texts;
#[path = "mutation/tree.rs"]
mod tree;
#[path = "mutation/types.rs"]
mod types;
#[path = "mutation/values.rs"]
mod values;

use case::Case;
use jitp::{Diagnostic, Span, dry_run, validate};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The most places of one kind in a template. More of them are alike.
const SITES: usize = 40;

/// A valid template as data, with its findings before any mutation.
struct Subject {
    name: String,
    case: Case,
    before: Vec<Arc<Diagnostic>>,
}

impl Subject {
    /// A template that gives no error.
    fn read(name: String, text: &str) -> Option<Self> {
        let report = validate(text);
        let case = Case::read(text).filter(|_| report.ok)?;
        let before = validate(&case.root.write().0).diagnostics;
        // The template is written again, which changes only white space.
        let codes = |found: &[Arc<Diagnostic>]| found.iter().map(|one| one.code).collect::<Vec<_>>();
        assert_eq!(codes(&report.diagnostics), codes(&before), "{name}");
        Some(Self { name, case, before })
    }

    /// The findings for a text that this template does not have. If two findings are equal, the one at a mutated place.
    fn news(&self, text: &str, marks: &[Range<usize>]) -> Vec<Arc<Diagnostic>> {
        let mut found = validate(text).diagnostics;
        for old in &self.before {
            let same = |other: &&Arc<Diagnostic>| other.code == old.code && other.message == old.message;
            let elsewhere = found.iter().position(|other| same(&other) && !stands_at(other, marks));
            if let Some(at) = elsewhere.or_else(|| found.iter().position(|other| same(&other))) {
                found.remove(at);
            }
        }
        found
    }
}

fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The project's own valid templates, and near misses that are valid, for JITP.
fn fixtures() -> Vec<Subject> {
    let folder = std::fs::read_dir(support::root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_valid = |name: &String| (name.starts_with("ok-") || name.contains("-not-")) && !name.contains('+');
    paths
        .iter()
        .filter(|path| is_valid(&name(path)))
        .filter_map(|path| Subject::read(name(path), &read(path)))
        .collect()
}

/// Other people's templates for JITP without errors.
fn others() -> Vec<Subject> {
    let Some(corpus) = support::corpus() else { return Vec::new() };
    let index = read(&corpus.join("templates/INDEX.tsv"));
    let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let names = rows.filter(|columns| columns[4].starts_with("jitp-")).map(|columns| columns[0].to_owned());
    names.filter_map(|name| Subject::read(name.clone(), &read(&corpus.join("templates").join(name)))).collect()
}

/// Whether a finding is at one of the mutated places.
fn stands_at(found: &Diagnostic, marks: &[Range<usize>]) -> bool {
    found.span.is_some_and(|span| marks.iter().any(|mark| touches(span, mark)))
}

/// Whether the span covers a mutated place, or is within one.
fn touches(span: Span, mark: &Range<usize>) -> bool {
    let (start, end) = (span.start.offset as usize, span.end.offset as usize);
    (start <= mark.start && mark.end <= end) || (mark.start <= start && end <= mark.end)
}

/// The outcome of one mutation.
#[derive(Default)]
struct Tally {
    applied: usize,
    hit: usize,
    /// Findings besides the expected one.
    noise: usize,
    codes: Vec<&'static str>,
}

#[test]
fn every_mutation_has_a_finding_at_its_place() {
    let subjects: Vec<Subject> = fixtures().into_iter().chain(others()).collect();
    let talkative = std::env::var("JITP_MUTATION").ok();
    let table = table::all();
    let certificate = support::certificate("full");
    let mut names: Vec<&str> = table.iter().map(|mutation| mutation.name.as_str()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two mutations of one name");
    let (mut applied, mut hits, mut noise) = (0, 0, 0);
    let mut missed = Vec::new();
    println!("{} templates, {} named mutations", subjects.len(), table.len());
    for mutation in &table {
        let mut tally = Tally::default();
        for subject in &subjects {
            for site in 0..SITES {
                let mut case = subject.case.at_site(site);
                if !(mutation.change)(&mut case) {
                    break;
                }
                let (text, marks) = case.root.write();
                assert!(!marks.is_empty(), "{}: nothing is marked", mutation.name);
                let mut news = subject.news(&text, &marks);
                let fits = |found: &Arc<Diagnostic>| {
                    mutation.codes.iter().any(|code| code == found.code) && stands_at(found, &marks)
                };
                if !news.iter().any(fits) {
                    // The value of a function is known once a device connects.
                    let plan = dry_run(&text, &certificate, &support::options());
                    news.extend(plan.diagnostics.into_iter().filter(|found| found.code == "JITP040"));
                }
                tally.applied += 1;
                let hit = news.iter().find(|found| fits(found)).filter(|_| !mutation.alone || news.len() == 1);
                if let Some(hit) = hit {
                    tally.hit += 1;
                    tally.noise += news.len() - 1;
                    tally.codes.extend(news.iter().filter(|found| !Arc::ptr_eq(found, hit)).map(|found| found.code));
                }
                let wanted = talkative.as_deref().is_some_and(|word| mutation.name.contains(word));
                if wanted || (talkative.as_deref() == Some("1") && hit.is_none() && tally.applied - tally.hit <= 2) {
                    println!(
                        "{} on {} at {site}: {} marked {marks:?}",
                        mutation.name,
                        subject.name,
                        if hit.is_some() { "hit" } else { "MISS" }
                    );
                    for mark in &marks {
                        let units: Vec<u16> = text.encode_utf16().collect();
                        let cut = String::from_utf16_lossy(&units[mark.clone()]);
                        println!("    marked {}", cut.chars().take(120).collect::<String>());
                    }
                    for found in &news {
                        println!(
                            "    {} {:?} {}",
                            found.code,
                            found.span.map(|span| span.start.offset..span.end.offset),
                            found.message
                        );
                    }
                }
            }
        }
        tally.codes.sort_unstable();
        tally.codes.dedup();
        let beside =
            if tally.noise > 0 { format!("+{} {}", tally.noise, tally.codes.join(" ")) } else { String::new() };
        println!(
            "{:5} {:5} {:60} {} {beside}",
            tally.applied,
            tally.hit,
            mutation.name,
            if tally.hit < tally.applied { "MISSED" } else { "" }
        );
        if tally.hit < tally.applied || tally.applied == 0 {
            missed.push(format!("{} ({} of {})", mutation.name, tally.hit, tally.applied));
        }
        applied += tally.applied;
        hits += tally.hit;
        noise += tally.noise;
    }
    println!("{hits} of {applied} mutations hit; {noise} findings beside");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
