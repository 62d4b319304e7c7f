//! Several findings with one cause: a key in a wrong place, a level too many, a level that is missing. Every single
//! change that may correct the text is tried, and its result checked like any text. If that removes findings and adds
//! none, they become one finding, and the change is its fix.

use super::parts::{PartKind, TemplatePart, parts, read};
use super::slip_changes::{Change, ChangeKind, changes};
use crate::check::{CheckDepth, Context, resolve};
use crate::diagnostic::{Diagnostic, Edits, Finding};
use crate::limits;
use crate::rules::{self, Severity};
use crate::source::{Member, Node, SourceMap, quote, write_compact};

/// With more findings than these, one slip is not the cause.
const MOST_FINDINGS: usize = 48;
/// A longer text is not tried again and again: AWS accepts no body of a third of this length, and escapes are few.
const LONGEST: usize = 4 * limits::TEMPLATE_BODY;

/// The rules about how a text is written, not about what it says.
const ABOUT_THE_TEXT: [&str; 4] = ["JITP001", "JITP011", "JITP012", "JITP065"];

/// The rules that a key breaks in a wrong place.
const STRUCTURE: [&str; 21] = [
    "JITP004", "JITP005", "JITP006", "JITP010", "JITP014", "JITP030", "JITP031", "JITP033", "JITP034", "JITP036",
    "JITP040", "JITP043", "JITP044", "JITP050", "JITP051", "JITP052", "JITP056", "JITP057", "JITP062", "JITP092",
    "JITP093",
];

/// Checks a text as every text is checked.
pub type Check = fn(Context) -> Vec<Finding>;

/// The findings after a change.
struct Trial {
    change: Change,
    /// The changed text, without white space.
    text: String,
    /// The findings that the change removes, by their positions in the list.
    gone: Vec<usize>,
    errors: usize,
    left: usize,
}

/// Replaces the findings that one change of the text removes by one finding.
#[cold]
pub fn gather(context: &Context, found: Vec<Diagnostic>, check: Check) -> Vec<Diagnostic> {
    let may_explain = |found: &Diagnostic| STRUCTURE.contains(&found.code);
    let worth = found.iter().any(may_explain) && (found.len() > 1 || found.iter().any(|found| is_open(context, found)));
    let source = context.sources.text(0);
    if !worth
        || found.len() > MOST_FINDINGS
        || source.len() > LONGEST
        || !matches!(context.depth, CheckDepth::Whole | CheckDepth::Report)
        || context.redacted
        || context.is_unreadable()
    {
        return found;
    }
    let mut sources = SourceMap::new(source);
    let Some(root) = read(&mut sources, 0) else { return found };
    let parts = parts(&mut sources, &root);
    let mut tried: Vec<Trial> = Vec::new();
    let documents = documents(&parts);
    for change in changes(&sources, &parts) {
        if !may_help(context, &sources, &found, (&change, &documents), check) {
            continue;
        }
        let Some(outcome) = outcome(context, &sources, &found, change, check) else { continue };
        if tried.iter().all(|other| other.text != outcome.text) {
            tried.push(outcome);
        }
    }
    let Some(best) = tried.iter().map(|outcome| (outcome.errors, outcome.left)).min() else { return found };
    tried.retain(|outcome| (outcome.errors, outcome.left) == best);
    // Removing a level keeps all others. If either of two can go, the outer one has the chosen name.
    const CHOICES: usize = 4;
    if let Some(level) = tried.iter().rposition(|outcome| outcome.change.kind == ChangeKind::Out) {
        tried = vec![tried.swap_remove(level)];
    }
    if tried.len() > CHOICES {
        return found;
    }
    let body = parts.iter().find(|part| part.role == PartKind::Body).map(|part| &part.node);
    say(&sources, body, found, tried)
}

