//! Finds or installs what a build needs; does nothing, quickly, if all of it is there.

pub mod apt;
pub mod npm;
pub mod programs;
pub mod python;
pub mod tools;
pub mod wasm_target;

use anyhow::Result;

use tools::Tools;
use wasm_target::WasmToolchain;

/// What a build needs to know of the tools.
pub struct Setup {
    /// Builds for wasm32.
    pub toolchain: WasmToolchain,
    /// wasm-pack and wasm-bindgen.
    pub tools: Tools,
}

/// Finds or installs everything that a build needs.
pub fn ensure() -> Result<Setup> {
    // The quick checks come first: a missing Node should not show after minutes of compiling.
    npm::ensure()?;
    let toolchain = wasm_target::ensure()?;
    let tools = tools::ensure()?;
    Ok(Setup { toolchain, tools })
}
