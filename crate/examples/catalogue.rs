//! Writes docs/rules.md and pkg/src/rules.ts again from the rows in crate/src/rules: `cargo run -p jitp --example catalogue`.

use jitp::catalogue;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (path, text) in catalogue::files() {
        std::fs::write(root.join(path), text)?;
        println!("{path}");
    }
    let (date, titles, rules) = catalogue::oldest();
    let few = 5;
    let more = match titles.len().saturating_sub(few) {
        0 => String::new(),
        more => format!(" and {more} others"),
    };
    let titles: Vec<&str> = titles.into_iter().take(few).collect();
    println!("The oldest pages are of {date}, for {rules} rules: {}{more}.", titles.join("; "));
    Ok(())
}
