//! What an account has already, what a plan changes in it, and what is there afterwards.

mod types;

pub use types::{ChangeOutcome, ChangedEntry, ChangedKind, PlannedAccount, ResourceChange};
