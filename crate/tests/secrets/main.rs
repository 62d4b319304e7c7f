//! Private keys are found in every form and every place, and nothing else is.
//!
//! The keys here are random bytes in the shape of keys: none of them is anybody's.

#[path = "../support/doubling.rs"]
mod doubling;
mod forms;
mod made;
mod near;
mod results;
mod time;
