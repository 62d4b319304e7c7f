//! The AWS account that devices are provisioned in: what it has already.

mod actions;
mod build;
mod kinds;
mod own_form;
mod read;
mod reader;
mod report;
mod resources;
mod state;
mod subjects;
mod told;
mod values;

pub use own_form::AccountState;
pub use report::{AccountReport, AccountText};
pub use state::{
    Account, AccountBillingGroup, AccountCa, AccountCertificate, AccountPolicy, AccountPrincipal, AccountTemplate,
    AccountThing, AccountThingGroup, AccountThingType, Knowledge, KnownResources,
};
