//! Inputs of `RegisterCACertificate` and `UpdateCACertificate`, the output of `DescribeCACertificate`, and the properties of
//! CloudFormation's `AWS::IoT::CACertificate`: what is around a registration config, and whether it ever runs.

use super::api_input::{capital, report_properties, set};
use super::input_document::{InputDocument, report_missing};
use crate::check::{Context, KnownKeys, opening, quoted, same_but_spelling};
use crate::diagnostic::{Edits, Finding};
use crate::rules;
use crate::source::{Member, Node, SourceRange, Value, quote};

const REGISTER: [&str; 7] = [
    "caCertificate",
    "verificationCertificate",
    "setAsActive",
    "allowAutoRegistration",
    "registrationConfig",
    "tags",
    "certificateMode",
];
const UPDATE: [&str; 5] =
    ["certificateId", "newStatus", "newAutoRegistrationStatus", "registrationConfig", "removeAutoRegistration"];
const DESCRIBED: [&str; 2] = ["certificateDescription", "registrationConfig"];
const CLOUDFORMATION: [&str; 8] = [
    "CACertificatePem",
    "VerificationCertificatePem",
    "Status",
    "AutoRegistrationStatus",
    "RegistrationConfig",
    "Tags",
    "CertificateMode",
    "RemoveAutoRegistration",
];

/// The kind of a text about a CA certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaInput {
    /// An input of `RegisterCACertificate`.
    Register,
    /// An input of `UpdateCACertificate`.
    Update,
    /// An output of `DescribeCACertificate`.
    Described,
    /// The properties of CloudFormation's `AWS::IoT::CACertificate`.
    Cloudformation,
    /// A config with nothing around it that says which.
    Bare,
}

/// Whether a text about a CA certificate has such a key.
pub fn is_ca_key(key: &str) -> bool {
    [&REGISTER[..], &UPDATE, &DESCRIBED, &CLOUDFORMATION].iter().any(|keys| keys.contains(&key))
}

impl CaInput {
    /// The kind of a text, if it is about a CA certificate, with or without a registration config.
    pub fn of(root: &Node) -> Option<Self> {
        let members = root.as_object().unwrap_or_default();
        let exact = |key: &str| members.iter().any(|member| member.key == key);
        let has = |key: &str| members.iter().any(|member| same_but_spelling(&member.key, key));
        let any = |keys: &[&str]| keys.iter().any(|key| has(key));
        let config = has("registrationConfig");
        if exact("CACertificatePem")
            || exact("RegistrationConfig") && CLOUDFORMATION.iter().filter(|key| exact(key)).count() > 1
        {
            return Some(CaInput::Cloudformation);
        }
        if config && has("certificateDescription") || is_ca_description(root.get("certificateDescription")) {
            return Some(CaInput::Described);
        }
        if any(&["caCertificate", "allowAutoRegistration"]) {
            return Some(CaInput::Register);
        }
        if any(&["newAutoRegistrationStatus", "removeAutoRegistration"])
            || config && any(&["certificateId", "newStatus"])
        {
            return Some(CaInput::Update);
        }
        if config && any(&["setAsActive", "verificationCertificate", "certificateMode"]) {
            return Some(CaInput::Register);
        }
        config.then_some(CaInput::Bare)
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            CaInput::Register => &REGISTER,
            CaInput::Update => &UPDATE,
            CaInput::Described => &DESCRIBED,
            CaInput::Cloudformation => &CLOUDFORMATION,
            CaInput::Bare => &["registrationConfig"],
        }
    }

    fn what(self) -> &'static str {
        match self {
            CaInput::Register => "an input for RegisterCACertificate",
            CaInput::Update => "an input for UpdateCACertificate",
            CaInput::Described => "an output of DescribeCACertificate",
            CaInput::Cloudformation => "the properties of an AWS::IoT::CACertificate",
            CaInput::Bare => "an input with a registrationConfig",
        }
    }
}

