//! Checks the walls that docs/ARCHITECTURE.md draws. A room imports only from the floors below its own. No files import each other in a
//! circle, not even a `mod.rs` and the files of its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The floors of the core: for each room the number of its row in the table, counted from the ground.
fn floors() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("docs/ARCHITECTURE.md");
    let (_, table) = text.split_once("| floor | rooms of `crate/src` |").expect("the table of floors");
    let mut floors = BTreeMap::new();
    for row in table.lines().skip(2).take_while(|row| row.starts_with('|')) {
        let mut cells = row.trim_matches('|').split('|');
        let floor: usize = cells.next().expect("a floor").trim().parse().expect("a floor's number");
        for room in cells.next().expect("its rooms").split('`').skip(1).step_by(2) {
            assert!(floors.insert(room.to_owned(), floor).is_none(), "{room} is in the table twice");
        }
    }
    floors
}

/// All files of the core by their path in modules (`template::names`), without their unit tests.
fn files() -> BTreeMap<String, String> {
    let source = root().join("crate/src");
    let (mut found, mut open) = (BTreeMap::new(), vec![source.clone()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&source).expect("a file of the core").with_extension("");
                let steps: Vec<&str> = name
                    .iter()
                    .map(|step| step.to_str().expect("a name in ASCII"))
                    .filter(|step| *step != "mod")
                    .collect();
                let text = fs::read_to_string(&path).expect("a text");
                let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                found.insert(steps.join("::"), text);
            }
        }
    }
    // The root of the crate names all rooms, and its unit tests are a file.
    found.remove("lib");
    found.retain(|name, _| !name.ends_with("::tests"));
    found
}

/// Every path in a text from `crate`, `super` or a module that it declares, with groups in braces split.
fn paths(text: &str) -> Vec<Vec<String>> {
    let code: String =
        text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let declared = |line: &str| Some(format!("{}::", line.strip_suffix(';')?.rsplit_once("mod ")?.1));
    let starts = ["crate::", "super::"].map(str::to_owned).into_iter().chain(code.lines().filter_map(declared));
    for start in starts {
        for (at, _) in code.match_indices(&start) {
            let is_inside = code[..at]
                .ends_with(|before: char| before.is_alphanumeric() || before == ':' || before == '$' || before == '_');
            if !is_inside {
                expand(&code[at..], &[], &mut found);
            }
        }
    }
    found
}

/// Reads one path, and each path of a group; returns the end.
fn expand(text: &str, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with('{') {
            at += 1;
            while !text[at..].starts_with('}') {
                let skipped = text[at..].find(|c: char| !c.is_whitespace() && c != ',').expect("an end");
                at += skipped;
                if text[at..].starts_with('}') {
                    break;
                }
                at += expand(&text[at..], &path, found).max(1);
            }
            return at + 1;
        }
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        path.push(rest[..length].to_owned());
        at += length;
        if !text[at..].starts_with("::") || text[at + 2..].starts_with('<') {
            break;
        }
        at += 2;
    }
    found.push(path);
    at
}

/// The files that a file imports from.
fn imports(own: &str, text: &str, files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in paths(text) {
        let mut base: Vec<&str> = own.split("::").collect();
        let mut steps = path.iter().map(String::as_str).peekable();
        match steps.next() {
            Some("crate") => base.clear(),
            Some("super") => {
                base.pop();
                while steps.next_if_eq(&"super").is_some() {
                    base.pop();
                }
            }
            child => base.extend(child),
        }
        base.extend(steps);
        let named =
            (1..=base.len()).rev().map(|length| base[..length].join("::")).find(|name| files.contains_key(name));
        found.extend(named.filter(|name| name != own));
    }
    found
}

fn room(file: &str) -> &str {
    file.split("::").next().unwrap_or_default()
}

#[test]
fn every_room_is_on_a_floor() {
    let rooms: BTreeSet<String> = files().keys().map(|file| room(file).to_owned()).collect();
    let drawn: BTreeSet<String> = floors().into_keys().collect();
    assert_eq!(rooms, drawn, "the rooms of crate/src (left) and of docs/ARCHITECTURE.md (right)");
}

