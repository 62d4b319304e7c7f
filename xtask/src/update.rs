//! Writes all that follows from a changed rule or text: generated files, snapshots, expected output. What it writes is to be reviewed.

use std::process::Stdio;

use anyhow::Result;

use crate::build::{self, Part};
use crate::setup;
use crate::shell::{Step, command, failure, say};
use crate::{docs, shell};

/// Cargo's tests that keep snapshots. The others take minutes and keep nothing.
const SNAPSHOTS: [&str; 4] = ["fixtures", "field", "corpus", "certificates"];

/// Files with expected output, and the tests that write them.
const EXPECTED: [&str; 2] = ["tests/cli/", "tests/publish.test.mjs"];

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
    node.args(["--test", "--test-concurrency=1"]).args(EXPECTED).env("UPDATE", "1");
    let expected = shell::run("expected output", &mut node, "these tests hold more than output: fix what they name");
    step.done(if expected.is_ok() { "written" } else { "written, and something failed" });
    let failed: Vec<String> =
        [snapshots, expected].into_iter().filter_map(|r| r.err()).map(|e| e.to_string()).collect();
    say("changed since the last commit; read each as a reviewer would:");
    command("git").args(["status", "--short"]).stdout(Stdio::inherit()).status()?;
    if failed.is_empty() { Ok(()) } else { Err(failure(failed.join("\n"), "see above")) }
}
