//! The build scripts of jitp: `cargo xtask help`.

mod build;
mod fingerprint;
mod setup;
mod shell;

use std::process::ExitCode;

use anyhow::Result;

use build::Part;
use shell::{failure, say, started};

const HELP: &str = "\
cargo xtask <command>

  setup                    find or install what is needed: the wasm32 target, wasm-pack, wasm-bindgen, npm packages
  build [--dev] [--only wasm|pkg|www]
                           build the wasm, the npm package and the page (with --only: up to that part)
  help                     this text
";

fn main() -> ExitCode {
    started();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = arguments.split_first().map_or(("help", &[][..]), |(c, rest)| (c.as_str(), rest));
    let mut options = Options::new(rest);
    match command {
        "setup" => {
            options.end()?;
            setup::ensure()?;
            say("set up");
        }
        "build" => {
            let dev = options.flag("--dev");
            let last = match options.value("--only")? {
                None => Part::Page,
                Some(name) => Part::named(&name)
                    .ok_or_else(|| failure(format!("there is no part `{name}`"), "take one of wasm, pkg, www"))?,
            };
            options.end()?;
            build::build(&setup::ensure()?, dev, last)?;
            say("built");
        }
        "help" | "--help" | "-h" => print!("{HELP}"),
        other => return Err(failure(format!("there is no command `{other}`"), "see `cargo xtask help`")),
    }
    Ok(ExitCode::SUCCESS)
}

/// The words after the command, taken one by one; what is left at the end is an error.
struct Options {
    words: Vec<String>,
}

impl Options {
    fn new(words: &[String]) -> Self {
        Self { words: words.to_vec() }
    }

    fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|w| w != name);
        self.words.len() < before
    }

    /// The value of `--name value` or `--name=value`.
    fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        let Some(at) = self.words.iter().position(|w| w == name || w.starts_with(&joined)) else { return Ok(None) };
        let word = self.words.remove(at);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.words.len() && !self.words[at].starts_with("--") {
            return Ok(Some(self.words.remove(at)));
        }
        Err(failure(format!("{name} has no value"), "see `cargo xtask help`"))
    }

    fn end(self) -> Result<()> {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(failure(format!("`{word}` means nothing here"), "see `cargo xtask help`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(words: &str) -> Options {
        Options::new(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_taken_in_any_order_and_form() {
        let mut options = options("--port 80 --open --only=a,b");
        assert!(options.flag("--open") && !options.flag("--dev"));
        assert_eq!(options.value("--port").expect("has a value"), Some("80".to_owned()));
        assert_eq!(options.value("--only").expect("has a value"), Some("a,b".to_owned()));
        assert!(options.end().is_ok());
    }

    #[test]
    fn a_missing_value_and_a_strange_word_are_errors() {
        assert!(options("--port --open").value("--port").is_err());
        assert!(options("--port").value("--port").is_err());
        assert!(options("--prot").end().is_err());
    }
}