/// Whether the description is one of a CA certificate, which has what a device's has not.
fn is_ca_description(node: Option<&Node>) -> bool {
    node.is_some_and(|node| {
        let arn = node.get("certificateArn").and_then(Node::as_str).unwrap_or_default();
        node.get("autoRegistrationStatus").is_some() || arn.contains(":cacert/")
    })
}

impl InputDocument {
    /// Reads what is around a registration config.
    #[cold]
    pub fn read_around_config(&mut self, context: &mut Context, root: &Node, input: CaInput) {
        let known = KnownKeys::read(context, root, input.keys(), input.what());
        self.embedded = input == CaInput::Cloudformation;
        if self.embedded {
            report_properties(context, root, "AWS::IoT::CACertificate");
        }
        self.ca_from = input.what();
        let mut id = known.get("certificateId");
        let written = match input {
            CaInput::Described => {
                let description = known.get("certificateDescription");
                id = description.and_then(|node| node.get("certificateId"));
                if let Some(node) = description.and_then(|node| node.get("certificateArn")) {
                    self.name_arn("The CA certificate", node);
                }
                if let Some(member) = known.member("certificateDescription") {
                    let message = "The text is an output of AWS; no request accepts \"certificateDescription\".";
                    context.report(
                        Finding::new(&rules::OUTPUT_OF_AWS, member.key_place, message)
                            .help("UpdateCACertificate accepts the registrationConfig of such an output.")
                            .proposal(TO_UPDATE, as_update(&known)),
                    );
                }
                description.and_then(|node| node.get("certificatePem"))
            }
            CaInput::Cloudformation => known.get("CACertificatePem"),
            _ => known.get("caCertificate"),
        };
        let written = written.and_then(Node::as_str).filter(|text| pem(text) == Some(Pem::WrittenOut));
        self.ca_certificate_pem = written.map(str::to_owned);
        self.ca_certificate_id = id.and_then(Node::as_str).map(str::to_owned);
        check_automatic(context, root, input, &known);
        check_mode(context, root, input, &known);
        let config = input.keys().iter().find(|key| same_but_spelling(key, "registrationConfig"));
        if let Some(key) = config.filter(|key| known.member(key).is_none()) {
            report_missing(context, root, key, &format!("{} that starts JITP", capital(input.what())));
        }
    }
}

