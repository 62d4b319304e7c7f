//! Inputs and outputs of the API that carry a template, and the properties of CloudFormation's resources that do (rule R1).

use super::envelope::{check_enabled, check_template_type};
use super::input_document::{InputDocument, report_missing};
use super::kind::InputKind;
use crate::check::{
    Context, KnownKeys, is_body, opening, quoted, report_type, report_violation, same_but_spelling, value_limits,
};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::rules;
use crate::source::{InsertAt, Member, Node, SourceRange, Value};

/// The shape of a text of one kind.
pub struct ApiShape {
    kind: InputKind,
    /// What it is, with its article.
    what: &'static str,
    /// Its keys.
    pub keys: &'static [&'static str],
    needs: &'static [&'static str],
    /// Keys that AWS adds in its answers. No request accepts them.
    read_only: &'static [&'static str],
}

/// An input of `CreateProvisioningTemplate`.
pub const CREATE: ApiShape = ApiShape {
    kind: InputKind::CreateTemplateInput,
    what: "an input for CreateProvisioningTemplate",
    keys: &[
        "templateName",
        "templateBody",
        "provisioningRoleArn",
        "type",
        "enabled",
        "description",
        "preProvisioningHook",
        "tags",
    ],
    needs: &["templateName", "templateBody", "provisioningRoleArn"],
    read_only: &[],
};
const VERSION: ApiShape = ApiShape {
    kind: InputKind::CreateVersionInput,
    what: "an input for CreateProvisioningTemplateVersion",
    keys: &["templateName", "templateBody", "setAsDefault"],
    needs: &["templateName", "templateBody"],
    read_only: &[],
};
const UPDATE: ApiShape = ApiShape {
    kind: InputKind::UpdateTemplateInput,
    what: "an input for UpdateProvisioningTemplate",
    keys: &[
        "templateName",
        "description",
        "enabled",
        "defaultVersionId",
        "provisioningRoleArn",
        "preProvisioningHook",
        "removePreProvisioningHook",
    ],
    needs: &["templateName"],
    read_only: &[],
};
const REGISTER_THING: ApiShape = ApiShape {
    kind: InputKind::RegisterThingInput,
    what: "an input for RegisterThing",
    keys: &["templateBody", "parameters"],
    needs: &["templateBody"],
    read_only: &[],
};
const BULK: ApiShape = ApiShape {
    kind: InputKind::RegisterThingInput,
    what: "an input for StartThingRegistrationTask",
    keys: &["templateBody", "inputFileBucket", "inputFileKey", "roleArn"],
    needs: &["templateBody", "inputFileBucket", "inputFileKey", "roleArn"],
    read_only: &[],
};
const DESCRIBED: ApiShape = ApiShape {
    kind: InputKind::DescribeOutput,
    what: "an output of DescribeProvisioningTemplate",
    keys: &[
        "templateName",
        "templateBody",
        "provisioningRoleArn",
        "type",
        "enabled",
        "description",
        "preProvisioningHook",
        "templateArn",
        "creationDate",
        "lastModifiedDate",
        "defaultVersionId",
    ],
    needs: &["templateBody"],
    read_only: &["templateArn", "creationDate", "lastModifiedDate", "defaultVersionId"],
};
const DESCRIBED_VERSION: ApiShape = ApiShape {
    kind: InputKind::DescribeOutput,
    what: "an output of DescribeProvisioningTemplateVersion",
    keys: &["versionId", "creationDate", "templateBody", "isDefaultVersion"],
    needs: &["templateBody"],
    read_only: &["versionId", "creationDate", "isDefaultVersion"],
};
const CLOUDFORMATION: ApiShape = ApiShape {
    kind: InputKind::CloudformationProperties,
    what: "the properties of an AWS::IoT::ProvisioningTemplate",
    keys: &[
        "TemplateName",
        "TemplateBody",
        "ProvisioningRoleArn",
        "TemplateType",
        "Enabled",
        "Description",
        "PreProvisioningHook",
        "Tags",
    ],
    needs: &["TemplateBody", "ProvisioningRoleArn"],
    read_only: &[],
};

