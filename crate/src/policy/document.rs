//! A policy document as statements whose parts are known to have the right types.

use crate::check::{Context, did_you_mean, nearest, opening, quoted, write};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{InsertAt, Member, Node, SourceRange, Value, quote};
use crate::vocabulary::{DOCUMENT_KEYS, STATEMENT_KEYS};

/// A policy document whose parts have the right types.
#[derive(Debug)]
pub struct PolicyDocument<'n> {
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement<'n>>,
    /// Whether they are in a list. A single one can be written without.
    pub is_list: bool,
    /// Whether variables are substituted: the Version is 2012-10-17, or the unknown value of a function.
    pub substitutes: bool,
}

/// One statement.
#[derive(Debug)]
pub struct Statement<'n> {
    /// Where it is written.
    pub place: SourceRange,
    /// `Sid`, if it is a text.
    pub sid: Option<&'n str>,
    /// Whether it allows. A statement that denies is checked for its structure only.
    pub allows: bool,
    /// `Action`
    pub actions: Texts<'n>,
    /// `NotAction`, in its place.
    pub not_actions: Option<Texts<'n>>,
    /// `Resource`
    pub resources: Texts<'n>,
    /// `NotResource`, in its place.
    pub not_resources: Option<Texts<'n>>,
    /// `Condition`
    pub condition: Option<&'n Node>,
}

/// A text or a list of texts.
#[derive(Debug, Default)]
pub struct Texts<'n> {
    /// The list, or the one text.
    pub node: Option<&'n Node>,
    /// The texts.
    pub texts: Vec<(&'n Node, &'n str)>,
    /// Whether there is more than the texts: a function's value, or something that has been reported.
    pub open: bool,
}

impl Texts<'_> {
    /// Whether the texts are in a list.
    pub fn is_list(&self) -> bool {
        self.node.is_some_and(|node| node.as_array().is_some())
    }
}

const VERSION: &str = "2012-10-17";
/// The version before it, which has no variables.
const OLD_VERSION: &str = "2008-10-17";
/// The keys without which there is not a policy.
const NEEDED: [&str; 4] = ["Statement", "Effect", "Action", "Resource"];

/// Reads documents. If `functions` are evaluated, their values are unknown, and nothing is reported about them.
pub struct DocumentReader<'j> {
    context: &'j mut Context,
    functions: bool,
    /// Misspelt keys, each with the correct one: one slip of a tool, reported once.
    slips: Vec<(SourceRange, String, &'static str)>,
}

/// Reads a document; `None` if it has no statements to read, which has been reported.
pub fn read<'n>(context: &mut Context, document: &'n Node, functions: bool) -> Option<PolicyDocument<'n>> {
    let mut reader = DocumentReader { context, functions, slips: Vec::new() };
    let document = reader.document(document);
    reader.report_slips();
    document
}

