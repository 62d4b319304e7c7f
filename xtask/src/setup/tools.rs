//! wasm-pack and the wasm-bindgen CLI, from PATH or compiled into the checkout's target folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::shell::{Step, command, failure, output_of, root, run, say, tools_dir, which};

/// Folders to put before PATH so that wasm-pack and the right wasm-bindgen are found.
pub struct Tools {
    /// The program itself.
    pub wasm_pack: PathBuf,
    /// Folders of tools that are not on PATH.
    pub folders: Vec<PathBuf>,
}

/// Finds or installs both.
pub fn ensure() -> Result<Tools> {
    let mut folders = Vec::new();
    let version = locked_version(&read_lockfile()?, "wasm-bindgen").ok_or_else(|| {
        failure(
            "wasm-bindgen is missing in Cargo.lock",
            "run `cargo update --workspace`: crate/Cargo.toml depends on it",
        )
    })?;
    // The CLI refuses a module made by any other version of the library.
    if on_path("wasm-bindgen").is_some_and(|found| found == version) {
        say(format!("wasm-bindgen: {version} on PATH, up to date"));
    } else {
        let home = tools_dir().join(format!("wasm-bindgen-{version}"));
        let installed = installed(&home, "wasm-bindgen") == Some(version.clone());
        install_unless(installed, "wasm-bindgen", "wasm-bindgen-cli", Some(&version), &home)?;
        folders.push(home.join("bin"));
    }
    let wasm_pack = if let Some(found) = on_path("wasm-pack") {
        say(format!("wasm-pack: {found} on PATH, up to date"));
        which("wasm-pack").unwrap_or_else(|| "wasm-pack".into())
    } else {
        let home = tools_dir();
        install_unless(installed(&home, "wasm-pack").is_some(), "wasm-pack", "wasm-pack", None, &home)?;
        home.join("bin").join(exe("wasm-pack"))
    };
    // What the compiler left between the two is of no further use.
    let _ = fs::remove_dir_all(scratch());
    Ok(Tools { wasm_pack, folders })
}

/// The text of Cargo.lock, made first where it is not there.
pub fn read_lockfile() -> Result<String> {
    let file = root().join("Cargo.lock");
    fs::read_to_string(&file).map_err(|e| {
        failure(
            format!("cannot read Cargo.lock: {e}"),
            "it is part of the checkout; `cargo generate-lockfile` creates it again",
        )
    })
}

/// The version of a package in a lockfile; nothing where it is absent or there is more than one.
pub fn locked_version(lockfile: &str, package: &str) -> Option<String> {
    let heading = format!("name = \"{package}\"");
    let mut versions = lockfile
        .split("[[package]]")
        .filter(|entry| entry.lines().any(|l| l.trim() == heading))
        .filter_map(|entry| entry.lines().find_map(|l| l.trim().strip_prefix("version = \"")?.strip_suffix('"')));
    let version = versions.next()?;
    versions.next().is_none().then(|| version.to_owned())
}

fn exe(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

fn version_of(program: &Path) -> Option<String> {
    let mut tool = command(program);
    tool.arg("--version");
    output_of(tool)?.split_whitespace().nth(1).map(str::to_owned)
}

fn on_path(name: &str) -> Option<String> {
    version_of(&which(name)?)
}

fn installed(home: &Path, name: &str) -> Option<String> {
    version_of(&home.join("bin").join(exe(name)))
}

fn scratch() -> PathBuf {
    tools_dir().join("build")
}

fn install_unless(there: bool, name: &str, package: &str, version: Option<&str>, home: &Path) -> Result<()> {
    let shown = version.unwrap_or("of the newest version");
    if there {
        say(format!("{name}: {} in target, up to date", version.unwrap_or("installed")));
        return Ok(());
    }
    let step = Step::start(name, format!("compiling {package} {shown} (one to two minutes, once)"));
    let mut cargo = command("cargo");
    cargo.args(["install", package, "--force", "--root"]).arg(home);
    if let Some(version) = version {
        cargo.arg(format!("--version={version}"));
    }
    // Tools that run for a second are not worth minutes of optimisation; the shared folder lets the second
    // one find the dependencies that the first one compiled.
    cargo
        .env("CARGO_TARGET_DIR", scratch())
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("RUSTFLAGS");
    let by_hand = version.map_or_else(String::new, |v| format!(" --version {v}"));
    let fix = format!(
        "check that crates.io (or its mirror) can be reached, or run `cargo install {package}{by_hand}` by hand"
    );
    run(&format!("cargo install {package}"), &mut cargo, &fix)?;
    step.done("installed");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\ndependencies = [\n \
        \"cfg-if 1.0.5\",\n]\n\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.131\"\n\n[[package]]\n\
        name = \"syn\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"syn\"\nversion = \"3.0.0\"\n";

    #[test]
    fn a_lockfile_gives_the_version_of_the_very_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }

    #[test]
    fn two_versions_are_no_answer() {
        assert_eq!(locked_version(LOCK, "syn"), None);
    }
}
