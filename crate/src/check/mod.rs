//! What every check shares: the context that collects findings, words and keys, and AWS's limits applied to a value. It knows no
//! template, policy or certificate.

mod context;
mod encoding;
mod keys;
pub mod leftover;
pub mod values;
mod words;

pub use context::{Context, Given, resolve};
pub use keys::{
    Known, get_as_meant, is_body, moved, opening, report_duplicates, report_spelling, report_type, wrong_type,
};
pub use values::report_breach;
pub use words::{Index, did_you_mean, distance, nearest, quoted, same_but_spelling, write};
