//! Virtual environments of Python in the checkout's target folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{apt, programs};
use crate::fingerprint;
use crate::shell::{Step, command, failure, output_of, root, run, say, tools_dir};

/// A virtual environment.
pub struct Packages {
    /// Its folder among the tools.
    folder: &'static str,
    /// The packages and their versions, as pip reads them.
    requirements: &'static str,
}

/// The mock of AWS and the AWS CLI, for the replay of plans and for exports.
pub const REPLAY: Packages = Packages { folder: "python", requirements: "tests/replay/requirements.txt" };

/// Generators of sites, for the element.
pub const EMBEDS: Packages = Packages { folder: "embeds-python", requirements: "tests/embeds/requirements.txt" };

/// Apache Spark, for the example of docs/at-scale.md.
pub const SPARK: Packages = Packages { folder: "spark-python", requirements: "tests/spark/requirements.txt" };

/// The least minor version of Python 3 that all packages run on.
const LEAST_MINOR: u32 = 11;

/// What became of the environment.
pub enum Environment {
    /// It is there; the path of its Python.
    Ready(PathBuf),
    /// This machine has no Python that makes one, or cannot reach the packages; why.
    Absent(String),
}

/// Finds or makes the environment.
///
/// # Errors
///
/// Packages that cannot be installed although the index was reached.
pub fn ensure(packages: &Packages) -> Result<Environment> {
    let Packages { folder, requirements } = packages;
    let python = match programs::python().and_then(|found| checked(&found).map(|()| found)) {
        Ok(found) => found,
        Err(why) => return Ok(Environment::Absent(format!("{why:#}"))),
    };
    let home = tools_dir().join(folder);
    let inside = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let now = fingerprint::of(&[root().join(requirements)], &[&version(&python).unwrap_or_default()])?;
    let stamp = home.join(".jitp-stamp");
    if version(&inside).is_some() && fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        say("Python packages: as required, up to date");
        return Ok(Environment::Ready(inside));
    }
    let step = Step::start("Python packages", "a virtual environment in target (half a minute, once)");
    if let Err(why) = make(&python, &home) {
        return Ok(Environment::Absent(format!("{why:#}")));
    }
    let mut pip = command(&inside);
    pip.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--requirement", requirements]);
    let fix = format!("check that PyPI (or its mirror) can be reached, and the versions in {requirements}");
    match run("pip install", &mut pip, &fix) {
        Err(why) if unreachable(&format!("{why:#}")) => {
            return Ok(Environment::Absent("PyPI cannot be reached".to_owned()));
        }
        other => other?,
    };
    fs::write(&stamp, now).with_context(|| format!("cannot write {}", stamp.display()))?;
    step.done("installed");
    Ok(Environment::Ready(inside))
}

/// Makes an empty environment. Debian has the module that does it in a package of its own.
fn make(python: &Path, home: &Path) -> Result<()> {
    let venv = || {
        let mut venv = command(python);
        venv.args(["-m", "venv", "--clear"]).arg(home);
        venv
    };
    let fix = "install the Python module venv (Debian: python3-venv)";
    run("python -m venv", &mut venv(), fix).map(|_| ()).or_else(|why| {
        apt::install(&["python3-venv"]).map_err(|_| why)?;
        run("python -m venv", &mut venv(), fix).map(|_| ())
    })
}

fn version(python: &Path) -> Option<String> {
    let mut command = command(python);
    command.arg("--version");
    output_of(command)
}

fn checked(python: &Path) -> Result<()> {
    let version = version(python).unwrap_or_default();
    if minor(&version) < Some(LEAST_MINOR) {
        let fix = format!("install Python 3.{LEAST_MINOR} or newer, or set PYTHON to its program");
        return Err(failure(format!("{version} is too old"), fix));
    }
    Ok(())
}

fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("Python 3.")?.split('.').next()?.parse().ok()
}

/// Whether pip saw no version of a package at all: a wrong version in the requirements is another matter.
fn unreachable(log: &str) -> bool {
    log.contains("(from versions: none)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_python_compare_by_their_minor_number() {
        assert_eq!(minor("Python 3.11.7"), Some(11));
        assert!(minor("Python 3.9.2") < Some(LEAST_MINOR));
        assert!(minor("Python 2.7.18") < Some(LEAST_MINOR));
    }

    #[test]
    fn an_index_that_cannot_be_reached_is_told_from_a_wrong_version() {
        assert!(unreachable("ERROR: Could not find a version that satisfies moto==5.2.5 (from versions: none)"));
        assert!(!unreachable("ERROR: Could not find a version that satisfies moto==9 (from versions: 5.2.4, 5.2.5)"));
    }
}
