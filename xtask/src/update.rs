//! Writes all that follows from a changed rule or text: generated files, snapshots, expected output. What it writes is to be reviewed.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::Result;

use crate::build::{self, Part};
use crate::setup;
use crate::shell::{Step, command, failure, root, say};
use crate::{docs, shell};

/// Cargo's tests that keep snapshots. The others take minutes and keep nothing.
const SNAPSHOTS: [&str; 4] = ["fixtures", "field", "corpus", "certificates"];

/// How a test that keeps expected output is known. The others take minutes and keep nothing.
const KEEPS: [&str; 2] = [".expect(", "process.env.UPDATE"];

/// Writes everything, whatever fails on the way, and lists what changed.
pub fn update() -> Result<()> {
    docs::write(false)?;
    let step = Step::start("snapshots", "cargo test with INSTA_UPDATE=always");
    let mut tests = command("cargo");
    tests.args(["test", "--quiet", "-p", "jitp", "--no-fail-fast", "--lib"]).env("INSTA_UPDATE", "always");
    for test in SNAPSHOTS {
        tests.args(["--test", test]);
    }
    let snapshots = shell::run("snapshots", &mut tests, "these tests hold more than snapshots: fix what they name");
    step.done(if snapshots.is_ok() { "written" } else { "written, and something failed" });
    build::build(&setup::ensure()?, false, Part::Package)?;
    let step = Step::start("expected output", "node --test with UPDATE=1");
    let mut node = command("node");
    node.args(["--test", "--test-concurrency=1"]).args(keepers("tests/cli")?).env("UPDATE", "1");
    let expected = shell::run("expected output", &mut node, "these tests hold more than output: fix what they name");
    step.done(if expected.is_ok() { "written" } else { "written, and something failed" });
    let failed: Vec<String> =
        [snapshots, expected].into_iter().filter_map(|r| r.err()).map(|e| e.to_string()).collect();
    say("changed since the last commit; read each as a reviewer would:");
    // A copy without Git has all the rest.
    let _ = command("git").args(["status", "--short"]).stdout(Stdio::inherit()).status();
    if failed.is_empty() { Ok(()) } else { Err(failure(failed.join("\n"), "see above")) }
}

/// The tests of a folder that keep expected output.
fn keepers(folder: &str) -> Result<Vec<PathBuf>> {
    let mut kept = Vec::new();
    for file in fs::read_dir(root().join(folder))? {
        let path = file?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            let text = fs::read_to_string(&path)?;
            if KEEPS.iter().any(|mark| text.contains(mark)) {
                kept.push(path);
            }
        }
    }
    kept.sort();
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_that_keep_output_are_found_and_the_sweep_is_not_among_them() {
        let kept = keepers("tests/cli").expect("the folder is there");
        let has = |name: &str| kept.iter().any(|path| path.ends_with(name));
        assert!(has("program.test.mjs") && has("words.test.mjs") && !has("sweep.test.mjs"), "{kept:?}");
    }
}
