//! Runs the suites and ends with one summary.

mod counts;
mod heavy;
mod lockfiles;
mod public_api;
mod suites;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::build::{self, Part};
use crate::setup::{self, Setup, programs};
use crate::shell::{failure, root, say};
use counts::Counts;
use heavy::HEAVY;
use suites::{Report, SUITES, Suite};

/// What was set up and built so far; a suite asks for what it needs, and what failed once is not tried again.
#[derive(Default)]
pub struct Stage {
    setup: Option<Result<Setup, String>>,
    built: Vec<(Part, Result<(), String>)>,
}

impl Stage {
    /// The tools, found or installed at the first call.
    pub fn setup(&mut self) -> Result<&Setup> {
        let done = self.setup.get_or_insert_with(|| setup::ensure().map_err(|e| format!("{e:#}")));
        done.as_ref().map_err(|e| anyhow::anyhow!("setup failed: {e}"))
    }

    /// Builds up to a part at the first call.
    pub fn built(&mut self, part: Part) -> Result<()> {
        if !self.built.iter().any(|(p, _)| *p == part) {
            let result = build::build(self.setup()?, false, part).map_err(|e| format!("{e:#}"));
            self.built.push((part, result));
        }
        let found = self.built.iter().find(|(p, _)| *p == part);
        found.map_or(Ok(()), |(_, r)| r.clone()).map_err(|e| anyhow::anyhow!("the build failed: {e}"))
    }

    /// A browser.
    pub fn chromium(&mut self) -> Result<PathBuf> {
        programs::chromium()
    }
}

/// Where a suite's output is kept.
pub fn log_file(suite: &str) -> PathBuf {
    root().join("target/test-logs").join(format!("{suite}.log"))
}

/// The names and purposes of the suites.
pub fn list() -> String {
    SUITES.iter().map(|s| format!("{:<14}{}\n", s.name, s.about)).collect()
}

struct Line {
    name: &'static str,
    ok: bool,
    counts: Counts,
    seconds: f64,
    note: Option<String>,
}

/// Runs the named suites, or all (the heavy ones in CI only); whether all of them passed.
pub fn test(only: Option<&str>) -> Result<bool> {
    let chosen = choose(only, in_ci())?;
    let left_out: Vec<&Suite> = if only.is_some() {
        Vec::new()
    } else {
        SUITES.iter().filter(|s| !chosen.iter().any(|c| c.name == s.name)).collect()
    };
    fs::create_dir_all(root().join("target/test-logs"))?;
    let mut stage = Stage::default();
    let lines: Vec<Line> = chosen.into_iter().map(|suite| run(suite, &mut stage)).collect();
    print!("\n{}{}", not_run(&left_out), summary(&lines));
    Ok(lines.iter().all(|l| l.ok))
}

/// CI runs the heavy suites, too.
fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false")
}

/// What was left out, and how to run it.
fn not_run(suites: &[&Suite]) -> String {
    let line = |s: &&Suite| {
        format!("{:<14}not run  ({}; it needs large tools: cargo xtask test --only {})\n", s.name, s.about, s.name)
    };
    suites.iter().map(line).collect()
}

/// The suites of these names; without names all, with or without the heavy ones.
fn choose(only: Option<&str>, with_heavy: bool) -> Result<Vec<&'static Suite>> {
    let Some(only) = only else {
        return Ok(SUITES.iter().filter(|s| with_heavy || !HEAVY.contains(&s.name)).collect());
    };
    let names: Vec<&str> = only.split(',').map(str::trim).collect();
    if let Some(strange) = names.iter().find(|n| SUITES.iter().all(|s| s.name != **n)) {
        return Err(failure(format!("unknown suite `{strange}`"), "see `cargo xtask test --list`"));
    }
    Ok(SUITES.iter().filter(|s| names.contains(&s.name)).collect())
}

fn run(suite: &'static Suite, stage: &mut Stage) -> Line {
    say(format!("{}: {}", suite.name, suite.about));
    let began = Instant::now();
    let line = match (suite.run)(stage) {
        Ok(report) => judge(suite.name, report),
        Err(error) => {
            let said = format!("{error:#}\n");
            let kept = fs::write(log_file(suite.name), &said);
            print!("{said}");
            let note = kept.err().map(|e| format!("its log could not be written: {e}"));
            Line { name: suite.name, ok: false, counts: Counts::one(false), seconds: 0.0, note }
        }
    };
    let seconds = began.elapsed().as_secs_f64();
    say(format!("{}: {} in {seconds:.1} s", suite.name, if line.ok { "ok" } else { "FAILED" }));
    Line { seconds, ..line }
}

