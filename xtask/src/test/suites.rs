//! The suites: what each runs, and what must be there before it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::counts::{self, Counts};
use super::heavy::{embeds, imports, spark};
use super::{Stage, lockfiles, public_api};
use crate::build::Part;
use crate::setup;
use crate::setup::npm::{WORKSPACES, has_script, npm};
use crate::setup::python::Environment;
use crate::setup::wasm_target::TARGET;
use crate::shell::{command, failure, root, run_logged};
use crate::size;

/// What a suite is run for, and how.
pub struct Suite {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it checks.
    pub about: &'static str,
    /// Runs it; an error is a failure of the suite like any other.
    pub run: fn(&mut Stage) -> Result<Report>,
}

/// What a suite found.
pub struct Report {
    /// How many tests.
    pub counts: Counts,
    /// What they printed.
    pub log: String,
    /// Why the suite failed where no count says so.
    pub trouble: Option<String>,
    /// What the reader of the summary should know of a suite that passed.
    pub note: Option<String>,
}

impl Report {
    /// Of a suite that cannot run on this machine, and why.
    pub(super) fn skipped(why: String) -> Self {
        Self { counts: Counts { skipped: 1, ..Counts::default() }, log: String::new(), trouble: None, note: Some(why) }
    }
}

/// In the order of running: the quick ones that need no build come first.
pub const SUITES: [Suite; 27] = [
    Suite { name: "fmt", about: "cargo fmt --check", run: fmt },
    Suite { name: "biome", about: "biome check: TypeScript and JavaScript are formatted and linted", run: biome },
    Suite {
        name: "lockfiles",
        about: "both lockfiles are in sync and contain no address of a private registry",
        run: lockfile,
    },
    Suite {
        name: "walls",
        about: "the page imports as docs/ARCHITECTURE.md says, and documents name files that exist",
        run: walls,
    },
    Suite { name: "clippy", about: "clippy on the machine's own target, warnings are errors", run: clippy },
    Suite { name: "rust", about: "cargo test --workspace", run: rust },
    Suite {
        name: "doc",
        about: "the crate's documentation without a warning, and the names that it exports",
        run: doc,
    },
    Suite { name: "clippy-wasm", about: "clippy on wasm32, warnings are errors", run: clippy_wasm },
    Suite { name: "size", about: "the wasm is within its size limit", run: size_budget },
    Suite { name: "native-wasm", about: "the same answers from Rust and from the npm package", run: native_wasm },
    Suite {
        name: "certificates",
        about: "certificates, signatures and samples, compared with OpenSSL",
        run: certificates,
    },
    Suite { name: "package", about: "the packed npm package, installed into an empty project", run: package },
    Suite { name: "fleet", about: "fleets that come in chunks, in one thread and in several", run: fleet },
    Suite { name: "consumers", about: "the element and the parts of the packed package in bundles", run: consumers },
    Suite { name: "cli", about: "the output of the command line", run: cli },
    Suite { name: "export", about: "exports are read back by the programs they are for", run: export },
    Suite {
        name: "access",
        about: "what policies allow, compared with AWS's pages, public reports and IAM's rules",
        run: access,
    },
    Suite { name: "replay", about: "plans come true, call by call, in a mock of AWS IoT", run: replay },
    Suite { name: "schema", about: "jitp refuses what the JSON Schema refuses", run: schema },
    Suite { name: "types", about: "tsc on every package of the workspace", run: types },
    Suite { name: "browser", about: "the page in a headless Chromium", run: browser },
    Suite { name: "readme", about: "the README's snippets run as written", run: readme },
    Suite {
        name: "reference",
        about: "docs/api.md matches the declarations, and everything is documented",
        run: reference,
    },
    Suite {
        name: "imports",
        about: "the packed package with every bundler and runtime of the README's table",
        run: imports,
    },
    Suite { name: "embeds", about: "real documentation sites, built by the letter of docs/embedding", run: embeds },
    Suite { name: "spark", about: "docs/at-scale.md: a fleet in the partitions of Apache Spark", run: spark },
    Suite { name: "bench-smoke", about: "the benchmark runs, and all its libraries agree", run: bench_smoke },
];

const LIMIT: Duration = Duration::from_secs(60 * 60);

fn logged(name: &str, command: &mut Command) -> Result<(String, Option<String>)> {
    let ran = run_logged(command, &super::log_file(name), LIMIT)?;
    let trouble = (!ran.ok()).then(|| ran.why());
    Ok((ran.log, trouble))
}