/// Reports what keeps JITP from ever running: a CA that is not active, or automatic registration that is not enabled.
fn check_automatic(context: &mut Context, root: &Node, input: CaInput, known: &KnownKeys<'_>) {
    let mut off: Vec<(SourceRange, String)> = Vec::new();
    let is_true = |node: &Node| {
        matches!(node.value, Value::Bool(true)) || node.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    };
    // A file that leaves the certificate to the command line may leave out the rest as well.
    let is_whole = known.member("caCertificate").is_some_and(is_certificate);
    let mut flag = |key: &str| match known.member(key) {
        Some(member) if !is_true(&member.value) => {
            off.push((member.value.place, format!("{} is not true", quoted(key))))
        }
        None if is_whole => off.push((opening(root), format!("{} is missing", quoted(key)))),
        _ => {}
    };
    match input {
        CaInput::Register => {
            flag("setAsActive");
            flag("allowAutoRegistration");
        }
        CaInput::Update => {
            off.extend(is_other(known.member("newStatus"), "ACTIVE"));
            off.extend(is_other(known.member("newAutoRegistrationStatus"), "ENABLE"));
            off.extend(removes(known.member("removeAutoRegistration"), is_true));
        }
        CaInput::Described => {
            let description = known.get("certificateDescription").and_then(Node::as_object).unwrap_or_default();
            let own = |key: &str| description.iter().find(|member| same_but_spelling(&member.key, key));
            off.extend(is_other(own("status"), "ACTIVE"));
            off.extend(is_other(own("autoRegistrationStatus"), "ENABLE"));
        }
        CaInput::Cloudformation => {
            off.extend(is_other(known.member("Status"), "ACTIVE"));
            match known.member("AutoRegistrationStatus") {
                None => off.push((opening(root), "\"AutoRegistrationStatus\" is missing".to_owned())),
                member => off.extend(is_other(member, "ENABLE")),
            }
            off.extend(removes(known.member("RemoveAutoRegistration"), is_true));
        }
        CaInput::Bare => {}
    }
    if let Some((place, _)) = off.first() {
        let reasons: Vec<&str> = off.iter().map(|(_, reason)| reason.as_str()).collect();
        let message = format!(
            "No device is provisioned: JITP needs an active CA certificate with automatic registration, and {}.",
            reasons.join(", and ")
        );
        let help = match input {
            CaInput::Register => "Set setAsActive and allowAutoRegistration to true.",
            CaInput::Cloudformation => "Set Status to ACTIVE and AutoRegistrationStatus to ENABLE.",
            _ => "UpdateCACertificate sets newStatus to ACTIVE and newAutoRegistrationStatus to ENABLE.",
        };
        let finding = Finding::new(&rules::REGISTRATION_OFF, *place, message).help(help);
        context.report(match input {
            CaInput::Described => finding.proposal(TO_UPDATE, as_update(known)),
            _ => {
                let edits = switched_on(context, root, input, known);
                finding.proposal("Activate the CA with automatic registration", edits)
            }
        });
        return;
    }
    let (key, message, help) = match input {
        CaInput::Update => (
            "newAutoRegistrationStatus",
            "The input does not enable automatic registration: the config runs only if it is enabled already.",
            "Add \"newAutoRegistrationStatus\": \"ENABLE\".",
        ),
        // The command line may still enable it.
        CaInput::Register if known.member("caCertificate").is_some() => (
            "allowAutoRegistration",
            "The input does not enable automatic registration: the config runs only once it is enabled.",
            "Add \"allowAutoRegistration\": true.",
        ),
        _ => return,
    };
    if known.member(key).is_none() {
        let value = if input == CaInput::Update { "\"ENABLE\"" } else { "true" };
        let edit = set(context, root, None, key, value);
        let finding = Finding::new(&rules::NOT_IN_FORCE, opening(root), message).help(help);
        context.report(finding.proposal("Enable automatic registration", vec![edit]));
    }
}

const TO_UPDATE: &str = "Make it an input for UpdateCACertificate that enables JITP";

/// The edits that replace what AWS describes of a CA by the members of a request that activates it.
#[cold]
fn as_update(known: &KnownKeys<'_>) -> Edits {
    let Some(member) = known.member("certificateDescription") else { return Vec::new() };
    let Some(id) = member.value.get("certificateId").and_then(Node::as_str) else { return Vec::new() };
    let members = [("certificateId", id), ("newStatus", "ACTIVE"), ("newAutoRegistrationStatus", "ENABLE")];
    let members = members.map(|(key, value)| [&quote(key), ": ", &quote(value)].concat());
    vec![(member.place(), members.join(", "))]
}

/// The edits that set what JITP needs in an input: what is missing, and what is something else.
#[cold]
fn switched_on(context: &Context, root: &Node, input: CaInput, known: &KnownKeys<'_>) -> Edits {
    let (due, remove) = match input {
        CaInput::Register => ([("setAsActive", "true"), ("allowAutoRegistration", "true")], ""),
        CaInput::Update => {
            ([("newStatus", "\"ACTIVE\""), ("newAutoRegistrationStatus", "\"ENABLE\"")], "removeAutoRegistration")
        }
        _ => ([("Status", "\"ACTIVE\""), ("AutoRegistrationStatus", "\"ENABLE\"")], "RemoveAutoRegistration"),
    };
    let mut edits =
        context.sources.remove_members(root, &|member| !remove.is_empty() && same_but_spelling(&member.key, remove));
    let mut missing: Edits = Vec::new();
    for (key, value) in due {
        let old = known.get(key);
        let edit = set(context, root, old, key, value);
        match missing.last_mut() {
            // Two edits at one place would be in no order.
            Some((_, text)) if old.is_none() => text.push_str(&edit.1),
            _ if old.is_none() => missing.push(edit),
            _ => edits.push(edit),
        }
    }
    edits.append(&mut missing);
    edits
}