/// Whether a text with a template has such a key around it.
pub fn is_input_key(key: &str) -> bool {
    let shapes = [&CREATE, &VERSION, &UPDATE, &REGISTER_THING, &BULK, &DESCRIBED, &DESCRIBED_VERSION, &CLOUDFORMATION];
    shapes.iter().any(|shape| shape.keys.contains(&key))
}

impl ApiShape {
    /// The shape of a text that carries a template, or changes one; `None` for a registration config and for what has none.
    pub fn of(root: &Node, flow: Flow) -> Option<&'static ApiShape> {
        let members = root.as_object().unwrap_or_default();
        let exact = |keys: &[&str]| keys.iter().any(|key| members.iter().any(|member| member.key == **key));
        let has = |key: &str| members.iter().any(|member| same_but_spelling(&member.key, key));
        let any = |keys: &[&str]| keys.iter().any(|key| has(key));
        // CloudFormation's own keys: two of them are not a slip.
        let own =
            ["TemplateBody", "ProvisioningRoleArn", "TemplateType"].into_iter().filter(|key| exact(&[*key])).count();
        if own > 1 || exact(&["ProvisioningRoleArn"]) && exact(&["TemplateName"]) {
            return Some(&CLOUDFORMATION);
        }
        let changes = ["enabled", "description", "preProvisioningHook", "provisioningRoleArn"];
        if members.iter().any(is_body) {
            let own = any(&["type", "tags"]) || any(&changes);
            return match () {
                () if any(&["versionId", "isDefaultVersion"]) => Some(&DESCRIBED_VERSION),
                () if any(&["templateArn", "creationDate", "lastModifiedDate", "defaultVersionId"]) => Some(&DESCRIBED),
                () if any(&["inputFileBucket", "inputFileKey"]) => Some(&BULK),
                () if !own
                    && !has("roleArn")
                    && (flow == Flow::RegisterThing && !has("templateName")
                        || members.iter().any(|member| member.key == "parameters")) =>
                {
                    Some(&REGISTER_THING)
                }
                () if has("setAsDefault") || has("templateName") && !own && !has("roleArn") => Some(&VERSION),
                // A config whose role has the name that it has elsewhere is a config.
                () if own && !(has("provisioningRoleArn") && !has("templateName") && members.len() == 2) => {
                    Some(&CREATE)
                }
                () => None,
            };
        }
        if !has("templateName") {
            return None;
        }
        let updates = any(&["defaultVersionId", "removePreProvisioningHook"]) || any(&changes);
        match any(&["type", "tags"]) {
            true => Some(&CREATE),
            false => updates.then_some(&UPDATE),
        }
    }

    /// The key that this shape has for a member of `CreateProvisioningTemplate`.
    fn key(&self, key: &'static str) -> &'static str {
        if self.kind != InputKind::CloudformationProperties {
            return key;
        }
        let same = |own: &&&str| same_but_spelling(own, key) || **own == "TemplateType" && key == "type";
        self.keys.iter().find(same).copied().unwrap_or(key)
    }
}

/// The edit that sets a member to a value, which is JSON.
#[cold]
pub fn set(context: &Context, object: &Node, old: Option<&Node>, key: &str, value: &str) -> (SourceRange, String) {
    match old {
        Some(old) => (old.place, value.to_owned()),
        None => context.sources.insertion_point(object, InsertAt::Back).fill(key, value),
    }
}

