//! What is around the template body: its name, its type, whether it is enabled (rule R1).

use crate::check::{Context, opening, quoted, same_but_spelling, write, wrong_type};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::rules;
use crate::source::{InsertAt, Member, Node, Value};

/// Reports a name together with the template that it names.
#[cold]
pub fn report_name_and_body(context: &mut Context, root: &Node, name: &Member, body: Option<&Member>, has_role: bool) {
    let message = "templateName is given with templateBody or roleArn; AWS does not document which of them counts.";
    let is_own = |member: &Member| ["templateBody", "roleArn"].iter().any(|key| same_but_spelling(key, &member.key));
    let mut finding = Finding::new(&rules::NAME_AND_BODY, name.key_place, message)
        .help("Keep either templateName alone, or templateBody with roleArn.");
    let by_name = context.sources.remove_members(root, &is_own);
    finding = match body {
        // It is unknown whether the role is too much, or the body is missing.
        None => finding,
        Some(body) => {
            finding = finding.related("The templateBody.", body.key_place).choice("Keep templateName alone", by_name);
            if has_role {
                let by_body = vec![context.sources.remove_member(root, name)];
                finding = finding.choice("Keep templateBody with roleArn", by_body);
            }
            finding
        }
    };
    context.report(finding);
}

const ENABLE: &str = "Enable the template";

/// A template is created disabled unless the input says otherwise.
#[cold]
pub fn check_enabled(context: &mut Context, root: &Node, node: Option<&Node>) {
    let Some(node) = node else {
        let message = "Without \"enabled\": true the template provisions nothing until it is enabled.";
        // Whether to release a template is for a person to decide.
        let help = "Add \"enabled\": true, unless someone enables it later.";
        let edit = context.sources.insertion_point(root, InsertAt::Back).fill("enabled", "true");
        let finding = Finding::new(&rules::TEMPLATE_DISABLED, opening(root), message).help(help);
        context.report(finding.proposal(ENABLE, vec![edit]));
        return;
    };
    let finding = match &node.value {
        Value::Bool(true) => return,
        Value::Bool(false) => {
            let message = "The template is created disabled: it provisions nothing until it is enabled.";
            let help = "Write true, unless someone enables it later.";
            let finding = Finding::new(&rules::TEMPLATE_DISABLED, node.place, message).help(help);
            context.report(finding.proposal(ENABLE, vec![(node.place, "true".to_owned())]));
            return;
        }
        _ => wrong_type(node, "enabled", "true or false"),
    };
    // A string that says true means it. The meaning of any other string is unknown.
    let is_word = match &node.value {
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        Value::Number(number) => number == "1",
        _ => false,
    };
    context.report(if is_word { finding.fix(ENABLE, node.place, "true") } else { finding });
}

/// A template is created for the flow that its type says.
#[cold]
pub fn check_template_type(context: &mut Context, root: &Node, node: Option<&Node>, key: &str) {
    let kind = node.and_then(Node::as_str);
    let finding = match (context.flow, node) {
        (Flow::RegisterThing, _) => return,
        (Flow::Jitp, _) if kind == Some("JITP") => return,
        (Flow::Fleet, _) if kind != Some("JITP") => return,
        (Flow::Fleet, Some(node)) => {
            let message = "A template for fleet provisioning has type \"FLEET_PROVISIONING\", not \"JITP\".";
            let repaired = "\"FLEET_PROVISIONING\"";
            Finding::new(&rules::TEMPLATE_TYPE, node.place, message).fix(
                write("FLEET_PROVISIONING"),
                node.place,
                repaired,
            )
        }
        (_, None) => {
            let message =
                "Without a type the template gets the type FLEET_PROVISIONING, and the type cannot be changed later.";
            let edit = context.sources.insertion_point(root, InsertAt::Back).fill(key, "\"JITP\"");
            Finding::new(&rules::TEMPLATE_TYPE, opening(root), message)
                .help(format!("Add {}: \"JITP\".", quoted(key)))
                .fix_all("Add the type", vec![edit])
        }
        (Flow::Jitp, Some(node)) => {
            let message = format!("A template for JITP has type \"JITP\", not {}.", context.sources.slice(node.place));
            Finding::new(&rules::TEMPLATE_TYPE, node.place, message).fix(write("JITP"), node.place, "\"JITP\"")
        }
    };
    context.report(finding);
}
