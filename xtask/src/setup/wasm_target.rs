//! A Rust toolchain that builds for wasm32-unknown-unknown: the one in use if it has the target, else Debian's if it is installed,
//! else the one in use with the target added by rustup, else Debian's, installed. Debian's builds the standard library from source.
//!
//! There is no `rust-toolchain.toml`: with a target in it, rustup lets no cargo command run where it cannot download that target,
//! not even those that need none, and updates the user's toolchain where it can.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::apt;
use crate::shell::{Step, command, failure, output_of, prepend_path, root, run_logged, say, tools_dir, which};

/// The target of the wasm module.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Where Debian's packages put their programs.
const DEBIAN_BIN: &str = "/usr/bin";
/// Where Debian's `rust-web-src` puts the standard library, which is where cargo looks for it.
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust/library/std";
const DEBIAN_PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy"];
const DEBIAN_LLD: &str = "lld-22";
/// A slow connection needs minutes for some 20 MB. A machine without a network must not wait longer than this.
const RUSTUP_LIMIT: Duration = Duration::from_secs(240);

/// A toolchain that builds for wasm32.
#[derive(Clone, Debug, PartialEq)]
pub enum WasmToolchain {
    /// The toolchain that cargo runs with here.
    Own,
    /// Debian's, of this version, and its linker.
    Debian { version: String, linker: PathBuf },
}

impl WasmToolchain {
    /// What to write where the toolchain is named, and what must lead to a new build when it changes.
    pub fn describe(&self) -> String {
        match self {
            Self::Own => format!("{TARGET} of {}", own_version().unwrap_or_else(|| "rustc".to_owned())),
            Self::Debian { version, linker } => {
                let linker = linker.file_name().unwrap_or_default().to_string_lossy();
                format!("Debian's rustc {version} with its own build of std, linked by {linker}")
            }
        }
    }

    /// Makes a command that calls cargo, however deep inside, use this toolchain for wasm32.
    pub fn apply(&self, command: &mut Command, folders: &[PathBuf]) -> Result<()> {
        let mut folders = folders.to_vec();
        if let Self::Debian { linker, .. } = self {
            folders.insert(0, shims()?);
            command
                .env_remove("RUSTUP_TOOLCHAIN")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                // No backtraces: they add to the size, and wasm has none to give.
                .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        prepend_path(command, &folders)
    }

    /// Whether `cargo clippy` runs with this toolchain.
    pub fn has_clippy(&self) -> Result<bool> {
        let mut clippy = command("cargo");
        clippy.args(["clippy", "--version"]);
        self.apply(&mut clippy, &[])?;
        Ok(output_of(clippy).is_some())
    }
}

/// Finds or installs a toolchain for wasm32.
pub fn ensure() -> Result<WasmToolchain> {
    let found = if own_has_target() { Some(WasmToolchain::Own) } else { debian() };
    if let Some(found) = found {
        say(format!("wasm toolchain: {}, up to date", found.describe()));
        return Ok(found);
    }
    let Err(rustup) = add_by_rustup() else { return Ok(WasmToolchain::Own) };
    let installed = install_debian().map_err(|debian| nothing_worked(&rustup, &debian))?;
    say(format!("wasm toolchain: {}", installed.describe()));
    Ok(installed)
}

fn nothing_worked(rustup: &str, debian: &anyhow::Error) -> anyhow::Error {
    failure(
        format!(
            "no Rust toolchain on this machine builds for {TARGET}.\n  rustup: {rustup}\n  Debian's packages: {debian:#}"
        ),
        format!(
            "with rustup: `rustup target add {TARGET}`. On Debian, as root: `apt-get install {} {DEBIAN_LLD}`. On Fedora: \
             `dnf install rust-std-static-{TARGET}`. Then run this again",
            DEBIAN_PACKAGES.join(" ")
        ),
    )
}

fn own_version() -> Option<String> {
    let mut rustc = command("rustc");
    rustc.arg("--version");
    output_of(rustc)
}

fn own_has_target() -> bool {
    let mut rustc = command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    output_of(rustc).is_some_and(|folder| holds_std(Path::new(&folder)))
}

fn holds_std(folder: &Path) -> bool {
    fs::read_dir(folder)
        .is_ok_and(|files| files.flatten().any(|f| f.file_name().to_string_lossy().starts_with("libstd-")))
}

/// Lets rustup add the target; the error says why it did not.
fn add_by_rustup() -> Result<(), String> {
    if which("rustup").is_none() {
        return Err("it is not installed".to_owned());
    }
    let step = Step::start("wasm toolchain", format!("rustup target add {TARGET}"));
    let mut rustup = command("rustup");
    rustup.args(["target", "add", TARGET]);
    // A toolchain chosen by `cargo +name` is in the environment, and rustup adds the target to that one.
    let log = tools_dir().join("logs/rustup.log");
    let ran = run_logged(&mut rustup, &log, RUSTUP_LIMIT).map_err(|e| e.to_string())?;
    if ran.ok() && own_has_target() {
        step.done("added");
        return Ok(());
    }
    step.done("rustup could not add it");
    let mut lines = ran.log.lines().filter(|l| !l.trim().is_empty());
    let first = lines.clone().find(|l| l.starts_with("error")).unwrap_or_default().trim();
    let said = format!("{first}; {}", lines.next_back().unwrap_or_default().trim());
    Err(format!("it could not add the target ({}): {said}", ran.why()))
}

fn install_debian() -> Result<WasmToolchain> {
    let mut packages = DEBIAN_PACKAGES.to_vec();
    if newest_linker(Path::new(DEBIAN_BIN)).is_none() {
        packages.push(DEBIAN_LLD);
    }
    apt::install(&packages)?;
    debian().with_context(|| {
        let least = least_version();
        format!("its packages are installed, but lack one of rustc {least} or newer, cargo, the standard library and wasm-ld")
    })
}

/// Debian's toolchain, if all of it is installed and new enough.
fn debian() -> Option<WasmToolchain> {
    debian_in(Path::new(DEBIAN_BIN), Path::new(DEBIAN_SOURCES))
}

fn debian_in(bin: &Path, sources: &Path) -> Option<WasmToolchain> {
    if !sources.is_dir() || !bin.join("cargo").is_file() {
        return None;
    }
    let version = version_of(&bin.join("rustc"))?;
    let linker = newest_linker(bin)?;
    (numbers(&version) >= numbers(&least_version())).then_some(WasmToolchain::Debian { version, linker })
}

/// The version that a tool prints as its second word.
fn version_of(program: &Path) -> Option<String> {
    let mut tool = command(program);
    tool.arg("--version").env_remove("RUSTUP_TOOLCHAIN");
    output_of(tool)?.split_whitespace().nth(1).map(str::to_owned)
}

/// The oldest Rust version that the workspace supports.
fn least_version() -> String {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap_or_default();
    let line = manifest.lines().find(|l| l.starts_with("rust-version"));
    line.and_then(|l| l.split('"').nth(1)).unwrap_or("1.90").to_owned()
}

fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+']).map_while(|n| n.parse().ok()).collect()
}

