//! Whether the ARNs of a text are in the account and Region in which the devices connect.

use crate::arn;
use crate::check::Context;
use crate::diagnostic::Finding;
use crate::partition;
use crate::rules;
use crate::source::SourceRange;

/// An ARN in a text, other than the role's.
pub struct NamedArn {
    /// What it names, with its article.
    pub what: &'static str,
    /// The ARN.
    pub arn: String,
    /// Where it is written.
    pub place: SourceRange,
}

/// Where devices connect, as far as known. An empty text counts as unknown.
#[derive(Clone, Copy)]
pub struct AccountAndRegion<'a> {
    region: Option<&'a str>,
    account: Option<&'a str>,
}

impl<'a> AccountAndRegion<'a> {
    /// From a Region and an account as options give them.
    pub fn new(region: Option<&'a str>, account: Option<&'a str>) -> Self {
        Self { region: region.filter(|said| !said.is_empty()), account: account.filter(|said| !said.is_empty()) }
    }

    /// The finding for the role, if its account or its partition is another one.
    pub fn role_problem(&self, arn: &str, place: SourceRange) -> Option<Finding> {
        let own = arn::account(arn)?;
        let message = match (self.partition(arn), self.account) {
            (Some((found, region, expected)), _) => {
                format!("The provisioning role is in the partition {found}; the Region {region} is in {expected}.")
            }
            (None, Some(account)) if account != own => {
                format!("The provisioning role is in the account {own}; the devices connect to {account}.")
            }
            _ => return None,
        };
        Some(
            Finding::new(&rules::ROLE_ELSEWHERE, place, message)
                .help("Name a role of the account that the devices connect to, or correct the account or Region."),
        )
    }

    /// The finding for another ARN. Without an account in the options the role's account counts.
    fn problem(&self, named: &NamedArn, role: Option<&str>) -> Option<Finding> {
        let parts: Vec<&str> = named.arn.split(':').collect();
        let (NamedArn { what, arn, place }, Some(region)) = (named, parts.get(3)) else { return None };
        let account = self.account.or(role.and_then(arn::account));
        let message = if let Some((found, known, expected)) = self.partition(arn) {
            format!("{what} is in the partition {found}; the Region {known} is in {expected}.")
        } else if let Some((account, own)) = account.zip(arn::account(arn)).filter(|(account, own)| account != own) {
            format!("{what} is in the account {own}; the devices connect to {account}.")
        } else if let Some(known) = self.region.filter(|known| !region.is_empty() && known != region) {
            format!("{what} is in the Region {region}; the devices connect to {known}.")
        } else {
            return None;
        };
        Some(Finding::new(&rules::ARN_ELSEWHERE, *place, message).help("Correct the ARN, or the account or Region."))
    }

    /// The partition of an ARN, the Region, and that Region's partition, if the two partitions differ.
    fn partition<'b>(&self, arn: &'b str) -> Option<(&'b str, &'a str, &'static str)> {
        let region = self.region?;
        let (found, expected) = (arn::partition(arn), partition::of_region(region)?);
        (found != expected).then_some((found, region, expected))
    }
}

/// Reports ARNs of another account, Region or partition than the options say.
pub fn report(context: &mut Context, arns: &[NamedArn]) {
    let options = context.options.clone();
    let expected = AccountAndRegion::new(options.region.as_deref(), options.account_id.as_deref());
    let role = context.role.clone();
    if let Some((arn, place)) = role.as_ref().filter(|_| !context.supplied.role)
        && let Some(finding) = expected.role_problem(arn, *place)
    {
        context.report(finding);
    }
    for named in arns {
        if let Some(finding) = expected.problem(named, role.as_ref().map(|(arn, _)| arn.as_str())) {
            context.report(finding);
        }
    }
}
