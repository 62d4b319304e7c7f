//! The inputs of `certificate`: our fixtures, forms that people paste, random damage, and a corpus if there is one.
//!
//! The corpus is in `../shared/corpus` next to the workspace, or in the folder that `JITP_CORPUS` names. Without it, its
//! tests say so in one line.

mod corpus;
#[allow(dead_code, reason = "only property tests roll dice here")]
#[path = "../support/dice.rs"]
mod dice;
#[allow(dead_code, reason = "the inputs here need what their tests make")]
#[path = "../support/doubling.rs"]
mod doubling;
mod fixtures;
mod forms;
mod large;
mod made;
mod many;
mod odd;
mod oracle;
mod random;
mod signatures;
