//! The lockfiles must fit their manifests and contain no address of a private registry.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::counts::Counts;
use super::heavy::WITH_PACKAGES;
use crate::shell::{command, root, run};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Runs the checks; the text tells what failed.
pub fn check() -> Result<(Counts, String)> {
    let cargo = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let mut metadata = command("cargo");
    metadata.args(["metadata", "--locked", "--format-version=1"]);
    let in_sync = run("cargo metadata", &mut metadata, "run `cargo update --workspace` and commit Cargo.lock");
    let mut counts = Counts::default();
    let mut said = String::new();
    let others = WITH_PACKAGES.iter().map(|suite| format!("tests/{suite}/package-lock.json"));
    let mut all = vec![foreign_in_cargo(&cargo), in_sync.err().map(|e| e.to_string())];
    for name in others.chain(["package-lock.json".to_owned()]) {
        let npm = fs::read_to_string(root().join(&name)).with_context(|| format!("cannot read {name}"))?;
        let npm: Value = serde_json::from_str(&npm).with_context(|| format!("{name} is not JSON"))?;
        all.push(foreign_in_npm(&npm).map(|package| {
            format!(
                "{name}: {package} contains the address of a registry; write the file with omit-lockfile-registry-resolved=true"
            )
        }));
    }
    for found in all {
        counts.add(Counts::one(found.is_none()));
        said.extend(found.map(|f| f + "\n"));
    }
    Ok((counts, said))
}

/// A package of the npm lockfile that names where it came from (links to our own workspaces do not count).
fn foreign_in_npm(lockfile: &Value) -> Option<String> {
    let packages = lockfile["packages"].as_object();
    let named = packages.into_iter().flatten().find(|(_, package)| {
        let from = package["resolved"].as_str().unwrap_or_default();
        package["link"] != Value::Bool(true) && from.contains("://")
    });
    named.map(|(name, _)| name.clone())
}

fn foreign_in_cargo(lockfile: &str) -> Option<String> {
    let sources = lockfile.lines().filter_map(|l| l.strip_prefix("source = \"")?.strip_suffix('"'));
    sources.into_iter().any(|s| s != CRATES_IO).then(|| "Cargo.lock: a package is not from crates.io".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_registry_s_address_is_found() {
        let own =
            json!({ "packages": { "node_modules/jitp": { "resolved": "pkg", "link": true }, "node_modules/a": {} } });
        assert_eq!(foreign_in_npm(&own), None);
        let foreign = json!({ "packages": { "node_modules/a": { "resolved": "https://registry.example/a.tgz" } } });
        assert!(foreign_in_npm(&foreign).is_some());
        assert_eq!(foreign_in_cargo(&format!("source = \"{CRATES_IO}\"\n")), None);
        assert!(foreign_in_cargo("source = \"registry+https://registry.example/index\"\n").is_some());
    }
}