/// A command that is one check by itself.
fn one(name: &str, command: &mut Command) -> Result<Report> {
    let (log, trouble) = logged(name, command)?;
    Ok(Report { counts: Counts::one(trouble.is_none()), log, trouble, note: None })
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments);
    cargo
}

fn fmt(_: &mut Stage) -> Result<Report> {
    one("fmt", &mut cargo(&["fmt", "--all", "--check"]))
}

fn biome(_: &mut Stage) -> Result<Report> {
    setup::npm::ensure()?;
    let mut check = npm();
    check.args(["exec", "--", "biome", "check", "--error-on-warnings"]);
    one("biome", &mut check)
}

fn lockfile(_: &mut Stage) -> Result<Report> {
    let (counts, log) = lockfiles::check()?;
    Ok(Report { counts, log, trouble: None, note: None })
}

fn walls(_: &mut Stage) -> Result<Report> {
    setup::npm::ensure()?;
    node(
        "walls",
        &["tests/walls.test.mjs", "tests/words.test.mjs", "tests/documents.test.mjs", "tests/unfold.test.mjs"]
            .map(str::to_owned),
        None,
    )
}

fn clippy(_: &mut Stage) -> Result<Report> {
    one("clippy", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn rust(_: &mut Stage) -> Result<Report> {
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    // A snapshot that differs is a failure, not a file to be looked at later.
    tests.env("INSTA_UPDATE", "no");
    let (log, trouble) = logged("rust", &mut tests)?;
    Ok(Report { counts: counts::of_cargo(&log), log, trouble, note: None })
}

fn doc(_: &mut Stage) -> Result<Report> {
    let mut doc = cargo(&["doc", "--no-deps", "-p", "jitp"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    let report = one("doc", &mut doc)?;
    if report.trouble.is_some() {
        return Ok(report);
    }
    let differs = public_api::differences()?;
    let counts = Counts { passed: 1 + u32::from(differs.is_none()), failed: u32::from(differs.is_some()), skipped: 0 };
    Ok(Report { counts, log: differs.unwrap_or(report.log), ..report })
}

fn clippy_wasm(stage: &mut Stage) -> Result<Report> {
    let toolchain = stage.setup()?.toolchain.clone();
    let has_clippy = toolchain.has_clippy()?;
    // Without clippy the compiler's own warnings are still errors, and the summary says what was not checked.
    let mut lint = cargo(&[if has_clippy { "clippy" } else { "check" }]);
    lint.args(["--workspace", "--exclude", "xtask", "--lib", "--target", TARGET]);
    if has_clippy {
        lint.args(["--", "-D", "warnings"]);
    }
    toolchain.apply(&mut lint, &[])?;
    let (log, mut trouble) = logged("clippy-wasm", &mut lint)?;
    if !has_clippy && trouble.is_none() && log.lines().any(|l| l.starts_with("warning")) {
        trouble = Some("the compiler warns".to_owned());
    }
    let note = (!has_clippy)
        .then(|| "clippy is not installed for this toolchain: only the warnings of rustc were checked".to_owned());
    Ok(Report { counts: Counts::one(trouble.is_none()), log, trouble, note })
}

fn size_budget(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    let sizes = size::measure()?;
    let over = size::over_budget(&sizes);
    Ok(Report { counts: Counts::one(over.is_none()), log: size::table(&sizes), trouble: over, note: None })
}

fn native_wasm(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    node("native-wasm", &["tests/native-wasm.test.mjs".to_owned()], None)
}

fn certificates(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    setup::programs::openssl()?;
    let files =
        ["tests/authority.test.mjs", "tests/openssl.test.mjs", "tests/sample.test.mjs", "tests/signatures.test.mjs"];
    node("certificates", &files.map(str::to_owned), None)
}

fn package(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Element)?;
    node(
        "package",
        &[
            "tests/package.test.mjs",
            "tests/account.test.mjs",
            "tests/intake.test.mjs",
            "tests/run.test.mjs",
            "tests/trap.test.mjs",
            "tests/crossing.test.mjs",
            "tests/memory.test.mjs",
            "tests/publish.test.mjs",
            "tests/drift.test.mjs",
            "tests/element-types.test.mjs",
        ]
        .map(str::to_owned),
        None,
    )
}

fn fleet(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    node("fleet", &test_files("tests/fleet")?, None)
}

fn consumers(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Element)?;
    let chromium = stage.chromium()?;
    node("consumers", &["tests/consumers.test.mjs".to_owned()], Some(chromium))
}

fn cli(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    // Thousands of short runs of one program that has one thread.
    of_node("cli", &mut node_tests(&test_files("tests/cli")?, None, 2))
}

fn export(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    setup::programs::openssl()?;
    let mut tests = node_tests(&test_files("tests/export")?, None, 1);
    // The AWS CLI and the mock of AWS. Tests that need them look for them on the path, and are skipped without them.
    let note = match setup::python::ensure(&setup::python::REPLAY)? {
        Environment::Ready(python) => {
            let programs = python.parent().into_iter().map(Path::to_path_buf);
            let path = env::var_os("PATH").unwrap_or_default();
            tests.env("PATH", env::join_paths(programs.chain(env::split_paths(&path)))?);
            None
        }
        Environment::Absent(why) => Some(format!("the AWS CLI and its mock were not set up: {why}")),
    };
    tests.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(Report { note, ..of_node("export", &mut tests)? })
}

fn access(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    node("access", &test_files("tests/access")?, None)
}

fn schema(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    node("schema", &test_files("tests/schema")?, None)
}

fn replay(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    let python = match setup::python::ensure(&setup::python::REPLAY)? {
        Environment::Ready(python) => python,
        // Rust and Node are all that a checkout needs.
        Environment::Absent(why) => return Ok(Report::skipped(format!("no plan was replayed: {why}"))),
    };
    let mut tests = command(python);
    tests.args(["-m", "unittest", "discover", "--buffer", "--start-directory", "tests/replay"]);
    tests.env("PYTHONDONTWRITEBYTECODE", "1");
    let (log, trouble) = logged("replay", &mut tests)?;
    Ok(Report { counts: counts::of_unittest(&log), log, trouble, note: None })
}

fn readme(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Element)?;
    let chromium = stage.chromium()?;
    node("readme", &["tests/readme.test.mjs".to_owned()], Some(chromium))
}

fn reference(stage: &mut Stage) -> Result<Report> {
    stage.setup()?;
    node("reference", &test_files("tests/reference")?, None)
}

fn bench_smoke(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    let mut bench = command("node");
    bench.args(["tests/bench/bench.mjs", "--smoke"]);
    one("bench-smoke", &mut bench)
}

fn browser(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Element)?;
    let chromium = stage.chromium()?;
    let firefox = setup::programs::firefox();
    let mut tests = node_tests(&test_files("tests/browser")?, Some(chromium), 1);
    if let Ok(firefox) = &firefox {
        tests.env("FIREFOX_PATH", firefox);
    }
    let note = firefox.err().map(|why| format!("not in Firefox: {why:#}"));
    Ok(Report { note, ..of_node("browser", &mut tests)? })
}

