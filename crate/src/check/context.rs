//! Collects the findings of a template.

use super::encoding;
use crate::diagnostic::{Diagnostic, Finding};
use crate::flow::{Flow, TemplateOptions};
use crate::limits;
use crate::rules::{self, Rule};
use crate::secrets::Secrets;
use crate::source::{Certainty, LayerId, Node, SourceMap, SourceRange, Value, offset};
use std::collections::BTreeSet;

/// A text of megabytes can break a rule at every word. Only this many findings are kept.
const MAX_FINDINGS: usize = 500;

/// The texts of a template and what has been found in them.
pub struct Context {
    /// The original text and the texts inside it.
    pub sources: SourceMap,
    /// The options of the call.
    pub options: TemplateOptions,
    /// The flow to check for: the one that the options name, or the one that the template is certainly written for.
    pub flow: Flow,
    /// Members that the options replace.
    pub supplied: SuppliedMembers,
    /// The ARN of the provisioning role and its place.
    pub role: Option<(String, SourceRange)>,
    /// How certain it is that the text means what is checked. Text that is JSON means what it says.
    pub certainty: Certainty,
    /// Whether the text had private keys in it. They are written over before anything is read.
    pub redacted: bool,
    /// How far the text is checked.
    pub depth: CheckDepth,
    findings: Vec<Finding>,
    /// The places of keys that have been reported and are read elsewhere.
    taken: BTreeSet<(LayerId, u32)>,
    is_unreadable: bool,
}

/// How far a text is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDepth {
    /// Everything.
    Whole,
    /// All findings, and nothing that only plans need.
    Report,
    /// All findings of one of several trial changes, and nothing that is done with them.
    Trial,
    /// The same without what is in policy documents.
    Outline,
}

/// Members that the options supply. In the text they are neither missing nor wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct SuppliedMembers {
    /// The provisioning role.
    pub role: bool,
    /// The template's name.
    pub name: bool,
}

impl Context {
    /// Starts with no findings.
    pub fn new(source: &[u8], options: &TemplateOptions) -> Self {
        let is_too_long = source.len() > limits::TEXT;
        let mut context = Self::of_text(source, options, is_too_long);
        if is_too_long {
            context.report_too_long();
        }
        context
    }

    /// The same for a text about an account.
    pub fn of_account(source: &[u8], options: &TemplateOptions) -> Self {
        let is_too_long = source.len() > limits::ACCOUNT_TEXT;
        let mut context = Self::of_text(source, options, is_too_long);
        if is_too_long {
            let message = "The text about the account is longer than 16 MB. It was not read.";
            let finding = Finding::new_at(&rules::ACCOUNT_UNREADABLE, None, message);
            context.report(
                finding.help("Give only what the template needs, for example by the script of jitp account --script."),
            );
        }
        context
    }

    fn of_text(source: &[u8], options: &TemplateOptions, is_too_long: bool) -> Self {
        // A text beyond the limit is not read at all.
        let bytes = if is_too_long { b"" } else { source };
        let text = &*String::from_utf8_lossy(bytes);
        Self::of_secrets(text, bytes, Secrets::find(text), (options, is_too_long))
    }

    /// A changed text, whose original has no private key. A change only moves its parts, and nobody sees the text.
    pub fn of_trial(text: &str, options: &TemplateOptions, depth: CheckDepth) -> Self {
        let mut context = Self::of_secrets(text, text.as_bytes(), Secrets::none(), (options, false));
        context.depth = depth;
        context
    }

    fn of_secrets(
        text: &str,
        bytes: &[u8],
        secrets: Secrets<'_>,
        (options, is_too_long): (&TemplateOptions, bool),
    ) -> Self {
        let sources = if secrets.is_none() { SourceMap::new(text) } else { SourceMap::new(&secrets.mask(text)) };
        let (options, flow) = (options.clone(), options.flow);
        let (supplied, certainty, redacted) = (SuppliedMembers::default(), Certainty::Sure, !secrets.is_none());
        let mut context = Self {
            sources,
            options,
            flow,
            supplied,
            role: None,
            certainty,
            redacted,
            depth: CheckDepth::Whole,
            findings: Vec::new(),
            taken: BTreeSet::new(),
            is_unreadable: is_too_long,
        };
        context.report_encoding(bytes);
        context.report_secrets(&secrets);
        context
    }

    /// A context without findings for further texts, beside those of this one.
    pub fn beside(&self) -> Self {
        Self {
            sources: self.sources.clone(),
            options: self.options.clone(),
            flow: self.flow,
            supplied: self.supplied,
            role: self.role.clone(),
            certainty: Certainty::Sure,
            redacted: self.redacted,
            depth: CheckDepth::Whole,
            findings: Vec::new(),
            taken: BTreeSet::new(),
            is_unreadable: false,
        }
    }

    #[cold]
    fn report_too_long(&mut self) {
        let message =
            format!("The text is longer than 1 MB; AWS accepts {} characters for a template.", limits::TEMPLATE_BODY);
        let help = "It was not read. Check whether it is the right file.";
        self.report(Finding::new_at(&rules::BODY_TOO_LONG, None, message).help(help));
        self.certainty = Certainty::Loss;
    }

