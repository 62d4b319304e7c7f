//! Helpers of the tests: the places of the fixtures and the corpus, and a report and a plan as text.

#![allow(dead_code, reason = "each test takes what it needs")]

pub mod authorities;
pub mod dice;
pub mod doubling;
pub mod escape;
pub mod existing;
pub mod verify;

use jitp::{Diagnostic, DryRunOptions, Plan, Span, Template, ValidationReport};
use std::fmt::Write;
use std::path::PathBuf;

/// The time of the connection in all tests: 2026-11-23T12:00:00Z.
pub const NOW: i64 = 1_795_435_200;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The corpus of cases that other people wrote, if it exists. Otherwise a line says so.
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("JITP_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("the corpus is not there: own fixtures only");
    None
}

pub fn certificate(name: &str) -> Vec<u8> {
    let path = root().join("tests/fixtures/certificates").join(format!("{name}.pem"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A subject without a certificate.
pub fn subject(name: &str) -> String {
    let path = root().join("tests/fixtures/subjects").join(format!("{name}.subject"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn options() -> DryRunOptions {
    DryRunOptions { region: Some("eu-west-1".to_owned()), now: Some(NOW), ..DryRunOptions::default() }
}

/// The characters of a span by its UTF-16 offsets, as in an editor.
pub fn cut(source: &str, span: Span) -> String {
    let units: Vec<u16> = source.encode_utf16().collect();
    String::from_utf16_lossy(&units[span.start.offset as usize..span.end.offset as usize])
}

/// A text with the edits of a fix applied.
pub fn apply(source: &str, fix: &jitp::Fix) -> String {
    let mut units: Vec<u16> = source.encode_utf16().collect();
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start.offset));
    for edit in edits {
        let range = edit.span.start.offset as usize..edit.span.end.offset as usize;
        units.splice(range, edit.text.encode_utf16());
    }
    String::from_utf16_lossy(&units)
}

/// A report for a person to read, every span with the characters that it covers.
pub fn render_report(source: &str, report: &ValidationReport) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {}", json_word(&report.kind), if report.ok { "ok" } else { "not ok" });
    let _ = writeln!(out, "size {} of {}", report.size.template_body, report.size.limit);
    for (word, names) in [
        ("parameters", report.parameters.clone()),
        ("resources", report.resources.iter().map(|resource| resource.logical_name.clone()).collect()),
    ] {
        if !names.is_empty() {
            let _ = writeln!(out, "{word} {}", names.join(", "));
        }
    }
    report.diagnostics.iter().for_each(|diagnostic| render_diagnostic(source, diagnostic, &mut out));
    out
}

/// A plan for a person to read, with only its own diagnostics.
pub fn render_plan(source: &str, template: &Template, plan: &Plan) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}: {}", json_word(&plan.verdict), plan.summary);
    for parameter in &plan.parameters {
        let value = parameter.value.as_deref().unwrap_or("-");
        let _ = writeln!(out, "  {} = {value} ({})", parameter.name, json_word(&parameter.origin));
    }
    for step in &plan.steps {
        let _ = writeln!(out, "  {} {} {}: {}", step.number, json_word(&step.outcome), step.action, step.detail);
        for call in &step.more {
            let _ = writeln!(out, "      {}", call.action);
        }
        if !step.diagnostics.is_empty() {
            let _ = writeln!(out, "      stopped by {}", step.diagnostics.join(", "));
        }
    }
    for needed in &plan.preconditions {
        let _ = writeln!(out, "  needs {} {}", needed.kind, needed.arn);
    }
    let own = &plan.diagnostics[template.report().diagnostics.len()..];
    own.iter().for_each(|diagnostic| render_diagnostic(source, diagnostic, &mut out));
    out
}

/// Diagnostics that have no place in a template.
pub fn render_diagnostics<'a>(diagnostics: impl IntoIterator<Item = &'a std::sync::Arc<Diagnostic>>) -> String {
    let mut out = String::new();
    diagnostics.into_iter().for_each(|diagnostic| render_diagnostic("", diagnostic, &mut out));
    out
}

fn render_diagnostic(source: &str, diagnostic: &Diagnostic, out: &mut String) {
    let short = |text: String| {
        if text.chars().count() > 80 { format!("{}…", text.chars().take(80).collect::<String>()) } else { text }
    };
    let _ = write!(
        out,
        "{} {} {} {}",
        diagnostic.code,
        json_word(&diagnostic.severity),
        json_word(&diagnostic.phase),
        json_word(&diagnostic.basis)
    );
    if let Some(span) = diagnostic.span {
        let _ = write!(out, " {}:{} {:?}", span.start.line, span.start.column, short(cut(source, span)));
    }
    if let Some(path) = &diagnostic.path {
        let _ = write!(out, " at {path:?}");
    }
    let _ = writeln!(out, "\n    {}", diagnostic.message);
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "    help: {help}");
    }
    for related in &diagnostic.related {
        let _ = writeln!(out, "    see {}:{} {}", related.span.start.line, related.span.start.column, related.message);
    }
    if let Some(fix) = &diagnostic.fix {
        let texts: Vec<String> = fix.edits.iter().map(|edit| short(edit.text.clone())).collect();
        let _ = writeln!(out, "    fix: {}: {}", fix.title, texts.join(" + "));
    }
    for choice in &diagnostic.choices {
        let texts: Vec<String> = choice.edits.iter().map(|edit| short(edit.text.clone())).collect();
        let _ = writeln!(out, "    choice: {}: {}", choice.title, texts.join(" + "));
    }
}

/// A value as in JSON, without its quotes.
pub fn json_word(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}
