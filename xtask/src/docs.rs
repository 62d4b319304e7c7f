//! Writes what is made of something else anew; the tests fail where that was forgotten.

use anyhow::Result;

use crate::setup::npm::{self, npm};
use crate::shell::{Step, command, run};

/// Runs the crate's example that writes what is made of the rules, and the package's script for what is made of its types.
pub fn write() -> Result<()> {
    npm::ensure()?;
    let step = Step::start("docs", "writing what is made of the rules and of the types");
    let mut example = command("cargo");
    example.args(["run", "--quiet", "-p", "jitp", "--example", "catalogue"]);
    let written = run("the example `catalogue`", &mut example, "mend what the compiler names above")?;
    let mut shapes = command("cargo");
    // Only a build for tests knows the shapes of the types.
    shapes.args(["test", "--quiet", "-p", "jitp", "--lib", "shapes"]).env("JITP_WRITE_SHAPES", "1");
    run("the test that writes pkg/src/shapes.ts", &mut shapes, "mend what the compiler names above")?;
    let mut generate = npm();
    generate.args(["run", "--silent", "generate", "-w", "pkg", "-w", "tests"]);
    let more = run("npm run generate -w pkg -w tests", &mut generate, "mend what it names above")?;
    // The example names the files that it wrote, each on a line, and says which pages are the oldest.
    let (remarks, written): (Vec<&str>, Vec<&str>) = written.lines().partition(|line| line.contains(' '));
    step.done(format!(
        "wrote {}",
        written.into_iter().chain(["pkg/src/shapes.ts"]).chain(more.split_whitespace()).collect::<Vec<_>>().join(", ")
    ));
    for remark in remarks {
        println!("{remark}");
    }
    Ok(())
}
