//! The table of terms in docs/STYLE.md, and the search for the phrases that it refuses.

/// A row of the table.
pub struct Term {
    /// The term to use.
    pub say: String,
    /// The phrases to avoid.
    pub not: Vec<String>,
    /// Longer phrases in which such a phrase is right.
    pub except: Vec<String>,
}

/// The rows under the heading "Terms".
pub fn terms(guide: &str) -> Vec<Term> {
    let section = guide.split("\n## Terms\n").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let phrases = |cell: Option<&&str>| {
            let pieces = cell.copied().unwrap_or_default().split('`');
            pieces.skip(1).step_by(2).map(str::to_owned).collect()
        };
        let say = cells.first().copied().unwrap_or_default().trim().to_owned();
        Term { say, not: phrases(cells.get(1)), except: phrases(cells.get(2)) }
    })
    .collect()
}

/// The places in a text that use a refused phrase, each with some words around it.
pub fn found<'t>(term: &'t Term, text: &str) -> impl Iterator<Item = String> + use<'t> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    term.not.iter().flat_map(move |phrase| {
        // A phrase with a capital letter is refused only at the beginning of a sentence.
        let text = if phrase.starts_with(char::is_uppercase) || lower.len() != text.len() { &text } else { &lower };
        let excepted: Vec<_> = term.except.iter().flat_map(|longer| places(text, longer)).collect();
        let wrong = places(text, phrase)
            .into_iter()
            .filter(|at| !excepted.iter().any(|except| except.start <= at.start && at.end <= except.end));
        wrong.map(|at| around(text, at.start, at.end)).collect::<Vec<_>>()
    })
}

/// The places of a phrase as whole words.
fn places(text: &str, phrase: &str) -> Vec<std::ops::Range<usize>> {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    text.match_indices(phrase)
        .map(|(start, _)| start..start + phrase.len())
        .filter(|at| !text[..at.start].ends_with(is_word) && !text[at.end..].starts_with(is_word))
        .collect()
}

fn around(text: &str, start: usize, end: usize) -> String {
    let start = (start.saturating_sub(50)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let end = (end..=text.len().min(end + 50)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    text[start..end].to_owned()
}