#[test]
fn imports_run_down() {
    let (files, floors) = (files(), floors());
    let mut count = 0;
    for (file, text) in &files {
        for path in paths(text).iter().filter(|path| path[0] == "crate") {
            let Some(floor) = path.get(1).and_then(|target| floors.get(target)) else { continue };
            count += 1;
            let (own, target) = (room(file), &path[1]);
            assert!(
                own == target || *floor < floors[own],
                "{file} imports {}, which does not stand below {own}",
                path.join("::")
            );
        }
    }
    assert!(count > 300, "{count} imports were read");
}

/// Circles that are meant, each with its reason.
const CIRCLES: &[(&[&str], &str)] = &[
    (
        &["secrets::numbers", "secrets::payload", "secrets::search"],
        "a text that is encoded in another is searched for keys of every form, as the outer one is",
    ),
    (
        &["source::recover", "source::recover::foreign_quotes"],
        "a text whose quotes another format spells is read on, once they are undone, as any text is",
    ),
];

/// The files that reach each other by imports, circle by circle.
fn circles(files: &BTreeMap<String, String>) -> BTreeSet<Vec<String>> {
    let graph: BTreeMap<&str, BTreeSet<String>> =
        files.iter().map(|(file, text)| (file.as_str(), imports(file, text, files))).collect();
    let reached: BTreeMap<&str, BTreeSet<String>> = graph
        .keys()
        .map(|file| {
            let (mut seen, mut open) = (BTreeSet::new(), graph[file].clone());
            while let Some(next) = open.pop_first() {
                open.extend(graph[next.as_str()].iter().filter(|file| !seen.contains(*file)).cloned());
                seen.insert(next);
            }
            (*file, seen)
        })
        .collect();
    let circle = |file: &str| -> Vec<String> {
        reached[file].iter().filter(|other| reached[other.as_str()].contains(file)).cloned().collect()
    };
    graph.keys().map(|file| circle(file)).filter(|circle| !circle.is_empty()).collect()
}

#[test]
fn no_two_files_import_each_other() {
    let found = circles(&files());
    let meant: BTreeSet<Vec<String>> =
        CIRCLES.iter().map(|(circle, _)| circle.iter().map(|file| (*file).to_owned()).collect()).collect();
    let unmeant: Vec<_> = found.difference(&meant).collect();
    assert!(unmeant.is_empty(), "these import each other: {unmeant:#?}");
    let gone: Vec<_> = meant.difference(&found).collect();
    assert!(gone.is_empty(), "these are listed, and import each other no longer: {gone:#?}");
}

/// Types whose name another type has too, each with its reason.
const SHARED_NAMES: [&str; 4] = [
    // The border's hold the core's.
    "Device",
    "FleetStream",
    "FleetTally",
    "Template",
];

#[test]
fn a_name_has_one_meaning() {
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in files() {
        // Associated types are indented.
        for line in text.lines().filter(|line| !line.starts_with(' ')) {
            let mut words = line.split_ascii_whitespace().skip_while(|word| word.starts_with("pub"));
            if matches!(words.next(), Some("struct" | "enum" | "trait" | "type"))
                && let Some(word) = words.next()
            {
                let name = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                defined.entry(name.to_owned()).or_default().push(file.clone());
            }
        }
    }
    assert!(defined.len() > 200, "{} types were read", defined.len());
    defined.retain(|_, files| files.len() > 1);
    let shared: Vec<&str> = defined.keys().map(String::as_str).collect();
    assert_eq!(shared, SHARED_NAMES, "{defined:#?}");
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let text = "mod k;\nuse crate::a::{self, b::{C, d}, E};\nuse super::f; // crate::no\npub use k::L;\nfn g() { super::super::h::i(); $crate::j; l::k::m }";
    let read: Vec<String> = paths(text).iter().map(|path| path.join("::")).collect();
    assert_eq!(
        read,
        ["crate::a::self", "crate::a::b::C", "crate::a::b::d", "crate::a::E", "super::f", "super::super::h::i", "k::L"]
    );
}
