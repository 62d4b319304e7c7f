//! Answers requests, one JSON object a line, with the reports of the core as it is compiled for this machine.
//!
//! `tests/native-wasm.test.mjs` asks the same of the npm package and compares. A request is
//! `{"verb", "source"?, "certificate"? (base64; for `dryRunSubject` of a subject), "options"?}`; an answer is the report itself.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jitp::{DryRunOptions, Flow, SerialNumberReading, StringifyOptions, Template, TemplateOptions};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Request {
    verb: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    certificate: String,
    options: Option<serde_json::Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Options {
    flow: String,
    region: Option<String>,
    account_id: Option<String>,
    serial_number: SerialNumberReading,
    /// Seconds since 1970.
    now: Option<i64>,
    parameters: BTreeMap<String, String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        answer(&serde_json::from_str(&line?)?, &mut out)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn answer(request: &Request, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let certificate = STANDARD.decode(&request.certificate).map_err(|error| error.to_string())?;
    let source = &request.source;
    match request.verb.as_str() {
        "validate" => write(out, &jitp::validate_with(source, &template_options(request)?)),
        "stringify" => write(out, &jitp::stringify(source, &options::<StringifyOptions>(request)?)),
        "unstringify" => write(out, &jitp::unstringify(source)),
        "readCertificates" => write(out, &jitp::read_certificates(&certificate, options::<Options>(request)?.now)),
        "dryRun" | "Template.dryRun" => {
            let template = Template::with_options(source, &template_options(request)?);
            write(out, &template.dry_run(&certificate, &dry_run_options(request)?))
        }
        "dryRunSubject" => {
            let template = Template::with_options(source, &template_options(request)?);
            write(out, &template.dry_run_subject(&String::from_utf8(certificate)?, &dry_run_options(request)?))
        }
        "Template.report" => write(out, Template::with_options(source, &template_options(request)?).report()),
        other => Err(format!("there is no verb {other:?}").into()),
    }
}

fn write(out: &mut impl Write, report: &impl Serialize) -> Result<(), Box<dyn Error>> {
    Ok(serde_json::to_writer(out, report)?)
}

fn options<T: Default + for<'de> Deserialize<'de>>(request: &Request) -> Result<T, serde_json::Error> {
    request.options.clone().map_or_else(|| Ok(T::default()), serde_json::from_value)
}

fn dry_run_options(request: &Request) -> Result<DryRunOptions, serde_json::Error> {
    let Options { region, account_id, serial_number, now, parameters, .. } = options(request)?;
    let parameters = parameters.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect();
    Ok(DryRunOptions { region, account_id, serial_number, now, parameters, ..DryRunOptions::default() })
}

fn template_options(request: &Request) -> Result<TemplateOptions, serde_json::Error> {
    let Options { flow, region, account_id, .. } = options(request)?;
    let flow = [Flow::Jitp, Flow::Fleet, Flow::RegisterThing].into_iter().find(|known| known.word() == flow);
    Ok(TemplateOptions { flow: flow.unwrap_or_default(), region, account_id })
}
