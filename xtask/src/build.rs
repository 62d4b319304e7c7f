//! Builds the wasm, the npm package and the page, each only where its inputs changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::fingerprint;
use crate::licences;
use crate::setup::Setup;
use crate::setup::npm::{has_script, npm};
use crate::shell::{Step, command, failure, root, run, say};

/// The licences of the crates in the module.
const LICENCES: &str = "jitp_bg.licences.txt";

/// What wasm-pack writes and the npm package takes, with the licences.
const WASM_FILES: [&str; 5] = ["jitp.js", "jitp.d.ts", "jitp_bg.wasm", "jitp_bg.wasm.d.ts", LICENCES];

/// What every browser and Node that we support has, by name: `--all-features` would let wasm-opt use more. Functions of one type or module
/// next to each other are alike, which helps gzip.
const WASM_OPT: [&str; 12] = [
    "-O3",
    "--gufa",
    "-O3",
    "--reorder-functions-by-name",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
    "--strip-producers",
];

/// A part of the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Part {
    /// The wasm module and its glue, in pkg/dist/wasm.
    Wasm,
    /// The npm package, in pkg/dist.
    Package,
    /// The page, in www/dist.
    Page,
    /// The page as an element, in pkg/dist, and the page about it, in www/dist.
    Element,
}

impl Part {
    /// The part of a name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "wasm" => Some(Self::Wasm),
            "pkg" => Some(Self::Package),
            "www" => Some(Self::Page),
            "element" => Some(Self::Element),
            _ => None,
        }
    }
}

/// What the page and the element use of the package.
const PACKAGE: [&str; 7] = [
    "pkg/dist/web.js",
    "pkg/dist/node.js",
    "pkg/dist/jitp_bg.wasm",
    "pkg/dist/jitp_bg.licences.txt",
    "pkg/licences.mjs",
    "pkg/jitp.schema.json",
    "pkg/package.json",
];

/// Builds everything up to and including `last`; `dev` trades the module's speed for the build's.
pub fn build(setup: &Setup, dev: bool, last: Part) -> Result<()> {
    wasm(setup, dev)?;
    if last >= Part::Package {
        let inputs = ["pkg/dist/wasm", "docs/rules.md", "Cargo.toml"];
        workspace("package", "pkg", &inputs, &["pkg/dist/web.js"])?;
    }
    if last >= Part::Page {
        workspace("page", "www", &PACKAGE, &["www/dist/index.html"])?;
    }
    if last >= Part::Element {
        // The other two builds empty their folders, so without its outputs it is built again.
        let inputs: Vec<&str> =
            PACKAGE.iter().chain(&["www", "docs/embedding.md", "docs/embedding"]).copied().collect();
        workspace("element", "www/element", &inputs, &["pkg/dist/element.js", "www/dist/embedding.html"])?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    root().join("target/jitp-build")
}

fn wasm(setup: &Setup, dev: bool) -> Result<()> {
    let built = folder().join("wasm");
    let inputs = ["crate", "Cargo.toml", "Cargo.lock", ".cargo/config.toml"];
    let inputs = inputs.map(|i| root().join(i));
    let toolchain = setup.toolchain.describe();
    let options = WASM_OPT.join(" ");
    let binaryen = fs::read_to_string(root().join("node_modules/binaryen/package.json")).unwrap_or_default();
    let mode = if dev { "dev" } else { "release" };
    let hash = fingerprint::of(&inputs, &[&toolchain, &options, &binaryen, mode])?;
    let stamp = folder().join("wasm.stamp");
    let outputs: Vec<PathBuf> = WASM_FILES.iter().map(|f| built.join(f)).collect();
    if fingerprint::fits(&stamp, &hash, &outputs) {
        say("wasm: up to date");
    } else {
        let step = Step::start("wasm", format!("building with {toolchain}, {mode}"));
        let _ = fs::remove_file(&stamp);
        pack(setup, dev, &built)?;
        if !dev {
            optimise(&built.join("jitp_bg.wasm"))?;
        }
        fs::write(built.join(LICENCES), licences::of_wasm()?)?;
        fingerprint::keep(&stamp, &hash)?;
        step.done(format!("built, {} bytes", fs::metadata(built.join("jitp_bg.wasm"))?.len()));
    }
    copy_changed(&built, &root().join("pkg/dist/wasm"))
}

fn pack(setup: &Setup, dev: bool, out: &Path) -> Result<()> {
    let mut pack = command(&setup.tools.wasm_pack);
    setup.toolchain.apply(&mut pack, &setup.tools.folders)?;
    // Mode `force` looks for no newer wasm-pack and no target; with wasm-bindgen on PATH nothing is downloaded.
    pack.args(["build", "crate", "--target", "web", "--mode", "force", "--no-pack", "--out-name", "jitp"]);
    pack.arg(if dev { "--dev" } else { "--release" }).arg("--out-dir").arg(out);
    run("wasm-pack build", &mut pack, "fix what the compiler names above; for tools, see `cargo xtask setup`")?;
    bind(setup, dev, out)
}

/// Writes the glue again, with what wasm-pack has no option for: a way to a fresh instance, after a trap.
fn bind(setup: &Setup, dev: bool, out: &Path) -> Result<()> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder));
    let module = format!("wasm32-unknown-unknown/{}/jitp.wasm", if dev { "debug" } else { "release" });
    let mut bind = command("wasm-bindgen");
    setup.toolchain.apply(&mut bind, &setup.tools.folders)?;
    bind.arg(target.join(module)).args(["--target", "web", "--out-name", "jitp"]);
    bind.arg("--experimental-reset-state-function").arg("--out-dir").arg(out);
    run("wasm-bindgen", &mut bind, "for tools, see `cargo xtask setup`")?;
    Ok(())
}

