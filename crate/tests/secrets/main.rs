//! Private keys are found in every form and every place, and nothing else is.
//!
//! The keys here are random bytes in the form of keys. None of them is in use.

#[allow(dead_code, reason = "the tests here roll bytes")]
#[path = "../support/dice.rs"]
mod dice;
#[allow(dead_code, reason = "the cases here grow by repetition")]
#[path = "../support/doubling.rs"]
mod doubling;
#[path = "../support/escape.rs"]
mod escape;
mod escapes;
mod forms;
mod made;
mod near;
mod others;
mod places;
mod results;
mod time;