impl DocumentReader<'_> {
    fn document<'n>(&mut self, document: &'n Node) -> Option<PolicyDocument<'n>> {
        let known = self.known(document, &DOCUMENT_KEYS, "a policy document");
        let substitutes = self.check_version(document, find(&known, "Version"));
        self.check_text(find(&known, "Id"));
        let Some(member) = find(&known, "Statement") else {
            let message = "The policy document has no Statement.";
            self.report(Finding::new(&rules::POLICY_STRUCTURE, opening(document), message));
            return None;
        };
        let statement = &member.value;
        if statement.as_object().is_none() && statement.as_array().is_none() {
            self.report_kind(statement, "Statement", "a list of objects");
            return None;
        }
        let list = statement.as_array().unwrap_or(std::slice::from_ref(statement));
        if list.is_empty() {
            let message = "The list of Statement is empty: the policy allows nothing.";
            self.report(Finding::new(&rules::POLICY_STRUCTURE, statement.place, message));
            return None;
        }
        let mut statements = Vec::with_capacity(list.len());
        for node in list {
            if self.is_function(node) {
                return None;
            }
            if node.as_object().is_none() {
                self.report_kind(node, "A statement", "an object");
                return None;
            }
            statements.push(self.statement(node));
        }
        let is_list = statement.as_array().is_some();
        Some(PolicyDocument { statements, is_list, substitutes })
    }

    fn statement<'n>(&mut self, node: &'n Node) -> Statement<'n> {
        let known = self.known(node, &STATEMENT_KEYS, "a statement");
        for key in ["Principal", "NotPrincipal"] {
            if let Some(member) = find(&known, key) {
                self.report_principal(node, member);
            }
        }
        let sid = find(&known, "Sid");
        self.check_text(sid);
        let sid = sid.and_then(|member| member.value.as_str());
        let allows = self.effect(node, find(&known, "Effect"));
        let (actions, not_actions) = self.either(node, &known, ["Action", "NotAction"]);
        let (resources, not_resources) = self.either(node, &known, ["Resource", "NotResource"]);
        let resources = if not_resources.is_some() { Texts { open: true, ..Texts::default() } } else { resources };
        let condition = find(&known, "Condition").map(|member| &member.value);
        if let Some(condition) = condition.filter(|condition| condition.as_object().is_none()) {
            self.report_kind(condition, "Condition", "an object");
        }
        Statement { place: node.place, sid, allows, actions, not_actions, resources, not_resources, condition }
    }

    fn effect(&mut self, statement: &Node, member: Option<&Member>) -> bool {
        let Some(member) = member else {
            self.report_missing(statement, "Effect");
            return true;
        };
        match member.value.as_str() {
            Some("Allow") => true,
            Some("Deny") => false,
            _ if self.is_function(&member.value) => true,
            _ => self.report_effect(&member.value),
        }
    }

    #[cold]
    fn report_effect(&mut self, node: &Node) -> bool {
        let text = node.as_str().unwrap_or_default();
        let near = nearest(text, &["Allow", "Deny"]);
        let written = self.context.sources.slice(node.place);
        let message =
            format!("The Effect of a statement must be Allow or Deny, not {}.", quoted(written.trim_matches('"')));
        let finding = Finding::new(&rules::POLICY_STRUCTURE, node.place, message);
        self.report(match near {
            Some(near) => did_you_mean(finding, near, node.place),
            None => finding,
        });
        near != Some("Deny")
    }

    /// The texts of an element, and those of its opposite if that is there instead.
    fn either<'n>(
        &mut self,
        statement: &Node,
        known: &[(&'static str, &'n Member)],
        [key, opposite]: [&'static str; 2],
    ) -> (Texts<'n>, Option<Texts<'n>>) {
        match (find(known, key), find(known, opposite)) {
            (Some(member), Some(other)) => {
                self.report_both(statement, [member, other]);
                (self.texts(key, &member.value), None)
            }
            (Some(member), None) => (self.texts(key, &member.value), None),
            (None, Some(member)) => (Texts::default(), Some(self.texts(opposite, &member.value))),
            (None, None) => {
                self.report_missing(statement, key);
                (Texts { open: true, ..Texts::default() }, None)
            }
        }
    }

    fn texts<'n>(&mut self, key: &str, node: &'n Node) -> Texts<'n> {
        let mut texts = Texts { node: Some(node), ..Texts::default() };
        let list = node.as_array().unwrap_or(std::slice::from_ref(node));
        for element in list {
            match &element.value {
                Value::String(text) => texts.texts.push((element, text)),
                _ => {
                    texts.open = true;
                    if !self.is_function(element) {
                        self.report_kind(element, key, "a string or a list of strings");
                    }
                }
            }
        }
        if list.is_empty() {
            texts.open = true;
            let message = format!("The list of {key} is empty: the statement has no effect.");
            self.report(Finding::new(&rules::POLICY_STRUCTURE, node.place, message));
        }
        texts
    }

    /// `Sid` and `Id` are texts that decide nothing.
    fn check_text(&mut self, member: Option<&Member>) {
        if let Some(member) =
            member.filter(|member| member.value.as_str().is_none() && !self.is_function(&member.value))
        {
            self.report_kind(&member.value, &member.key, "a string");
        }
    }

    /// Whether variables are substituted in a document of this version.
    fn check_version(&mut self, document: &Node, member: Option<&Member>) -> bool {
        let value = member.map(|member| &member.value);
        let substitutes = value.is_some_and(|value| value.as_str() == Some(VERSION) || self.is_function(value));
        if !substitutes {
            self.report_version(document, value);
        }
        substitutes
    }

    #[cold]
    fn report_version(&mut self, document: &Node, value: Option<&Node>) {
        let text = quote(VERSION);
        let finding = match value {
            Some(value) => {
                let is_old = value.as_str() == Some(OLD_VERSION);
                let rule = if is_old { &rules::POLICY_VERSION } else { &rules::POLICY_VERSION_UNKNOWN };
                let written = self.context.sources.slice(value.place);
                let message = if is_old {
                    format!("The Version is {written}; variables are substituted only in one of {text}.")
                } else {
                    format!("{written} is not a version of the policy language; AWS IoT's policies have {text}.")
                };
                Finding::new(rule, value.place, message).fix(write(VERSION), value.place, text)
            }
            None => {
                let edit = self.context.sources.insertion_point(document, InsertAt::Front).fill("Version", &text);
                let message =
                    format!("The policy document has no Version; without {text} variables are not substituted.");
                Finding::new(&rules::POLICY_VERSION, opening(document), message).fix_all("Add the Version", vec![edit])
            }
        };
        self.report(finding);
    }

    /// The members with the keys that are known here. A key in another spelling is reported and read as it was meant.
    fn known<'n>(&mut self, object: &'n Node, keys: &[&'static str], what: &str) -> Vec<(&'static str, &'n Member)> {
        let members = object.as_object().unwrap_or_default();
        let mut found = Vec::with_capacity(members.len());
        for member in members {
            let exact = keys.iter().find(|key| **key == member.key);
            if let Some(key) = exact.copied().or_else(|| self.report_key(members, member, keys, what)) {
                found.push((key, member));
            }
        }
        found
    }

    #[cold]
    fn report_key(
        &mut self,
        members: &[Member],
        member: &Member,
        keys: &[&'static str],
        what: &str,
    ) -> Option<&'static str> {
        if self.context.is_full() {
            return None;
        }
        let near = nearest(&member.key, keys);
        if let Some(near) = near.filter(|near| near.ends_with("Principal") && near.eq_ignore_ascii_case(&member.key)) {
            // It is not a key here in any spelling, and is reported as such.
            return Some(*keys.iter().find(|key| **key == near)?);
        }
        let beside = near.and_then(|near| members.iter().find(|other| other.key == near));
        let is_slip = near
            .is_some_and(|near| beside.is_none() && (near.eq_ignore_ascii_case(&member.key) || NEEDED.contains(&near)));
        if let Some(near) = near.filter(|_| is_slip) {
            let key = *keys.iter().find(|key| **key == near)?;
            self.slips.push((member.key_place, member.key.clone(), key));
            return Some(key);
        }
        let message = format!("Unknown key {} in {what}.", quoted(&member.key));
        let finding = Finding::new(&rules::POLICY_UNKNOWN_KEY, member.key_place, message);
        self.report(match (near, beside) {
            (Some(near), Some(beside)) => finding.related(format!("{} is here.", quoted(near)), beside.key_place),
            (Some(near), None) => did_you_mean(finding, near, member.key_place),
            (None, _) => finding.help(format!("Known keys: {}.", keys.join(", "))),
        });
        near.filter(|_| beside.is_none())
    }

    #[cold]
    fn report_slips(&mut self) {
        let slips = std::mem::take(&mut self.slips);
        let Some((place, key, right)) = slips.first() else { return };
        let message = format!("The key {} must be spelled {}.", quoted(key), quoted(right));
        let mut finding = Finding::new(&rules::POLICY_KEY_SPELLING, *place, message);
        for (place, key, right) in &slips[1..] {
            finding = finding.related(format!("{} must be {}.", quoted(key), quoted(right)), *place);
        }
        let title = if slips.len() == 1 { write(right) } else { "Use the spelling of the policy language".to_owned() };
        self.report(finding.fix_all(title, slips.iter().map(|(place, _, right)| (*place, quoted(right))).collect()));
    }

    #[cold]
    fn report_principal(&mut self, statement: &Node, member: &Member) {
        let message =
            format!("A policy of AWS IoT has no {}: it is for the certificate that it is attached to.", member.key);
        let finding = Finding::new(&rules::POLICY_PRINCIPAL, member.key_place, message);
        // A principal that is everybody can be removed. Without any other principal the statement means something else.
        let named = member.value.get("AWS").unwrap_or(&member.value);
        self.report(if member.key == "Principal" && named.as_str() == Some("*") {
            let edit = self.context.sources.remove_member(statement, member);
            finding.fix_all(format!("Remove {}", member.key), vec![edit])
        } else {
            let edit = self.context.sources.remove_member(statement, member);
            finding
                .help(format!("Remove {}. Attach the policy to the certificates that are meant.", member.key))
                .proposal(format!("Remove {}", member.key), vec![edit])
        });
    }

    /// An element together with its opposite.
    #[cold]
    fn report_both(&mut self, statement: &Node, [one, other]: [&Member; 2]) {
        let message = format!("The statement has both {} and {}.", one.key, other.key);
        let remove = |member| vec![self.context.sources.remove_member(statement, member)];
        self.report(
            Finding::new(&rules::POLICY_OPPOSITES, other.key_place, message)
                .related(format!("The {}.", one.key), one.key_place)
                .choice(format!("Keep {}", one.key), remove(other))
                .choice(format!("Keep {}", other.key), remove(one)),
        );
    }

    #[cold]
    fn report_missing(&mut self, statement: &Node, key: &str) {
        let message = format!("The statement has no {key}.");
        self.report(Finding::new(&rules::POLICY_STRUCTURE, opening(statement), message));
    }

    #[cold]
    fn report_kind(&mut self, node: &Node, what: &str, expected: &str) {
        let message = format!("{what} must be {expected}, not {}.", node.kind());
        self.report(Finding::new(&rules::POLICY_STRUCTURE, node.place, message));
    }

    fn report(&mut self, finding: Finding) {
        self.context.report(finding);
    }

    /// Whether a value is the result of a function.
    fn is_function(&self, node: &Node) -> bool {
        self.functions && is_function(node)
    }
}

/// Whether a node has the look of a function.
pub fn is_function(node: &Node) -> bool {
    let Some([member]) = node.as_object() else { return false };
    member.key == "Ref" || member.key.starts_with("Fn::")
}

/// The last member with a key.
fn find<'n>(known: &[(&'static str, &'n Member)], key: &str) -> Option<&'n Member> {
    known.iter().rev().find(|(name, _)| *name == key).map(|(_, member)| *member)
}
