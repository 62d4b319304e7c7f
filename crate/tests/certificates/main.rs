//! What `certificate` reads: own fixtures, forms that people paste, random damage, and a corpus where it is there.
//!
//! The corpus is read from `../shared/corpus` beside the workspace, or from the directory that `JITP_CORPUS` names.
//! Where it is absent its tests say so in one line, and the others stand for themselves.

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
