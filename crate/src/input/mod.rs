//! The kind of text that people give (rule R1): a template body, a registration config, an input or output of AWS's
//! API, CloudFormation's properties. Unwraps the template body, and checks what is around it.

pub mod account;
pub mod api_input;
mod body;
pub mod ca_input;
mod envelope;
mod input_document;
mod kind;
pub mod meant;
pub mod other_flow;
mod recognise;
pub mod unwrap;

pub use input_document::InputDocument;
pub use kind::InputKind;
