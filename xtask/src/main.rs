//! The build scripts of jitp: `cargo xtask help`.

mod bench;
mod build;
mod docs;
mod fingerprint;
mod licences;
mod serve;
mod setup;
mod shell;
mod size;
mod test;
mod update;

use std::process::ExitCode;

use anyhow::Result;

use build::Part;
use shell::{failure, say, started};

const HELP: &str = "\
cargo xtask <command>

  serve [--open] [--port N]
               set up, build, and serve the page on localhost
  test [--only suite,...] [--list]
               set up, build, and run every check; logs are in target/test-logs
  build [--dev] [--only wasm|pkg|www|element]
               build the wasm, the npm package, the page and the element (with --only: up to that part)
  setup        find or install the tools: npm packages, the wasm32 target, wasm-bindgen, wasm-pack
  docs [--all] write the generated files: docs/rules.md and the package's rules(), Regions and shapes from Rust; docs/api.md
               and the schema of the command line's JSON from TypeScript, if that changed (or with --all)
  update       after a change of rules or texts: the files of `docs`, snapshots, expected output; lists what changed, to be read
  bench [--json] [--page]
               compare the speed with other certificate libraries; with --page, measure the goals of the page
  size [--check]
               sizes of what is downloaded, lines of code that a library could replace; with --check, fail if the wasm exceeds its size limit
  help         this text

Prerequisites: a Rust toolchain, and Node.js 20 or newer with npm. Everything else is installed into target/ and
node_modules/, except the wasm32 target (by rustup, otherwise from Debian's packages as root), and for the tests the
browsers and Python (CHROME_PATH, FIREFOX_PATH and PYTHON name others than those on PATH).
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
                None => Part::Element,
                Some(name) => Part::named(&name).ok_or_else(|| {
                    failure(format!("unknown part `{name}`"), "choose one of wasm, pkg, www, element")
                })?,
            };
            options.end()?;
            build::build(&setup::ensure()?, dev, last)?;
            say("built");
        }
        "serve" => {
            let open = options.flag("--open");
            let port = options.value("--port")?.map(|p| port(&p)).transpose()?;
            options.end()?;
            build::build(&setup::ensure()?, false, Part::Element)?;
            serve::serve(port, open)?;
        }
        "test" => {
            let only = options.value("--only")?;
            let list = options.flag("--list");
            options.end()?;
            if list {
                print!("{}", test::list());
            } else if !test::test(only.as_deref())? {
                return Ok(ExitCode::FAILURE);
            }
        }
        "docs" => {
            let all = options.flag("--all");
            options.end()?;
            docs::write(all)?;
        }
        "update" => {
            options.end()?;
            update::update()?;
        }
        "bench" => {
            let json = options.flag("--json");
            let page = options.flag("--page");
            options.end()?;
            // With --json, standard output holds the figures alone.
            shell::speak_on_stderr(json);
            build::build(&setup::ensure()?, false, Part::Element)?;
            bench::bench(if page { "page.mjs" } else { "bench.mjs" }, if json { &["--json"] } else { &[] })?;
        }
        "size" => {
            let check = options.flag("--check");
            options.end()?;
            build::build(&setup::ensure()?, false, Part::Element)?;
            let sizes = size::measure()?;
            print!("{}\n{}", size::table(&sizes), size::own_lines()?);
            if let (true, Some(over)) = (check, size::over_budget(&sizes)) {
                return Err(failure(
                    over,
                    "find what grew (`cargo xtask size` on the commit before), or raise the limit",
                ));
            }
        }
        "help" | "--help" | "-h" => print!("{HELP}"),
        other => return Err(failure(format!("unknown command `{other}`"), "see `cargo xtask help`")),
    }
    Ok(ExitCode::SUCCESS)
}

fn port(text: &str) -> Result<u16> {
    text.parse()
        .map_err(|_| failure(format!("`{text}` is not a port"), "give a number from 0 to 65535; 0 uses any free port"))
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
        Err(failure(format!("{name} needs a value"), "see `cargo xtask help`"))
    }

    fn end(self) -> Result<()> {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(failure(format!("unexpected argument `{word}`"), "see `cargo xtask help`")),
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
