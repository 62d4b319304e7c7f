//! Reads what people have about an account: jitp's own form, and what AWS prints.

use super::actions::{self, ACTIONS, AccountAction, OutputForm};
use super::build;
use super::kinds::Kind;
use super::reader::{PAGES, Pending, Reader, is_ca_arn};
use super::report::{AccountReport, AccountText};
use super::state::Account;
use super::told::{Contradiction, TextPlace, Told};
use super::values::{self, kind_of, report_unknown_key, wrong};
use crate::check::{Context, nearest, quoted, report_duplicates, write};
use crate::diagnostic::Finding;
use crate::flow::TemplateOptions;
use crate::rules;
use crate::source::{Node, SourceRange, Value};

impl Account {
    /// Reads texts about one account, each with a name for messages: jitp's own form, outputs of the AWS CLI and of the API, and records
    /// of them. A text can hold several of these one after another, or a list of them. Any text gives a report.
    ///
    /// ```
    /// use jitp::account::Account;
    ///
    /// let report = Account::read(&[("things.json", r#"{"things": [{"thingName": "lamp-1"}]}"#)]);
    /// assert_eq!(report.texts[0].name, "things.json");
    /// ```
    pub fn read(texts: &[(&str, &str)]) -> AccountReport {
        let options = TemplateOptions::default();
        let mut contexts: Vec<Context> =
            texts.iter().map(|(_, text)| Context::of_account(text.as_bytes(), &options)).collect();
        let roots: Vec<Vec<Node>> = contexts.iter_mut().map(parse).collect();
        let mut reader = Reader {
            contexts,
            names: texts.iter().map(|(name, _)| *name).collect(),
            holds: vec![Vec::new(); texts.len()],
            told: Told::default(),
            pending: Vec::new(),
            location: [None, None],
        };
        for (text, nodes) in roots.iter().enumerate() {
            for node in nodes {
                report_duplicates(&mut reader.contexts[text], node, &rules::DUPLICATE_KEY);
                match &node.value {
                    Value::Array(items) => items.iter().for_each(|item| reader.item(text, item)),
                    _ => reader.item(text, node),
                }
            }
        }
        reader.settle();
        reader.told.finish();
        reader.report_contradictions();
        reader.report()
    }
}

/// The values of a text. If it is not JSON, the finding says why.
fn parse(context: &mut Context) -> Vec<Node> {
    if context.is_unreadable() {
        return Vec::new();
    }
    let (nodes, error) = context.sources.parse_all(0);
    if let Some(error) = error {
        let message = format!("The text about the account is not JSON: {}.", error.reason);
        let finding = Finding::new(&rules::ACCOUNT_UNREADABLE, error.place, message);
        context.report(finding.help("jitp reads its own form, and what the AWS CLI prints with --output json."));
    }
    nodes
}

impl<'n> Reader<'n> {
    /// A place in a text.
    fn at(text: usize, range: SourceRange) -> TextPlace {
        TextPlace { text, range }
    }

    fn item(&mut self, text: usize, node: &'n Node) {
        let Some(members) = node.as_object() else {
            wrong::<()>(&mut self.contexts[text], node, "What is told of an account", "an object");
            return;
        };
        if let Some(name) = node.get("action") {
            return self.record(text, node, name);
        }
        let is_paged = |key: &str| PAGES.contains(&key);
        let only = match members {
            [one] => Some(one),
            [one, more] if is_paged(&more.key) => Some(one),
            _ => None,
        };
        if let Some(only) = only
            && let Some(action) = Pending::could_be(only)
        {
            return self.pending.push(Pending { text, action, response: node, is_told: false });
        }
        let is_key = |action: &&AccountAction| kind_of(action.key).is_none() && node.get(action.key).is_some();
        match ACTIONS.iter().filter(|action| action.form != OutputForm::Listed).find(is_key) {
            Some(action) if action.name == "DescribeCertificate" && is_ca(node) => {
                self.output(text, actions::by_name("DescribeCACertificate").unwrap_or(action), node, None);
            }
            Some(action) => self.output(text, action, node, None),
            None => self.own_form(text, node),
        }
    }

    /// An action with its request, and its response or error.
    fn record(&mut self, text: usize, node: &'n Node, name: &'n Node) {
        const KEYS: [&str; 4] = ["action", "request", "response", "error"];
        let context = &mut self.contexts[text];
        for member in node.as_object().unwrap_or_default() {
            if !KEYS.contains(&member.key.as_str()) {
                report_unknown_key(context, member, &KEYS, "a record");
            }
        }
        let Some(written) = values::text(context, name, "action", "a string") else { return };
        let Some(action) = actions::by_name(&written) else {
            let message = format!("jitp does not read the output of the action {}.", quoted(&written));
            let finding = Finding::new(&rules::ACCOUNT_WRONG_VALUE, name.place, message);
            let known: Vec<&str> = ACTIONS.iter().map(|action| action.name).collect();
            context.report(match nearest(&written, &known) {
                Some(near) => finding.fix(write(near), name.place, quoted(near)),
                None => finding.help(format!("Known actions: {}.", known.join(", "))),
            });
            return;
        };
        let request = node.get("request");
        if let Some(request) = request.filter(|request| request.as_object().is_none()) {
            return wrong(context, request, "request", "an object").unwrap_or_default();
        }
        let is_given = |node: &&Node| !matches!(&node.value, Value::Null) && node.as_str() != Some("");
        let (response, error) = (node.get("response").filter(is_given), node.get("error").filter(is_given));
        match (response, error) {
            (_, Some(error)) => self.error(text, action, request, error),
            (Some(response), None) if response.as_object().is_some() => {
                self.output(text, action, response, Some(request.unwrap_or(response)));
            }
            (Some(response), None) => wrong(context, response, "response", "an object").unwrap_or_default(),
            (None, None) => {
                let message = "The record has neither a response nor an error.";
                context.report(Finding::new(&rules::ACCOUNT_WRONG_VALUE, name.place, message));
            }
        }
    }

