//! Policy documents (rule R9): what they allow a device to do.

use crate::source::{Node, Place};

/// What a policy document says, as far as the plan asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether some statement allows `iot:Connect` on anything.
    pub allows_connect: bool,
    /// Where the first statement that allows something names its actions.
    pub first_action: Option<Place>,
}

/// Reads a policy document; `None` where it has no Statement, so that it is no policy.
pub fn read(document: &Node) -> Option<Facts> {
    let statement = document.get("Statement")?;
    let statements = statement.as_array().unwrap_or(std::slice::from_ref(statement));
    let mut facts = Facts { allows_connect: false, first_action: None };
    for statement in statements {
        if statement.get("Effect").and_then(Node::as_str) != Some("Allow") {
            continue;
        }
        let actions = statement.get("Action");
        facts.first_action = facts.first_action.or(actions.map(|node| node.place));
        facts.allows_connect |= match (actions, statement.get("NotAction")) {
            (Some(actions), _) => names_connect(actions),
            (None, Some(others)) => !names_connect(others),
            (None, None) => false,
        };
    }
    Some(facts)
}

fn names_connect(actions: &Node) -> bool {
    let list = actions.as_array().unwrap_or(std::slice::from_ref(actions));
    list.iter().filter_map(Node::as_str).any(|pattern| matches_pattern(pattern, "iot:Connect"))
}

/// Whether a pattern with `*` (any text) and `?` (any character) matches; letters in any case.
pub fn matches_pattern(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_ascii_lowercase().into_bytes(), text.to_ascii_lowercase().into_bytes());
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stands, and how far it has eaten.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match (pattern.get(p), star) {
            (Some(b'*'), _) => {
                star = Some((p, t));
                p += 1;
            }
            (Some(byte), _) if *byte == b'?' || *byte == text[t] => {
                p += 1;
                t += 1;
            }
            (_, None) => return false,
            (_, Some((at, from))) => {
                star = Some((at, from + 1));
                p = at + 1;
                t = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn allows(document: &str) -> Option<bool> {
        let node = Sources::new(document).parse(0).ok()?;
        read(&node).map(|facts| facts.allows_connect)
    }

    #[test]
    fn connect_is_found_under_any_spelling() {
        for action in [r#""iot:Connect""#, r#""iot:*""#, r#""*""#, r#"["iot:Publish", "iot:Con*"]"#, r#""iot:connec?""#]
        {
            let document = format!(r#"{{"Statement": {{"Effect": "Allow", "Action": {action}}}}}"#);
            assert_eq!(allows(&document), Some(true), "{action}");
        }
    }

    #[test]
    fn other_actions_and_denials_do_not_connect() {
        for statement in [
            r#"{"Effect": "Allow", "Action": "iot:Publish"}"#,
            r#"{"Effect": "Deny", "Action": "iot:*"}"#,
            r#"{"Effect": "Allow", "NotAction": "iot:Connect"}"#,
            r#"{"Effect": "Allow", "Action": "iot:Connected"}"#,
        ] {
            assert_eq!(allows(&format!(r#"{{"Statement": [{statement}]}}"#)), Some(false), "{statement}");
        }
        assert_eq!(allows(r#"{"Statement": {"Effect": "Allow", "NotAction": "iot:Publish"}}"#), Some(true));
        assert_eq!(allows("{}"), None);
    }
}
