//! Randomness that is the same in every run.

use proptest::test_runner::{Config, RngSeed};

/// How property tests draw their cases: the same ones in every run, so that no run fails by chance alone. The variable
/// `PROPTEST_RNG_SEED` draws others.
pub fn cases(cases: u32) -> Config {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    match config.rng_seed {
        RngSeed::Random => Config { rng_seed: RngSeed::Fixed(0x6a69_7470), ..config },
        RngSeed::Fixed(_) => config,
    }
}

/// Numbers that look random and are the same in every run (Marsaglia's xorshift).
///
/// Each text of a test gets separate dice, seeded by the text's name. With one dice for all texts, each roll would depend
/// on the number of texts before, so that a new fixture would change the test of every later one. The variable
/// `JITP_DICE`, a number, rolls others.
pub struct Dice(u64);

impl Dice {
    /// The dice of a text with this name.
    pub fn of(name: &str) -> Self {
        // FNV-1a of the file's name: the folder differs from machine to machine.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let other: u64 = std::env::var("JITP_DICE").ok().and_then(|number| number.parse().ok()).unwrap_or_default();
        let mut dice = Self((hash ^ other.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1);
        // Similar names give similar states at first.
        (0..8).for_each(|_| {
            dice.roll(2);
        });
        dice
    }

    /// The dice of a number.
    pub fn seeded(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `sides`; 0 if there are none.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    /// This many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.roll(256) as u8).collect()
    }
}
