//! Writes what is made of the rows in crate/src/rules anew; the crate's tests fail where that was forgotten.

use anyhow::Result;

use crate::shell::{Step, command, run};

/// Runs the crate's example that writes the files.
pub fn write() -> Result<()> {
    let step = Step::start("docs", "writing what is made of the rules");
    let mut example = command("cargo");
    example.args(["run", "--quiet", "-p", "jitp", "--example", "catalogue"]);
    let written = run("the example `catalogue`", &mut example, "mend what the compiler names above")?;
    step.done(format!("wrote {}", written.split_whitespace().collect::<Vec<_>>().join(" and ")));
    Ok(())
}
