//! Debian's packages, where `apt-get` is there and we may use it.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::shell::{Step, command, output_of, run_within, which};

/// Installs packages, or says why it cannot.
pub fn install(packages: &[&str]) -> Result<()> {
    if which("apt-get").is_none() {
        bail!("apt-get is not on this machine");
    }
    let Some(sudo) = privilege() else {
        bail!("we are not root, and sudo needs a password");
    };
    let list = packages.join(" ");
    let step = Step::start("apt-get", format!("installing {list}"));
    let fix = format!("see the lines above; by hand: `apt-get update && apt-get install {list}`");
    run_within("apt-get update", apt(sudo).arg("update"), Duration::from_secs(300), &fix)?;
    let mut get = apt(sudo);
    get.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    run_within("apt-get install", &mut get, Duration::from_secs(1200), &fix)?;
    step.done("installed");
    Ok(())
}

fn apt(sudo: bool) -> Command {
    let mut get = if sudo { command("sudo") } else { command("env") };
    if sudo {
        get.args(["-n", "env"]);
    }
    get.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]);
    get
}

/// `Some(false)` as root, `Some(true)` where sudo asks for no password.
fn privilege() -> Option<bool> {
    let mut id = command("id");
    id.arg("-u");
    if output_of(id)? == "0" {
        return Some(false);
    }
    let mut sudo = command("sudo");
    sudo.args(["-n", "true"]);
    output_of(sudo).map(|_| true)
}
