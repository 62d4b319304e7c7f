//! The AWS account that devices are provisioned in: what it has already.

mod own_form;
mod report;
mod state;

pub use own_form::AccountState;
pub use report::{AccountReport, AccountText};
pub use state::{
    Account, AccountBillingGroup, AccountCa, AccountCertificate, AccountPolicy, AccountPrincipal, AccountTemplate,
    AccountThing, AccountThingGroup, AccountThingType, Knowledge, KnownResources,
};
