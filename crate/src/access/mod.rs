//! Access: what a device may do, by the policies that are attached to its certificate (docs/fidelity.md, "Access").
//!
//! Policies are compiled once. A request is decided in three values: what nobody gave, and what AWS documents nothing about, keeps an answer
//! open only if the rest does. The room knows no template: a plan, and callers of the API, make the device.

mod alike;
mod answer;
mod broker;
mod certificate;
mod compare;
mod compile;
mod decide;
mod device;
mod explain;
mod facts;
mod glob;
mod key;
mod nearest;
mod operators;
mod partly_known;
mod pattern;
mod read;
mod request;
mod resource;
mod rights;
mod ruling;
mod simulate;
mod truth;
mod values;
mod wanted;

pub use answer::{AccessCause, Answer, Decision, Denial, Effect, Missing, MissingKind, StatementPart, StatementPlace};
pub use compile::CompiledPolicy;
pub use device::Device;
pub use facts::{CertificateValues, DeviceFacts, DeviceLocation, DeviceThing};
pub use read::{ReadPolicy, compile_policy, read_policy};
pub use request::{DeviceRequest, RequestContext, Transport, Verb};
pub use rights::{AccessRight, MOST_RIGHTS, Rights};
pub use simulate::{
    Activation, CompiledDevice, DescribedDevice, DocumentFindings, GivenCertificate, GivenPolicy, PolicyDecision,
    Simulation, SimulationContext, simulate,
};
