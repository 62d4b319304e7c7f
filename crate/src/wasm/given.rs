//! Options as JavaScript gives them: objects that the package's entry has checked.

use crate::access::{GivenCertificate, GivenPolicy};
use crate::account::Account;
use crate::authority::Signature;
use crate::flow::{Flow, TemplateOptions};
use crate::plan::{DryRunOptions, SerialNumberReading};
use crate::secrets;
use crate::source::{Node, SourceMap, Value};
use base64::Engine;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// A text of `JSON.stringify` with U+FFFD in place of halves of surrogate pairs. It writes whole pairs as they are, and halves as escapes.
#[cold]
fn without_halves(json: &str) -> String {
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        // An escape is skipped as a whole, so that the second of two backslashes does not look like the beginning of one.
        let (before, escape) = rest.split_at(at);
        whole += before;
        let is_half = escape.starts_with("\\ud") && matches!(escape.as_bytes().get(3), Some(b'8'..=b'9' | b'a'..=b'f'));
        let length = if is_half { 6 } else { 2 };
        whole += if is_half { "\\ufffd" } else { escape.get(..length).unwrap_or_default() };
        rest = escape.get(length..).unwrap_or_default();
    }
    whole + rest
}

/// Options that are kept for the next call are not longer than this.
const LONGEST_KEPT: usize = 4 << 10;

thread_local! {
    /// The options of the last call, as text and as read. Nearly all calls of a loop have the same.
    static LAST: RefCell<Option<(String, Rc<Node>)>> = const { RefCell::new(None) };
}

/// The options of one call, read as JSON.
pub struct Given(Option<Rc<Node>>);

impl Given {
    /// Reads a value of JavaScript. A value that cannot be written as JSON (a circle) is misuse of the API, and gives the engine's error.
    pub fn read(options: &JsValue) -> Result<Self, JsValue> {
        let json = js_sys::JSON::stringify(options)?.as_string().unwrap_or_default();
        let same =
            |last: &Option<(String, Rc<Node>)>| last.as_ref().filter(|last| last.0 == json).map(|last| last.1.clone());
        if let Some(read) = LAST.with_borrow(same) {
            return Ok(Self(Some(read)));
        }
        // A private key in an option, a parameter's value for example, goes no further.
        let masked = secrets::masked(&json);
        // A text with a key in it is not kept.
        let is_kept = json.len() <= LONGEST_KEPT && matches!(masked, Cow::Borrowed(_));
        let parse = |json: &str| SourceMap::new(json).parse(0).ok();
        let read = parse(&masked).or_else(|| parse(&without_halves(&masked))).map(Rc::new);
        drop(masked);
        if is_kept {
            LAST.set(read.clone().map(|read| (json, read)));
        }
        Ok(Self(read))
    }

    /// The value, if one was given.
    pub fn node(&self) -> Option<&Node> {
        self.0.as_deref()
    }

    /// The members, if a list was given.
    pub fn list(&self) -> &[Node] {
        self.0.as_deref().and_then(Node::as_array).unwrap_or_default()
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0.as_ref()?.get(key)
    }

    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(Node::as_str).map(str::to_owned)
    }

    /// Texts by their names.
    pub fn texts(&self, key: &str) -> Option<Vec<(Arc<str>, Arc<str>)>> {
        let members = self.get(key)?.as_object()?.iter();
        Some(members.filter_map(|member| Some((member.key.as_str().into(), member.value.as_str()?.into()))).collect())
    }

    pub fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(|flag| matches!(flag.value, Value::Bool(true)))
    }

    pub fn number(&self, key: &str) -> Option<i64> {
        match &self.get(key)?.value {
            Value::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    pub fn flow(&self) -> Flow {
        let flows = [Flow::Fleet, Flow::RegisterThing];
        let named = self.get("flow").and_then(Node::as_str).unwrap_or_default();
        flows.into_iter().find(|flow| flow.word() == named).unwrap_or_default()
    }

    pub fn template(&self) -> TemplateOptions {
        TemplateOptions { flow: self.flow(), region: self.text("region"), account_id: self.text("accountId") }
    }

    pub fn dry_run(&self) -> DryRunOptions {
        DryRunOptions {
            region: self.text("region"),
            account_id: self.text("accountId"),
            serial_number: match self.get("serialNumber").and_then(Node::as_str) {
                Some("subject") => SerialNumberReading::Subject,
                Some("certificate") => SerialNumberReading::Certificate,
                _ => SerialNumberReading::Auto,
            },
            now: self.number("now"),
            parameters: self.texts("parameters").unwrap_or_default(),
            issuer: None,
            issuers: None,
            client_id: self.text("clientId"),
            policies: self.texts("policies").unwrap_or_default(),
            group_policies: self.texts("groupPolicies"),
            account: self.account(),
            values: self.flag("values"),
        }
    }

    /// What is told of the account. Its findings are those of [`Account::read`], and not of a plan.
    fn account(&self) -> Option<Arc<Account>> {
        let texts = policies(Some(self.get("account")?));
        let texts: Vec<(&str, &str)> = texts.iter().map(|given| (&*given.name, &*given.text)).collect();
        Some(Arc::new(Account::read(&texts).account))
    }

    /// The device's certificate: its bytes or, if there are none, the option `subject`.
    pub fn certificate(&self, bytes: Option<Vec<u8>>) -> Option<GivenCertificate> {
        bytes.map(GivenCertificate::Whole).or_else(|| self.text("subject").map(GivenCertificate::Subject))
    }

    /// A list of names.
    pub fn names(&self, key: &str) -> Vec<Arc<str>> {
        texts(self.get(key)).map(Arc::from).collect()
    }

    /// The verdicts on the signatures that `signatures` listed.
    pub fn verdicts(&self) -> Vec<Signature> {
        let given = self.get("verdicts").and_then(Node::as_array).unwrap_or_default();
        given.iter().map(|verdict| Signature::named(verdict.as_str().unwrap_or_default())).collect()
    }

    /// Bytes that are given as base64; none if the text is not base64.
    pub fn bytes(&self, key: &str) -> Vec<u8> {
        let text = self.get(key).and_then(Node::as_str).unwrap_or_default();
        base64::engine::general_purpose::STANDARD.decode(text).unwrap_or_default()
    }
}

/// Policy documents, or other texts, with their names.
pub fn policies(list: Option<&Node>) -> Vec<GivenPolicy> {
    let given = list.and_then(Node::as_array).unwrap_or_default().iter();
    let policy = |node: &Node| {
        let text = |key: &str| node.get(key).and_then(Node::as_str).map(Arc::from);
        Some(GivenPolicy { name: text("name")?, text: text("text")? })
    };
    given.filter_map(policy).collect()
}

/// The strings of a list.
pub fn texts(list: Option<&Node>) -> impl Iterator<Item = &str> {
    list.and_then(Node::as_array).unwrap_or_default().iter().filter_map(Node::as_str)
}