/// Whether a misplaced key may be the cause of a finding that has no fix yet, or only a fix that writes again what is
/// already there. The fixes of a text that is not JSON are not in its diagnostics.
fn is_open(context: &Context, found: &Diagnostic) -> bool {
    let adds = ["JITP005", "JITP033", "JITP034", "JITP052"].contains(&found.code);
    let is_own = |own: &&Finding| own.rule.code == found.code && own.message == found.message;
    let is_fixed = || context.findings().iter().find(is_own).is_some_and(Finding::has_fix);
    STRUCTURE.contains(&found.code) && (adds || !is_fixed())
}

/// What is written instead of each policy document while only the rest of a text is checked. A name that is written as a document is not one
/// of them: what is said of it depends on it.
fn documents(parts: &[TemplatePart]) -> Edits {
    let is_document = |member: &&Member| {
        member.key == "PolicyDocument" && member.value.as_str().is_some_and(|text| text.starts_with('{'))
    };
    let properties = parts.iter().filter(|part| part.role == PartKind::Properties);
    let members = properties.flat_map(|part| part.node.as_object().unwrap_or_default());
    members.filter(is_document).map(|member| (member.value.place, quote("{}"))).collect()
}

/// Whether a change can be an explanation, by the outline of the changed text. Documents of policies are most of a long template. Without them
/// a check has fewer findings and no others, so that a change that is rejected here would be rejected with them, too: it makes an error, or
/// every finding about structure is still there.
fn may_help(
    context: &Context,
    sources: &SourceMap,
    found: &[Diagnostic],
    (change, documents): (&Change, &Edits),
    check: Check,
) -> bool {
    let short: Edits = change.edits.iter().chain(documents).cloned().collect();
    // A change in a document overlaps with what is written instead of it.
    let Some(text) = sources.edited(&short).or_else(|| sources.edited(&change.edits)) else { return false };
    let after = checked(&text, context, CheckDepth::Outline, check);
    let is_new = |other: &Finding| {
        other.rule.severity == Severity::Error
            && !ABOUT_THE_TEXT.contains(&other.rule.code)
            && !found.iter().any(|before| is_same(before, other))
    };
    let is_equal = |one: &Diagnostic, other: &Diagnostic| one.code == other.code && one.message == other.message;
    let before = |one: &Diagnostic| found.iter().filter(|other| is_equal(one, other)).count();
    let is_gone = |one: &&Diagnostic| after.iter().filter(|other| is_same(one, other)).count() < before(one);
    !after.iter().any(is_new) && found.iter().filter(|one| STRUCTURE.contains(&one.code)).any(|one| is_gone(&one))
}

/// Whether a finding says the same as one before.
fn is_same(before: &Diagnostic, other: &Finding) -> bool {
    before.code == other.rule.code && before.message == other.message
}

/// Checks the changed text. `None` if it is no better.
fn outcome(
    context: &Context,
    sources: &SourceMap,
    found: &[Diagnostic],
    change: Change,
    check: Check,
) -> Option<Trial> {
    let text = sources.edited(&change.edits)?;
    let after = checked(&text, context, CheckDepth::Trial, check);
    // A text that is not JSON is written out for the trial, and still is not JSON.
    let is_kept = |at: &usize| !ABOUT_THE_TEXT.contains(&found[*at].code);
    let mut gone: Vec<usize> = (0..found.len()).filter(is_kept).collect();
    let (mut errors, mut left, mut new) = (0, 0, 0);
    for other in after.iter().filter(|other| !ABOUT_THE_TEXT.contains(&other.rule.code)) {
        let severity = other.rule.severity;
        let is_serious = severity != Severity::Hint;
        left += usize::from(is_serious);
        match gone.iter().position(|at| is_same(&found[*at], other)) {
            Some(same) => {
                gone.remove(same);
                errors += usize::from(severity == Severity::Error);
            }
            None if severity == Severity::Error => return None,
            // A part that could not be read before may have warnings of its own.
            None => new += usize::from(is_serious),
        }
    }
    let serious: Vec<usize> = gone.iter().copied().filter(|at| found[*at].severity != Severity::Hint).collect();
    let explains = match serious[..] {
        [] => false,
        [one] => new == 0 && is_open(context, &found[one]),
        _ => new + 1 < serious.len() && serious.iter().any(|at| STRUCTURE.contains(&found[*at].code)),
    };
    // A key with a slip of its own has one level, and its own.
    let start = sources.locate(change.place).start;
    let is_misspelt =
        |at: &usize| found[*at].code == "JITP005" && found[*at].span.is_some_and(|span| span.start == start);
    let is_misspelt = |at: &usize| change.kind != ChangeKind::Move && is_misspelt(at);
    let is_missed = |at: &usize| found[*at].code == "JITP040";
    if !explains || gone.iter().any(is_misspelt) || change.is_looked_up && !gone.iter().any(is_missed) {
        return None;
    }
    let compact = SourceMap::new(&text).parse(0).map(|root| write_compact(&root, &text)).ok()?;
    Some(Trial { change, text: compact, gone, errors, left })
}

