//! `cargo run --example jitp -- TEMPLATE [CERTIFICATE]`: the report, or the plan, as JSON.

use std::{env, fs, process};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let read = |path: &String| {
        fs::read(path).unwrap_or_else(|error| {
            eprintln!("{path}: {error}");
            process::exit(2)
        })
    };
    let json = match arguments.as_slice() {
        [template] => serde_json::to_string_pretty(&jitp::validate(read(template))),
        [template, certificate] => serde_json::to_string_pretty(&jitp::dry_run(
            read(template),
            &read(certificate),
            &jitp::DryRunOptions::default(),
        )),
        _ => {
            eprintln!("usage: jitp TEMPLATE [CERTIFICATE]");
            process::exit(2)
        }
    };
    match json {
        Ok(text) => println!("{text}"),
        Err(error) => eprintln!("{error}"),
    }
}
