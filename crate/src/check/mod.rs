//! What all who judge a text share: the judge, who collects findings; words and keys; AWS's limits applied to a value. Knows no
//! template, no policy and no certificate.

mod encoding;
mod judge;
mod keys;
pub mod leftover;
pub mod values;
mod words;

pub use judge::{Given, Judge, resolve};
pub use keys::{
    Known, get_as_meant, is_body, moved, opening, report_duplicates, report_spelling, report_type, wrong_type,
};
pub use values::report_breach;
pub use words::{Index, did_you_mean, distance, nearest, quoted, same_but_spelling, write};