    /// A request that failed: a resource that was not found does not exist; anything else says nothing.
    fn error(&mut self, text: usize, action: &'static AccountAction, request: Option<&Node>, error: &Node) {
        let Some(written) = values::text(&mut self.contexts[text], error, "error", "a string") else { return };
        self.holds[text].push(action.name);
        let subject = subject(action, request);
        match subject {
            Some((kind, name)) if written.contains("ResourceNotFoundException") => {
                self.told.exists(kind, name, false, Self::at(text, error.place));
            }
            _ if self.contexts[text].is_full() => {}
            _ => {
                let message = format!("{} was not answered, so what it asks is not known.", action.name);
                let finding = Finding::new(&rules::ACCOUNT_NOT_ANSWERED, error.place, message);
                self.contexts[text].report(finding);
            }
        }
    }

    /// An output of an action. Without a request, it must say itself what it is about.
    pub fn output(&mut self, text: usize, action: &'static AccountAction, response: &'n Node, request: Option<&Node>) {
        let list = response.get(action.key);
        match action.form {
            OutputForm::Described => {
                self.holds[text].push(action.name);
                self.described(text, action.kind, response, request.and_then(|request| request.get(action.request)));
            }
            OutputForm::Listed => {
                self.holds[text].push(action.name);
                let is_filtered = request.and_then(Node::as_object).is_some_and(|members| {
                    // Without a request, the response is in its place.
                    let is_filter = |key: &str| key != action.key && !UNFILTERED.contains(&key);
                    members.iter().any(|member| is_filter(&member.key))
                });
                let Some(list) = self.page(text, response, list, action) else { return };
                let is_complete = !is_filtered && !self.is_partial(text, response);
                self.elements(text, action.kind, list, is_complete);
            }
            OutputForm::Had(..) | OutputForm::Things => match subject(action, request) {
                Some((kind, name)) => {
                    let (kind, name) = (kind, name.to_owned());
                    let arn = request.and_then(|request| request.get(action.request)).and_then(Node::as_str);
                    let arn = arn.map(str::to_owned);
                    self.about(text, action, response, (kind, &name), arn.as_deref());
                }
                None => self.pending.push(Pending { text, action, response, is_told: request.is_some() }),
            },
        }
    }

    fn report_contradictions(&mut self) {
        for Contradiction { kind, name, member, here, other } in std::mem::take(&mut self.told.contradictions) {
            let context = &mut self.contexts[here.text];
            if context.is_full() {
                continue;
            }
            let table = kind.table();
            let what = format!("the {} {}", table.what, quoted(&name));
            let message = match member.and_then(|member| table.members.get(member)) {
                Some(member) => format!("Two places say different things of {what}: {}.", quoted(member.key)),
                None => format!("One place says that {what} exists, another that it does not."),
            };
            let finding = Finding::new(&rules::ACCOUNT_CONTRADICTION, here.range, message);
            context.report(if here.text == other.text {
                finding.related("The other place.", other.range)
            } else {
                finding.help(format!("The other place is in {}. The later one counts.", quoted(self.names[other.text])))
            });
        }
    }

    fn report(self) -> AccountReport {
        let Self { contexts, names, holds, told, location: [region, account_id], .. } = self;
        let texts = contexts.iter().zip(names).zip(holds).map(|((context, name), holds)| AccountText {
            name: name.to_owned(),
            holds,
            diagnostics: context.diagnostics(None),
        });
        AccountReport { texts: texts.collect(), account: build::account(&told, region, account_id) }
    }
}

/// Members of a request that leave nothing out of a list.
const UNFILTERED: [&str; 9] = [
    "maxResults",
    "nextToken",
    "pageSize",
    "marker",
    "maxItems",
    "startingToken",
    "ascendingOrder",
    "recursive",
    "usePrefixAttributeValue",
];

/// Whether an output about a certificate is about a CA's.
fn is_ca(node: &Node) -> bool {
    let inner = node.get("certificateDescription");
    let arn = inner.and_then(|inner| inner.get("certificateArn")).and_then(Node::as_str);
    node.get("registrationConfig").is_some()
        || inner.is_some_and(|inner| inner.get("autoRegistrationStatus").is_some())
        || arn.is_some_and(is_ca_arn)
}

/// The resource that a request is about.
fn subject<'r>(action: &AccountAction, request: Option<&'r Node>) -> Option<(Kind, &'r str)> {
    let named = request?.get(action.request)?.as_str()?;
    if !matches!(action.request, "target" | "principal") {
        return Some((action.kind, named));
    }
    let (kind, name) = actions::resource_of(named).split_once('/')?;
    match kind {
        "cert" => Some((Kind::Certificates, name)),
        "thinggroup" => Some((Kind::ThingGroups, name)),
        _ => None,
    }
}
