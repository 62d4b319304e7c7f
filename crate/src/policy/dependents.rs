//! Actions that are of no use without another one, and how to allow that too.

use super::actions::{Actions, TOPIC_FILTER};
use super::checks::Checker;
use super::document::{PolicyDocument, Statement};
use super::resource_arn;
use crate::check::quoted;
use crate::diagnostic::Edits;
use crate::source::{Node, SourceRange, quote};

/// At most this many subscriptions get choices, each with at most this many resources: more than fit into a document that
/// AWS accepts.
const MOST: usize = 64;

/// The choices of a statement that allows `iot:RetainPublish` alone. Either changes what the device may do.
#[cold]
pub fn offer_publish(statement: &Statement<'_>, node: &Node, text: &str) -> Vec<(&'static str, Edits)> {
    let publish = "\"iot:Publish\"";
    let too = if statement.actions.is_list() {
        (SourceRange { start: node.place.end, ..node.place }, format!(", {publish}"))
    } else {
        (node.place, format!("[{}, {publish}]", quoted(text)))
    };
    vec![("Allow iot:Publish too", vec![too]), ("Allow iot:Publish instead", vec![(node.place, publish.to_owned())])]
}

impl Checker<'_> {
    /// Adds to each subscription without `iot:Receive` the statements that would allow that.
    pub fn offer_receive(&mut self, document: &PolicyDocument<'_>) {
        if self.facts.allowed.has(Actions::RECEIVE) {
            return;
        }
        for index in 0..self.facts.dependents.len().min(MOST) {
            let dependent = &self.facts.dependents[index];
            let (place, needs) = (dependent.place, dependent.needs);
            // Statements are in the order of the text.
            let after = document.statements.partition_point(|statement| statement.place.start <= place.start);
            if let Some(statement) = after.checked_sub(1).and_then(|before| document.statements.get(before))
                && needs == Actions::RECEIVE
                && statement.resources.texts.len() <= MOST
            {
                self.facts.dependents[index].choices = self.receive(document, statement);
            }
        }
    }

    /// The choices of a statement that lets a device subscribe: the topics that its filters match, or all topics. Both only let
    /// it have the messages of its subscriptions.
    #[cold]
    fn receive(&self, document: &PolicyDocument<'_>, statement: &Statement<'_>) -> Vec<(&'static str, Edits)> {
        let (mut topics, mut all) = (Vec::new(), Vec::new());
        for (_, text) in &statement.resources.texts {
            match resource_arn::parse(text) {
                Ok(arn) if arn.types == TOPIC_FILTER && !arn.kind.is_empty() => {
                    let before = [&text[..arn.kind.start], "topic/"].concat();
                    let topic = quote(&[&before, topics_of(&text[arn.rest]).as_str()].concat());
                    let every = quote(&[&before, "*"].concat());
                    if !topics.contains(&topic) {
                        topics.push(topic);
                    }
                    if !all.contains(&every) {
                        all.push(every);
                    }
                }
                _ => {}
            }
        }
        if topics.is_empty() || statement.resources.open {
            return Vec::new();
        }
        let condition = statement.condition.map_or_else(String::new, |condition| {
            [", \"Condition\": ", self.context.sources.slice(condition.place)].concat()
        });
        let edits = |resources: &[String]| {
            let resource = match resources {
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            };
            let receive = format!(
                ", {{\"Effect\": \"Allow\", \"Action\": \"iot:Receive\", \"Resource\": {resource}{condition}}}"
            );
            let place = statement.place;
            let (front, back) = (SourceRange { end: place.start, ..place }, SourceRange { start: place.end, ..place });
            if document.is_list { vec![(back, receive)] } else { vec![(front, "[".to_owned()), (back, receive + "]")] }
        };
        let mut choices = vec![("Allow iot:Receive on the same topics", edits(&topics))];
        if topics != all {
            choices.push(("Allow iot:Receive on all topics", edits(&all)));
        }
        choices
    }
}

/// The topics that a filter matches, as a pattern of policies. A shared subscription gets the messages of its own filter.
fn topics_of(filter: &str) -> String {
    let own = filter.strip_prefix("$share/").and_then(|rest| rest.split_once('/')).map_or(filter, |(_, own)| own);
    let levels: Vec<&str> = own.split('/').map(|level| if matches!(level, "+" | "#") { "*" } else { level }).collect();
    levels.join("/")
}

#[cfg(test)]
mod tests {
    use super::topics_of;

    #[test]
    fn filters_have_topics() {
        for (filter, topics) in [
            ("line/+/down", "line/*/down"),
            ("line/#", "line/*"),
            ("line/a+b", "line/a+b"),
            ("$share/workers/line/#", "line/*"),
            (
                "$aws/things/${iot:Connection.Thing.ThingName}/shadow/*",
                "$aws/things/${iot:Connection.Thing.ThingName}/shadow/*",
            ),
        ] {
            assert_eq!(topics_of(filter), topics);
        }
    }
}
