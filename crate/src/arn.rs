//! ARNs: the parts of those that are given, and those of what a plan creates. Policies write ARNs with wildcards and
//! variables; `policy/resource_arn.rs` reads those.

use crate::partition;

/// The partition of an ARN; `aws` if it has none.
pub fn partition(arn: &str) -> &str {
    arn.split(':').nth(1).filter(|partition| partition.starts_with("aws")).unwrap_or("aws")
}

/// The account of an ARN, if it is one.
pub fn account(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The fifth part of an ARN, which most often holds an unfilled placeholder. The whole text if there is no such part.
#[cold]
pub fn account_part(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or(arn)
}

/// The part that ARNs of one partition, Region and account have in common.
pub struct ArnPrefix {
    prefix: String,
}

impl ArnPrefix {
    /// From the options, and from the role's ARN for what the options leave open. An unknown Region or account is `<region>` or
    /// `<account>`.
    pub fn new(region: Option<&str>, account: Option<&str>, role_arn: Option<&str>) -> Self {
        Self::with_unknown(region, account, role_arn, ["<region>", "<account>"])
    }

    /// The same with wildcards for an unknown Region or account, as policies have them.
    #[cold]
    pub fn of_policy(region: Option<&str>, account: Option<&str>, role_arn: Option<&str>) -> Self {
        Self::with_unknown(region, account, role_arn, ["*", "*"])
    }

    fn with_unknown(
        region: Option<&str>,
        account: Option<&str>,
        role_arn: Option<&str>,
        [unknown_region, unknown_account]: [&str; 2],
    ) -> Self {
        let of_role = || role_arn.map_or("aws", self::partition);
        let partition = region.and_then(partition::of_region).unwrap_or_else(of_role);
        let account = account.or_else(|| role_arn.and_then(self::account)).unwrap_or(unknown_account);
        Self { prefix: format!("arn:{partition}:iot:{}:{account}:", region.unwrap_or(unknown_region)) }
    }

    fn of(&self, kind: &str, name: &str) -> String {
        [self.prefix.as_str(), kind, "/", name].concat()
    }

    pub fn certificate(&self, id: &str) -> String {
        self.of("cert", id)
    }

    pub fn thing(&self, name: &str) -> String {
        self.of("thing", name)
    }

    pub fn client(&self, id: &str) -> String {
        self.of("client", id)
    }

    pub fn thing_type(&self, name: &str) -> String {
        self.of("thingtype", name)
    }

    pub fn thing_group(&self, name: &str) -> String {
        self.of("thinggroup", name)
    }

    pub fn billing_group(&self, name: &str) -> String {
        self.of("billinggroup", name)
    }

    pub fn policy(&self, name: &str) -> String {
        self.of("policy", name)
    }
}
