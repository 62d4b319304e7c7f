//! A fleet that comes in pieces: rows as they come, in memory that does not grow with the fleet.

use super::judge::Common;
use super::lane::Lane;
use super::record;
use crate::access::RequestContext;
use crate::account::Account;
use crate::authority::IssuerCheck;
use crate::certificate::{Entry, NonCertificate, pem};
use crate::plan::access::{GivenPolicies, PlannedDevice};
use crate::plan::existing::EvolvingAccount;
use crate::plan::issuer::TemplateCa;
use crate::plan::outcome::TemplateFindings;
use crate::plan::types::DryRunOptions;
use crate::template::Template;
use std::borrow::Cow;
use std::ops::Range;

/// The bytes that are judged at a time if all of them are there.
const PIECE: usize = 1 << 20;

/// Judges the certificates of a fleet that comes in pieces, against one template. The rows are those that
/// [`Template::dry_run_fleet`] gives for the whole.
///
/// Rows are *records*, compact bytes. Where a row is in the fleet, and which earlier rows it repeats, is added by a
/// [`FleetTally`](super::FleetTally): so pieces may be judged at the same time, by a stream each, if no account changes with each device.
///
/// ```
/// use jitp::plan::{FleetStream, FleetTally};
/// use jitp::{DryRunOptions, Template};
///
/// let template = Template::new("{}");
/// let mut stream = FleetStream::new(&template, DryRunOptions::default());
/// let mut tally = FleetTally::default();
/// let used = stream.push(&template, b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTI", false);
/// assert_eq!(used, 0, "the block is not complete");
/// stream.push(&template, b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", true);
/// tally.add(&mut stream.take_rows());
/// assert_eq!(tally.summary().rows, 1);
/// ```
pub struct FleetStream {
    options: DryRunOptions,
    given: GivenPolicies,
    context: RequestContext,
    account: Option<EvolvingAccount>,
    /// Whether anything was found in the pieces so far.
    found: bool,
    /// The position of the next entry, which is that of its check in [`DryRunOptions::issuers`].
    next: usize,
    rows: Vec<u8>,
    /// The lane for ordinary devices, if the template has one.
    lane: Option<Lane>,
}

impl FleetStream {
    /// A stream for devices of this template. The template of all calls must be this one.
    pub fn new(template: &Template, options: DryRunOptions) -> Self {
        let account = EvolvingAccount::of(&options);
        Self { account, ..Self::outside(template, options) }
    }

    /// The same without an account of its own.
    pub(super) fn outside(template: &Template, options: DryRunOptions) -> Self {
        let given = GivenPolicies::read(template, &options);
        let context = PlannedDevice::context(&options);
        let lane = Lane::of(template, &options, &given);
        Self { options, given, context, account: None, found: false, next: 0, rows: Vec::new(), lane }
    }

    /// The same without the fast lane, for comparison: the rows are the same, later.
    pub fn without_lane(self) -> Self {
        Self { lane: None, ..self }
    }

    /// How many of the rows so far came by the fast lane.
    pub fn lane_rows(&self) -> usize {
        self.lane.as_ref().map_or(0, Lane::rows)
    }

    /// Gives the checks of the CA of the next entries, in their order, in place of [`DryRunOptions::issuers`] and of any before. An entry
    /// beyond them was not checked.
    pub fn expect(&mut self, issuers: Vec<IssuerCheck>) {
        self.options.issuers = Some(issuers);
        self.next = 0;
        // The lane knows nothing of checks.
        self.lane = None;
    }

    /// Goes on with a text of which another stream has judged the beginning: a rest without a block is not an entry.
    pub fn go_on(&mut self) {
        self.found = true;
    }

    /// Judges what is complete in a piece of the fleet, and says how many bytes of it that is. The next piece is to begin
    /// with the rest. If nothing was complete, it should be twice as long. `is_last`: nothing follows it; a piece after it begins another text.
    pub fn push(&mut self, template: &Template, piece: &[u8], is_last: bool) -> usize {
        let mut account = self.account.take();
        let used = self.judge(template, piece, is_last, account.as_mut());
        self.account = account;
        // What comes after the last piece is another text.
        self.found &= !is_last;
        used
    }

    /// Judges one certificate: PEM or DER. There is one row, whatever is given: an input with several certificates gives one that says so.
    pub fn push_one(&mut self, template: &Template, certificate: &[u8]) {
        self.push_each(template, [certificate]);
    }

