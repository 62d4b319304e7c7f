//! The AWS account that devices are provisioned in: what it has already.

mod state;

pub use state::{
    Account, AccountBillingGroup, AccountCa, AccountCertificate, AccountPolicy, AccountPrincipal, AccountTemplate,
    AccountThing, AccountThingGroup, AccountThingType, Knowledge, KnownResources,
};
