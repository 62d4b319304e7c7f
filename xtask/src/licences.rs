//! The licences of the crates that the wasm module contains. They ask to be copied along with it.
//!
//! cargo-about writes the same, but compiles 200 crates first.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::wasm_target::TARGET;
use crate::shell::{command, output_of, root};

/// The text of the file with the licences of all crates in the module, and of the standard library.
pub fn of_wasm() -> Result<String> {
    let named = crates(&tree()?);
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version=1", "--filter-platform", TARGET])?)?;
    let own = fs::read_to_string(root().join("LICENSE-MIT"))?;
    let permission = own.split_once("Permission is").context("LICENSE-MIT has no permission notice")?.1;
    let mut text = "The WebAssembly module contains these crates, and the Rust standard library.\n".to_owned();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let [name, version, license, manifest] =
            ["name", "version", "license", "manifest_path"].map(|key| package[key].as_str().unwrap_or_default());
        if named.contains(&(name.to_owned(), version.to_owned())) {
            write!(text, "\n{name} {version}, {license}\n")?;
            for file in files(Path::new(manifest).parent().unwrap_or(root()))? {
                write!(text, "\n{}\n", fs::read_to_string(&file)?.trim())?;
            }
            text += "\n---\n";
        }
    }
    write!(
        text,
        "\nThe Rust standard library, MIT OR Apache-2.0\n\nCopyright (c) The Rust Project Contributors\n\nPermission is{permission}"
    )?;
    Ok(text)
}

fn tree() -> Result<String> {
    let kinds = "normal,no-proc-macro";
    cargo(&["tree", "-p", "jitp", "-e", kinds, "--target", TARGET, "--prefix", "none", "-f", "{p}"])
}

fn cargo(arguments: &[&str]) -> Result<String> {
    let mut cargo = command("cargo");
    output_of({
        cargo.args(arguments);
        cargo
    })
    .with_context(|| format!("`cargo {}` failed", arguments.join(" ")))
}

/// The names and versions in the lines of `cargo tree`, without our own crates.
fn crates(tree: &str) -> BTreeSet<(String, String)> {
    let words = tree.lines().map(|line| line.split_whitespace());
    words
        .filter_map(|mut words| Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned())))
        .filter(|(name, _)| name != "jitp" && name != "jitp-lane")
        .collect()
}

/// The licence files of a crate. If it offers MIT among others, MIT is chosen.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let names = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let names = names.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.to_ascii_uppercase().starts_with("LICEN")).collect();
    if names.iter().any(|name| name.contains("MIT")) {
        names.retain(|name| !name.contains("APACHE"));
    }
    names.sort();
    if names.is_empty() {
        bail!("{} has no licence to copy", folder.display());
    }
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_gives_every_crate_once_and_not_our_own() {
        let tree = "jitp v0.1.0 (/jitp/crate)\nder v0.8.3\nder v0.8.3 (*)\nmemchr v2.8.3\n";
        let found = crates(tree);
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["der", "memchr"]);
    }

    #[test]
    fn every_crate_in_the_module_is_named_with_its_licence() {
        let text = of_wasm().expect("cargo knows the crates");
        let named = crates(&tree().expect("cargo knows the crates"));
        assert!(named.len() > 20, "{named:?}");
        for (name, version) in named {
            let heading = format!("{name} {version}, ");
            let section = text.split("\n---\n").find(|section| section.lines().any(|line| line.starts_with(&heading)));
            let section = section.unwrap_or_else(|| panic!("{name} is not named"));
            // MIT and ISC, Apache, Zlib.
            let texts = ["Permission is hereby granted", "Apache License", "Permission is granted to anyone"];
            assert!(texts.iter().any(|text| section.contains(text)), "{section}");
        }
        assert!(
            !text.contains("\nsyn ") && !text.contains("\nproptest "),
            "what runs at compile time alone is not in it"
        );
        assert!(text.contains("The Rust standard library"), "{text}");
    }
}
