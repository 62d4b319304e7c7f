//! A valid template, and the ways in which a mutation gets hold of its parts.
//!
//! A pattern is a path of keys below the template body, or below the config around it if it begins with `config`: `*`
//! is any key, `element` any element of an array, `each` the same or the value itself if it is not an array, `@Thing` a
//! resource of that type, and `>` the content of a string. [`Case::site`] chooses among the places that a pattern
//! finds.

use crate::tree::{Member, Node, Value};
use std::ops::Range;

/// Indices from the root: a member's, an element's, or 0 for what a string holds.
pub type Path = Vec<usize>;

/// The policy documents.
pub const DOCUMENT: &str = "Resources/@Policy/Properties/PolicyDocument/>";

#[derive(Clone)]
pub struct Case {
    pub root: Node,
    /// The number of the place among those that a pattern finds.
    pub site: usize,
    config: Option<Path>,
    body: Option<Path>,
}

impl Case {
    /// Parses a text, and opens the strings that hold a config, a body or a policy.
    pub fn read(text: &str) -> Option<Self> {
        let root: Node = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        let mut case = Self { root, site: 0, config: None, body: None };
        if case.root.text().is_some() {
            case.root.unwrap();
        }
        let mut path = Path::new();
        case.enter(&mut path);
        if case.step(&mut path, "registrationConfig") {
            case.enter(&mut path);
        }
        let is_body = |node: &Node| node.get("Resources").is_some();
        if is_body(case.at(&path)) {
            case.body = Some(path);
        } else {
            case.config = Some(path.clone());
            if case.step(&mut path, "templateBody") {
                case.enter(&mut path);
                case.body = is_body(case.at(&path)).then_some(path);
            }
        }
        for document in case.find("Resources/@Policy/Properties/PolicyDocument") {
            case.at_mut(&document).unwrap();
        }
        Some(case)
    }

    fn step(&self, path: &mut Path, key: &str) -> bool {
        let index = self.at(path).members().iter().position(|member| member.key == key);
        path.extend(index);
        index.is_some()
    }

    fn enter(&mut self, path: &mut Path) {
        let node = self.at_mut(path);
        node.unwrap();
        if matches!(node.value, Value::Inner(_)) {
            path.push(0);
        }
    }

    /// The same template, with another of the places that a pattern finds.
    pub fn at_site(&self, site: usize) -> Self {
        Self { site, ..self.clone() }
    }

    pub fn at(&self, path: &[usize]) -> &Node {
        path.iter().fold(&self.root, |node, index| match &node.value {
            Value::Object(members) => &members[*index].value,
            Value::Array(elements) => &elements[*index],
            Value::Inner(inner) => inner,
            _ => panic!("nothing below {node:?}"),
        })
    }

    pub fn at_mut(&mut self, path: &[usize]) -> &mut Node {
        path.iter().fold(&mut self.root, |node, index| match &mut node.value {
            Value::Object(members) => &mut members[*index].value,
            Value::Array(elements) => &mut elements[*index],
            Value::Inner(inner) => inner,
            _ => panic!("nothing below"),
        })
    }

    /// All places that a pattern finds.
    pub fn find(&self, pattern: &str) -> Vec<Path> {
        let mut steps = pattern.split('/').filter(|step| !step.is_empty()).peekable();
        let start = if steps.next_if_eq(&"config").is_some() { &self.config } else { &self.body };
        let mut paths: Vec<Path> = start.iter().cloned().collect();
        for step in steps {
            paths = paths.into_iter().flat_map(|path| self.below(path, step)).collect();
        }
        paths
    }

