//! The changes that one slip can make to a key.

use crate::tree::{Member, Node, Value};

pub struct Change {
    pub name: String,
    pub root: Node,
    /// Whether the logical name of a resource is gone.
    pub loses_name: bool,
}

type Path = Vec<usize>;

/// The object that a value is, or that its text holds.
fn object(node: &Node) -> Option<&Vec<Member>> {
    match &node.value {
        Value::Object(members) => Some(members),
        Value::Inner(inner) => object(inner),
        _ => None,
    }
}

fn object_mut(node: &mut Node) -> Option<&mut Vec<Member>> {
    match &mut node.value {
        Value::Object(members) => Some(members),
        Value::Inner(inner) => object_mut(inner),
        _ => None,
    }
}

fn at<'n>(root: &'n Node, path: &[usize]) -> &'n Node {
    path.iter().fold(root, |node, index| &object(node).expect("an object")[*index].value)
}

fn at_mut<'n>(root: &'n mut Node, path: &[usize]) -> &'n mut Node {
    path.iter().fold(root, |node, index| &mut object_mut(node).expect("an object")[*index].value)
}

fn name(root: &Node, path: &[usize]) -> String {
    let keys: Vec<&str> = (0..path.len())
        .map(|depth| object(at(root, &path[..depth])).expect("an object")[path[depth]].key.as_str())
        .collect();
    keys.join("/")
}

/// Names that the user chose, and values.
fn is_own(keys: &str) -> bool {
    let below = |section: &str, depth: usize| {
        keys.split_once(section).is_some_and(|(_, rest)| rest.matches('/').count() >= depth)
    };
    below("AttributePayload", 1)
        || keys.ends_with("/Ref")
        || below("PolicyDocument", 1)
        || keys.starts_with("certificateDescription")
}

/// The paths of all members, through texts that hold objects.
fn paths(root: &Node) -> Vec<Path> {
    let mut found = Vec::new();
    let mut open: Vec<Path> = vec![Vec::new()];
    while let Some(path) = open.pop() {
        for index in 0..object(at(root, &path)).map_or(0, Vec::len) {
            let inner = [&path[..], &[index]].concat();
            if !is_own(&name(root, &inner)) {
                found.push(inner.clone());
                open.push(inner);
            }
        }
    }
    found.sort();
    found
}

/// Moves a member to the end of the object at a path. `None` if it is already there.
fn moved(root: &Node, from: &[usize], to: &[usize], front: bool) -> Option<Node> {
    let (last, above) = from.split_last()?;
    let key = &object(at(root, above))?[*last].key;
    if object(at(root, to))?.iter().any(|member| member.key == *key) {
        return None;
    }
    let mut root = root.clone();
    let mut to = to.to_vec();
    let member = object_mut(at_mut(&mut root, above))?.remove(*last);
    if to.starts_with(above) && to.get(above.len()).is_some_and(|step| step > last) {
        to[above.len()] -= 1;
    }
    let members = object_mut(at_mut(&mut root, &to))?;
    members.insert(if front { 0 } else { members.len() }, member);
    Some(root)
}

pub fn all(root: &Node) -> Vec<Change> {
    let mut all = Vec::new();
    let mut push = |name: String, root: Option<Node>| {
        let loses_name = name.starts_with("without its key")
            && name.split_once("Resources/").is_some_and(|(_, rest)| !rest.contains('/'));
        all.extend(root.map(|root| Change { name, root, loses_name }));
    };
    let whole = Member { key: "Template".to_owned(), value: root.clone(), marked: false };
    push("all inside another object".to_owned(), Some(Node::new(Value::Object(vec![whole]))));
    for path in paths(root) {
        let keys = name(root, &path);
        let (last, above) = path.split_last().expect("a member");
        if let Some((_, outer)) = above.split_last() {
            push(format!("up: {keys}"), moved(root, &path, outer, false));
            push(format!("up to the front: {keys}"), moved(root, &path, outer, true));
        }
        let siblings = object(at(root, above)).expect("an object");
        for (index, sibling) in siblings.iter().enumerate() {
            if index != *last
                && object(&sibling.value).is_some()
                && sibling.key != "AttributePayload"
                && sibling.key != "PolicyDocument"
            {
                let into = [above, &[index]].concat();
                push(format!("into {}: {keys}", sibling.key), moved(root, &path, &into, false));
            }
        }
        let change = |change: &dyn Fn(&mut Vec<Member>)| {
            let mut root = root.clone();
            change(object_mut(at_mut(&mut root, above)).expect("an object"));
            Some(root)
        };
        let key = siblings[*last].key.clone();
        if object(&siblings[*last].value).is_some() {
            push(
                format!("twice in one another: {keys}"),
                change(&|members| {
                    let inner = members[*last].clone();
                    let object = Node::new(Value::Object(vec![inner]));
                    members[*last].value = match members[*last].value.value {
                        Value::Inner(_) => Node::new(Value::Inner(Box::new(object))),
                        _ => object,
                    };
                }),
            );
            push(
                format!("inside another object: {keys}"),
                change(&|members| {
                    let value = members[*last].value.clone();
                    let object = |value| {
                        Node::new(Value::Object(vec![Member { key: "Items".to_owned(), value, marked: false }]))
                    };
                    members[*last].value = match value.value {
                        Value::Inner(inner) => Node::new(Value::Inner(Box::new(object(*inner)))),
                        _ => object(value),
                    };
                }),
            );
            push(
                format!("without its key: {keys}"),
                change(&|members| {
                    let member = members.remove(*last);
                    let inner = object(&member.value).expect("an object").clone();
                    for (at, inner) in inner.into_iter().enumerate() {
                        members.insert(last + at, inner);
                    }
                }),
            );
        }
        // A name that the author chose may have any case.
        let owner =
            above.split_last().map(|(last, outer)| object(at(root, outer)).expect("an object")[*last].key.as_str());
        let names_its_own = ["Parameters", "Resources", "Mappings", "DeviceConfiguration", "parameters"];
        if !owner.is_some_and(|owner| names_its_own.contains(&owner)) && !keys.contains("Mappings/") {
            for (how, other) in [
                ("in lower case", key.to_ascii_lowercase()),
                ("in upper case", key.to_ascii_uppercase()),
                ("in camel case", key[..1].to_ascii_lowercase() + &key[1..]),
            ] {
                if other != key && siblings.iter().all(|sibling| sibling.key != other) {
                    push(format!("{how}: {keys}"), change(&|members| members[*last].key.clone_from(&other)));
                }
            }
        }
    }
    all
}