impl InputDocument {
    /// Reads a text of this shape.
    #[cold]
    pub fn read_api_input(&mut self, context: &mut Context, root: Node, shape: &'static ApiShape) {
        self.kind = shape.kind;
        self.embedded = shape.kind == InputKind::CloudformationProperties;
        // A bulk registration has the role's other name.
        let role = if shape.keys.contains(&"roleArn") { "roleArn" } else { shape.key("provisioningRoleArn") };
        let known = KnownKeys::read_with_alias(context, &root, shape.keys, shape.what, ("roleArn", role));
        let member = |known: &KnownKeys<'_>, key: &'static str| known.get(shape.key(key)).cloned();
        self.read_name(context, known.get(shape.key("templateName")));
        self.read_role(context, known.get(role));
        for key in shape.needs {
            let given =
                *key == shape.key("templateName") && context.supplied.name || *key == role && context.supplied.role;
            if known.member(key).is_none() && !given {
                report_missing(context, &root, key, &capital(shape.what));
            }
        }
        self.report_shape(context, shape, &known, &root);
        if let Some(node) = known.get("parameters") {
            self.read_given(context, node);
        }
        if let Some(body) = known.member(shape.key("templateBody")) {
            self.read_body(context, body);
        }
        if let Some(node) = member(&known, "description")
            && let Some(violation) = node.as_str().and_then(value_limits::description)
        {
            report_violation(context, violation, node.place);
        }
        self.recognise_flow(context, Some(&root));
        // A template that is written for another flow has its one finding.
        if self.other_flow.is_none() {
            let (kind, enabled) = (member(&known, "type"), member(&known, "enabled"));
            let asks = |key: &'static str| shape.keys.contains(&shape.key(key));
            // An answer that leaves the type out is an old one.
            if asks("type") && (kind.is_some() || shape.read_only.is_empty()) {
                check_template_type(context, &root, kind.as_ref(), shape.key("type"));
            }
            let is_off = enabled.as_ref().filter(|node| matches!(node.value, Value::Bool(false)));
            if let Some(node) = is_off.filter(|_| shape.kind == InputKind::DescribeOutput) {
                let message = "The template is disabled: no device is provisioned.";
                context.report(
                    Finding::new(&rules::REGISTRATION_OFF, node.place, message)
                        .help("UpdateProvisioningTemplate enables it: update-provisioning-template --enabled."),
                );
            } else if asks("enabled") && (enabled.is_some() || matches!(shape.kind, InputKind::CreateTemplateInput)) {
                check_enabled(context, &root, enabled.as_ref());
            }
        }
        self.read_hook(context, &root, known.member(shape.key("preProvisioningHook")));
        if let Some(node) = known.get("templateArn") {
            self.name_arn("The template", node);
        }
        self.envelope = Some(root);
    }

    fn read_hook(&mut self, context: &mut Context, root: &Node, hook: Option<&Member>) {
        let Some(hook) = hook else { return };
        let function = ["targetArn", "TargetArn"].into_iter().find_map(|key| hook.value.get(key));
        if let Some(node) = function {
            self.name_arn("The hook's function", node);
        }
        if context.flow == Flow::Jitp && !matches!(hook.value.value, Value::Null) {
            let message = "A preProvisioningHook is supported for templates of type FLEET_PROVISIONING only.";
            let help = "Remove it. To decide about each device yourself, use just-in-time registration (JITR) without a template.";
            let remove = vec![context.sources.remove_member(root, hook)];
            let finding = Finding::new(&rules::PRE_PROVISIONING_HOOK, hook.key_place, message).help(help);
            // Without it, devices are admitted that it would refuse.
            context.report(finding.proposal("Remove the hook", remove));
        }
    }

    /// Reports what is notable about the kind of the text, once.
    fn report_shape(&mut self, context: &mut Context, shape: &ApiShape, known: &KnownKeys<'_>, root: &Node) {
        let extra = shape.read_only.iter().filter_map(|key| known.member(key));
        let extra: Vec<&Member> = extra.collect();
        if let Some(first) = extra.first() {
            let keys: Vec<String> = extra.iter().map(|member| quoted(&member.key)).collect();
            let message = format!("The text is an output of AWS; no request accepts {}.", keys.join(", "));
            let finding = Finding::new(&rules::OUTPUT_OF_AWS, first.key_place, message);
            let is_whole = CREATE.needs.iter().chain(&["type"]).all(|key| known.member(key).is_some());
            context.report(match is_whole {
                true => finding.help("Remove them before you send the text to AWS.").proposal(
                    "Make it an input for CreateProvisioningTemplate",
                    context.sources.remove_members(root, &|member| extra.iter().any(|other| other.key == member.key)),
                ),
                false => finding
                    .help("CreateProvisioningTemplate and CreateProvisioningTemplateVersion accept its templateBody."),
            });
        }
        if self.embedded {
            report_properties(context, root, "AWS::IoT::ProvisioningTemplate");
        }
        let default = known.get("setAsDefault");
        let is_default = default.is_some_and(|node| matches!(node.value, Value::Bool(true)));
        if shape.kind == InputKind::CreateVersionInput && !is_default {
            let message =
                "The new version is not set as the default: devices are still provisioned by the default version.";
            context.report(
                Finding::new(&rules::NOT_IN_FORCE, default.map_or(opening(root), |node| node.place), message)
                    .help("Set \"setAsDefault\" to true, or make it the default later.")
                    .proposal("Make it the default", vec![set(context, root, default, "setAsDefault", "true")]),
            );
        }
        if shape.kind == InputKind::RegisterThingInput && context.flow == Flow::Jitp {
            let message = format!("{} is for another flow than JITP.", capital(shape.what));
            context.flow = Flow::RegisterThing;
            self.written_for = Some(Flow::RegisterThing);
            context.report(
                Finding::new(&rules::OTHER_FLOW, opening(root), message)
                    .help("To check it for its own flow, choose the flow \"register-thing\"."),
            );
        }
    }