/// How much of a certificate a text has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pem {
    /// The BEGIN line, and less after it than the smallest certificate: a placeholder, as in examples.
    Abridged,
    /// As much as the smallest certificate has, so that there is something to check against.
    WrittenOut,
}

/// How much of a certificate a text has. `None` if it does not even begin like one, for example if the command line
/// supplies it.
fn pem(text: &str) -> Option<Pem> {
    const SHORTEST: usize = 200;
    let at = text.find("-----BEGIN")?;
    Some(if text.len() - at > SHORTEST { Pem::WrittenOut } else { Pem::Abridged })
}

/// Whether a member holds a certificate, or a placeholder for one.
fn is_certificate(member: &Member) -> bool {
    member.value.as_str().is_some_and(|text| pem(text).is_some())
}

/// A status that is there and another one.
fn is_other(member: Option<&Member>, due: &str) -> Option<(SourceRange, String)> {
    let member = member?;
    let text = member.value.as_str().unwrap_or_default();
    (text != due).then(|| (member.value.place, format!("{} is not {due}", quoted(&member.key))))
}

fn removes(member: Option<&Member>, is_true: impl Fn(&Node) -> bool) -> Option<(SourceRange, String)> {
    let member = member.filter(|member| is_true(&member.value))?;
    Some((member.value.place, format!("{} removes it", quoted(&member.key))))
}

/// In DEFAULT mode a CA needs a verification certificate, in SNI_ONLY mode it must have none.
fn check_mode(context: &mut Context, root: &Node, input: CaInput, known: &KnownKeys<'_>) {
    let (mode, verification, certificate) = match input {
        CaInput::Register => ("certificateMode", "verificationCertificate", "caCertificate"),
        CaInput::Cloudformation => ("CertificateMode", "VerificationCertificatePem", "CACertificatePem"),
        _ => return,
    };
    let chosen = known.get(mode).map_or(Some("DEFAULT"), Node::as_str);
    let given = known.member(verification).filter(|member| member.value.as_str() != Some(""));
    let finding = match (chosen, given, known.member(certificate).filter(|member| is_certificate(member))) {
        (Some("SNI_ONLY"), Some(member), _) => {
            let message = format!("In the mode SNI_ONLY {verification} must be empty.");
            Finding::new(&rules::CA_MODE, member.key_place, message)
                .help("Remove it, or register the CA in the mode DEFAULT.")
                .choice(format!("Remove {verification}"), vec![context.sources.remove_member(root, member)])
                .choice(
                    format!("Set {mode} to DEFAULT"),
                    vec![set(context, root, known.get(mode), mode, "\"DEFAULT\"")],
                )
        }
        // Without the certificate itself the rest may come from the command line as well.
        (Some("DEFAULT"), None, Some(certificate)) => {
            let message = format!("In the mode DEFAULT the CA needs a {verification}.");
            Finding::new(&rules::CA_MODE, certificate.key_place, message)
                .help(format!("Add it, or set {mode} to SNI_ONLY, in which devices must send SNI."))
                .proposal(
                    format!("Set {mode} to SNI_ONLY"),
                    vec![set(context, root, known.get(mode), mode, "\"SNI_ONLY\"")],
                )
        }
        (Some("SNI_ONLY" | "DEFAULT"), ..) => return,
        (other, ..) => {
            let Some(node) = known.get(mode) else { return };
            let message =
                format!("{mode} is {}; it must be DEFAULT or SNI_ONLY.", quoted(other.unwrap_or(node.kind())));
            Finding::new(&rules::CA_MODE, node.place, message).choice_of(node.place, &["DEFAULT", "SNI_ONLY"])
        }
    };
    context.report(finding);
}
