//! What is wrong between the declarations of parameters and their uses, once everything has been read (rules R2.6, R2.9).

use super::flow::Flow;
use super::judge::Judge;
use super::keys::{quoted, same_but_spelling};
use super::other_flow::refers;
use super::parameters::{Names, ParameterDeclaration, STRING, Source, Use, is_predefined, near_name, predefined_names};
use crate::diagnostic::{Edits, Finding};
use crate::limits::{ID_PARAMETER, PARAMETER_ALIASES, PREDEFINED, PREDEFINED_PREFIX, SERIAL_PARAMETER};
use crate::rules;
use crate::source::{Member, Node, quote};

impl Names {
    /// Reports what is wrong between the declarations and their uses, once everything has been read.
    pub fn report(&mut self, judge: &mut Judge, section: Option<&Node>, resources: Option<&Node>, body: &Node) {
        // What a section that is no object was to declare, nobody can tell.
        if section.is_some_and(|section| section.as_object().is_none()) {
            return;
        }
        // Nor what could not be read would have used.
        let unread = |name: &str| {
            resources.is_none_or(|resources| resources.as_object().is_none()) || refers(body, &|other| other == name)
        };
        for (name, used) in std::mem::take(&mut self.dangling) {
            self.report_undeclared(judge, &name, used);
        }
        for (index, parameter) in self.parameters.iter().enumerate() {
            if judge.is_full() {
                break;
            }
            let Some(declared) = parameter.declared else {
                self.report_predefined(judge, index);
                continue;
            };
            let member = || section?.as_object()?.iter().find(|member| member.key_place == declared);
            if judge.flow != Flow::Jitp {
                // Whoever calls RegisterThing gives what is declared.
                continue;
            }
            if parameter.is_unfilled() {
                self.report_unknown(judge, index, section.zip(member()));
            } else if !parameter.used
                // Every certificate has an ID, and a default always rescues.
                && matches!(parameter.source, Source::Attribute(_))
                // Every certificate has a serial number, too, and AWS's own samples declare it without a use.
                && *parameter.name != *SERIAL_PARAMETER
                && parameter.default.is_none()
                && !unread(&parameter.name)
            {
                report_unused(judge, parameter, section.zip(member()));
            }
        }
    }

    #[cold]
    fn report_predefined(&self, judge: &mut Judge, index: usize) {
        let name = &*self.parameters[index].name;
        // In fleet provisioning AWS's own example uses the certificate's ID undeclared.
        if judge.flow == Flow::Fleet && name == ID_PARAMETER {
            return;
        }
        let Some((_, used)) = self.uses.iter().find(|(used, _)| *used == index) else { return };
        let message = format!("{name} is used but not declared in Parameters.");
        judge.report(
            Finding::new(&rules::UNDECLARED_PREDEFINED, used.place, message)
                .help(format!("Declare it: {}: {STRING}.", quoted(name)))
                .fix_all(format!("Declare {name}"), self.declare(name)),
        );
    }

    #[cold]
    fn report_undeclared(&mut self, judge: &mut Judge, name: &str, used: Use) {
        if judge.is_full() {
            return;
        }
        let what = if used.is_ref { "Ref" } else { "Fn::Sub" };
        let message = format!("{what} names {}, which is not declared in Parameters.", quoted(name));
        let mut finding = Finding::new(&rules::UNDECLARED_REF, used.place, message);
        let declared = self.parameters.iter().map(|parameter| &*parameter.name);
        // Fleet provisioning fills the ID only, the last of the eight, and RegisterThing none.
        let filled = match judge.flow {
            Flow::Jitp => &PREDEFINED[..],
            Flow::Fleet => &PREDEFINED[PREDEFINED.len() - 1..],
            Flow::RegisterThing => &[],
        };
        let candidates: Vec<&str> = filled.iter().map(|(predefined, _)| *predefined).chain(declared).collect();
        let kept = (!used.is_ref && name.contains(':')).then(|| format!("!{name}"));
        if let Some(kept) = kept.filter(|_| !name.starts_with("AWS::")) {
            finding = finding.help(format!("To keep it as a policy variable write ${{{kept}}}.")).fix(
                "Keep it as a policy variable",
                used.place,
                kept,
            );
        } else if PSEUDO.contains(&name) {
            finding = finding.help(
                "CloudFormation has this pseudo parameter; AWS documents none for provisioning templates. \
                 Write the value itself.",
            );
        } else if let Some(near) = meant_name(name, &candidates).map(str::to_owned) {
            let mut edits = vec![used.rename(&near)];
            if is_predefined(&near) {
                edits.extend(self.declare(&near));
            }
            finding =
                finding.help(format!("Did you mean {}?", quoted(&near))).fix_all(format!("Refer to {near}"), edits);
            if let Some(index) = self.by_name.get(&near)
                && let Some(declared) = self.parameters[index].declared
            {
                self.parameters[index].used = true;
                finding = finding.related("It is declared here.", declared);
            }
        } else if judge.flow != Flow::Jitp {
            finding = finding.fix_all(format!("Declare {name}"), self.declare(name));
        }
        judge.report(finding);
    }

