//! Fleets that come in pieces: rows as records (`crate/src/plan/fleet/record.rs`), which JavaScript decodes when somebody looks at them.

use super::Template;
use super::checks::Checks;
use super::given::Given;
use super::result::value;
use crate::plan::{self, DryRunOptions};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// See [`plan::FleetStream`].
#[wasm_bindgen]
pub struct FleetStream {
    stream: plan::FleetStream,
    used: usize,
    /// Adds its rows up, if they are all rows of a fleet.
    tally: Option<plan::FleetTally>,
}

#[wasm_bindgen]
impl FleetStream {
    /// A stream for devices of this template, each with its check. The template of all calls must be this one.
    #[wasm_bindgen(constructor)]
    pub fn new(template: &Template, options: &JsValue, checks: Option<Checks>) -> Result<Self, JsValue> {
        let issuers = checks.map(Checks::into_list);
        let options = DryRunOptions { issuers, ..Given::read(options)?.dry_run() };
        Ok(Self { stream: plan::FleetStream::new(&template.0, options), used: 0, tally: None })
    }

    /// The checks of the next entries, in their order, in place of any before.
    pub fn expect(&mut self, checks: Checks) {
        self.stream.expect(checks.into_list());
    }

    /// Goes on with a text of which another stream has judged the beginning.
    #[wasm_bindgen(js_name = goOn)]
    pub fn go_on(&mut self) {
        self.stream.go_on();
    }

    /// Adds its rows up from now on, and marks them, as a tally of its own would. Without repeats, no row says which earlier row it repeats.
    pub fn count(&mut self, with_repeats: bool) {
        self.tally = Some(tally(with_repeats));
    }

    /// The records of what is complete in a piece of the fleet.
    pub fn push(&mut self, template: &Template, piece: &[u8], is_last: bool) -> Vec<u8> {
        self.used = self.stream.push(&template.0, piece, is_last);
        self.rows()
    }

    /// How many bytes of the last piece were complete. The next piece is to begin with the rest.
    pub fn used(&self) -> usize {
        self.used
    }

    /// A record for each certificate, PEM or DER. The bytes are those of all of them, one after another; the lengths are theirs.
    pub fn each(&mut self, template: &Template, bytes: &[u8], lengths: &[u32]) -> Vec<u8> {
        let mut rest = bytes;
        let certificates = lengths.iter().map(|length| {
            let (certificate, after) = rest.split_at(rest.len().min(*length as usize));
            rest = after;
            certificate
        });
        self.stream.push_each(&template.0, certificates);
        self.rows()
    }

    /// The account after all rows so far; null if none was given.
    pub fn account(&self) -> Result<JsValue, JsValue> {
        value(&self.stream.account())
    }

    /// What was added up so far; null if nothing was to be.
    pub fn summary(&self) -> Result<JsValue, JsValue> {
        value(&self.tally.as_ref().map(plan::FleetTally::summary))
    }
}

impl FleetStream {
    fn rows(&mut self) -> Vec<u8> {
        let mut rows = self.stream.take_rows();
        if let Some(tally) = &mut self.tally {
            tally.add(&mut rows);
        }
        rows
    }
}

fn tally(with_repeats: bool) -> plan::FleetTally {
    if with_repeats { plan::FleetTally::default() } else { plan::FleetTally::without_repeats() }
}

/// See [`plan::FleetTally`].
#[wasm_bindgen]
pub struct FleetTally(plan::FleetTally);

#[wasm_bindgen]
impl FleetTally {
    /// A tally without any rows. Without repeats, no row says which earlier row it repeats.
    #[wasm_bindgen(constructor)]
    pub fn new(with_repeats: bool) -> Self {
        Self(tally(with_repeats))
    }

    /// Adds records, and writes their marks into them.
    pub fn add(&mut self, records: &mut [u8]) {
        self.0.add(records);
    }

    /// What was added so far.
    pub fn summary(&self) -> Result<JsValue, JsValue> {
        value(&self.0.summary())
    }
}
