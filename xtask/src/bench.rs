//! The benchmark, on a fresh build.

use std::process::Stdio;

use anyhow::Result;

use crate::shell::{command, failure};

/// Runs tests/bench/bench.mjs with its output as it comes.
pub fn bench(arguments: &[&str]) -> Result<()> {
    let mut node = command("node");
    node.arg("tests/bench/bench.mjs").args(arguments);
    let status = node.stdout(Stdio::inherit()).stderr(Stdio::inherit()).status()?;
    if status.success() {
        return Ok(());
    }
    Err(failure(
        format!("the benchmark ended with {status}"),
        "see the lines above: a reader may have given another answer",
    ))
}