fn optimise(module: &Path) -> Result<()> {
    let program = root().join("node_modules/binaryen/bin/wasm-opt");
    if !program.is_file() {
        return Err(failure("npm's `binaryen` is not installed", "run `npm ci` in the root"));
    }
    let smaller = module.with_extension("opt.wasm");
    let mut opt = command("node");
    opt.arg(program).args(WASM_OPT).arg(module).arg("-o").arg(&smaller);
    run("wasm-opt", &mut opt, "the options in xtask/src/build.rs may lack a feature that the compiler uses")?;
    fs::rename(&smaller, module).with_context(|| format!("cannot replace {}", module.display()))
}

/// Copies what differs, so that what did not change keeps its time.
fn copy_changed(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make the folder {}", to.display()))?;
    for file in WASM_FILES {
        let bytes = fs::read(from.join(file)).with_context(|| format!("the build did not write {file}"))?;
        if fs::read(to.join(file)).ok().as_ref() != Some(&bytes) {
            fs::write(to.join(file), bytes).with_context(|| format!("cannot write {file} in {}", to.display()))?;
        }
    }
    Ok(())
}

/// Runs a workspace's `build` script where its sources, or what it builds on, changed.
fn workspace(what: &str, name: &str, builds_on: &[&str], outputs: &[&str]) -> Result<()> {
    if !has_script(&root().join(name), "build") {
        return Err(failure(
            format!("{name}/package.json has no script `build`"),
            "add it: xtask builds the part with it",
        ));
    }
    let outputs: Vec<PathBuf> = outputs.iter().map(|o| root().join(o)).collect();
    let inputs: Vec<PathBuf> = [name, "package-lock.json"].iter().chain(builds_on).map(|i| root().join(i)).collect();
    let stamp = folder().join(format!("{}.stamp", name.replace('/', "-")));
    let hash = fingerprint::of(&inputs, &[])?;
    if fingerprint::fits(&stamp, &hash, &outputs) {
        say(format!("{what}: up to date"));
        return Ok(());
    }
    let step = Step::start(what, format!("npm run build -w {name}"));
    let _ = fs::remove_file(&stamp);
    let fix = format!("fix what it names above; by hand: `npm run build -w {name}`");
    run(&format!("npm run build -w {name}"), npm().args(["run", "build", "-w", name]), &fix)?;
    if let Some(missing) = outputs.iter().find(|o| !o.exists()) {
        return Err(failure(
            format!("`npm run build -w {name}` succeeded but did not write {}", missing.display()),
            format!("see the `build` script in {name}/package.json"),
        ));
    }
    // The build may itself have written among its inputs, so the hash is taken again.
    fingerprint::keep(&stamp, &fingerprint::of(&inputs, &[])?)?;
    step.done("built");
    Ok(())
}