/// `wasm-ld` of the highest version in a folder; one without a version counts as the lowest.
fn newest_linker(folder: &Path) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.flatten();
    files
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let version = linker_version(&name)?;
            Some((version, file.path()))
        })
        .max()
        .map(|(_, path)| path)
}

fn linker_version(name: &str) -> Option<u32> {
    match name.strip_prefix("wasm-ld")? {
        "" => Some(0),
        version => version.strip_prefix('-')?.parse().ok(),
    }
}

/// A folder with Debian's tools alone, so that putting it first on PATH hides no other program.
fn shims() -> Result<PathBuf> {
    let folder = tools_dir().join("debian-rust/bin");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for tool in ["cargo", "rustc", "rustdoc", "cargo-clippy", "clippy-driver"] {
        let (link, target) = (folder.join(tool), Path::new(DEBIAN_BIN).join(tool));
        if target.is_file() && fs::read_link(&link).ok().as_deref() != Some(&target) {
            let _ = fs::remove_file(&link);
            symlink(&target, &link).with_context(|| format!("cannot link {}", link.display()))?;
        }
    }
    Ok(folder)
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("Debian's packages are on Debian only"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linkers_are_known_by_their_version() {
        assert_eq!(linker_version("wasm-ld-22"), Some(22));
        assert_eq!(linker_version("wasm-ld"), Some(0));
        assert_eq!(linker_version("wasm-ld-22.bak"), None);
        assert_eq!(linker_version("ld.lld-22"), None);
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("1.96.0") >= numbers("1.90"));
        assert!(numbers("1.100.0") > numbers("1.96.0"));
        assert!(numbers("1.85.0-nightly") < numbers("1.90"));
    }

    #[test]
    fn the_least_version_is_that_of_the_workspace() {
        assert!(numbers(&least_version()) >= vec![1, 90]);
    }

    /// A folder as Debian's packages would fill it, with a rustc that says its version.
    #[cfg(unix)]
    fn debian_folder(name: &str, rustc: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let bin = std::env::temp_dir().join(format!("jitp-debian-{name}-{}", std::process::id()));
        fs::create_dir_all(bin.join("std")).expect("a folder can be made");
        for file in ["cargo", "wasm-ld-19", "wasm-ld-22"] {
            fs::write(bin.join(file), "").expect("a file can be written");
        }
        fs::write(bin.join("rustc"), format!("#!/bin/sh\necho 'rustc {rustc} (built from source)'\n"))
            .expect("a file can be written");
        fs::set_permissions(bin.join("rustc"), fs::Permissions::from_mode(0o755)).expect("it is ours");
        bin
    }

    #[test]
    #[cfg(unix)]
    fn debian_is_used_if_it_is_whole_and_new_enough() {
        let bin = debian_folder("new", "1.96.0");
        let found = debian_in(&bin, &bin.join("std"));
        assert_eq!(found, Some(WasmToolchain::Debian { version: "1.96.0".to_owned(), linker: bin.join("wasm-ld-22") }));
        assert_eq!(debian_in(&bin, &bin.join("absent")), None, "without the sources of std");
        fs::remove_file(bin.join("cargo")).expect("it is there");
        assert_eq!(debian_in(&bin, &bin.join("std")), None, "without cargo");
        let old = debian_folder("old", "1.85.0");
        assert_eq!(debian_in(&old, &old.join("std")), None, "too old");
        for folder in [bin, old] {
            fs::remove_dir_all(folder).expect("the folder goes");
        }
    }

    #[test]
    #[cfg(unix)]
    fn debian_gives_a_command_its_tools_and_its_own_standard_library() {
        let debian = WasmToolchain::Debian { version: "1.96.0".to_owned(), linker: "/usr/bin/wasm-ld-22".into() };
        let mut command = Command::new("cargo");
        debian.apply(&mut command, &[]).expect("the shims can be linked");
        let set: Vec<_> =
            command.get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?))).collect();
        assert!(set.contains(&("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")), "{set:?}");
        assert!(set.iter().any(|(name, value)| *name == "PATH" && value.contains("debian-rust")), "{set:?}");
    }
}