/// The tests of a folder: files whose names end in `.test.mjs`; others are theirs to import.
pub(super) fn test_files(folder: &str) -> Result<Vec<String>> {
    let entries = fs::read_dir(root().join(folder)).map_err(|e| {
        failure(format!("cannot list {folder}: {e}"), "put the tests of the suite there, named *.test.mjs")
    })?;
    let mut files: Vec<String> = entries
        .flatten()
        .map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(failure(format!("{folder} contains no *.test.mjs"), "put the tests of the suite there"));
    }
    Ok(files)
}

fn node(name: &str, files: &[String], chromium: Option<PathBuf>) -> Result<Report> {
    of_node(name, &mut node_tests(files, chromium, 1))
}

/// Runs test files, so many at once: mostly one, because a browser, a package manager and a compiler at once would be slower on two cores.
pub(super) fn node_tests(files: &[String], chromium: Option<PathBuf>, at_once: u8) -> Command {
    let mut tests = command("node");
    tests.arg("--test").arg(format!("--test-concurrency={at_once}")).arg("--test-reporter=spec").args(files);
    if let Some(chromium) = chromium {
        tests.env("CHROME_PATH", chromium);
    }
    tests
}

pub(super) fn of_node(name: &str, tests: &mut Command) -> Result<Report> {
    let (log, trouble) = logged(name, tests)?;
    Ok(Report { counts: counts::of_node(&log), log, trouble, note: None })
}

/// Every workspace with a script `typecheck`, a check each.
fn types(stage: &mut Stage) -> Result<Report> {
    stage.built(Part::Package)?;
    let mut all = Report { counts: Counts::default(), log: String::new(), trouble: None, note: None };
    for name in WORKSPACES.iter().filter(|w| has_script(&root().join(w), "typecheck")) {
        let report = one("types", npm().args(["run", "typecheck", "-w", name]))?;
        all.counts.add(report.counts);
        all.log += &report.log;
        all.trouble = all.trouble.or(report.trouble);
    }
    fs::write(super::log_file("types"), &all.log)?;
    Ok(all)
}
