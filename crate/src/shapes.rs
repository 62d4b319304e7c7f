//! The shapes of all options and results in TypeScript, derived from their Rust types into `pkg/src/shapes.ts`. `pkg/src/drift.ts` holds
//! the types that people read against them, which say more in their comments, and by narrower texts, than can be derived. What
//! `pkg/src/options.ts` writes as JSON has the types of the options here, and `wasm` reads it.

use crate::access::{PolicyDecision, Simulation};
use crate::account::AccountReport;
use crate::authority::RegistrationOptions;
use crate::sample::SampleOptions;
use crate::{
    CaRegistration, CertificateSummary, Chains, DryRunOptions, Fleet, IssuerCheck, ListedCertificate, Plan, Redacted,
    Stringified, StringifyOptions, TemplateOptions, ValidationReport,
};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::{Config, TS, TypeVisitor};

/// Where the shapes are in the repository.
const FILE: &str = "pkg/src/shapes.ts";

/// The declarations by name.
struct Shapes {
    config: Config,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Shapes {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types that TypeScript has itself, such as lists, have no file.
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(&self.config);
        if self.declared.contains_key(&name) {
            return;
        }
        self.declared.insert(name, one_line(&T::decl(&self.config)));
        T::visit_dependencies(self);
    }
}

/// Without comments and line ends.
fn one_line(declaration: &str) -> String {
    let mut code = String::new();
    let mut rest = declaration;
    while let Some((before, after)) = rest.split_once("/**") {
        code += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code += rest;
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text() -> String {
    let mut shapes = Shapes { config: Config::new(), declared: BTreeMap::new() };
    shapes.visit::<AccountReport>();
    shapes.visit::<ValidationReport>();
    shapes.visit::<Stringified>();
    shapes.visit::<Plan>();
    shapes.visit::<Fleet>();
    shapes.visit::<CertificateSummary>();
    shapes.visit::<ListedCertificate>();
    shapes.visit::<IssuerCheck>();
    shapes.visit::<Chains>();
    shapes.visit::<CaRegistration>();
    shapes.visit::<Redacted>();
    shapes.visit::<Simulation>();
    shapes.visit::<PolicyDecision>();
    shapes.visit::<TemplateOptions>();
    shapes.visit::<StringifyOptions>();
    shapes.visit::<DryRunOptions>();
    shapes.visit::<RegistrationOptions>();
    shapes.visit::<SampleOptions>();
    let lines = shapes.declared.values().map(|declaration| format!("export {declaration}\n"));
    format!(
        "// Generated from the Rust types by `cargo xtask docs`; see crate/src/shapes.rs.\n{}",
        lines.collect::<String>()
    )
}

#[test]
fn the_shapes_are_those_of_the_rust_types() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
    if std::env::var_os("JITP_WRITE_SHAPES").is_some() {
        std::fs::write(&file, text()).expect("the checkout can be written");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), text(), "`cargo xtask docs` writes {FILE} again");
}

/// Options are read by their names: the wasm does without a deserializer.
#[test]
fn every_option_is_read_under_its_name() {
    let reading =
        [include_str!("wasm/given.rs"), include_str!("wasm/mod.rs"), include_str!("wasm/authority.rs")].concat();
    // Checks cross by another way, `wasm/checks.rs`; an account, as texts that are read.
    let elsewhere = ["issuer", "issuers", "account"];
    let shapes = text();
    let mut read = 0;
    for line in shapes.lines().filter(|line| line.contains("Options = {")) {
        let (_, members) = line.split_once("= {").expect("the line has members");
        for member in members.split(", ").filter(|member| member.contains(':')) {
            let name = member.split(':').next().unwrap_or_default().trim().trim_end_matches('?');
            let is_read = reading.contains(&format!("(\"{name}\")"));
            assert!(is_read || elsewhere.contains(&name), "nothing in crate/src/wasm reads the option {name}: {line}");
            read += usize::from(is_read);
        }
    }
    assert!(read >= 15, "{read} options");
}
