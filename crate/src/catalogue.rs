//! The catalogue as people read it: docs/rules.md and the npm package's `rules()`, both made from the rows in
//! [`rules`](mod@crate::rules).
//!
//! Not part of the wasm: the npm package carries the catalogue as JavaScript.

use crate::flow::Flow;
use crate::rules::{Basis, CatalogueEntry, ExampleScope, GROUPS, Phase, Severity, sources};
use serde::Serialize;
use std::fmt::Write;

const OPENING: &str = "\
# The rules

Every finding of jitp belongs to one of these rules, and its `url` links to the rule on this page. `cargo xtask docs` generates the page from
the rows in `crate/src/rules/`. Every example is tested: the wrong one gives the finding, and the right one gives neither the finding nor
an error.

A rule has

- a **code**, which never changes its meaning; the code of a removed rule is not used again;
- a **severity**: with an *error* AWS refuses the template or the device fails, with a *warning* it goes through but most likely not as
  intended, a *hint* is worth knowing;
- a **phase**: *attach*, when the template is attached to the CA certificate or created (the API refuses it and says why), or
  *connect*, when a device connects for the first time (the device sees a dropped connection, and only CloudTrail and CloudWatch have the reason);
- a **basis**: *documented* by AWS, *observed* in working public samples and users' reports, or *assumed*, because AWS does not
  say. [fidelity.md](fidelity.md) lists the rules by basis.

The date after a source is the date of the page's text that the rule was last compared with. [fidelity.md](fidelity.md#awss-pages-change) lists
what AWS has changed since the first version.

The parts that an example leaves out are correct. `⟨template⟩` stands for a correct template body, inside quotation marks as an
escaped string; `⟨thing⟩`, `⟨certificate⟩` and `⟨policy⟩` stand for resources, and `⟨document⟩` for a policy document. `⟨x × 100⟩` stands for\nx written 100 times, `⟨name.pem⟩` for the content of a PEM file. Examples are judged for JITP unless they say otherwise; in those for
`RegisterThing` the caller gives `ThingName`, `CSR` and `CertificateId`.
";

/// The files that are made from the catalogue and from other tables, each with its path from the root of the repository
/// and its text.
pub fn files() -> [(&'static str, String); 3] {
    [
        ("docs/rules.md", markdown()),
        ("pkg/src/rules.ts", typescript()),
        ("pkg/src/regions.ts", crate::partition::typescript()),
    ]
}

/// The rules whose page has the oldest date, RFCs aside: the date, the titles of the pages, and how many rules cite
/// them.
pub fn oldest() -> (&'static str, Vec<&'static str>, usize) {
    let dated = || {
        GROUPS
            .into_iter()
            .flat_map(|(_, entries)| entries)
            .map(|entry| entry.source)
            .filter(|source| !sources::is_rfc(source))
    };
    let oldest = dated().map(sources::date).min().unwrap_or_default();
    let of_it: Vec<&'static str> = dated().filter(|source| sources::date(source) == oldest).collect();
    let mut titles: Vec<&'static str> = of_it.iter().map(|source| sources::title(source)).collect();
    titles.sort_unstable();
    titles.dedup();
    (oldest, titles, of_it.len())
}

/// docs/rules.md.
fn markdown() -> String {
    let mut page = OPENING.to_owned();
    for (title, entries) in GROUPS {
        let _ = writeln!(page, "\n**{title}**\n");
        for CatalogueEntry { rule, name, summary, .. } in entries {
            let _ = writeln!(page, "- {} {name}: {}", link(rule.code), plain(summary));
        }
    }
    for (title, entries) in GROUPS {
        let _ = writeln!(page, "\n## {title}");
        entries.iter().for_each(|entry| section(&mut page, entry));
    }
    page
}

fn section(page: &mut String, entry: &CatalogueEntry) {
    let CatalogueEntry { rule, name, summary, explanation, scope, wrong, right, source } = entry;
    let (severity, phase, basis) = words(entry);
    let language = match scope {
        ExampleScope::Subject | ExampleScope::Pem | ExampleScope::Chain | ExampleScope::Registration => "text",
        _ => "json",
    };
    let flow = match entry.rule.flow {
        Flow::Jitp => String::new(),
        other => format!(", judged for {}", other.name()),
    };
    let _ = write!(
        page,
        "\n<a id=\"{code}\"></a>\n\n### {code} {name}\n\n*{severity} · {phase} · {basis}*\n\n**{summary}**\n\n{explanation}\n\n\
         Wrong ({about}{flow}):\n\n```{language}\n{wrong}\n```\n\nRight:\n\n```{language}\n{right}\n```\n\nSource: [{title}]({source}), as of {date}\n",
        code = rule.code,
        summary = plain(summary),
        explanation = linked(explanation),
        about = scope.about(),
        title = sources::title(source),
        date = sources::date(source),
    );
}

fn link(code: &str) -> String {
    format!("[{code}](#{code})")
}

/// A text with the codes in it as links.
fn linked(text: &str) -> String {
    let mut pieces = text.split("JITP");
    let mut linked = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_at_checked(3).filter(|(digits, _)| digits.bytes().all(|byte| byte.is_ascii_digit())) {
            Some((digits, rest)) => linked += &(link(&format!("JITP{digits}")) + rest),
            None => linked += &format!("JITP{piece}"),
        }
    }
    linked
}

/// A plain text as Markdown that shows just that.
fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '_' | '[' | ']' | '<' | '`') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn words(entry: &CatalogueEntry) -> (&'static str, &'static str, &'static str) {
    let severity = match entry.rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let phase = match entry.rule.phase {
        Phase::Attach => "attach",
        Phase::Connect => "connect",
    };
    let basis = match entry.rule.basis {
        Basis::Documented => "documented",
        Basis::Observed => "observed",
        Basis::Assumed => "assumed",
    };
    (severity, phase, basis)
}

/// A rule as JavaScript gets it.
#[derive(Serialize)]
struct Row {
    code: &'static str,
    name: &'static str,
    group: &'static str,
    severity: Severity,
    phase: Phase,
    basis: Basis,
    summary: &'static str,
    explanation: &'static str,
    home: &'static str,
    flow: Flow,
    wrong: &'static str,
    right: &'static str,
    url: &'static str,
    source: &'static str,
    #[serde(rename = "sourceTitle")]
    source_title: &'static str,
    #[serde(rename = "sourceDate")]
    source_date: &'static str,
}

/// pkg/src/rules.ts.
fn typescript() -> String {
    let row = |group: &'static str, entry: &'static CatalogueEntry| Row {
        code: entry.rule.code,
        name: entry.name,
        group,
        severity: entry.rule.severity,
        phase: entry.rule.phase,
        basis: entry.rule.basis,
        summary: entry.summary,
        explanation: entry.explanation,
        home: entry.scope.name(),
        flow: entry.rule.flow,
        wrong: entry.wrong,
        right: entry.right,
        url: entry.rule.url,
        source: entry.source,
        source_title: sources::title(entry.source),
        source_date: sources::date(entry.source),
    };
    let rows = GROUPS.into_iter().flat_map(|(group, entries)| entries.iter().map(move |entry| row(group, entry)));
    let rows: Vec<Row> = rows.collect();
    // Strings serialise without fail.
    let rows = serde_json::to_string_pretty(&rows).unwrap_or_default();
    format!(
        "// Made by `cargo xtask docs` of the rows in crate/src/rules/.\nimport type {{ Rule }} from \"./types.js\";\n\n\
         export const RULES: readonly Rule[] = {rows};\n"
    )
}
