//! The template body: unwrapped from its string, and measured.

use super::input_document::InputDocument;
use super::unwrap::{RefusedBy, report_malformed, unwrap_all};
use crate::check::{Context, opening, report_duplicates, report_type};
use crate::diagnostic::Finding;
use crate::limits;
use crate::rules;
use crate::source::{Certainty, Member, Node, quote, write_compact};

impl InputDocument {
    pub fn read_body(&mut self, context: &mut Context, member: &Member) {
        let node = &member.value;
        if self.embedded && node.as_object().is_some_and(|members| members.iter().any(is_call)) {
            let message = "CloudFormation computes the template: jitp does not know it.";
            context.report(
                Finding::new(&rules::UNRECOGNISED, node.place, message)
                    .help("Give the template as CloudFormation computes it, for example from the output of describe-provisioning-template."),
            );
            return;
        }
        if node.as_object().is_some() {
            let compact = write_compact(node, context.sources.text(node.place.layer));
            self.body_size = compact.chars().count();
            let message = "templateBody is an object; AWS requires an escaped string here.";
            context.report(
                Finding::new(&rules::BODY_IS_OBJECT, node.place, message)
                    .help("Encode the object as a string, with JSON.stringify, json.dumps or jitp's stringify.")
                    .fix("Write the template as a string", node.place, quote(&compact)),
            );
            self.body = Some(node.clone());
            return;
        }
        let Some(layer) = context.sources.unwrap_string(node) else {
            report_type(context, node, "templateBody", "a string");
            return;
        };
        self.body_size = context.sources.text(layer).chars().count();
        let inner = match context.sources.parse(layer) {
            Err(error) => {
                let Some(meant) = report_malformed(context, &error, "The templateBody", RefusedBy::Aws) else { return };
                self.body_size = context.sources.text(meant.place.layer).chars().count();
                meant
            }
            Ok(inner) => inner,
        };
        if inner.as_str().is_some() {
            return self.read_double_encoded(context, node, inner);
        }
        report_duplicates(context, &inner, &rules::DUPLICATE_KEY);
        if inner.as_object().is_some() {
            self.body = Some(inner);
        } else if context.certainty == Certainty::Sure {
            report_type(context, &inner, "The template body", "an object");
        }
    }

    #[cold]
    fn read_double_encoded(&mut self, context: &mut Context, node: &Node, inner: Node) {
        let (times, innermost) = unwrap_all(context, inner);
        let times = times + 1;
        let mut finding = Finding::new(
            &rules::DOUBLE_ENCODED,
            node.place,
            format!(
                "The templateBody was encoded as a string {times} times; AWS finds a string in place of the template."
            ),
        );
        match innermost {
            Ok(body) if body.as_object().is_some() => {
                let text = context.sources.text(body.place.layer).to_owned();
                let once = quote(&text);
                finding = finding.help("Encode the template only once.").fix("Encode it once", node.place, once);
                context.report(finding);
                report_duplicates(context, &body, &rules::DUPLICATE_KEY);
                self.body_size = text.chars().count();
                self.body = Some(body);
            }
            Ok(_) => context.report(finding.help("There is no template inside the string.")),
            Err(error)
                if error.place.start == error.place.end
                    && context.sources.text(error.place.layer).trim().is_empty() =>
            {
                context.report(
                    finding.help("The string inside is empty: most likely the file had already been read to its end."),
                );
            }
            Err(error) => {
                // A text that is certain is written right at once.
                if let Some((body, Certainty::Sure)) = context.sources.recover(&error)
                    && body.as_object().is_some()
                {
                    let once = quote(context.sources.text(body.place.layer));
                    let what = ["Here: ", &error.reason, "."].concat();
                    context.report(finding.help("Encode the template only once.").related(what, error.place).fix(
                        "Encode it once",
                        node.place,
                        once,
                    ));
                    report_duplicates(context, &body, &rules::DUPLICATE_KEY);
                    self.body_size = context.sources.text(body.place.layer).chars().count();
                    self.body = Some(body);
                    return;
                }
                context.report(finding);
                let meant = report_malformed(context, &error, "The text inside the templateBody", RefusedBy::Aws);
                self.body = meant.filter(|meant| meant.as_object().is_some());
            }
        }
    }

    #[cold]
    pub(super) fn check_size(&self, context: &mut Context) {
        let Some(body) = self.body.as_ref().filter(|_| self.body_size > limits::TEMPLATE_BODY) else { return };
        let compact = write_compact(body, context.sources.text(body.place.layer));
        let message =
            format!("The template body has {} characters; AWS allows {}.", self.body_size, limits::TEMPLATE_BODY);
        let length = compact.chars().count();
        let finding = Finding::new(&rules::BODY_TOO_LONG, opening(body), message);
        context.report(if length <= limits::TEMPLATE_BODY {
            let whole = context.sources.whole(body.place.layer);
            finding.help(format!("Without its white space it has {length}.")).fix(
                "Remove the white space",
                whole,
                compact,
            )
        } else {
            finding.help(format!("Without its white space it still has {length}."))
        });
    }
}

/// Whether a member calls a function of CloudFormation.
fn is_call(member: &Member) -> bool {
    member.key == "Ref" || member.key.starts_with("Fn::")
}
