//! Findings: what is wrong, where, what follows, and what to do.

use crate::rules::{Basis, Phase, Rule, Severity};
use crate::source::{SourceMap, SourceRange, Span, quote};
use serde::Serialize;
use std::ops::{Deref, DerefMut};

/// One finding, with places in the original text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Diagnostic {
    /// Stable code of the rule, for example `JITP031`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// When it bites.
    pub phase: Phase,
    /// The evidence for the rule.
    pub basis: Basis,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The option of the call that settles it, as the API names it: `roleArn`, `parameters`, … . `help` does not name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<&'static str>,
    /// Where the rule is explained: a path from the root of this repository, and of the npm package.
    pub url: &'static str,
    /// Where it is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// JSON pointer into the template body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Other places that have to do with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<Related>>"))]
    pub related: Vec<Related>,
    /// A fix that can be applied as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Fixes of which a person must choose one. One alone is a fix that a person must decide on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<Fix>>"))]
    pub choices: Vec<Fix>,
}

/// Another place that is part of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Edits that fix a finding; they never overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Fix {
    /// What the edits do.
    pub title: String,
    /// The edits, all to be applied to the same text.
    pub edits: Vec<Edit>,
}

/// Text that replaces a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Edit {
    /// What to replace. Empty for an insertion.
    pub span: Span,
    /// The new text, escaped as deeply as its place asks.
    pub text: String,
}

/// A finding whose places still count in their own layers. It is a pointer, because some hundred places in the code make one and hand it on.
#[derive(Clone, Debug)]
pub struct Finding(Box<Content>);

/// What a finding says.
#[derive(Clone, Debug)]
pub struct Content {
    pub(crate) rule: &'static Rule,
    pub(crate) place: Option<SourceRange>,
    pub(crate) message: String,
    help: Option<String>,
    option: Option<&'static str>,
    related: Vec<(String, SourceRange)>,
    fix: Option<TitledEdits>,
    choices: Vec<TitledEdits>,
    may_be_left: bool,
}

/// A fix's title and its edits, each written as the layer of its place has it.
type TitledEdits = (String, Edits);

/// Texts that replace others, all in layers that have not been changed.
pub type Edits = Vec<(SourceRange, String)>;

impl Deref for Finding {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.0
    }
}

impl DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut Content {
        &mut self.0
    }
}

impl Finding {
    /// A finding at a place.
    #[cold]
    pub fn new(rule: &'static Rule, place: SourceRange, message: impl Into<String>) -> Self {
        Self::new_at(rule, Some(place), message)
    }

    /// A finding at a place, or at none: one about a certificate has no place in the template's text.
    #[cold]
    pub fn new_at(rule: &'static Rule, place: Option<SourceRange>, message: impl Into<String>) -> Self {
        Self(Box::new(Content {
            rule,
            place,
            message: message.into(),
            help: None,
            option: None,
            related: Vec::new(),
            fix: None,
            choices: Vec::new(),
            may_be_left: false,
        }))
    }

    /// Adds what to do about it.
    #[cold]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the option of the call that settles it, as the API names it. How it is given on a command line is for that to say.
    #[cold]
    pub fn option(mut self, name: &'static str) -> Self {
        self.option = Some(name);
        self
    }

    /// Adds another place.
    #[cold]
    pub fn related(mut self, message: impl Into<String>, place: SourceRange) -> Self {
        self.related.push((message.into(), place));
        self
    }

    /// Adds a fix of one edit; `text` is written as the layer of `place` has it.
    #[cold]
    pub fn fix(self, title: impl Into<String>, place: SourceRange, text: impl Into<String>) -> Self {
        self.fix_all(title, vec![(place, text.into())])
    }

    /// Adds a fix of several edits, which must not overlap. Without edits there is no fix.
    #[cold]
    pub fn fix_all(mut self, title: impl Into<String>, edits: Edits) -> Self {
        self.fix = (!edits.is_empty()).then(|| (title.into(), edits));
        self
    }

    /// Adds one of several fixes between which a person must choose.
    #[cold]
    pub fn choice(mut self, title: impl Into<String>, edits: Edits) -> Self {
        if !edits.is_empty() {
            self.choices.push((title.into(), edits));
        }
        self
    }

    /// Adds a fix that a person must decide on, because it may be right to leave the text as it is.
    #[cold]
    pub fn proposal(mut self, title: impl Into<String>, edits: Edits) -> Self {
        self.may_be_left = true;
        self.choice(title, edits)
    }

    /// Adds a choice between words to write at a place.
    #[cold]
    pub fn choice_of(self, place: SourceRange, words: &[&str]) -> Self {
        words.iter().fold(self, |finding, word| {
            let quoted = quote(word);
            finding.choice(format!("Write {quoted}"), vec![(place, quoted)])
        })
    }

    /// Whether it says how to fix it.
    #[cold]
    pub fn has_fix(&self) -> bool {
        self.fix.is_some() || self.has_choices()
    }

    /// One choice alone is none, unless to leave the text is the other: another way out may be closed in a given text.
    fn has_choices(&self) -> bool {
        self.choices.len() > usize::from(!self.may_be_left)
    }

    /// What a fix does, if it would edit what functions compose of values, where it cannot be applied.
    #[cold]
    fn fix_in_words(&self, sources: &SourceMap) -> Option<String> {
        let (title, edits) = self.fix.as_ref()?;
        let is_lost =
            |(place, _): &(SourceRange, String)| sources.is_composed(place.layer) && !sources.is_editable(*place);
        edits.iter().any(is_lost).then(|| format!("{title}."))
    }

    /// The same of a document that functions make: it says so.
    #[cold]
    pub fn in_evaluated(mut self) -> Self {
        self.message = format!("In the evaluated policy document: {}", self.message);
        self
    }

    /// The finding with its places in the original text.
    #[cold]
    pub fn resolve(&self, sources: &SourceMap, path: Option<String>) -> Diagnostic {
        let related = |(message, place): &(String, SourceRange)| Related {
            message: message.clone(),
            span: sources.locate(*place),
        };
        let edit = |(place, text): &(SourceRange, String)| {
            let (span, text) = sources.edit_outward(*place, text);
            Edit { span, text }
        };
        // In a text that is not JSON nothing else can be fixed before that is, and a value is not written at all.
        let as_written = |(_, edits): &TitledEdits| edits.iter().all(|(place, _)| sources.is_editable(*place));
        let fix = |(title, edits): &TitledEdits| Fix { title: title.clone(), edits: edits.iter().map(edit).collect() };
        Diagnostic {
            code: self.rule.code,
            severity: self.rule.severity,
            phase: self.rule.phase,
            basis: self.rule.basis,
            message: self.message.clone(),
            help: self.help.clone().or_else(|| self.fix_in_words(sources)),
            option: self.option,
            url: self.rule.url,
            span: self.place.map(|place| sources.locate(place)),
            path,
            related: self.related.iter().map(related).collect(),
            fix: self.fix.as_ref().filter(|fix| as_written(fix)).map(fix),
            choices: (self.choices.iter())
                .filter(|_| self.has_choices() && self.choices.iter().all(as_written))
                .map(fix)
                .collect(),
        }
    }
}
