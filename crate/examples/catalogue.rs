//! Writes docs/rules.md and pkg/src/rules.ts anew from the rows in crate/src/rules: `cargo run -p jitp --example catalogue`.

use jitp::catalogue;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (path, text) in catalogue::files() {
        std::fs::write(root.join(path), text)?;
        println!("{path}");
    }
    Ok(())
}
