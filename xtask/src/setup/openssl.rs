//! OpenSSL's command, which the tests ask what it reads from certificates.

use anyhow::Result;

use super::apt;
use crate::shell::{failure, which};

/// Finds the command, or installs Debian's.
pub fn ensure() -> Result<()> {
    if which("openssl").is_some() {
        return Ok(());
    }
    match (apt::install(&["openssl"]), which("openssl")) {
        (Ok(()), Some(_)) => Ok(()),
        (result, _) => {
            let why = result.err().map_or_else(|| "its program is not on PATH".to_owned(), |e| format!("{e:#}"));
            Err(failure(
                format!(
                    "there is no openssl for the tests of certificates, and Debian's could not be installed: {why}"
                ),
                "install OpenSSL 3",
            ))
        }
    }
}
