//! Steps with elapsed times, and child processes whose failures name the cause and the fix.

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// A failure that says what went wrong and what the reader can do about it.
#[derive(Debug)]
pub struct Failure {
    cause: String,
    fix: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  fix: {}", self.cause, self.fix)
    }
}

impl std::error::Error for Failure {}

/// An error of a cause and its fix.
pub fn failure(cause: impl Into<String>, fix: impl Into<String>) -> anyhow::Error {
    Failure { cause: cause.into(), fix: fix.into() }.into()
}

/// The moment the program started; call it once at the start of `main`.
pub fn started() -> Instant {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    *STARTED.get_or_init(Instant::now)
}

/// Whether steps go to standard error.
static ON_STDERR: AtomicBool = AtomicBool::new(false);

/// Keeps standard output free for what another program reads.
pub fn speak_on_stderr(yes: bool) {
    ON_STDERR.store(yes, Ordering::Relaxed);
}

/// Prints one line with the time since the start.
pub fn say(line: impl AsRef<str>) {
    let line = format!("[{:>6.1} s] {}", started().elapsed().as_secs_f64(), line.as_ref());
    if ON_STDERR.load(Ordering::Relaxed) { eprintln!("{line}") } else { println!("{line}") }
}

/// A piece of work that takes a while: a line when it starts, a line when it ends.
pub struct Step {
    name: String,
    began: Instant,
}

impl Step {
    /// Announces the work.
    pub fn start(name: impl Into<String>, doing: impl AsRef<str>) -> Self {
        let name = name.into();
        say(format!("{name}: {}", doing.as_ref()));
        Self { name, began: Instant::now() }
    }

    /// Says how the work ended, and how long it took.
    pub fn done(self, result: impl AsRef<str>) {
        say(format!("{}: {} in {:.1} s", self.name, result.as_ref(), self.began.elapsed().as_secs_f64()));
    }
}

/// The root of the checkout.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        // A moved checkout runs the binary that was built at its old place only until cargo rebuilds it,
        // so the folder of the run is asked first.
        let built_at = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        env::current_dir()
            .ok()
            .and_then(|here| here.ancestors().find(|d| d.join("xtask/Cargo.toml").is_file()).map(Path::to_path_buf))
            .unwrap_or_else(|| built_at.to_path_buf())
    })
}

/// Where the tools that setup installs live, inside the checkout.
pub fn tools_dir() -> PathBuf {
    root().join("target/jitp-tools")
}

/// Variables that cargo and rustup set for the programs they start and that would steer a nested build.
fn leaks(name: &str) -> bool {
    const SET_BY_CARGO: [&str; 12] = [
        "CARGO",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_MAKEFLAGS",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PRIMARY_PACKAGE",
        "OUT_DIR",
        "RUSTC",
        "RUSTDOC",
        "RUST_RECURSION_COUNT",
    ];
    SET_BY_CARGO.contains(&name) || name.starts_with("CARGO_PKG_")
}

/// A command that runs in the checkout's root with no input and without what cargo left in the environment.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if leaks(&name) {
            command.env_remove(name.as_ref());
        }
    }
    // Cargo puts the toolchain's libraries in front; another toolchain's rustc must not load them.
    if let Some(libraries) = env::var_os("LD_LIBRARY_PATH") {
        let target = root().join("target");
        let users = env::split_paths(&libraries)
            .filter(|d| !d.starts_with(&target) && !d.components().any(|c| c.as_os_str() == "toolchains"));
        match env::join_paths(users) {
            Ok(users) if !users.is_empty() => command.env("LD_LIBRARY_PATH", users),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

/// Puts folders before the others on the command's PATH.
pub fn prepend_path(command: &mut Command, folders: &[PathBuf]) -> Result<()> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    command.env("PATH", env::join_paths(all).context("a folder on PATH holds the PATH separator")?);
    Ok(())
}

/// The file of a program on PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    let names: &[String] = &if cfg!(windows) {
        vec![format!("{program}.exe"), format!("{program}.cmd"), program.to_owned()]
    } else {
        vec![program.to_owned()]
    };
    env::split_paths(&env::var_os("PATH")?).flat_map(|d| names.iter().map(move |n| d.join(n))).find(|p| p.is_file())
}

