//! Writes the files that are generated: those of the Rust sources always, those of the TypeScript sources if these changed.
//! The tests fail if a generated file is out of date.

use std::path::PathBuf;

use anyhow::Result;

use crate::fingerprint;
use crate::setup::npm::{self, npm};
use crate::shell::{Step, command, output_of, root, run, say};

/// What the generated files of the TypeScript sources depend on. The files that Rust generates among them are data and no
/// declarations; [`GENERATED_BY_RUST`] names them.
const TYPESCRIPT: [&str; 5] =
    ["pkg/src", "pkg/output-schema.mjs", "pkg/tsconfig.json", "tests/reference/reference.mjs", "package-lock.json"];

/// Files below `pkg/src` that change with each rule and cannot change what TypeScript generates.
const GENERATED_BY_RUST: [&str; 3] = ["pkg/src/rules.ts", "pkg/src/regions.ts", "pkg/src/shapes.ts"];

/// The files that TypeScript generates.
const BY_TYPESCRIPT: [&str; 3] = ["docs/api.md", "pkg/jitp.output.schema.json", "pkg/jitp.account.schema.json"];

/// Writes all generated files; those of TypeScript, which need npm, only with `all` or if their sources changed.
pub fn write(all: bool) -> Result<()> {
    let step = Step::start("docs", "writing what the Rust sources generate");
    let mut example = command("cargo");
    example.args(["run", "--quiet", "-p", "jitp", "--example", "catalogue"]);
    let fix = "fix what the compiler names above";
    let printed = run("the example `catalogue`", &mut example, fix)?;
    let mut shapes = command("cargo");
    // Only a build for tests knows the shapes of the types.
    shapes.args(["test", "--quiet", "-p", "jitp", "--lib", "shapes"]).env("JITP_WRITE_SHAPES", "1");
    run("the test that writes pkg/src/shapes.ts", &mut shapes, fix)?;
    let mut works = command("cargo");
    // Only the tests know what is around an example.
    works
        .args(["test", "--quiet", "-p", "jitp", "--test", "catalogue", "the_examples_of_the_page"])
        .env("JITP_WRITE_EXAMPLES", "1");
    run("the test that writes www/samples/rule-examples.json", &mut works, fix)?;
    // The example names the files that it wrote, each on a line, and says which pages are the oldest.
    let (remarks, written): (Vec<&str>, Vec<&str>) = printed.lines().partition(|line| line.contains(' '));
    step.done(format!(
        "wrote {}",
        written
            .into_iter()
            .chain(["pkg/src/shapes.ts", "www/samples/rule-examples.json"])
            .collect::<Vec<_>>()
            .join(", ")
    ));
    for remark in remarks {
        println!("{remark}");
    }
    let stamp = root().join("target/jitp-build/docs.stamp");
    let files = BY_TYPESCRIPT.map(|f| root().join(f));
    let unchanged = || Ok::<_, anyhow::Error>(fingerprint::fits(&stamp, &hash()?, &files) || as_committed(&stamp));
    if !all && unchanged()? {
        say(format!(
            "docs: {} not written: their TypeScript sources did not change (`cargo xtask docs --all` writes them too)",
            BY_TYPESCRIPT.join(" and ")
        ));
        return Ok(());
    }
    npm::ensure()?;
    let step = Step::start("docs", "writing what the TypeScript sources generate");
    let mut generate = npm();
    generate.args(["run", "--silent", "generate", "-w", "pkg", "-w", "tests"]);
    let printed = run("npm run generate -w pkg -w tests", &mut generate, "fix what it names above")?;
    fingerprint::keep(&stamp, &hash()?)?;
    step.done(format!("wrote {}", printed.split_whitespace().collect::<Vec<_>>().join(", ")));
    Ok(())
}

/// The hash over the sources and over what was generated, so that an older copy of a generated file does not fit either.
fn hash() -> Result<String> {
    let generated: Vec<PathBuf> = GENERATED_BY_RUST.iter().map(|f| root().join(f)).collect();
    let inputs: Vec<PathBuf> = TYPESCRIPT.iter().chain(&BY_TYPESCRIPT).map(|i| root().join(i)).collect();
    fingerprint::of_all_but(&inputs, &generated, &[])
}

/// In a fresh clone there is no stamp yet. Sources as they were committed need no new files: the suite `reference` passed with both.
fn as_committed(stamp: &std::path::Path) -> bool {
    let mut status = command("git");
    status.args(["status", "--porcelain", "--"]).args(TYPESCRIPT).args(BY_TYPESCRIPT);
    status.args(GENERATED_BY_RUST.map(|file| format!(":(exclude){file}")));
    !stamp.exists() && output_of(status).is_some_and(|changed| changed.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_is_named_is_there() {
        for file in TYPESCRIPT.iter().chain(&GENERATED_BY_RUST).chain(&BY_TYPESCRIPT) {
            assert!(root().join(file).exists(), "{file}");
        }
    }
}