    /// Judges certificates that are given one by one: a row for each.
    pub fn push_each<'c>(&mut self, template: &Template, certificates: impl IntoIterator<Item = &'c [u8]>) {
        let mut account = self.account.take();
        let mut bench = self.bench(template, account.as_ref());
        for certificate in certificates {
            bench.one(certificate, account.as_mut());
        }
        bench.flush();
        self.account = account;
    }

    /// The rows since the last call, as records.
    pub fn take_rows(&mut self) -> Vec<u8> {
        // The next piece has as many, most likely.
        let next = Vec::with_capacity(self.rows.len());
        std::mem::replace(&mut self.rows, next)
    }

    /// The account after all rows so far, if [`DryRunOptions::account`] was given.
    pub fn account(&self) -> Option<&Account> {
        self.account.as_ref().map(EvolvingAccount::account)
    }

    /// Judges a whole fleet in pieces, and hands over the records of each.
    pub(super) fn push_whole(
        &mut self,
        template: &Template,
        whole: &[u8],
        mut account: Option<&mut EvolvingAccount>,
        mut take: impl FnMut(&mut [u8]),
    ) {
        let (mut from, mut length) = (0, PIECE);
        loop {
            let end = whole.len().min(from + length);
            let is_last = end == whole.len();
            let used = self.judge(template, &whole[from..end], is_last, account.as_deref_mut());
            take(&mut self.rows);
            self.rows.clear();
            if is_last {
                return;
            }
            from += used;
            length = if used == 0 { 2 * length } else { PIECE };
        }
    }

    fn judge(
        &mut self,
        template: &Template,
        piece: &[u8],
        is_last: bool,
        mut account: Option<&mut EvolvingAccount>,
    ) -> usize {
        let mut entries = pem::find_in_piece(piece, self.found, is_last);
        let mut bench = self.bench(template, account.as_deref());
        let (mut place, mut found) = (0..0, false);
        loop {
            if bench.take_rest(&mut entries, is_last) {
                found = true;
            }
            let before = entries.used();
            let Some(entry) = entries.next() else { break };
            // The certificates of a bundle within are in one place.
            if entries.used() > before {
                place = before..entries.used();
            }
            found = true;
            bench.row(&entry, place.clone(), account.as_deref_mut());
        }
        bench.flush();
        self.found |= found;
        match entries.done() {
            0 if piece.len() > pem::LONGEST && !is_last => self.judge(template, piece, true, account),
            done => done,
        }
    }

    /// What rows of this template are made with. The location that an account gives does not change.
    fn bench<'s>(&'s mut self, template: &'s Template, account: Option<&EvolvingAccount>) -> Bench<'s> {
        Bench {
            template,
            options: template.located(&self.options, account),
            common: Common {
                findings: TemplateFindings::of(template.report()),
                own: TemplateCa::of(template),
                given: &self.given,
                context: &self.context,
            },
            next: &mut self.next,
            rows: &mut self.rows,
            lane: self.lane.as_mut().filter(|_| account.is_none()),
        }
    }
}

/// What the rows of a piece are made with.
struct Bench<'s> {
    template: &'s Template,
    options: Cow<'s, DryRunOptions>,
    common: Common<'s>,
    next: &'s mut usize,
    rows: &'s mut Vec<u8>,
    /// What it has taken comes after `rows`.
    lane: Option<&'s mut Lane>,
}

impl Bench<'_> {
    fn row(&mut self, entry: &Entry<'_>, place: Range<usize>, account: Option<&mut EvolvingAccount>) {
        self.flush();
        let row = self.template.fleet_row(&self.common, (*self.next, entry), &self.options, account);
        *self.next += 1;
        record::write(self.rows, &row, place);
    }

    /// One certificate, whatever it is given as.
    fn one(&mut self, certificate: &[u8], account: Option<&mut EvolvingAccount>) {
        if self.lane.as_mut().is_some_and(|lane| lane.take_alone(certificate)) {
            return self.flush_if_full();
        }
        let mut entries = pem::find(certificate);
        let entry = match entries.next() {
            Some(entry) if entries.next().is_none() => entry,
            _ => Entry::because(
                NonCertificate::UnknownBlock,
                "There is more than one certificate in this place, where one is expected.",
            ),
        };
        self.row(&entry, 0..certificate.len(), account);
    }

    /// Has the lane take blocks up to one that it leaves. Returns whether it took any.
    fn take_rest(&mut self, entries: &mut pem::Entries<'_>, is_last: bool) -> bool {
        let mut found = false;
        while let Some(lane) = &mut self.lane
            && let Some((text, before, position)) = entries.rest()
            && let Some(end) = lane.take(text, before, position, is_last)
        {
            entries.skip(end);
            found = true;
            self.flush_if_full();
        }
        found
    }

    fn flush_if_full(&mut self) {
        if self.lane.as_ref().is_some_and(|lane| lane.is_full()) {
            self.flush();
        }
    }

    /// Adds the rows of what the lane has taken.
    fn flush(&mut self) {
        let Self { template, options, common, next, rows, lane } = self;
        let Some(lane) = lane else { return };
        lane.flush(rows, &mut |der, place, rows| {
            let entry = Entry::Certificate { der: Cow::Borrowed(der), trailing: 0 };
            record::write(rows, &template.fleet_row(common, (**next, &entry), options, None), place);
        });
    }
}
