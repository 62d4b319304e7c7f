//! Cases from public reports, if the corpus exists. Its LOG.tsv says what happened in reality, and a snapshot has
//! jitp's findings. The snapshot names rules and verdicts, but has no text from the reports.

mod support;

use jitp::authority::check_issuer;
use jitp::{DryRunOptions, Template, read_certificates};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use support::verify::verdicts;
use support::{corpus, json_word};

/// The devices for which every template is planned.
const DEVICES: [&str; 4] =
    ["00-device-all-subject-fields", "00-device-cn-only", "00-device-cn-dev", "15-device-empty-subject-values"];

/// 2026-12-01T00:00:00Z: every certificate of the folder that is not expired is valid by then.
const LATER: i64 = 1_796_083_200;

fn options() -> DryRunOptions {
    DryRunOptions { now: Some(LATER), ..support::options() }
}

/// The codes in order, each once, with its count.
fn counted<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for code in codes {
        match counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    let times =
        |(code, count): &(&str, usize)| if *count > 1 { format!(" {code} ×{count}") } else { format!(" {code}") };
    counts.iter().map(times).collect()
}

fn folder() -> Option<PathBuf> {
    Some(corpus()?.join("field")).filter(|folder| folder.is_dir())
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text(path: &Path) -> String {
    String::from_utf8_lossy(&read(path)).into_owned()
}

/// Files of the folder with one of these endings, by name.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of the corpus");
    let ends = |path: &PathBuf| path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(ends).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[test]
fn templates_are_checked_as_reviewed() {
    let Some(folder) = folder() else { return };
    let mut checked = String::new();
    for path in files(&folder, &["json", "tf", "yaml", "ts"]) {
        let source = text(&path);
        let template = Template::new(&source);
        let report = template.report();
        let _ = writeln!(
            checked,
            "{}: {}, {}",
            name(&path),
            json_word(&report.kind),
            if report.ok { "ok" } else { "not ok" }
        );
        for found in &report.diagnostics {
            let at = found.path.as_ref().map_or(String::new(), |path| format!(" at {path:?}"));
            let fix = match (&found.fix, found.choices.len()) {
                (Some(_), _) => ", with a fix".to_owned(),
                (None, 0) => String::new(),
                (None, choices) => format!(", with {choices} choices"),
            };
            let _ = writeln!(
                checked,
                "    {} {} {}{at}{fix}",
                found.code,
                json_word(&found.severity),
                json_word(&found.basis)
            );
        }
        for device in DEVICES {
            let plan = template.dry_run(&read(&folder.join(format!("{device}.pem"))), &options());
            let own = counted(plan.diagnostics[report.diagnostics.len()..].iter().map(|found| found.code));
            let stop = plan.stopped_at.map_or(String::new(), |step| format!(" at step {step}"));
            let _ = writeln!(checked, "  {device}: {}{stop}{own}", json_word(&plan.verdict));
        }
    }
    insta::assert_snapshot!(checked);
}

#[test]
fn certificates_are_checked_as_reviewed() {
    let Some(folder) = folder() else { return };
    let mut checked = String::new();
    for path in files(&folder, &["pem"]) {
        let _ = writeln!(checked, "{}", name(&path));
        for entry in read_certificates(&read(&path), Some(LATER)) {
            for found in entry.diagnostics.iter().flatten() {
                let _ = writeln!(checked, "    {} {}: {}", found.code, json_word(&found.severity), found.message);
            }
        }
    }
    insta::assert_snapshot!(checked);
}

/// A device's certificate with the CA to register: whether it provisions.
#[test]
fn authorities_are_checked_as_reviewed() {
    let Some(folder) = folder() else { return };
    let template = Template::new(text(&folder.join("11b-quotes-escaped-named-policy-fine.json")));
    let mut checked = String::new();
    for (device, ca) in [
        ("00-device-cn-only", "00-ca"),
        ("17-device", "17-ca-without-basic-constraints"),
        ("47-device-v1-from-openssl-x509-req", "18-ca-version-1-p256"),
        ("00-device-cn-only", "17-ca-without-basic-constraints"),
    ] {
        let pem = |name: &str| read(&folder.join(format!("{name}.pem")));
        let (device_pem, ca_pem) = (pem(device), pem(ca));
        let check = check_issuer(&device_pem, &ca_pem, &verdicts(&device_pem, &ca_pem), Some(LATER));
        let plan = template.dry_run(&device_pem, &DryRunOptions { issuer: Some(check), ..options() });
        let codes = counted(plan.diagnostics.iter().map(|found| found.code));
        let stop = plan.stopped_at.map_or(String::new(), |step| format!(" at step {step}"));
        let _ = writeln!(checked, "{device} × {ca}: {}{stop}{codes}", json_word(&plan.verdict));
    }
    insta::assert_snapshot!(checked);
}
