//! `cargo run -p jitp --example schema`: writes the JSON Schema to where the npm package has it.

use std::path::Path;

fn main() -> std::io::Result<()> {
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(jitp::schema::FILE), jitp::schema::text())
}