/// What a short command prints, trimmed; nothing where it cannot run or fails.
pub fn output_of(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// How a logged command ended.
pub struct Ran {
    /// Its exit status; nothing where it exceeded its time limit and was ended.
    pub status: Option<ExitStatus>,
    /// All it printed, standard output and error as they came.
    pub log: String,
}

impl Ran {
    /// Whether it ended by itself and well.
    pub fn ok(&self) -> bool {
        self.status.is_some_and(|s| s.success())
    }

    /// Why it did not end well, in a few words.
    pub fn why(&self) -> String {
        match self.status {
            None => "it exceeded its time limit".to_owned(),
            Some(status) => status.code().map_or_else(|| status.to_string(), |c| format!("exit code {c}")),
        }
    }
}

/// Runs a command with its output in a file, and ends it after `limit`.
pub fn run_logged(command: &mut Command, log: &Path, limit: Duration) -> Result<Ran> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command.stdout(file.try_clone()?).stderr(file).spawn().map_err(|e| cannot_start(&program, &e))?;
    let deadline = Instant::now() + limit;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(15));
    };
    let log = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    Ok(Ran { status, log })
}

/// Runs a command that must end well; its output is shown only where it does not.
pub fn run(what: &str, command: &mut Command, fix: &str) -> Result<String> {
    run_within(what, command, Duration::from_secs(30 * 60), fix)
}

/// As [`run`], with a time limit.
pub fn run_within(what: &str, command: &mut Command, limit: Duration, fix: &str) -> Result<String> {
    let name: String = what.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let log = tools_dir().join("logs").join(format!("{name}.log"));
    let ran = run_logged(command, &log, limit)?;
    if ran.ok() {
        return Ok(ran.log);
    }
    Err(failure(format!("{what} failed ({}):\n{}", ran.why(), shortened(&ran.log)), fix))
}

/// Both ends of a long log: some programs name the cause first, some last.
fn shortened(log: &str) -> String {
    const FIRST: usize = 15;
    const LAST: usize = 60;
    let lines: Vec<&str> = log.lines().collect();
    if lines.len() <= FIRST + LAST {
        return lines.join("\n");
    }
    let left_out = lines.len() - FIRST - LAST;
    format!("{}\n... {left_out} lines ...\n{}", lines[..FIRST].join("\n"), lines[FIRST + left_out..].join("\n"))
}

fn cannot_start(program: &str, error: &io::Error) -> anyhow::Error {
    failure(format!("cannot start `{program}`: {error}"), format!("install `{program}`, or put it on PATH"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_sets_is_cleared_and_what_the_user_sets_is_kept() {
        for name in ["CARGO", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "RUSTC", "CARGO_ENCODED_RUSTFLAGS"] {
            assert!(leaks(name), "{name}");
        }
        for name in ["CARGO_HOME", "CARGO_NET_OFFLINE", "CARGO_TARGET_DIR", "RUSTUP_HOME", "RUSTFLAGS", "PATH", "CI"] {
            assert!(!leaks(name), "{name}");
        }
    }

    #[test]
    fn a_failure_names_cause_and_mend() {
        let error = failure("no wasm target", "run rustup");
        assert_eq!(error.to_string(), "no wasm target\n  fix: run rustup");
    }

    #[test]
    fn a_long_log_keeps_both_ends() {
        let log: String = (1..=100).map(|n| format!("line {n}\n")).collect();
        let short = shortened(&log);
        assert!(short.starts_with("line 1\n") && short.ends_with("line 100"), "{short}");
        assert!(short.contains("line 15\n... 25 lines ...\nline 41\n"), "{short}");
        assert_eq!(shortened("a\nb\n"), "a\nb");
    }

    #[test]
    #[cfg(unix)]
    fn a_command_over_its_limit_is_ended() {
        let log = std::env::temp_dir().join(format!("jitp-xtask-{}.log", std::process::id()));
        // Nobody waits for its end.
        let ran = run_logged(Command::new("sleep").arg("86400"), &log, Duration::ZERO).expect("sleep starts");
        assert!(!ran.ok() && ran.status.is_none());
        fs::remove_file(log).expect("the log was written");
    }
}