/// A suite is ok when its program ended well, nothing failed, and something ran, or when it says why it cannot run here.
fn judge(name: &'static str, report: Report) -> Line {
    let Report { mut counts, log, mut trouble, note } = report;
    // A suite that was skipped as a whole says why.
    let excused = counts.skipped > 0 && note.is_some();
    if counts.passed == 0 && counts.failed == 0 && trouble.is_none() && !excused {
        trouble = Some("it ran no tests".to_owned());
    }
    let ok = trouble.is_none() && counts.failed == 0;
    if !ok {
        // What did not even compile has no count of its own.
        counts.failed = counts.failed.max(1);
        println!("---- {name} ----\n{}\n---- end of {name} ----", log.trim_end());
    }
    Line { name, ok, counts, seconds: 0.0, note: if ok { note } else { trouble.or(note) } }
}

fn summary(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut all = Counts::default();
    for line in lines {
        all.add(line.counts);
        let word = if line.ok { "ok" } else { "FAILED" };
        let Counts { passed, failed, skipped } = line.counts;
        text += &format!("{:<14}{word:<8}{passed:>5} passed {failed:>3} failed", line.name);
        if skipped > 0 {
            text += &format!(" {skipped:>3} skipped");
        }
        text += &format!(" {:>7.1} s", line.seconds);
        if let Some(note) = &line.note {
            text += &format!("  ({note})");
        }
        text.push('\n');
    }
    text + &format!("\n{} passed, {} failed\n", all.passed, all.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(passed: u32, failed: u32, trouble: Option<&str>) -> Report {
        let counts = Counts { passed, failed, skipped: 0 };
        Report { counts, log: String::new(), trouble: trouble.map(str::to_owned), note: None }
    }

    #[test]
    fn a_suite_without_a_test_or_with_a_bad_end_failed() {
        assert!(judge("a", report(3, 0, None)).ok);
        assert!(!judge("a", report(3, 1, None)).ok);
        let none = judge("a", report(0, 0, None));
        assert!(!none.ok && none.counts.failed == 1);
        let skipped = |note| Report { counts: Counts { skipped: 1, ..Counts::default() }, note, ..report(0, 0, None) };
        assert!(judge("a", skipped(Some("no Python".to_owned()))).ok);
        assert!(!judge("a", skipped(None)).ok, "tests that are skipped without a word");
        let crashed = judge("a", report(3, 0, Some("exit code 101")));
        assert!(!crashed.ok && crashed.counts.failed == 1);
    }

    #[test]
    fn the_summary_closes_with_the_sums() {
        let lines = [judge("fmt", report(1, 0, None)), judge("rust", report(12, 2, None))];
        let text = summary(&lines);
        assert!(text.contains("fmt           ok          1 passed   0 failed"), "{text}");
        assert!(text.ends_with("\n\n13 passed, 2 failed\n"), "{text}");
    }

    #[test]
    fn suites_are_chosen_by_name_in_their_own_order() {
        let names = |only| choose(Some(only), false).map(|s| s.iter().map(|s| s.name).collect::<Vec<_>>());
        assert_eq!(names("rust,fmt").expect("both exist"), ["fmt", "rust"]);
        assert!(names("rust,rusty").is_err());
    }

    #[test]
    fn every_test_file_is_of_a_suite() {
        let files = suites::test_files("tests").expect("there are some");
        let sources = include_str!("suites.rs");
        let forgotten: Vec<_> = files.iter().filter(|file| !sources.contains(&format!("\"{file}\""))).collect();
        assert!(files.len() > 10 && forgotten.is_empty(), "no suite runs {forgotten:?}");
    }

    #[test]
    fn heavy_suites_run_in_ci_and_by_name_and_are_named_otherwise() {
        assert_eq!(choose(None, true).expect("all exist").len(), SUITES.len());
        assert_eq!(choose(None, false).expect("all exist").len(), SUITES.len() - HEAVY.len());
        let imports = choose(Some("imports"), false).expect("it exists");
        assert_eq!(imports.len(), 1);
        assert!(not_run(&imports).contains("imports       not run") && not_run(&imports).contains("--only imports"));
    }
}
