//! What is kept while texts are read, and what all kinds of texts share.

use super::actions::{self, AccountAction, OutputForm};
use super::told::Told;
use super::values::{self, kind_of, wrong};
use crate::check::{Context, quoted};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{Member, Node, SourceRange};
use std::sync::Arc;

/// Reads texts one after another.
pub struct Reader<'n> {
    /// For each text its places and findings.
    pub contexts: Vec<Context>,
    /// The names of the texts.
    pub names: Vec<&'n str>,
    /// What each text holds.
    pub holds: Vec<Vec<&'static str>>,
    /// What is told.
    pub told: Told,
    /// Outputs that do not say what they are about.
    pub pending: Vec<Pending<'n>>,
    /// The Region and the account, each as it was told first.
    pub location: [Option<Arc<str>>; 2],
}

/// An output that does not say what it is about.
pub struct Pending<'n> {
    /// The number of its text.
    pub text: usize,
    /// What it is most likely the output of.
    pub action: &'static AccountAction,
    /// The output.
    pub response: &'n Node,
    /// Whether the text names the action.
    pub is_told: bool,
}

impl Pending<'_> {
    /// The action whose output an object with only this member could be, though it could also be a list of all resources.
    pub fn could_be(only: &Member) -> Option<&'static AccountAction> {
        let elements = only.value.as_array()?;
        kind_of(&only.key)?;
        let action = actions::with_key(&only.key, false)?;
        // The things of a principal come as names, and those of the account as objects.
        let is_object = |node: &Node| node.as_object().is_some();
        let is_one = match action.form {
            OutputForm::Things => !elements.is_empty() && elements.iter().all(|element| element.as_str().is_some()),
            _ => elements.iter().all(is_object),
        };
        is_one.then_some(action)
    }
}

impl<'n> Reader<'n> {
    /// The list of an output.
    pub fn page(
        &mut self,
        text: usize,
        response: &Node,
        list: Option<&'n Node>,
        action: &AccountAction,
    ) -> Option<&'n [Node]> {
        let context = &mut self.contexts[text];
        match list {
            Some(list) => values::list(context, list, action.key),
            None => wrong(context, response, action.key, "a list"),
        }
    }

    /// Whether an output is one page of several, which is reported.
    pub fn is_partial(&mut self, text: usize, response: &Node) -> bool {
        let token = PAGES.iter().find_map(|key| response.get(key)).filter(|token| token.as_str().is_some());
        if let Some(token) = token {
            let message = "The list goes on: this is one of several pages.";
            let finding = Finding::new(&rules::ACCOUNT_PARTIAL_LIST, token.place, message);
            self.contexts[text].report(finding.help("Give the other pages, too, or list without a page size."));
        }
        token.is_some()
    }

    /// Notes the Region and the account of an ARN.
    pub fn locate(&mut self, text: usize, arn: &Node) {
        let Some(written) = arn.as_str() else { return };
        let mut parts = written.split(':').skip(3);
        let found = [parts.next(), parts.next()];
        for (number, found) in found.into_iter().enumerate() {
            if let Some(found) = found.filter(|found| !found.is_empty()) {
                self.located(text, number, found, arn.place);
            }
        }
    }

    /// Notes the Region (0) or the account (1).
    pub fn located(&mut self, text: usize, number: usize, found: &str, place: SourceRange) {
        let known = self.location[number].get_or_insert_with(|| found.into());
        let context = &mut self.contexts[text];
        if **known != *found && !context.is_full() {
            let what = if number == 0 { "Region" } else { "account" };
            let message = format!("This is in the {what} {}, and others are in {}.", quoted(found), quoted(known));
            let finding = Finding::new(&rules::ACCOUNT_ELSEWHERE, place, message);
            context.report(finding.help("Give texts about one account in one Region only."));
        }
    }
}

/// The keys of a token for the next page.
pub const PAGES: [&str; 2] = ["nextToken", "nextMarker"];

/// Whether an ARN is that of a CA certificate.
pub fn is_ca_arn(arn: &str) -> bool {
    actions::resource_of(arn).starts_with("cacert/")
}
