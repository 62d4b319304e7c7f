//! A Firefox for the tests that hold the page to a second browser.

use std::env;
use std::path::PathBuf;

use super::apt;
use crate::shell::which;

/// Finds a Firefox, or installs Debian's; why there is none, where that cannot be done. The page is tested in Chromium all the same.
pub fn ensure() -> Result<PathBuf, String> {
    if let Some(named) = env::var_os("FIREFOX_PATH").map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(format!("FIREFOX_PATH names {}, which is no file", named.display()))
        };
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    let installed = apt::install(&["firefox-esr"]);
    find().ok_or_else(|| match installed {
        Ok(()) => "its program is not on PATH".to_owned(),
        Err(error) => format!("{error:#}"),
    })
}

fn find() -> Option<PathBuf> {
    ["firefox-esr", "firefox"].iter().find_map(|name| which(name))
}