    /// The parameters in the text of a RegisterThing input.
    fn read_given(&mut self, context: &mut Context, node: &Node) {
        for member in node.as_object().unwrap_or_default() {
            match member.value.as_str() {
                Some(text) => self.given_parameters.push((member.key.as_str().into(), text.into())),
                None => {
                    report_type(context, &member.value, &format!("The parameter {}", quoted(&member.key)), "a string")
                }
            }
        }
    }
}

/// Says once that a text is the properties of one of CloudFormation's resources.
#[cold]
pub fn report_properties(context: &mut Context, root: &Node, kind: &str) {
    let message = format!("The text has the keys of CloudFormation's {kind}; the AWS CLI and SDKs do not accept them.");
    context.report(
        Finding::new(&rules::CLOUDFORMATION_PROPERTIES, opening(root), message)
            .help("jitp reads it as CloudFormation does. The API's keys begin with a lowercase letter."),
    );
}

/// A phrase at the beginning of a sentence.
pub fn capital(phrase: &str) -> String {
    let mut sentence = phrase.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// Outputs and other texts of the API that carry no template: their keys, and a description.
const OTHERS: [(&[&str], &str); 17] = [
    (&["thingArn", "thingName"], "an output of DescribeThing or CreateThing"),
    (&["thingId", "thingName"], "an output of DescribeThing"),
    (&["certificateDescription"], "an output of DescribeCertificate"),
    (&["policyName", "policyDocument"], "an output of GetPolicy or an input for CreatePolicy"),
    (&["policyArn"], "an output about a policy"),
    (&["templates"], "an output of ListProvisioningTemplates"),
    (&["versions"], "an output of ListProvisioningTemplateVersions"),
    (&["things"], "an output of ListThings"),
    (&["certificates"], "an output of ListCertificates or ListCACertificates"),
    (&["policies"], "an output of ListPolicies"),
    (&["resourceArns"], "an output of RegisterThing"),
    (&["templateArn"], "an output of CreateProvisioningTemplate"),
    (&["thingGroupArn"], "an output about a thing group"),
    (&["thingTypeArn"], "an output about a thing type"),
    (&["certificateArn", "certificateId"], "an output about a certificate"),
    (&["registrationCode"], "an output of GetRegistrationCode"),
    (&["thingName", "attributePayload"], "an input for CreateThing or UpdateThing"),
];

/// The description of a text that carries no template, and where it belongs if it belongs in one.
#[cold]
pub fn without_template(root: &Node) -> Option<(&'static str, Option<&'static str>)> {
    if let Some((_, what)) = OTHERS.iter().find(|(keys, _)| keys.iter().all(|key| root.get(key).is_some())) {
        return Some((what, None));
    }
    let members = root.as_object()?;
    if !members.is_empty() && members.iter().all(|member| member.key.starts_with("AWS::IoT::Certificate::")) {
        return Some(("the parameters for RegisterThing", None));
    }
    let statements = &members.iter().find(|member| same_but_spelling(&member.key, "Statement"))?.value;
    let has_principal = |statement: &Node| statement.get("Principal").is_some();
    if has_principal(statements) || statements.as_array().unwrap_or_default().iter().any(has_principal) {
        return Some(("a policy with a Principal, such as the trust policy of a role", None));
    }
    let place = "It belongs, as a string, in the PolicyDocument of an AWS::IoT::Policy in a template.";
    Some(("a policy document", Some(place)))
}