fn checked(text: &str, original: &Context, depth: CheckDepth, check: Check) -> Vec<Finding> {
    let mut context = Context::of_trial(text, &original.options, depth);
    context.supplied = original.supplied;
    check(context)
}

/// The findings with one instead of those that a change removes. If several changes do, a person must choose.
fn say(sources: &SourceMap, body: Option<&Node>, mut found: Vec<Diagnostic>, tried: Vec<Trial>) -> Vec<Diagnostic> {
    let Some(first) = tried.first() else { return found };
    let place = sources.locate(first.change.place);
    // An error before any other, and of several the one at the place.
    let worst = first.gone.iter().map(|at| &found[*at]).min_by_key(|gone| {
        let is_elsewhere = gone.span.is_none_or(|span| span.start != place.start);
        (std::cmp::Reverse(gone.severity == Severity::Error), is_elsewhere)
    });
    let Some(worst) = worst.cloned() else { return found };
    let Some(rule) = rules::by_code(worst.code) else { return found };
    let mut gone = first.gone.clone();
    // Two changes with the same words cannot be told apart.
    let is_twice = |one: &Trial| tried.iter().filter(|other| other.change.title == one.change.title).count() > 1;
    if tried.iter().any(is_twice) {
        return found;
    }
    let is_alone = tried.len() == 1;
    let mut finding = Finding::new(rule, first.change.place, first.change.message.clone());
    for Trial { change, .. } in tried {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    fn check(context: Context) -> Vec<Finding> {
        Template::tried(context)
    }

    /// How many changes of a text explain its findings, and how many others the outline lets through.
    fn explain(text: &str) -> (usize, usize) {
        let options = crate::flow::TemplateOptions::default();
        // The findings before any are gathered.
        let found: Vec<Diagnostic> = Template::checked(Context::of_trial(text, &options, CheckDepth::Trial))
            .report()
            .diagnostics
            .iter()
            .map(|found| Diagnostic::clone(found))
            .collect();
        let mut context = Context::new(text.as_bytes(), &options);
        context.supplied = Template::checked(Context::new(text.as_bytes(), &options)).context.supplied;
        let mut sources = SourceMap::new(text);
        let Some(root) = read(&mut sources, 0) else { return (0, 0) };
        let parts = parts(&mut sources, &root);
        let documents = documents(&parts);
        let (mut explaining, mut passed) = (0, 0);
        for change in changes(&sources, &parts) {
            let may = may_help(&context, &sources, &found, (&change, &documents), check);
            let title = change.title.clone();
            let is_better = outcome(&context, &sources, &found, change, check).is_some();
            assert!(may || !is_better, "the outline rejects {title:?} in {text}");
            explaining += usize::from(is_better);
            passed += usize::from(may && !is_better);
        }
        (explaining, passed)
    }

    #[test]
    fn the_outline_rejects_no_change_that_explains_findings() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/templates");
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let (mut explaining, mut passed, mut read) = (0, 0, 0);
        for path in files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "json")) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let (better, others) = explain(&text);
            (explaining, passed, read) = (explaining + better, passed + others, read + 1);
        }
        assert!(read > 300 && explaining > 10, "{explaining} of {read}");
        assert!(passed < read, "{passed} changes of {read} texts pass the outline for nothing");
    }
}
