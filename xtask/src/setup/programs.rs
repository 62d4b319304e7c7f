//! Programs that the tests use: found, or installed from Debian's packages.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::apt;
use crate::shell::{command, failure, output_of, say, which};

/// A program, by the names and the variable that lead to it.
struct Program {
    what: &'static str,
    names: &'static [&'static str],
    /// An environment variable with its path, and whole paths to try.
    variable: Option<&'static str>,
    paths: &'static [&'static str],
    /// Debian's package.
    package: &'static str,
}

const CHROMIUM: Program = Program {
    what: "Chromium",
    names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    variable: Some("CHROME_PATH"),
    paths: &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    package: "chromium",
};

const FIREFOX: Program = Program {
    what: "Firefox",
    names: &["firefox-esr", "firefox"],
    variable: Some("FIREFOX_PATH"),
    paths: &[],
    package: "firefox-esr",
};

const OPENSSL: Program =
    Program { what: "OpenSSL 3", names: &["openssl"], variable: None, paths: &[], package: "openssl" };

const PYTHON: Program = Program {
    what: "Python 3",
    names: &["python3", "python"],
    variable: Some("PYTHON"),
    paths: &[],
    package: "python3",
};

const JAVA: Program =
    Program { what: "Java", names: &["java"], variable: None, paths: &[], package: "default-jre-headless" };

/// The least version of Java that Apache Spark runs on.
const LEAST_JAVA: u32 = 17;

/// A Chromium for the browser tests.
pub fn chromium() -> Result<PathBuf> {
    let found = CHROMIUM.ensure(by_playwright)?;
    say(format!("browser: {}", found.display()));
    Ok(found)
}

/// A Firefox for the tests that hold the page to a second browser.
pub fn firefox() -> Result<PathBuf> {
    FIREFOX.ensure(|| None)
}

/// OpenSSL's command, which the tests ask what it reads from certificates.
pub fn openssl() -> Result<PathBuf> {
    OPENSSL.ensure(|| None)
}

/// Python, which the replay is written in.
pub fn python() -> Result<PathBuf> {
    PYTHON.ensure(|| None)
}

/// Java, which Apache Spark runs on.
pub fn java() -> Result<PathBuf> {
    let found = JAVA.ensure(|| None)?;
    let mut version = command(&found);
    version.arg("--version");
    let said = output_of(version).unwrap_or_default();
    if java_version(&said) < Some(LEAST_JAVA) {
        let fix = format!("put Java {LEAST_JAVA} or newer on PATH first");
        return Err(failure(format!("{said} is too old for Apache Spark"), fix));
    }
    Ok(found)
}

/// The major version in what `java --version` says, as in `openjdk 17.0.15 2025-04-15`.
fn java_version(said: &str) -> Option<u32> {
    said.split_whitespace().nth(1)?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Jekyll, one of the generators of sites that the element is tested in.
pub fn jekyll() -> Result<PathBuf> {
    which("jekyll").map_or_else(
        || {
            apt::install(&["jekyll", "jekyll-theme-minima"])?;
            which("jekyll").ok_or_else(|| failure("jekyll is not on PATH", "install Jekyll with the theme minima"))
        },
        Ok,
    )
}

impl Program {
    /// Finds the program, or installs Debian's.
    fn ensure(&self, elsewhere: fn() -> Option<PathBuf>) -> Result<PathBuf> {
        if let Some((variable, path)) = self.variable.and_then(|v| Some((v, env::var_os(v)?))) {
            let path = PathBuf::from(path);
            let problem = format!("{variable} is {}, which is not a file", path.display());
            let fix = format!("set it to the path of a {} program, or unset it", self.what);
            return if path.is_file() { Ok(path) } else { Err(failure(problem, fix)) };
        }
        if let Some(found) = self.find().or_else(elsewhere) {
            return Ok(found);
        }
        let installed = apt::install(&[self.package]);
        self.find().ok_or_else(|| {
            let why = installed.err().map_or_else(|| "its program is not on PATH".to_owned(), |e| format!("{e:#}"));
            let variable = self.variable.map_or_else(String::new, |v| format!(", or set {v} to its program"));
            failure(
                format!("{} was not found, and Debian's package could not be installed: {why}", self.what),
                format!("install {}{variable}", self.what),
            )
        })
    }

    fn find(&self) -> Option<PathBuf> {
        let on_path = self.names.iter().filter_map(|name| which(name)).find(|program| runs(program));
        on_path.or_else(|| self.paths.iter().map(PathBuf::from).find(|path| path.is_file()))
    }
}

/// Ubuntu's `chromium-browser` may be a script that only says to install a snap.
fn runs(program: &Path) -> bool {
    let mut version = command(program);
    version.arg(if program.ends_with("openssl") { "version" } else { "--version" });
    output_of(version).is_some()
}

/// The Chromium that `npx playwright install chromium` downloads.
fn by_playwright() -> Option<PathBuf> {
    let mut node = command("node");
    node.args(["-p", "require('playwright').chromium.executablePath()"]);
    output_of(node).map(PathBuf::from).filter(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABSENT: Program = Program {
        what: "Nothing",
        names: &["jitp-no-such-program"],
        variable: Some("JITP_NO_SUCH_VARIABLE"),
        paths: &["/jitp/no/such/file"],
        package: "jitp-no-such-package",
    };

    #[test]
    fn the_version_of_java_is_read() {
        assert_eq!(java_version("openjdk 17.0.15 2025-04-15"), Some(17));
        assert_eq!(java_version("java 21-ea 2023-09-19"), Some(21));
        assert_eq!(java_version(""), None);
    }

    #[test]
    fn a_program_is_found_on_path_at_a_path_or_elsewhere() {
        let cargo = Program { names: &["jitp-no-such-program", "cargo"], ..ABSENT };
        assert!(cargo.find().is_some_and(|path| path.ends_with("cargo") || path.ends_with("cargo.exe")));
        assert_eq!(ABSENT.find(), None);
        assert_eq!(ABSENT.ensure(|| Some("there".into())).expect("it is elsewhere"), Path::new("there"));
    }
}
