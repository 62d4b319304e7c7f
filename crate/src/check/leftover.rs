//! What a text still holds of the language that it was to be filled in by: CloudFormation, Terraform, a template engine, a
//! shell. AWS IoT fills in none of it.

use std::ops::Range;

/// The language that something was left over from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderSyntax {
    /// `${!Name}`, the escape of `Fn::Sub`.
    SubEscape,
    /// `$${Name}`, the escape of Terraform, Docker Compose and Make.
    DollarEscape,
    /// `\${Name}`, the escape of shells and of JavaScript.
    Backslash,
    /// `$(*)`, which AWS's page prints for `${*}`.
    PrintedWildcard,
    /// `${Token[…]}`, a value that the CDK fills in when it writes the template.
    CdkToken,
    /// `${{ … }}`, an expression of GitHub Actions.
    Workflow,
    /// `{{ … }}`, `{% … %}` and `{# … #}`
    Mustache,
    /// `[[ … ]]`, `__NAME__` and `<name>`, each only as a whole level.
    Token,
    /// `@{…}`
    At,
    /// `<%= … %>`
    Erb,
    /// `#{…}`
    Ruby,
    /// `%{…}`
    Percent,
    /// `%s`, `%(name)s`
    Printf,
    /// `%NAME%`
    Batch,
    /// `$(…)`
    Command,
    /// `$NAME`
    ShellVariable,
    /// `{name}`
    Braces,
    /// `[object Object]` and `undefined`, which JavaScript writes for a value that is not a text, and Python's `None`.
    Unset,
}

/// Something left over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The syntax that it belongs to.
    pub syntax: PlaceholderSyntax,
    /// Its range in bytes.
    pub range: Range<usize>,
    /// The policy variable that it was most likely meant to become.
    pub variable: Option<String>,
}

impl PlaceholderSyntax {
    /// A description in words.
    #[cold]
    pub fn what(self) -> &'static str {
        match self {
            PlaceholderSyntax::SubEscape => "an escape of CloudFormation's Fn::Sub",
            PlaceholderSyntax::DollarEscape => "an escape of Terraform, Docker Compose or Make",
            PlaceholderSyntax::Backslash => "an escape of a shell or of JavaScript",
            PlaceholderSyntax::PrintedWildcard => {
                "the form that AWS's page of policy variables prints for a literal wildcard"
            }
            PlaceholderSyntax::CdkToken => "a token of the AWS CDK",
            PlaceholderSyntax::Workflow => "an expression of GitHub Actions",
            PlaceholderSyntax::Mustache => "a placeholder of a template engine (Jinja, Helm, Handlebars)",
            PlaceholderSyntax::Token => "a placeholder of a tool that replaces tokens, or of a page",
            PlaceholderSyntax::At => "an expression of Azure Logic Apps or of a tool like it",
            PlaceholderSyntax::Erb => "a placeholder of ERB or EJS",
            PlaceholderSyntax::Ruby => "an interpolation of Ruby or of the Serverless Framework",
            PlaceholderSyntax::Percent => "an interpolation of Terraform or Ruby",
            PlaceholderSyntax::Printf => "a placeholder of printf",
            PlaceholderSyntax::Batch => "a variable of the Windows command line",
            PlaceholderSyntax::Command => "a substitution of a shell or of Make",
            PlaceholderSyntax::ShellVariable => "a variable of a shell",
            PlaceholderSyntax::Braces => "a placeholder of Python or .NET",
            PlaceholderSyntax::Unset => {
                "the text that JavaScript or Python writes for a value that is unset or not a string"
            }
        }
    }

    /// What to do about it.
    #[cold]
    pub fn help(self) -> &'static str {
        match self {
            PlaceholderSyntax::SubEscape => {
                "Only Fn::Sub removes the exclamation mark: outside it, write the variable itself."
            }
            PlaceholderSyntax::DollarEscape => {
                "Only the tool that reads the file removes the second dollar sign: write one."
            }
            PlaceholderSyntax::Backslash => {
                "Only the shell or JavaScript removes the backslash: write the variable itself."
            }
            PlaceholderSyntax::PrintedWildcard => "Write it with braces: ${*}, ${?}, ${$}.",
            PlaceholderSyntax::CdkToken => "Resolve the token first, for example with stack.toJsonString().",
            _ => "Fill it in first.",
        }
    }
}

/// How far the end of a leftover may be away. A longer text is not one.
const LONGEST: usize = 160;

