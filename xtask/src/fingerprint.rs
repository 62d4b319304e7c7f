//! A hash over the inputs of a build, kept with its outputs.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Folders that hold results, or what no build takes in.
const SKIPPED: [&str; 8] = ["node_modules", "dist", "target", "output", ".git", "tests", "examples", "benches"];

/// The hash over the files at and below the given paths, their names included, and over further words.
pub fn of(inputs: &[PathBuf], words: &[&str]) -> Result<String> {
    of_all_but(inputs, &[], words)
}

/// As [`of`], without some of the files.
pub fn of_all_but(inputs: &[PathBuf], without: &[PathBuf], words: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(input, &mut files)?;
    }
    files.retain(|file| !without.contains(file));
    files.sort();
    files.dedup();
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    for word in words {
        part(word.as_bytes());
    }
    for file in files {
        part(file.to_string_lossy().as_bytes());
        part(&fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        write!(hex, "{byte:02x}")?;
    }
    Ok(hex)
}

/// Whether the outputs are there and were made from inputs of this hash.
pub fn fits(stamp: &Path, hash: &str, outputs: &[PathBuf]) -> bool {
    fs::read_to_string(stamp).is_ok_and(|then| then == hash) && outputs.iter().all(|o| o.exists())
}

/// Keeps the hash for the next [`fits`].
pub fn keep(stamp: &Path, hash: &str) -> Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, hash).with_context(|| format!("cannot write {}", stamp.display()))
}

/// A path that is not there adds nothing: its appearance changes the hash.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            let entry = entry?;
            if !SKIPPED.contains(&entry.file_name().to_string_lossy().as_ref()) {
                collect(&entry.path(), files)?;
            }
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("jitp-fingerprint-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("node_modules")).expect("a folder can be made");
        folder
    }

    #[test]
    fn contents_names_and_words_count_and_results_do_not() {
        let folder = folder("counts");
        let inputs = [folder.clone()];
        fs::write(folder.join("a"), "1").expect("a file can be written");
        let first = of(&inputs, &["x"]).expect("a folder can be read");
        assert_eq!(first.len(), 64);
        fs::write(folder.join("node_modules/b"), "1").expect("a file can be written");
        assert_eq!(of(&inputs, &["x"]).expect("readable"), first);
        assert_ne!(of(&inputs, &["y"]).expect("readable"), first);
        fs::write(folder.join("a"), "2").expect("a file can be written");
        let second = of(&inputs, &["x"]).expect("readable");
        assert_ne!(second, first);
        fs::rename(folder.join("a"), folder.join("c")).expect("a file can be renamed");
        let third = of(&inputs, &["x"]).expect("readable");
        assert_ne!(third, second);
        fs::write(folder.join("d"), "1").expect("a file can be written");
        assert_ne!(of(&inputs, &["x"]).expect("readable"), third);
        assert_eq!(of_all_but(&inputs, &[folder.join("d")], &["x"]).expect("readable"), third);
        fs::remove_dir_all(folder).expect("the folder goes");
    }

    #[test]
    fn a_missing_output_or_another_hash_does_not_fit() {
        let folder = folder("fits");
        let (stamp, output) = (folder.join("stamp"), folder.join("output.wasm"));
        assert!(!fits(&stamp, "1", &[]));
        keep(&stamp, "1").expect("a stamp can be kept");
        assert!(fits(&stamp, "1", &[]));
        assert!(!fits(&stamp, "2", &[]));
        assert!(!fits(&stamp, "1", std::slice::from_ref(&output)));
        fs::write(&output, "").expect("a file can be written");
        assert!(fits(&stamp, "1", &[output]));
        fs::remove_dir_all(folder).expect("the folder goes");
    }
}
