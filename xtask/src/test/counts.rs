//! How many tests ran, read from what cargo and node print.

/// Counts of one suite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
    /// Tests that did not run: ignored, skipped or to do.
    pub skipped: u32,
}

impl Counts {
    /// One check that passed or failed.
    pub fn one(passed: bool) -> Self {
        Self { passed: u32::from(passed), failed: u32::from(!passed), skipped: 0 }
    }

    /// Adds another suite's.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Sums the `test result:` lines of `cargo test`.
pub fn of_cargo(log: &str) -> Counts {
    let mut counts = Counts::default();
    for line in log.lines().filter_map(|l| l.trim_start().strip_prefix("test result:")) {
        let number = |label: &str| {
            let part = line.split([';', '.']).find(|part| part.trim_end().ends_with(label))?;
            part.split_whitespace().next()?.parse::<u32>().ok()
        };
        counts.add(Counts {
            passed: number(" passed").unwrap_or(0),
            failed: number(" failed").unwrap_or(0),
            skipped: number(" ignored").unwrap_or(0),
        });
    }
    counts
}

/// Reads the closing lines of `node --test` (the spec and the TAP reporter have the same ones).
///
/// A file that declares no test passes as one test of the file's own name: that is none.
pub fn of_node(log: &str) -> Counts {
    let total = |label: &str| {
        let prefixes = [format!("ℹ {label} "), format!("# {label} ")];
        let line = log.lines().rev().find_map(|l| prefixes.iter().find_map(|p| l.strip_prefix(p.as_str())));
        line.and_then(|n| n.trim().parse::<u32>().ok()).unwrap_or(0)
    };
    let empty = log.lines().filter_map(|l| l.strip_prefix("✔ ")).filter(|l| is_file(l)).count();
    let empty = u32::try_from(empty).unwrap_or(u32::MAX);
    Counts {
        passed: total("pass").saturating_sub(empty),
        failed: total("fail") + total("cancelled"),
        skipped: total("skipped") + total("todo"),
    }
}

/// Reads the closing lines of Python's `unittest`.
pub fn of_unittest(log: &str) -> Counts {
    let word = |line: &str, before: &str| {
        let digits = line.split(before).nth(1)?.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok()
    };
    let ran = log.lines().rev().find_map(|line| line.starts_with("Ran ").then(|| word(line, "Ran "))?).unwrap_or(0);
    let end = log.lines().rev().find(|line| line.starts_with("OK") || line.starts_with("FAILED")).unwrap_or_default();
    let number = |label: &str| word(end, label).unwrap_or(0);
    let failed = number("failures=") + number("errors=") + number("unexpected successes=");
    let skipped = number("skipped=") + number("expected failures=");
    Counts { passed: ran.saturating_sub(failed + skipped), failed, skipped }
}

fn is_file(line: &str) -> bool {
    let name = line.rsplit_once(" (").map_or(line, |(name, _)| name);
    name.ends_with(".mjs") && (name.contains('/') || name.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binary_of_cargo_test_counts() {
        let log = "running 2 tests\ntest a ... ok\n\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(of_cargo(log), Counts { passed: 15, failed: 2, skipped: 1 });
        assert_eq!(of_cargo("error: could not compile `jitp`"), Counts::default());
    }

    #[test]
    fn node_s_totals_are_read_in_both_forms() {
        let spec = "✔ a (1.2ms)\nℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(of_node(spec), Counts { passed: 2, failed: 2, skipped: 1 });
        assert_eq!(of_node(&spec.replace('ℹ', "#")), of_node(spec));
    }

    #[test]
    fn unittest_counts_by_its_last_lines() {
        let log =
            "....F.s\n======\nFAIL: test_a\n------\nRan 7 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)\n";
        assert_eq!(of_unittest(log), Counts { passed: 3, failed: 3, skipped: 1 });
        assert_eq!(of_unittest("Ran 1175 tests in 60.2s\n\nOK\n"), Counts { passed: 1175, failed: 0, skipped: 0 });
        assert_eq!(of_unittest("Traceback (most recent call last):\n"), Counts::default());
    }

    #[test]
    fn a_file_without_tests_is_no_test() {
        let log = "✔ tests/empty.test.mjs (35.1ms)\n✔ reads a.mjs (1ms)\nℹ tests 2\nℹ pass 2\nℹ fail 0\n";
        assert_eq!(of_node(log).passed, 1);
    }
}