    #[cold]
    fn report_unknown(&self, judge: &mut Judge, index: usize, declared: Option<(&Node, &Member)>) {
        let Some((section, member)) = declared.filter(|_| !judge.is_full()) else { return };
        let message = format!("No certificate can give {} a value, and it has no Default.", quoted(&member.key));
        let mut finding = Finding::new(&rules::UNKNOWN_PARAMETER, member.key_place, message);
        let uses = || self.uses.iter().filter(|(used, _)| *used == index).map(|(_, used)| used);
        if let Some(used) = uses().next() {
            finding = finding.related("It is used here.", used.place);
        }
        judge.report(match meant_name(&member.key, &predefined_names()) {
            Some(near) => {
                // Where the right one is declared already, the wrong one goes.
                let (title, mut edits) = match self.by_name.get(near).and_then(|index| self.parameters[index].declared)
                {
                    Some(_) => (format!("Use {near} instead"), remove_named(judge, section, member)),
                    None => (format!("Rename it to {near}"), rename_all(section, &member.key, near)),
                };
                edits.extend(uses().map(|used| used.rename(near)));
                finding.help(format!("Did you mean {}?", quoted(near))).fix_all(title, edits)
            }
            None => {
                let finding = finding.help(
                    "JITP fills eight parameters, all AWS::IoT::Certificate::…; give this one a Default or remove it.",
                );
                if self.parameters[index].used {
                    finding
                } else {
                    finding.fix_all(REMOVE_IT, remove_named(judge, section, member))
                }
            }
        });
    }
}

/// The edits that remove a declaration with its duplicates.
#[cold]
fn remove_named(judge: &Judge, section: &Node, member: &Member) -> Edits {
    if judge.has(&rules::DUPLICATE_KEY) {
        return judge.sources.remove_members(section, &|other| other.key == member.key);
    }
    vec![judge.sources.remove_member(section, member)]
}

/// The edits that rename a declaration with its duplicates.
#[cold]
fn rename_all(section: &Node, name: &str, near: &str) -> Edits {
    let members = section.as_object().unwrap_or_default().iter().filter(|member| member.key == name);
    members.map(|member| (member.key_place, quote(near))).collect()
}

const REMOVE_IT: &str = "Remove the parameter";

/// What CloudFormation fills by itself.
const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

#[cold]
fn report_unused(judge: &mut Judge, parameter: &ParameterDeclaration, declared: Option<(&Node, &Member)>) {
    let Some((section, member)) = declared else { return };
    let message =
        format!("{} is declared and not used; a device whose certificate lacks it still fails.", parameter.name);
    judge.report(
        Finding::new(&rules::UNUSED_PARAMETER, member.key_place, message)
            .help("Remove it, unless that is what you want.")
            .fix_all(REMOVE_IT, remove_named(judge, section, member)),
    );
}

/// The name that was meant: the one that a short form stands for, or a near one.
#[cold]
fn meant_name<'c>(name: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let tail = name.strip_prefix(PREDEFINED_PREFIX).unwrap_or(name);
    match PARAMETER_ALIASES.iter().find(|(alias, _)| same_but_spelling(tail, alias)) {
        Some((_, index)) if candidates.contains(&PREDEFINED[*index].0) => Some(PREDEFINED[*index].0),
        _ => near_name(name, candidates),
    }
}
