//! Suites that need hundreds of megabytes of others' tools.

use anyhow::Result;

use super::Stage;
use super::suites::{Report, node_tests, of_node, test_files};
use crate::build::Part;
use crate::setup;
use crate::setup::python::Environment;

/// They run in CI and by name; `cargo xtask test` says that they did not run.
pub const HEAVY: [&str; 3] = ["imports", "embeds", "spark"];

/// Suites with their own `tests/NAME/package-lock.json`.
pub const WITH_PACKAGES: [&str; 2] = ["imports", "embeds"];

pub(super) fn imports(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Element)?;
    let chromium = stage.chromium()?;
    let tools = setup::npm::tools("imports")?;
    let mut tests = node_tests(&test_files("tests/imports")?, Some(chromium), 1);
    tests.env("JITP_IMPORTS", tools);
    of_node("imports", &mut tests)
}

pub(super) fn embeds(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Element)?;
    let chromium = stage.chromium()?;
    let tools = setup::npm::tools("embeds")?;
    // A host whose generator this machine cannot have is skipped by name; in CI that is a failure.
    let python = setup::python::ensure(&setup::python::EMBEDS)?;
    let jekyll = setup::programs::jekyll();
    let missing = match &python {
        Environment::Absent(why) => Some(format!("no generators from Python's packages: {why}")),
        Environment::Ready(_) => None,
    };
    let missing: Vec<String> =
        missing.into_iter().chain(jekyll.err().map(|why| format!("no Jekyll: {why:#}"))).collect();
    let mut tests = node_tests(&test_files("tests/embeds")?, Some(chromium), 1);
    tests.env("JITP_EMBEDS", tools);
    let note = (!missing.is_empty()).then(|| missing.join("; "));
    Ok(Report { note, ..of_node("embeds", &mut tests)? })
}

pub(super) fn spark(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    if let Err(why) = setup::programs::java() {
        return Ok(Report::skipped(format!("nothing was judged on Spark: {why:#}")));
    }
    let python = match setup::python::ensure(&setup::python::SPARK)? {
        Environment::Ready(python) => python,
        Environment::Absent(why) => return Ok(Report::skipped(format!("nothing was judged on Spark: {why}"))),
    };
    let mut tests = node_tests(&test_files("tests/spark")?, None, 1);
    tests.env("JITP_PYTHON", python);
    of_node("spark", &mut tests)
}
