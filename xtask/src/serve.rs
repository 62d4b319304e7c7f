//! Serves the built page on this machine, by Vite's preview: `www/vite.config.ts` has its port and headers.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::shell::{command, failure, root, say};

/// Serves www/dist until the program is stopped. A `port` that was asked for is used or refused; without one, Vite looks for a free one.
pub fn serve(port: Option<u16>, open: bool) -> Result<()> {
    let mut preview = command("node");
    // Node runs it itself: npm in between would take the signals that stop it.
    preview.arg(root().join("node_modules/vite/bin/vite.js")).arg("preview");
    preview.current_dir(root().join("www")).stdin(Stdio::inherit());
    if let Some(port) = port {
        refuse_taken(port)?;
        preview.args(["--strictPort", "--port"]).arg(port.to_string());
    }
    if open {
        preview.arg("--open");
    }
    say("serving the page (Ctrl+C stops it)");
    replace_with(&mut preview)
}

/// Vite says the same with a stack trace.
fn refuse_taken(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|error| {
        failure(
            format!("cannot serve on port {port}: {error}"),
            "choose another with --port, or omit it to use a free one",
        )
    })
}

/// Replaces this process, so that a signal sent to it reaches the server and leaves no server running.
#[cfg(unix)]
fn replace_with(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(failure(format!("cannot start `node`: {}", server.exec()), "install Node.js, or put it on PATH"))
}

#[cfg(not(unix))]
fn replace_with(server: &mut Command) -> Result<()> {
    let status = server.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(failure(format!("the server ended with {status}"), "see the lines above"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_plainly() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("bound").port();
        let error = refuse_taken(port).expect_err("it is taken").to_string();
        assert!(error.contains(&format!("cannot serve on port {port}")) && error.contains("--port"), "{error}");
        // Any free port: another program may take the one that was just freed.
        assert!(refuse_taken(0).is_ok());
    }
}