    /// Reports where the text is not UTF-8, and which byte is there. The rest is not read: its meaning is unknown.
    fn report_encoding(&mut self, bytes: &[u8]) {
        let text = self.sources.text(0);
        let (at, wide) = match text.find('\u{fffd}') {
            Some(at) => (at, false),
            None if encoding::is_wide(bytes) => (bytes.iter().position(|byte| *byte == 0).unwrap_or(0), true),
            None => return,
        };
        let end = at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let place = SourceRange { layer: 0, start: offset(at), end: offset(end) };
        let byte = bytes.get(at).copied().unwrap_or_default();
        let number = at + 1;
        let was_replaced = bytes.get(at..).is_some_and(|rest| rest.starts_with("\u{fffd}".as_bytes()));
        let message = if wide {
            format!("The text is not UTF-8: its byte {number}, 0x00, belongs to a character of UTF-16 or UTF-32.")
        } else if was_replaced {
            format!(
                "The text holds U+FFFD at its byte {number}: a program wrote it in place of bytes that are not UTF-8."
            )
        } else {
            format!("The text is not UTF-8: its byte {number}, 0x{byte:02X}, is part of no character.")
        };
        let help = if was_replaced {
            "Save the file that the text was read from as UTF-8, and read it again. The original character is lost."
        } else {
            encoding::guess(bytes)
        };
        let help = format!("{help} Nothing after it was read.");
        self.report(Finding::new(&rules::NOT_UTF_8, place, message).help(help));
        (self.is_unreadable, self.certainty) = (true, Certainty::Loss);
    }

    /// Whether the text cannot be read, which has been reported.
    pub fn is_unreadable(&self) -> bool {
        self.is_unreadable
    }

    /// Reports the places of private keys, and nothing of their content.
    fn report_secrets(&mut self, secrets: &Secrets<'_>) {
        for (form, range) in secrets.ranges() {
            let place = SourceRange { layer: 0, start: offset(range.start), end: offset(range.end) };
            let message = format!("The text holds a private key{}. It was not read.", form.words());
            let help = "Remove it from the text; revoke its certificate if others have seen the text.";
            self.report(Finding::new(&rules::PRIVATE_KEY, place, message).help(help));
        }
    }

    /// The finding that others may be left out, if the limit is reached.
    #[cold]
    fn left_out(&self) -> Option<Finding> {
        let message = format!("There are {MAX_FINDINGS} findings or more; only the first {MAX_FINDINGS} are shown.");
        let finding = Finding::new_at(&rules::FINDINGS_LEFT_OUT, None, message);
        self.is_full().then(|| finding.help("Fix those that repeat first, then check again."))
    }

    /// Adds a finding. Above a number that nobody would read, the rest is left out.
    #[cold]
    pub fn report(&mut self, finding: Finding) {
        if self.is_full() {
            return;
        }
        // If a text is cut short, nobody knows what it lacks.
        let unknown = self.certainty == Certainty::Loss && finding.rule.is_absence
            || finding.place.is_some_and(|place| self.sources.is_unknown(place));
        if !unknown {
            self.findings.push(finding);
        }
    }

    /// Notes that the key at this place is reported and read elsewhere.
    pub fn take(&mut self, key: SourceRange) {
        self.taken.insert((key.layer, key.start));
    }

    /// Whether the key at this place has been reported, and is read elsewhere.
    pub fn is_taken(&self, key: SourceRange) -> bool {
        !self.taken.is_empty() && self.taken.contains(&(key.layer, key.start))
    }

    /// Whether a rule has been found broken.
    #[cold]
    pub fn has(&self, rule: &Rule) -> bool {
        self.findings.iter().any(|finding| finding.rule == rule)
    }

    /// Whether further findings are left out.
    pub fn is_full(&self) -> bool {
        self.findings.len() >= MAX_FINDINGS
    }

    /// The findings as they were made.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The same, when nothing else is asked of the texts.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// All findings as diagnostics in the order of the text, each with the pointer into `body`.
    pub fn diagnostics(&self, body: Option<&Node>) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<Diagnostic> = Vec::with_capacity(self.findings.len());
        let left_out = self.left_out();
        for finding in self.findings.iter().chain(&left_out) {
            let mut found = resolve(finding, &self.sources, body);
            // An edit could write the mask over the user's own text.
            if self.redacted {
                (found.fix, found.choices) = (None, Vec::new());
            }
            let key = |diagnostic: &Diagnostic| (diagnostic.span, diagnostic.severity, diagnostic.code);
            // There are few, and nearly in order: inserting them beats a sort, and is smaller.
            let at = diagnostics.iter().rposition(|before| key(before) <= key(&found)).map_or(0, |before| before + 1);
            diagnostics.insert(at, found);
        }
        diagnostics
    }
}

/// A finding as a diagnostic, with the JSON pointer to its place in the template body.
#[cold]
pub fn resolve(finding: &Finding, sources: &SourceMap, body: Option<&Node>) -> Diagnostic {
    let path = finding.place.zip(body).and_then(|(place, body)| pointer(place, sources, body));
    finding.resolve(sources, path)
}

/// The JSON pointer (RFC 6901) to the innermost value of `body` that holds `place`.
#[cold]
pub fn pointer(place: SourceRange, sources: &SourceMap, body: &Node) -> Option<String> {
    // One of the two layers is inside the other.
    let outward = |mut inner: SourceRange, layer| {
        while inner.layer != layer {
            inner = sources.outward(inner)?;
        }
        Some(inner)
    };
    let place = outward(place, body.place.layer).unwrap_or(place);
    let holds = |node: SourceRange| outward(node, place.layer).is_some_and(|node| node.contains(&place));
    if !holds(body.place) {
        return None;
    }
    let mut path = String::new();
    let mut node = body;
    loop {
        let next = match &node.value {
            Value::Object(members) => members
                .iter()
                .find(|member| holds(member.place()))
                .map(|member| (member.key.replace('~', "~0").replace('/', "~1"), &member.value)),
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .find(|(_, element)| holds(element.place))
                .map(|(index, element)| (index.to_string(), element)),
            _ => None,
        };
        let Some((step, inner)) = next else { return Some(path) };
        path.push('/');
        path.push_str(&step);
        node = inner;
    }
}
