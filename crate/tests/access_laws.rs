//! Laws of access that hold whatever the policies, the device and the request are.

#[path = "access_laws/hostile.rs"]
mod hostile;
#[path = "access_laws/laws.rs"]
mod laws;
#[path = "access_laws/policies.rs"]
mod policies;
mod support;
