//! What every check shares: the context that collects findings, words and keys, and AWS's limits applied to a value. It knows no
//! template, policy or certificate.

mod context;
mod encoding;
mod keys;
pub mod leftover;
pub mod value_limits;
mod words;

pub use context::{CheckDepth, Context, SuppliedMembers, pointer, resolve};
pub use keys::{
    KnownKeys, get_as_meant, is_body, moved, opening, report_duplicates, report_spelling, report_type, wrong_type,
};
pub use value_limits::report_violation;
pub use words::{NameIndex, did_you_mean, nearest, quoted, same_but_spelling, write};
