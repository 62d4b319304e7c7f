//! The exact sizes of what a user of the package downloads, and the one budget that CI holds.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell::{command, root, run};

/// The most bytes of the wasm module under gzip. The goal is 150,000 (`cargo xtask bench` says how far it is). What takes more than
/// that: the reader of broken JSON and of wrong escaping, the judge of policy documents with its tables of actions, conditions
/// and leftovers, the search for private keys, the strict reader of signatures, the check against the CA that a text carries, the
/// changes that are tried to find the one slip that causes several findings (14,000), the reader of quotes in the spelling of other formats, with
/// a slip inside (5,000), `serde-wasm-bindgen` (7,000), and `x509-cert`, which encodes sample certificates. Access added 80,000: the evaluator of
/// policies (16,000), its explanations, the rights, the neighbour and the first minute (15,000), subjects as texts (6,000), the places of what
/// functions make, new rules, and what all of these instantiate. The account added 62,000, far more than the 10,000 that were meant for it: the
/// reader of AWS's outputs, what a plan does to things that exist, the account afterwards and from device to device, the origin of values. Fleets in
/// pieces added 6,000: records of rows, their tally, what is complete in a piece. Plans as numbers and changed texts added 3,000. The fast lane
/// and what compiles templates for it added some 19,000, the loop itself at opt-level 3. The table of repeated rows at the same level, lists of
/// certificates as one text, and options that are kept as they were read added 2,500. Rows that are compared together, and
/// readings of wrong quotes that are skipped, added 2,000. The core at opt-level 2 would be 48,000 larger, and a fifth to a quarter faster: a visitor
/// waits longer for these bytes than for any check. The search for private keys alone at opt-level 3 would be 4,800 larger, and not faster. An inlining threshold of 20 and
/// `-Os` would save 4,000, and make checking a template, reading certificates and the search for keys a tenth slower. No threshold at all saves
/// 11,000, and everything is a fifth slower; opt-level `s` with no inlining where findings are made adds 20,000 and makes checking 6 to 9 % faster.
const WASM_GZIP_LIMIT: u64 = 519_500;

/// Code of our own for which there are libraries. docs/ARCHITECTURE.md says why each is there.
const OWN: [(&str, &[&str]); 6] = [
    (
        "JSON tree with places",
        &["crate/src/source/parser.rs", "crate/src/source/json.rs", "crate/src/source/escape.rs"],
    ),
    ("recovery of broken JSON", &["crate/src/source/recover"]),
    ("DER walk, names and extensions", &["crate/src/certificate"]),
    ("quoting for shells, YAML and HCL", &["pkg/src/export/quote.ts"]),
    ("finding and installing tools", &["xtask/src/setup"]),
    ("licences of the crates", &["xtask/src/licences.rs"]),
];

/// One file's sizes.
#[derive(Debug, PartialEq, Eq)]
pub struct Sizes {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Measures the built files. Node compresses: it is here already, and flate and brotli crates would be compiled.
pub fn measure() -> Result<Vec<Sizes>> {
    let mut node = command("node");
    node.arg("tests/bench/size.mjs");
    let printed = run("measuring sizes", &mut node, "build first: `cargo xtask build`")?;
    read(&printed)
}

fn read(printed: &str) -> Result<Vec<Sizes>> {
    let rows: Vec<Value> = serde_json::from_str(printed).context("tests/bench/size.mjs did not print JSON")?;
    let sizes = rows.iter().map(|row| {
        Some(Sizes {
            file: row["file"].as_str()?.to_owned(),
            raw: row["raw"].as_u64()?,
            gzip: row["gzip"].as_u64()?,
            brotli: row["brotli"].as_u64()?,
        })
    });
    sizes.collect::<Option<_>>().context("tests/bench/size.mjs printed rows of another shape")
}

/// The sizes as a table.
pub fn table(sizes: &[Sizes]) -> String {
    let row = |f: &str, r: &str, g: &str, b: &str| format!("{f:<32}{r:>10}{g:>10}{b:>10}\n");
    let rows = sizes.iter().map(|s| row(&s.file, &s.raw.to_string(), &s.gzip.to_string(), &s.brotli.to_string()));
    row("bytes", "raw", "gzip", "brotli") + &rows.collect::<String>()
}

/// The lines of [`OWN`], as a table.
pub fn own_lines() -> Result<String> {
    let mut table = format!("{:<40}{:>8}\n", "our own, instead of a library", "lines");
    for (what, paths) in OWN {
        let mut lines = 0;
        for path in paths {
            lines += count(&root().join(path))?;
        }
        table += &format!("{what:<40}{lines:>8}\n");
    }
    Ok(table)
}

fn count(path: &Path) -> Result<usize> {
    if path.is_dir() {
        let files = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
        return files.map(|file| count(&file?.path())).sum();
    }
    Ok(fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?.lines().count())
}

/// Why the sizes are over budget; nothing where they are not.
pub fn over_budget(sizes: &[Sizes]) -> Option<String> {
    let Some(wasm) = sizes.iter().find(|s| s.file.ends_with(".wasm")) else {
        return Some("the wasm module is missing among the files".to_owned());
    };
    (wasm.gzip > WASM_GZIP_LIMIT)
        .then(|| format!("{} has {} bytes under gzip, {WASM_GZIP_LIMIT} is the limit", wasm.file, wasm.gzip))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wasm(gzip: u64) -> Vec<Sizes> {
        vec![Sizes { file: "jitp_bg.wasm".to_owned(), raw: 2 * gzip, gzip, brotli: gzip }]
    }

    #[test]
    fn the_lines_of_our_own_code_are_counted() {
        let table = own_lines().expect("the files are there");
        let lines = |row: &str| row.rsplit(' ').next().and_then(|n| n.parse::<usize>().ok());
        assert!(table.lines().skip(1).all(|row| lines(row).is_some_and(|lines| lines > 50)), "{table}");
    }

    #[test]
    fn the_budget_holds_to_the_byte() {
        assert_eq!(over_budget(&wasm(WASM_GZIP_LIMIT)), None);
        assert!(over_budget(&wasm(WASM_GZIP_LIMIT + 1)).is_some());
        assert!(over_budget(&[]).is_some());
    }

    #[test]
    fn the_script_s_rows_are_read_and_others_refused() {
        let rows = read(r#"[{"file": "a.wasm", "raw": 2, "gzip": 1, "brotli": 1}]"#).expect("the shape fits");
        assert_eq!(rows[0].gzip, 1);
        assert!(read(r#"[{"file": "a.wasm"}]"#).is_err());
    }
}
