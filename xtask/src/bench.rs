//! The benchmark, on a fresh build.

use std::process::Stdio;

use anyhow::Result;

use crate::shell::{command, failure};

/// Runs a benchmark of tests/bench with its output as it comes.
pub fn bench(script: &str, arguments: &[&str]) -> Result<()> {
    let mut node = command("node");
    node.arg(format!("tests/bench/{script}")).args(arguments);
    let status = node.stdout(Stdio::inherit()).stderr(Stdio::inherit()).status()?;
    if status.success() {
        return Ok(());
    }
    Err(failure(
        format!("the benchmark ended with {status}"),
        "see the lines above: a library may have given another answer",
    ))
}
