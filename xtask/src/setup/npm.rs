//! The npm packages, by the one lockfile at the root.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::fingerprint;
use crate::shell::{Step, command, failure, output_of, root, run, say, tools_dir, which};

/// The packages of the npm workspace, as the root's package.json names them.
pub const WORKSPACES: [&str; 4] = ["pkg", "www", "www/element", "tests"];

const LEAST_NODE: u32 = 20;

/// Installs the packages where node_modules does not fit the lockfile.
pub fn ensure() -> Result<()> {
    check_node()?;
    let lockfile = root().join("package-lock.json");
    if !lockfile.is_file() {
        return Err(failure(
            "package-lock.json is missing",
            "it is part of the checkout; `npm install` in the root creates it again",
        ));
    }
    let manifests = WORKSPACES.iter().map(|w| root().join(w).join("package.json"));
    let inputs: Vec<PathBuf> = manifests.chain([root().join("package.json"), lockfile]).collect();
    let now = fingerprint::of(&inputs, &[])?;
    let stamp = root().join("node_modules/.jitp-stamp");
    if fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        say("npm packages: as in the lockfile, up to date");
        return Ok(());
    }
    let step = Step::start("npm packages", "npm ci");
    let fix = "if it says that package.json and the lockfile are not in sync: run `npm install` in the root and commit \
               the lockfile; otherwise check that the npm registry can be reached";
    run("npm ci", npm().args(["ci", "--no-audit", "--no-fund"]), fix)?;
    fs::write(&stamp, now).with_context(|| format!("cannot write {}", stamp.display()))?;
    step.done("installed");
    Ok(())
}

/// Installs the packages of a heavy suite, `tests/NAME`, which has a lockfile of its own, into target. The result is the folder with node_modules in it.
///
/// # Errors
///
/// A lockfile that is missing or does not fit, and packages that cannot be installed.
pub fn tools(name: &str) -> Result<PathBuf> {
    check_node()?;
    let home = tools_dir().join(name);
    let inputs = ["package.json", "package-lock.json"].map(|file| root().join("tests").join(name).join(file));
    let now = fingerprint::of(&inputs, &[])?;
    let stamp = home.join("node_modules/.jitp-stamp");
    if fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        say(format!("npm packages of tests/{name}: as in the lockfile, up to date"));
        return Ok(home);
    }
    let step = Step::start(format!("npm packages of tests/{name}"), "npm ci (a minute or more, once)");
    fs::create_dir_all(&home).with_context(|| format!("cannot write {}", home.display()))?;
    for input in &inputs {
        let copy = home.join(input.file_name().unwrap_or_default());
        fs::copy(input, &copy).with_context(|| format!("cannot copy {}", input.display()))?;
    }
    let fix = format!(
        "if the two are not in sync: run `npm install` in tests/{name}; otherwise check that the npm registry can be reached"
    );
    run("npm ci", npm().current_dir(&home).args(["ci", "--no-audit", "--no-fund"]), &fix)?;
    fs::write(&stamp, now).with_context(|| format!("cannot write {}", stamp.display()))?;
    step.done("installed");
    Ok(home)
}

/// A command that runs npm in the root.
pub fn npm() -> std::process::Command {
    // On Windows npm is a script, which Command starts only by its full name.
    let mut npm = command(which("npm").unwrap_or_else(|| "npm".into()));
    npm.env("NO_UPDATE_NOTIFIER", "1");
    npm
}

/// Whether a workspace's package.json has a script of this name.
pub fn has_script(workspace: &Path, script: &str) -> bool {
    let text = fs::read_to_string(workspace.join("package.json")).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    manifest["scripts"][script].is_string()
}

fn check_node() -> Result<()> {
    let fix = format!("install Node.js {LEAST_NODE} or newer with npm (nodejs.org, or your system's packages)");
    let mut node = command("node");
    node.arg("--version");
    let version = output_of(node).ok_or_else(|| failure("`node` is not on PATH", &fix))?;
    if major(&version) < Some(LEAST_NODE) {
        return Err(failure(format!("Node.js {version} is too old"), fix));
    }
    which("npm").map(|_| ()).ok_or_else(|| failure("`npm` is not on PATH", fix))
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_compare_by_their_major_number() {
        assert_eq!(major("v20.11.1"), Some(20));
        assert!(major("v9.0.0") < Some(LEAST_NODE));
        assert!(major("nonsense") < Some(LEAST_NODE));
    }
}