/// Names after a dollar that belong to AWS IoT's and MQTT's own topics.
const TOPICS: [&str; 4] = ["aws", "share", "SYS", "next"];

/// Everything in a text that is left over, in order.
pub fn find(text: &str) -> Vec<Leftover> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let next = match bytes[at] {
            b'$' | b'{' | b'%' | b'#' | b'\\' | b'@' => read(text, at),
            b'<' => read(text, at).or_else(|| token(text, at)),
            b'_' => token(text, at),
            b'[' | b'u' | b'N' => {
                unset(bytes, at).map(|end| (Some(PlaceholderSyntax::Unset), end)).or_else(|| token(text, at))
            }
            _ => None,
        };
        match next {
            Some((syntax, end)) => {
                if let Some(syntax) = syntax {
                    found.push(Leftover { syntax, range: at..end, variable: variable(&text[at..end], syntax) });
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The first leftover of a text.
pub fn first(text: &str) -> Option<Leftover> {
    find(text).into_iter().next()
}

/// What begins at a byte, and its end: a leftover, or a policy variable, which is not a leftover.
fn read(text: &str, at: usize) -> Option<(Option<PlaceholderSyntax>, usize)> {
    let rest = &text[at..];
    let upto = |open: &str, close: &str| -> Option<usize> {
        let end = near(rest.strip_prefix(open)?, close).filter(|end| *end > 0)?;
        Some(at + open.len() + end + close.len())
    };
    let some = |syntax: PlaceholderSyntax, end: usize| Some((Some(syntax), end));
    match rest.as_bytes().get(..2)? {
        b"$$" => upto("$${", "}").and_then(|end| some(PlaceholderSyntax::DollarEscape, end)),
        b"\\$" => upto("\\${", "}").and_then(|end| some(PlaceholderSyntax::Backslash, end)),
        b"${" => match rest.as_bytes().get(2) {
            Some(b'{') => upto("${{", "}}").and_then(|end| some(PlaceholderSyntax::Workflow, end)),
            Some(b'!') => upto("${!", "}").and_then(|end| some(PlaceholderSyntax::SubEscape, end)),
            _ if rest.starts_with("${Token[") => {
                upto("${Token[", "}").and_then(|end| some(PlaceholderSyntax::CdkToken, end))
            }
            // A policy variable, or a finding of JITP110. Its content is not searched again.
            _ => upto("${", "}").map(|end| (None, end)),
        },
        b"$(" => match upto("$(", ")")? {
            end if matches!(&rest[2..end - at - 1], "*" | "?" | "$") => some(PlaceholderSyntax::PrintedWildcard, end),
            end => some(PlaceholderSyntax::Command, end),
        },
        b"{{" => {
            let mut end = upto("{{", "}}")?;
            // Handlebars has three braces, and an engine within another one four.
            let more = rest.bytes().take(6).take_while(|byte| *byte == b'{').count() - 2;
            end += text[end..].bytes().take(more).take_while(|byte| *byte == b'}').count();
            some(PlaceholderSyntax::Mustache, end)
        }
        b"{%" => upto("{%", "%}").and_then(|end| some(PlaceholderSyntax::Mustache, end)),
        b"{#" => upto("{#", "#}").and_then(|end| some(PlaceholderSyntax::Mustache, end)),
        b"@{" => upto("@{", "}").and_then(|end| some(PlaceholderSyntax::At, end)),
        b"<%" => upto("<%", "%>").and_then(|end| some(PlaceholderSyntax::Erb, end)),
        b"#{" => upto("#{", "}").and_then(|end| some(PlaceholderSyntax::Ruby, end)),
        b"%{" => upto("%{", "}").and_then(|end| some(PlaceholderSyntax::Percent, end)),
        [b'%', _] => percent(text, at).map(|(syntax, end)| (Some(syntax), end)),
        [b'{', _] => {
            let end = upto("{", "}")?;
            let inside = &rest[1..end - at - 1];
            let name = inside.strip_prefix("iot:").unwrap_or(inside);
            let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
            is_name.then_some((Some(PlaceholderSyntax::Braces), end))
        }
        [b'$', _] => {
            let end = word(text, at + 1);
            let name = &text[at + 1..end];
            let is_name = !name.is_empty() && !name.as_bytes()[0].is_ascii_digit();
            (is_name && !TOPICS.contains(&name)).then_some((Some(PlaceholderSyntax::ShellVariable), end))
        }
        _ => None,
    }
}

/// `%s`, `%(name)s`, `%1$s` and `%NAME%`; not `%2F`, and not the percent of `100%`.
fn percent(text: &str, at: usize) -> Option<(PlaceholderSyntax, usize)> {
    let rest = &text[at + 1..];
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = rest.as_bytes();
    let end = word(text, at + 1);
    if end > at + 1 && text[end..].starts_with('%') && !bytes[0].is_ascii_digit() && end - at < LONGEST {
        return Some((PlaceholderSyntax::Batch, end + 1));
    }
    if is_hex(bytes.first()) && is_hex(bytes.get(1)) {
        return None;
    }
    let digits = bytes.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let kind = if rest.starts_with('(') {
        near(rest, ")")? + 1
    } else if digits > 0 && bytes.get(digits) == Some(&b'$') {
        digits + 1
    } else {
        0
    };
    let after = bytes.get(kind + 1);
    let is_kind = matches!(bytes.get(kind), Some(b's' | b'd' | b'v' | b'i' | b'u' | b'q'));
    (is_kind && !after.is_some_and(u8::is_ascii_alphanumeric)).then_some((PlaceholderSyntax::Printf, at + 1 + kind + 1))
}

/// What a language writes for a value that was not set, and its end. Only a whole part of an ARN or a topic counts:
/// `topic/undefined-behaviour` is a name.
fn unset(bytes: &[u8], at: usize) -> Option<usize> {
    let word = ["[object Object]", "undefined", "None"].iter().find(|word| bytes[at..].starts_with(word.as_bytes()))?;
    let end = at + word.len();
    let is_edge = |byte: Option<&u8>| matches!(byte, None | Some(b'/' | b':'));
    let is_whole = is_edge(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_edge(bytes.get(end));
    (is_whole || word.starts_with('[')).then_some(end)
}

/// A placeholder in marks that a name may also have, and its end. Only a whole level counts.
fn token(text: &str, at: usize) -> Option<(Option<PlaceholderSyntax>, usize)> {
    if at.checked_sub(1).and_then(|before| text.as_bytes().get(before)) != Some(&b'/') {
        return None;
    }
    let (open, close) =
        [("<", ">"), ("[[", "]]"), ("__", "__")].into_iter().find(|(open, _)| text[at..].starts_with(open))?;
    let inside = &text[at + open.len()..];
    let length = near(inside, close).filter(|length| *length > 0)?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte);
    let end = at + open.len() + length + close.len();
    let is_level = matches!(text.as_bytes().get(end), None | Some(b'/'));
    (is_level && inside.bytes().take(length).all(is_name)).then_some((Some(PlaceholderSyntax::Token), end))
}

/// The next occurrence of a text, if it is near enough.
fn near(text: &str, close: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes[..bytes.len().min(LONGEST)].windows(close.len()).position(|window| window == close.as_bytes())
}

/// The end of the name that begins at a byte.
fn word(text: &str, at: usize) -> usize {
    let name = text[at..].bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    at + name.count()
}

/// The policy variable that was meant, if the leftover holds the name of one.
fn variable(text: &str, syntax: PlaceholderSyntax) -> Option<String> {
    if syntax == PlaceholderSyntax::PrintedWildcard {
        return Some(format!("${{{}}}", &text[2..3]));
    }
    let open = text.rfind(['{', '(', '!', '[', ' ', '=']).map_or(0, |open| open + 1);
    let name = match text.find("iot:").or_else(|| text.find("aws:")) {
        Some(start) => &text[start..],
        None => &text[open..],
    };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"_.:[]-".contains(c)).unwrap_or(name.len());
    let name = &name[..end];
    (name.starts_with("iot:") || name.starts_with("aws:")).then(|| format!("${{{name}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn syntaxes(text: &str) -> Vec<(PlaceholderSyntax, &str, Option<String>)> {
        find(text).into_iter().map(|found| (found.syntax, &text[found.range], found.variable)).collect()
    }

    #[test]
    fn leftovers_are_named_with_what_was_meant() {
        let client = || Some("${iot:ClientId}".to_owned());
        for (text, syntax, cut, variable) in [
            ("client/${!iot:ClientId}/x", PlaceholderSyntax::SubEscape, "${!iot:ClientId}", client()),
            ("client/$${iot:ClientId}", PlaceholderSyntax::DollarEscape, "$${iot:ClientId}", client()),
            ("client/\\${iot:ClientId}", PlaceholderSyntax::Backslash, "\\${iot:ClientId}", client()),
            ("topic/a$(*)b", PlaceholderSyntax::PrintedWildcard, "$(*)", Some("${*}".to_owned())),
            ("${Token[AWS.Region.4]}", PlaceholderSyntax::CdkToken, "${Token[AWS.Region.4]}", None),
            ("a/${{ env.THING }}", PlaceholderSyntax::Workflow, "${{ env.THING }}", None),
            ("a/{{ thing }}/b", PlaceholderSyntax::Mustache, "{{ thing }}", None),
            ("a/{{{thing}}}/b", PlaceholderSyntax::Mustache, "{{{thing}}}", None),
            ("a/{{{{thing}}}}/b", PlaceholderSyntax::Mustache, "{{{{thing}}}}", None),
            ("a/{% if x %}b", PlaceholderSyntax::Mustache, "{% if x %}", None),
            ("a/{# thing #}/b", PlaceholderSyntax::Mustache, "{# thing #}", None),
            ("a/@{thing}", PlaceholderSyntax::At, "@{thing}", None),
            ("client/<your-thing>", PlaceholderSyntax::Token, "<your-thing>", None),
            ("client/[[ .thing ]]", PlaceholderSyntax::Token, "[[ .thing ]]", None),
            ("topic/__THING__/a", PlaceholderSyntax::Token, "__THING__", None),
            ("a/{{iot:ClientId}}", PlaceholderSyntax::Mustache, "{{iot:ClientId}}", client()),
            ("a/<%= thing %>", PlaceholderSyntax::Erb, "<%= thing %>", None),
            ("arn:aws:iot:#{AWS::Region}:1", PlaceholderSyntax::Ruby, "#{AWS::Region}", None),
            ("a/%{thing}", PlaceholderSyntax::Percent, "%{thing}", None),
            ("a/%s/b", PlaceholderSyntax::Printf, "%s", None),
            ("a/%(thing)s", PlaceholderSyntax::Printf, "%(thing)s", None),
            ("a/%1$s", PlaceholderSyntax::Printf, "%1$s", None),
            ("a/%THING_NAME%/b", PlaceholderSyntax::Batch, "%THING_NAME%", None),
            ("a/$(hostname)", PlaceholderSyntax::Command, "$(hostname)", None),
            ("a/$(iot:ClientId)", PlaceholderSyntax::Command, "$(iot:ClientId)", client()),
            ("a/$THING/b", PlaceholderSyntax::ShellVariable, "$THING", None),
            ("a/{thing_name}", PlaceholderSyntax::Braces, "{thing_name}", None),
            ("a/{0}", PlaceholderSyntax::Braces, "{0}", None),
            ("a/{iot:ClientId}", PlaceholderSyntax::Braces, "{iot:ClientId}", client()),
            ("client/undefined", PlaceholderSyntax::Unset, "undefined", None),
            ("topic/None/data", PlaceholderSyntax::Unset, "None", None),
            ("topic/unit-[object Object]/data", PlaceholderSyntax::Unset, "[object Object]", None),
            (
                "${!iot:Connection.Thing.Attributes[plant]}",
                PlaceholderSyntax::SubEscape,
                "${!iot:Connection.Thing.Attributes[plant]}",
                Some("${iot:Connection.Thing.Attributes[plant]}".to_owned()),
            ),
        ] {
            assert_eq!(syntaxes(text), [(syntax, cut, variable)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_leftover_is_none() {
        for text in [
            "topic/$aws/things/${iot:Connection.Thing.ThingName}/shadow/*",
            "topicfilter/$share/group/a/#",
            "topicfilter/a/+/#",
            "topic/$aws/things/a/jobs/$next/get",
            "client/${iot:ClientId}",
            "topic/${*}/${?}/${$}",
            "topic/100%",
            "topic/a%2Fb%20c",
            "topic/50%off",
            "topic/a<b>c",
            "topic/<b>c/a__b__/__c",
            "topic/me@home/[[a/b]]",
            "topic/$",
            "topic/cost$5",
            "topic/{}",
            "topic/{not a name}",
            "topic/undefined-behaviour/Nones",
            "topic/[object]/none",
            "${AWS::Region}",
            "",
        ] {
            assert_eq!(syntaxes(text), [], "{text}");
        }
    }
}
