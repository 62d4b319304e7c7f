//! Critical extensions of which nothing is to be said. Devices of one maker have the same.

use crate::batch::OtherRows;
use crate::walk::same;

/// The contents of their SEQUENCEs.
#[derive(Clone, Debug, Default)]
pub struct KnownExtensions(Vec<Box<[u8]>>);

impl KnownExtensions {
    /// The most that are remembered.
    const MOST: usize = 8;

    /// Whether an extension is known, or leaves nothing to say.
    #[inline(always)]
    pub fn knows(&mut self, extension: &[u8], others: &mut dyn OtherRows) -> bool {
        self.0.iter().any(|known| same(known, extension)) || self.ask(extension, others)
    }

    #[cold]
    fn ask(&mut self, extension: &[u8], others: &mut dyn OtherRows) -> bool {
        let is_known = others.knows_critical(extension);
        if is_known && self.0.len() < Self::MOST {
            self.0.push(extension.into());
        }
        is_known
    }
}
