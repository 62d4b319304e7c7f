//! What an account has already, what a plan changes in it, and what is there afterwards.

mod access;
mod apply;
mod calls;
mod decide;
mod decision;
mod evolving;
mod thing;
pub(super) mod types;

pub use apply::Applied;
pub use decide::decide;
pub use decision::{AccountDecision, Question};
pub use evolving::EvolvingAccount;
pub use types::{ChangeOutcome, ChangedEntry, ChangedKind, PlannedAccount, ResourceChange};
