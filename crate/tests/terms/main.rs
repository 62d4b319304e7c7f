//! The language of the texts that people read: docs/STYLE.md has the table of terms, and no text uses a phrase that it refuses.

mod literals;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use table::{Term, found, terms};

/// Phrases that are right in one text: the end of its path, words around the phrase, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("app/go-offline.ts", "take over", "a message to the service worker, which nobody reads"),
    ("app/service-worker.ts", "take over", "a message to the service worker, which nobody reads"),
];

/// Documents for people.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    ".pre-commit-hooks.yaml",
    "pkg/README.md",
    "docs/ARCHITECTURE.md",
    "docs/STYLE.md",
    "docs/api.md",
    "docs/cli.md",
    "docs/embedding.md",
    "docs/embedding/csp.md",
    "docs/embedding/docusaurus.md",
    "docs/embedding/html.md",
    "docs/embedding/iframe.md",
    "docs/embedding/jekyll.md",
    "docs/embedding/mdbook.md",
    "docs/embedding/mkdocs.md",
    "docs/embedding/react.md",
    "docs/embedding/sphinx.md",
    "docs/embedding/starlight.md",
    "docs/embedding/vitepress.md",
    "docs/embedding/vue.md",
    "docs/fidelity.md",
    "docs/rules.md",
    "www/element/embedding.html",
    "www/index.html",
    "www/rules.html",
];

/// Folders whose string literals people read, with the ending of their files.
const SOURCES: &[(&str, &str)] =
    &[("crate/src", "rs"), ("xtask/src", "rs"), ("pkg/src", "ts"), ("www/src", "ts"), ("www/element/src", "ts")];

#[test]
fn texts_use_the_terms_of_the_style_guide() {
    let terms = terms(&read("docs/STYLE.md"));
    let mut wrong = Vec::new();
    let mut used = vec![false; EXCEPTIONS.len()];
    for (path, text) in texts() {
        for (term, around) in terms.iter().flat_map(|term| found(term, &text).map(move |around| (term, around))) {
            let exception =
                EXCEPTIONS.iter().position(|(file, words, _)| path.ends_with(file) && around.contains(words));
            match exception {
                Some(index) => used[index] = true,
                None => wrong.push(format!("{path}: …{around}… (say: {})", term.say)),
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrases that docs/STYLE.md refuses:\n{}", wrong.len(), wrong.join("\n"));
    let unused: Vec<_> = EXCEPTIONS.iter().zip(used).filter(|(_, used)| !used).collect();
    assert!(unused.is_empty(), "exceptions without a text: {unused:?}");
}

#[test]
fn each_phrase_of_the_table_is_refused_and_each_exception_is_not() {
    let terms = terms(&read("docs/STYLE.md"));
    assert!(terms.len() > 10, "the table of docs/STYLE.md was not found");
    let refused = |text: &str| terms.iter().any(|term| found(term, text).next().is_some());
    for Term { not, except, .. } in &terms {
        assert!(!not.is_empty());
        for phrase in not {
            let planted = if phrase.starts_with(char::is_uppercase) {
                format!("A sentence. {phrase} x.")
            } else {
                format!("The text, {phrase}\n  x.")
            };
            assert!(refused(&planted), "{planted:?} is not refused");
            assert!(!refused(&planted.replace(phrase.as_str(), "says")), "{planted:?} is refused without {phrase:?}");
        }
        for phrase in except {
            assert!(!refused(&format!("The text, {phrase} x.")), "{phrase:?} is refused");
        }
    }
}

/// Every text with the path of its file.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for path in DOCUMENTS {
        let text = read(path);
        texts.push(((*path).to_owned(), literals::prose(&text)));
    }
    for (folder, ending) in SOURCES {
        let before = texts.len();
        for path in files(&root().join(folder), ending) {
            let source = fs::read_to_string(&path).unwrap_or_default();
            let path = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            texts.extend(literals::of(&source, ending).into_iter().map(|text| (path.clone(), text)));
        }
        assert!(texts.len() > before, "{folder} has no texts: is it still the folder?");
    }
    texts
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
