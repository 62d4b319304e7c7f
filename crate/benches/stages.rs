//! What the stages cost, native: `cargo bench -p jitp`, or `cargo bench -p jitp -- plan` for those with the word in their names.
//!
//! The package's figures come from `cargo xtask bench`; these find out where time goes, and what a change does to one stage.
//! A stage inside the core is the difference of two lines: PEM and base64 are what `certificate/PEM` takes longer than
//! `certificate/DER`, binding and evaluation what a row takes longer than its certificate.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jitp::access::{CompiledDevice, DescribedDevice, DeviceRequest, DeviceThing, GivenPolicy, RequestContext, Verb};
use jitp::{DryRunOptions, StringifyOptions, Template, read_certificates, stringify, validate};
use sha2::{Digest, Sha256};

/// How many devices a fleet has here.
const DEVICES: u32 = 1_000;

/// 2026-11-23T12:00:00Z.
const NOW: i64 = 1_795_435_200;

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn template_text() -> String {
    String::from_utf8(fixture("templates/ok-config.json")).expect("UTF-8")
}

fn options() -> DryRunOptions {
    DryRunOptions { region: Some("eu-west-1".to_owned()), now: Some(NOW), ..DryRunOptions::default() }
}

fn armor(der: &[u8]) -> String {
    const LINE: usize = 64;
    let text = STANDARD.encode(der);
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in text.as_bytes().chunks(LINE) {
        let _ = writeln!(pem, "{}", String::from_utf8_lossy(line));
    }
    pem + "-----END CERTIFICATE-----\n"
}

/// Certificates that differ in the last bytes of their signatures, which nothing verifies.
fn fleet(der: &[u8]) -> String {
    let mut der = der.to_vec();
    let end = der.len();
    (0..DEVICES)
        .map(|i| {
            der[end - 4..].copy_from_slice(&i.to_be_bytes());
            armor(&der)
        })
        .collect()
}

fn certificates(criterion: &mut Criterion) {
    let pem = fixture("certificates/full.pem");
    let der = fixture("certificates/full.der");
    let body = STANDARD.encode(&der);
    let mut group = criterion.benchmark_group("certificate");
    group.throughput(Throughput::Elements(1));
    group.bench_function("base64", |b| b.iter(|| STANDARD.decode(black_box(&body))));
    group.bench_function("SHA-256", |b| b.iter(|| Sha256::digest(black_box(&der))));
    group.bench_function("PEM", |b| b.iter(|| read_certificates(black_box(&pem), Some(NOW))));
    group.bench_function("DER", |b| b.iter(|| read_certificates(black_box(&der), Some(NOW))));
    group.finish();
}

fn templates(criterion: &mut Criterion) {
    let sound = template_text();
    let slip = sound.replacen("Properties", "properties", 1);
    assert!(validate(&sound).ok && !validate(&slip).ok, "a sound template and a slip");
    let mut group = criterion.benchmark_group("template");
    group.bench_function("compile", |b| b.iter(|| Template::new(black_box(&sound))));
    group.bench_function("validate", |b| b.iter(|| validate(black_box(&sound))));
    group.bench_function("validate, a slip", |b| b.iter(|| validate(black_box(&slip))));
    group.bench_function("stringify", |b| b.iter(|| stringify(black_box(&sound), &StringifyOptions::default())));
    group.finish();
}

fn plans(criterion: &mut Criterion) {
    let template = Template::new(template_text());
    let pem = fixture("certificates/full.pem");
    let der = fixture("certificates/full.der");
    let options = options();
    let plan = template.dry_run(&der, &options);
    let mut group = criterion.benchmark_group("plan");
    group.bench_function("from PEM", |b| b.iter(|| template.dry_run(black_box(&pem), &options)));
    group.bench_function("from DER", |b| b.iter(|| template.dry_run(black_box(&der), &options)));
    group.bench_function("as JSON", |b| b.iter(|| serde_json::to_vec(black_box(&plan))));
    group.finish();
}

fn fleets(criterion: &mut Criterion) {
    let template = Template::new(template_text());
    let bundle = fleet(&fixture("certificates/full.der"));
    let options = options();
    let found = template.dry_run_fleet(bundle.as_bytes(), &options);
    assert_eq!(found.rows.len(), DEVICES as usize);
    assert_eq!(found.counts.duplicates, 0, "each certificate is another one");
    let mut group = criterion.benchmark_group("fleet");
    group.throughput(Throughput::Elements(DEVICES.into()));
    group.bench_function("rows", |b| b.iter(|| template.dry_run_fleet(black_box(bundle.as_bytes()), &options)));
    group.finish();
}

fn access(criterion: &mut Criterion) {
    let document = r#"{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/${iot:Connection.Thing.ThingName}/*"}]}"#;
    let policy = GivenPolicy { name: "lamps".into(), text: document.into() };
    let thing = DeviceThing { name: "lamp-1".into(), ..DeviceThing::default() };
    let device = CompiledDevice::of(DescribedDevice {
        policies: vec![policy],
        thing: Some(thing),
        ..DescribedDevice::default()
    });
    let context = RequestContext::default();
    let request = DeviceRequest::new(Verb::Publish, "lamp-1/on");
    let mut group = criterion.benchmark_group("access");
    group.bench_function("one question", |b| b.iter(|| device.can(black_box(&request), &context)));
    group.finish();
}

criterion_group!(stages, certificates, templates, plans, fleets, access);
criterion_main!(stages);
