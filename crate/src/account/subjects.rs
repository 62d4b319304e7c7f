//! Outputs that do not say what they are about: it is the only thing or certificate of which anything is told, or unknown.

use super::actions::{self, ACTIONS, AccountAction, OutputForm};
use super::kinds::Kind;
use super::reader::{Pending, Reader};
use super::values::kind_of;
use crate::arn::ArnPrefix;
use crate::check::quoted;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::Node;
use std::sync::Arc;

impl<'n> Reader<'n> {
    /// Reads the outputs that did not say what they are about, now that everything else is told.
    pub fn settle(&mut self) {
        let (things, mut others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|pending| pending.action.form == OutputForm::Things);
        self.settle_alike(things);
        // What the name of a text says leaves less to assume of the others.
        others.retain(|Pending { text, action, response, is_told }| {
            let all = list_of_all(action).filter(|_| !is_told && self.is_in_name(*text, action, false));
            if let Some(all) = all {
                self.output(*text, all, response, None);
            }
            all.is_none()
        });
        self.settle_alike(others);
    }

    fn settle_alike(&mut self, pending: Vec<Pending<'n>>) {
        // What is read here must not decide what is read next.
        let subjects = [Kind::Things, Kind::Certificates].map(|kind| self.only(kind));
        let mut counts = [0_usize; ACTIONS.len()];
        let number =
            |action: &AccountAction| ACTIONS.iter().position(|other| other.name == action.name).unwrap_or_default();
        pending.iter().for_each(|pending| counts[number(pending.action)] += 1);
        for Pending { text, action, response, is_told } in pending {
            let subject = &subjects[usize::from(action.kind != Kind::Things)];
            let all = list_of_all(action).filter(|_| !is_told);
            let is_single = counts[number(action)] == 1;
            match (subject, all) {
                (Only::This(name), _) if is_single => {
                    self.report_assumed(text, response, action, format!("what {} has", quoted(name)));
                    self.about(text, action, response, (action.kind, name), None);
                }
                // Names alone are jitp's own form, too.
                (_, Some(all)) if action.form == OutputForm::Things => self.output(text, all, response, None),
                (Only::None, Some(all)) if is_single && !self.is_in_name(text, action, true) => {
                    self.report_assumed(text, response, all, "all that there are".to_owned());
                    self.output(text, all, response, None);
                }
                _ => {
                    self.report_subject(text, response, action);
                    let list = response.get(action.key).and_then(Node::as_array);
                    if let Some((all, list)) = all.zip(list) {
                        self.elements(text, all.kind, list, false);
                    }
                }
            }
        }
    }

    /// The only resource of a kind of which anything is told.
    fn only(&self, kind: Kind) -> Only {
        let mut existing = self.told.kind(kind).resources.iter().filter(|resource| resource.exists);
        match (existing.next(), existing.next()) {
            (Some(one), None) => Only::This(one.name.clone()),
            (None, _) => Only::None,
            _ => Only::Several,
        }
    }

    /// Whether the name of a text, such as `list-policies.json`, names an action or the list of all instead.
    fn is_in_name(&self, text: usize, action: &AccountAction, itself: bool) -> bool {
        let name = self.names.get(text).copied().unwrap_or_default().to_ascii_lowercase().replace(['-', '_'], "");
        let is_named = |action: &AccountAction| name.contains(&action.name.to_ascii_lowercase());
        // The longer name can hold the shorter one.
        is_named(action) == itself && (itself || list_of_all(action).is_some_and(is_named))
    }

    /// The ARN of a certificate, as far as its Region and account are known.
    pub fn certificate_arn(&self, id: &str) -> Arc<str> {
        let [region, account] = &self.location;
        ArnPrefix::new(region.as_deref(), account.as_deref(), None).certificate(id).into()
    }

    fn report_assumed(&mut self, text: usize, response: &Node, action: &AccountAction, what: String) {
        let message =
            format!("The text does not say what it is about. It was read as the output of {}: {what}.", action.name);
        let finding = Finding::new(&rules::ACCOUNT_ASSUMED_SUBJECT, crate::check::opening(response), message);
        self.contexts[text].report(finding.help(WRAP));
    }

    fn report_subject(&mut self, text: usize, response: &Node, action: &AccountAction) {
        if self.contexts[text].is_full() {
            return;
        }
        let message = format!("This output, which could be that of {}, does not say what it is about.", action.name);
        let finding = Finding::new(&rules::ACCOUNT_WITHOUT_SUBJECT, crate::check::opening(response), message);
        let request =
            if action.request == "thingName" { "{\"thingName\": \"…\"}" } else { "{\"target\": \"arn:…\"}" };
        let record = format!("{{\"action\": \"{}\", \"request\": {request}, \"response\": …}}", action.name);
        self.contexts[text].report(finding.help(format!("Nothing was concluded from it. Write it as {record}.")));
    }
}

/// The only resource of a kind of which anything is told.
enum Only {
    /// There is none.
    None,
    /// Its name.
    This(Arc<str>),
    /// There are several.
    Several,
}

/// The action that lists all resources of a kind under the same key as an action that lists some.
fn list_of_all(action: &AccountAction) -> Option<&'static AccountAction> {
    kind_of(action.key).and_then(|_| actions::with_key(action.key, true))
}

/// What to do about an assumption.
const WRAP: &str = "If it is another output, write it as {\"action\": …, \"request\": {…}, \"response\": …}.";
