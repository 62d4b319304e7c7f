//! Holds work to time in proportion to its input: twice the input may take two and a half times as long, no more.
//!
//! Measured is the time that the thread had on a processor, so that a loaded machine does not count against the work.

use std::time::{Duration, Instant};

/// A shape of input that may hurt, and the work to do on it.
pub struct Case {
    /// What the input is, for the message of a failure.
    pub name: &'static str,
    /// An input of about so many bytes.
    pub input: fn(usize) -> Vec<u8>,
    /// What to do with it.
    pub work: fn(&[u8]),
}

/// The most that twice the input may take, as a multiple.
pub const MOST: f64 = 2.5;
/// The sizes that are doubled, in bytes. What is beyond a megabyte is not read at all.
const SIZES: [usize; 2] = [32_768, 262_144];
/// Shorter times than this say nothing: the work is repeated until it takes as long.
const WORTH: Duration = Duration::from_millis(15);
/// Work that takes longer at a small size already is not tried at a greater one.
const LONG: Duration = Duration::from_secs(4);

/// The time that this thread has had on a processor. Where the system does not tell, the time that has gone by.
fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|text| text.split_ascii_whitespace().next()?.parse().ok());
    told.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// How long the work takes on an input: the mean of so many rounds.
fn mean(work: fn(&[u8]), input: &[u8], rounds: u32, since: Instant) -> Duration {
    let before = spent(since);
    (0..rounds).for_each(|_| work(input));
    spent(since).saturating_sub(before) / rounds
}

/// The least of several such means.
fn least(work: fn(&[u8]), input: &[u8], rounds: u32, since: Instant) -> Duration {
    let first = mean(work, input, rounds, since);
    let more = if first * rounds > LONG / 4 { 0 } else { 2 };
    (0..more).map(|_| mean(work, input, rounds, since)).fold(first, Duration::min)
}

/// How many rounds it takes until the time is worth measuring.
fn rounds(work: fn(&[u8]), input: &[u8], since: Instant) -> u32 {
    let mut rounds = 1;
    loop {
        let once = mean(work, input, rounds, since);
        if once * rounds >= WORTH || rounds >= 1_024 {
            return rounds;
        }
        rounds *= 2;
    }
}

/// By how much the time grows from an input to one of twice its size, and how long the greater takes. What disturbs a measurement makes it
/// longer: the least of all tries counts, and they go on until the growth is small enough, or has been tried often.
pub fn growth(small: &[u8], great: &[u8], work: fn(&[u8])) -> (f64, Duration) {
    const TRIES: usize = 8;
    let since = Instant::now();
    let rounds = rounds(work, small, since);
    // What a doubled input is longer by differs a little from shape to shape.
    let longer = great.len() as f64 / small.len() as f64;
    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    let mut growth = f64::INFINITY;
    for _ in 0..TRIES {
        one = one.min(least(work, small, rounds, since));
        two = two.min(least(work, great, rounds, since));
        growth = two.as_secs_f64() / one.as_secs_f64().max(1e-9) * 2.0 / longer;
        if growth <= MOST || two > LONG {
            break;
        }
    }
    (growth, two)
}

/// Tells of each case whose time grows faster than its input.
pub fn assert_linear(cases: &[Case]) {
    let mut failed = Vec::new();
    for case in cases {
        let mut line = format!("{:44}", case.name);
        for size in SIZES {
            let measured = growth(&(case.input)(size), &(case.input)(size * 2), case.work);
            line += &format!(" {:.2}", measured.0);
            if measured.0 > MOST || measured.1 > LONG {
                failed.push(format!(
                    "{}: x {:.2} from {size} bytes to twice that, {:?}",
                    case.name, measured.0, measured.1
                ));
                break;
            }
        }
        println!("{line}");
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
