//! Many certificates against one template: a row for each, without the plan that no one would read for all of them.

mod judge;
mod lane;
mod record;
mod row;
mod stream;
mod tally;

use super::existing::EvolvingAccount;
use super::types::DryRunOptions;
use crate::template::Template;
use jitp_lane::EarlierRows;
pub use row::{Fleet, FleetCounts, FleetRow};
pub use stream::FleetStream;
pub use tally::{CodeCount, FleetSummary, FleetTally};

impl Template {
    /// Checks every certificate of a bundle: PEM with anything around it, or DER. What a row says equals what
    /// [`Template::dry_run`] says of that certificate alone, with the check of its CA from [`DryRunOptions::issuers`].
    ///
    /// ```
    /// use jitp::{DryRunOptions, Template};
    ///
    /// # const PEM: &str = "\
    /// # -----BEGIN CERTIFICATE-----\n\
    /// # MIIBozCCAUmgAwIBAgICEjYwCgYIKoZIzj0EAwIwOzELMAkGA1UEBhMCREUxEDAO\n\
    /// # BgNVBAoMB0V4YW1wbGUxGjAYBgNVBAMMEUV4YW1wbGUgRGV2aWNlIENBMB4XDTIw\n\
    /// # MDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowFjEUMBIGA1UEAwwLc2Vuc29yLTAw\n\
    /// # MDIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASKboMaBs8wpQ0b9SyjrI11lyVP\n\
    /// # hJnyoRNgerEBmLYTi0KRH1SgILSIBtvWSmQkeZefesEDPDORsiJYjCyVgxG8o2Iw\n\
    /// # YDAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBTdVcUh\n\
    /// # n1lWpkvzEOWcUTMKaWBxazAfBgNVHSMEGDAWgBQYv/Xb7yImNVwCpT46C6P9ZOUG\n\
    /// # lTAKBggqhkjOPQQDAgNIADBFAiEA5ylfksEY3vQyqguCZx8tGlz4Z6cYBhazXqje\n\
    /// # BeKzVIgCIDcKKIEvsFGjWiMQsriY5IDxlUrz0ANiyss2jVOL6EX6\n\
    /// # -----END CERTIFICATE-----";
    /// # let template = r#"{
    /// #   "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
    /// #   "Resources": {
    /// #     "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
    /// #     "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}
    /// #   }
    /// # }"#;
    /// let fleet = Template::new(template).dry_run_fleet(PEM.as_bytes(), &DryRunOptions::default());
    /// assert_eq!(fleet.rows.len(), 1);
    /// assert_eq!(fleet.counts.provisions, 1);
    /// ```
    pub fn dry_run_fleet(&self, bundle: &[u8], options: &DryRunOptions) -> Fleet {
        let mut account = EvolvingAccount::of(options);
        let fleet = self.rows(bundle, options, account.as_mut());
        Fleet { after: account.map(EvolvingAccount::into_account), ..fleet }
    }

    /// The same in an account that earlier devices have changed, and that these change in the order of the bundle.
    /// [`DryRunOptions::account`] does not count, and [`Fleet::after`] is `None`. The parts of a bundle, one after another, have the rows
    /// of the whole, except that positions and marks of equal rows count within the part.
    pub fn dry_run_fleet_in(&self, bundle: &[u8], options: &DryRunOptions, account: &mut EvolvingAccount) -> Fleet {
        self.rows(bundle, options, Some(account))
    }

    fn rows(&self, bundle: &[u8], options: &DryRunOptions, account: Option<&mut EvolvingAccount>) -> Fleet {
        let mut stream = FleetStream::outside(self, options.clone());
        let mut tally = FleetTally::default();
        let mut rows = Vec::new();
        stream.push_whole(self, bundle, account, |records| rows.extend(tally.add_rows(records)));
        Fleet { counts: tally.summary().counts, rows, after: None }
    }
}

/// Marks each row that repeats an earlier one, for rows that were checked in several parts: [`FleetRow::duplicate_of`],
/// then [`FleetRow::same_thing_as`]. The words are the certificate ID and the thing name of each row in turn. Positions
/// count rows.
pub fn twins(words: &[Option<&str>]) -> Vec<Option<usize>> {
    let rows = words.chunks_exact(2).map(|pair| [pair[0], pair[1]].map(|word| word.map(str::as_bytes)));
    let mut earlier = Vec::with_capacity(words.len() / 2);
    EarlierRows::default().compare(0, rows, &mut earlier);
    earlier.into_iter().flatten().map(|other| other.map(|other| other as usize)).collect()
}
