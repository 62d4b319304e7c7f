//! A Chromium for the browser tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::apt;
use crate::shell::{command, failure, output_of, say, which};

/// Finds a Chromium, or installs Debian's.
pub fn ensure() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROME_PATH").map(PathBuf::from) {
        if named.is_file() {
            say(format!("browser: {} (CHROME_PATH)", named.display()));
            return Ok(named);
        }
        return Err(failure(
            format!("CHROME_PATH names {}, which is no file", named.display()),
            "point it at a Chromium's program, or unset it",
        ));
    }
    if let Some(found) = find() {
        say(format!("browser: {}, up to date", found.display()));
        return Ok(found);
    }
    let installed = apt::install(&["chromium"]);
    match (installed, find()) {
        (Ok(()), Some(found)) => Ok(found),
        (result, _) => {
            let why = result.err().map_or_else(|| "its program is not on PATH".to_owned(), |e| format!("{e:#}"));
            Err(failure(
                format!("there is no Chromium for the browser tests, and Debian's could not be installed: {why}"),
                "install Chromium or Chrome, or set CHROME_PATH to its program",
            ))
        }
    }
}

fn find() -> Option<PathBuf> {
    const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    const MAC: [&str; 2] = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    let on_path = NAMES.iter().filter_map(|name| which(name)).find(|p| runs(p));
    on_path.or_else(|| MAC.iter().map(PathBuf::from).find(|p| p.is_file())).or_else(in_playwright_cache)
}

/// Ubuntu's `chromium-browser` may be a script that only says to install a snap.
fn runs(program: &Path) -> bool {
    let mut browser = command(program);
    browser.arg("--version");
    output_of(browser).is_some_and(|version| version.contains("Chrom"))
}

fn in_playwright_cache() -> Option<PathBuf> {
    let home = PathBuf::from(env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?);
    let caches = [".cache/ms-playwright", "Library/Caches/ms-playwright", "AppData/Local/ms-playwright"];
    let named = env::var_os("PLAYWRIGHT_BROWSERS_PATH").map(PathBuf::from);
    let mut found: Vec<PathBuf> = named
        .into_iter()
        .chain(caches.iter().map(|c| home.join(c)))
        .filter_map(|cache| fs::read_dir(cache).ok())
        .flat_map(|folder| folder.flatten())
        .filter(|f| f.file_name().to_string_lossy().starts_with("chromium-"))
        .filter_map(|f| program_in(&f.path()))
        .collect();
    found.sort();
    found.pop()
}

fn program_in(browser: &Path) -> Option<PathBuf> {
    const PROGRAMS: [&str; 5] = [
        "chrome-linux/chrome",
        "chrome-linux64/chrome",
        "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
        "chrome-win/chrome.exe",
        "chrome-win64/chrome.exe",
    ];
    PROGRAMS.iter().map(|p| browser.join(p)).find(|p| p.is_file())
}