    fn below(&self, path: Path, step: &str) -> Vec<Path> {
        let with = |index: usize| [&path[..], &[index]].concat();
        match &self.at(&path).value {
            Value::Inner(_) if step == ">" => vec![with(0)],
            Value::Array(elements) if matches!(step, "each" | "element") => (0..elements.len()).map(with).collect(),
            Value::Object(_) | Value::Text(_) if step == "each" => vec![path],
            Value::Object(_) if step == ">" => vec![path],
            Value::Object(members) => {
                let fits = |member: &Member| match step.strip_prefix('@') {
                    Some(kind) => {
                        let declared = member.value.get("Type").and_then(Node::text);
                        declared.and_then(|declared| declared.strip_prefix("AWS::IoT::")) == Some(kind)
                    }
                    None => step == "*" || step == member.key,
                };
                let found = members.iter().enumerate().filter(|(_, member)| fits(member));
                found.map(|(index, _)| with(index)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The place of this site that a pattern finds.
    pub fn nth(&self, pattern: &str) -> Option<Path> {
        self.find(pattern).into_iter().nth(self.site)
    }

    /// Marks a value together with its key.
    pub fn mark(&mut self, path: &[usize]) {
        if let Some((last, above)) = path.split_last()
            && let Value::Object(members) = &mut self.at_mut(above).value
        {
            members[*last].marked = true;
        } else {
            self.at_mut(path).marked = true;
        }
    }

    fn members_of(&mut self, path: &[usize]) -> &mut Vec<Member> {
        match &mut self.at_mut(path).value {
            Value::Object(members) => members,
            other => panic!("no object: {other:?}"),
        }
    }

    /// The member at a path.
    fn member(&mut self, path: &[usize]) -> Option<&mut Member> {
        let (last, above) = path.split_last()?;
        match &mut self.at_mut(above).value {
            Value::Object(members) => members.get_mut(*last),
            _ => None,
        }
    }

    /// Changes the value at a pattern, and marks it, if `change` finds something to do.
    pub fn change(&mut self, pattern: &str, change: impl Fn(&Node) -> Option<Value>) -> bool {
        let mut fitting = self.find(pattern).into_iter().filter_map(|path| Some((change(self.at(&path))?, path)));
        let Some((value, path)) = fitting.nth(self.site) else { return false };
        *self.at_mut(&path) = Node { value, marked: true };
        true
    }

    /// Replaces a value by other JSON.
    pub fn set(&mut self, pattern: &str, json: &str) -> bool {
        self.change(pattern, |_| Some(Node::parse(json).value))
    }

    /// Replaces a text by another one.
    pub fn edit(&mut self, pattern: &str, edit: impl Fn(&str) -> Option<String>) -> bool {
        self.change(pattern, |node| node.text().and_then(&edit).map(Value::Text))
    }

    /// Removes the values that a pattern finds, and marks what they were in.
    pub fn delete(&mut self, pattern: &str) -> bool {
        let Some(path) = self.nth(pattern) else { return false };
        let Some((last, above)) = path.split_last() else { return false };
        match &mut self.at_mut(above).value {
            Value::Object(members) => drop(members.remove(*last)),
            Value::Array(elements) => drop(elements.remove(*last)),
            _ => return false,
        }
        self.mark(above);
        true
    }

    /// Gives a member another key.
    pub fn rename(&mut self, pattern: &str, rename: impl Fn(&str) -> Option<String>) -> bool {
        let mut found = Vec::new();
        for path in self.find(pattern) {
            if let Some(member) = self.member(&path)
                && let Some(renamed) = rename(&member.key).filter(|renamed| *renamed != member.key)
            {
                found.push((path, renamed));
            }
        }
        let Some((path, renamed)) = found.into_iter().nth(self.site) else { return false };
        let Some(member) = self.member(&path) else { return false };
        (member.key, member.marked) = (renamed, true);
        true
    }

    /// Adds a member to the object at a pattern, or replaces the one with the same key.
    pub fn put(&mut self, pattern: &str, key: &str, json: &str) -> bool {
        let Some(path) = self.nth(pattern).filter(|path| matches!(self.at(path).value, Value::Object(_))) else {
            return false;
        };
        let members = self.members_of(&path);
        members.retain(|member| member.key != key);
        members.push(Member { key: key.to_owned(), value: Node::parse(json), marked: true });
        true
    }

    /// Adds a member to the object at a pattern, if that has none with this key.
    pub fn add(&mut self, pattern: &str, key: &str, json: &str) -> bool {
        let bare: Vec<Path> = self.find(pattern).into_iter().filter(|path| self.at(path).get(key).is_none()).collect();
        let Some(path) = bare.into_iter().nth(self.site) else { return false };
        if !matches!(self.at(&path).value, Value::Object(_)) {
            return false;
        }
        self.members_of(&path).push(Member { key: key.to_owned(), value: Node::parse(json), marked: true });
        true
    }

    /// Writes a member a second time, under the same or another key, and marks both.
    pub fn duplicate(&mut self, pattern: &str, key: Option<&str>) -> bool {
        let Some(path) = self.nth(pattern) else { return false };
        let Some(member) = self.member(&path) else { return false };
        member.marked = true;
        let mut copy = member.clone();
        if let Some(key) = key {
            key.clone_into(&mut copy.key);
        }
        let (_, above) = path.split_last().expect("a member is below an object");
        self.members_of(above).push(copy);
        true
    }

    /// Writes the value at a pattern as a text, changes that, and marks the range that `change` returns.
    pub fn rewrite(&mut self, pattern: &str, change: impl Fn(&str, usize) -> Option<(String, Range<usize>)>) -> bool {
        let Some(path) = self.find(pattern).into_iter().next() else { return false };
        let (text, _) = self.at(&path).write();
        let Some((text, touched)) = change(&text, self.site) else { return false };
        self.at_mut(&path).value = Value::Raw(text, touched);
        true
    }

    /// The places of all `{"Ref": name}` of the body whose name fits.
    pub fn refs(&self, fits: impl Fn(&str) -> bool) -> Vec<Path> {
        let mut found = Vec::new();
        let mut open = self.find("");
        while let Some(path) = open.pop() {
            let node = self.at(&path);
            if node.members().len() == 1 && node.get("Ref").and_then(Node::text).is_some_and(&fits) {
                found.push([&path[..], &[0]].concat());
                continue;
            }
            let count = match &node.value {
                Value::Object(members) => members.len(),
                Value::Array(elements) => elements.len(),
                _ => 0,
            };
            open.extend((0..count).rev().map(|index| [&path[..], &[index]].concat()));
        }
        found
    }
}
