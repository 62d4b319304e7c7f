//! Checks that work takes time in proportion to its input: twice the input may take three times as long, no more.
//!
//! No test reads a clock on the wall. It measures the time that the thread had on a processor, so that a loaded machine
//! does not count against the work.

use cpu_time::ThreadTime;
use std::time::Duration;

/// A shape of input that may take long, and the work to do on it.
pub struct Case {
    /// A description of the input, for the message of a failure.
    pub name: &'static str,
    /// An input of about this many bytes.
    pub input: fn(usize) -> Vec<u8>,
    /// The work.
    pub work: fn(&[u8]),
}

/// The most that twice the input may take, as a multiple. Work with the square takes four times as long; twice the memory may miss a cache that
/// once still fits, which was measured as 2.65.
pub const MOST: f64 = 3.0;
/// The sizes that are doubled, in bytes. A text beyond a megabyte is not read at all.
const SIZES: [usize; 2] = [32_768, 262_144];
/// Shorter times than this are too imprecise: the work is repeated until it takes as long.
const WORTH: Duration = Duration::from_millis(15);
/// Work that takes longer is out of proportion already, and is not tried at a greater size.
const LONG: Duration = Duration::from_secs(8);
/// How often a growth that is too great is measured again.
const TRIES: usize = 16;

/// The mean time that the work takes on an input, over `rounds` rounds.
fn mean(work: &dyn Fn(&[u8]), input: &[u8], rounds: u32) -> Duration {
    let since = ThreadTime::now();
    (0..rounds).for_each(|_| work(input));
    since.elapsed() / rounds
}

/// How many rounds the work needs until the time is worth measuring, and the time of one of them.
fn rounds(work: &dyn Fn(&[u8]), input: &[u8]) -> (u32, Duration) {
    let mut rounds = 1;
    loop {
        let once = mean(work, input, rounds);
        if once * rounds >= WORTH || rounds >= 1_024 {
            return (rounds, once);
        }
        rounds *= 2;
    }
}

/// The factor by which the time grows from an input to one of twice its size, and the time for the greater. A disturbed
/// measurement is longer, so that the least of all tries counts. They go on until the growth is small enough, or has been
/// tried often.
pub fn growth(small: &[u8], great: &[u8], work: &dyn Fn(&[u8])) -> (f64, Duration) {
    let (rounds, mut one) = rounds(work, small);
    // The length of a doubled input differs a little from shape to shape.
    let longer = great.len() as f64 / small.len() as f64;
    let mut two = Duration::MAX;
    let mut growth = f64::INFINITY;
    for _ in 0..TRIES {
        one = one.min(mean(work, small, rounds)).min(mean(work, small, rounds));
        two = two.min(mean(work, great, rounds));
        growth = two.as_secs_f64() / one.as_secs_f64().max(1e-9) * 2.0 / longer;
        if growth <= MOST || two > LONG {
            break;
        }
    }
    (growth, two)
}

/// The fault in the growth from an input to one of twice its size, if there is one.
pub fn check(name: &str, small: &[u8], great: &[u8], work: &dyn Fn(&[u8])) -> Option<String> {
    let (growth, taken) = growth(small, great, work);
    println!("{name:44} {growth:.2}");
    let (from, to) = (small.len(), great.len());
    (growth > MOST || taken > LONG).then(|| format!("{name}: x {growth:.2} from {from} bytes to {to}, {taken:?}"))
}

/// Fails, and names each case whose time grows faster than its input.
pub fn assert_linear(cases: &[Case]) {
    let at = |case: &Case, size: usize| check(case.name, &(case.input)(size), &(case.input)(size * 2), &case.work);
    // Where a cache becomes too small, time grows faster once. What is not linear grows faster again.
    let check = |case: &Case| SIZES.iter().find_map(|&size| at(case, size).and_then(|_| at(case, size * 2)));
    let failed: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
