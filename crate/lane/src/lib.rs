//! The hot loop of jitp: it reads ordinary device certificates and writes the rows of those about which there is nothing to say.
//!
//! It is a crate so that it alone is compiled for speed, while the rest of the module is compiled for size. It knows no rule of AWS. `jitp`
//! compiles a template to a [`Program`], and judges every certificate that the program leaves: whatever is unusual here is left. So this
//! crate never decides that something is wrong, only that something is ordinary.

mod armor;
mod base64;
mod batch;
mod decimal;
mod der;
mod earlier;
mod extensions;
mod hex;
mod program;
mod row;
mod sha256;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector;
mod walk;

pub use batch::{Batch, OtherRows};
pub use earlier::EarlierRows;
pub use program::{ASCII, AttributeInput, Bounds, KeyKinds, Piece, Program, ValueSource};
