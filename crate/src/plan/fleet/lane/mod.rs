//! The fast lane of a fleet: the rows of ordinary devices, of which there is nothing to say, by the loop of `jitp-lane`.
//!
//! A template is compiled if what it makes of a certificate is simple. A certificate in which anything is unusual is judged as any other,
//! so that a row never depends on the lane. Tests compare the rows with and without it.

mod access;
mod program;
mod texts;

use crate::certificate::extension;
use crate::plan::access::GivenPolicies;
use crate::plan::types::DryRunOptions;
use crate::secrets;
use crate::template::Template;
use jitp_lane::{Batch, OtherRows};
use std::borrow::Cow;
use std::ops::Range;

/// Certificates on their way to their rows.
#[derive(Clone, Debug)]
pub struct Lane {
    batch: Batch,
}

/// Judges a certificate by the full path, and adds its row: its DER, its place in the text, the rows.
pub type FullPath<'f> = dyn FnMut(&[u8], Range<usize>, &mut Vec<u8>) + 'f;

impl Lane {
    /// The lane of a template. `None` if what the template makes of a certificate, with these options, is not simple enough.
    #[cold]
    pub fn of(template: &Template, options: &DryRunOptions, given: &GivenPolicies) -> Option<Self> {
        let batch = Batch::new(program::of(template, options, given)?)?;
        Some(Self { batch })
    }

    /// Takes the certificate of the first block that begins at or after a position of a text, if it is written as tools write it. Returns
    /// where the block ends. `before`: where the text begins in the input. `is_last`: nothing follows the text. The lane must not be full.
    pub fn take(&mut self, text: &[u8], before: usize, position: usize, is_last: bool) -> Option<usize> {
        self.batch.take(text, before, position, is_last)
    }

    /// Takes a certificate that is given alone, in PEM or DER, if it is written as tools write it. The lane must not be full.
    pub fn take_alone(&mut self, certificate: &[u8]) -> bool {
        self.batch.take_alone(certificate)
    }

    /// Whether it must be flushed before it takes more.
    pub fn is_full(&self) -> bool {
        self.batch.is_full()
    }

    /// Adds the rows of all that was taken, in order. `other` adds those of certificates that turned out not to be ordinary.
    pub fn flush(&mut self, rows: &mut Vec<u8>, other: &mut FullPath<'_>) {
        if !self.batch.is_empty() {
            self.batch.flush(rows, &mut Others { other });
        }
    }

    /// How many rows it has added.
    pub fn rows(&self) -> usize {
        self.batch.ordinary()
    }
}

struct Others<'l, 'f> {
    other: &'l mut FullPath<'f>,
}

impl OtherRows for Others<'_, '_> {
    fn add(&mut self, der: &[u8], place: Range<usize>, rows: &mut Vec<u8>) {
        (self.other)(der, place, rows);
    }

    fn knows_critical(&mut self, extension: &[u8]) -> bool {
        extension::unchecked(Some(&sequence(&sequence(extension)))).is_empty()
    }

    fn may_show(&mut self, text: &str) -> bool {
        matches!(secrets::masked(text), Cow::Borrowed(_))
    }
}

/// A SEQUENCE with a length in two bytes, whatever it is.
fn sequence(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[0x30, 0x82, length[0], length[1]], content].concat()
}
