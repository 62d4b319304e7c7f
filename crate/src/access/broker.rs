//! What the message broker refuses, whatever the policies say (AWS IoT Core endpoints and quotas; the guide's page on topics; MQTT).

use super::request::{DeviceRequest, Verb};
use crate::check::quoted;
use crate::limits;

/// A sentence for each reason why the broker refuses a request.
pub fn refusals(request: &DeviceRequest, client_id: Option<&str>) -> Vec<String> {
    match request.verb {
        Verb::Connect => client_id.map_or_else(Vec::new, of_client),
        Verb::Call => Vec::new(),
        verb => of_topic(verb, &request.on),
    }
}

fn of_client(id: &str) -> Vec<String> {
    let mut found = Vec::new();
    if id.is_empty() {
        found.push("The client ID is empty.".to_owned());
    }
    if id.len() > limits::CLIENT_ID {
        found.push(format!("The client ID has {} bytes; AWS IoT accepts {}.", id.len(), limits::CLIENT_ID));
    }
    if id.starts_with('$') {
        found.push(format!("The client ID {} begins with $, which AWS IoT reserves.", quoted(id)));
    }
    found
}

fn of_topic(verb: Verb, topic: &str) -> Vec<String> {
    let what = if verb == Verb::Subscribe { "topic filter" } else { "topic" };
    let mut found = Vec::new();
    if topic.is_empty() {
        found.push(format!("The {what} is empty."));
    }
    // The rule's name and what is before it do not count (basic ingest).
    let counted =
        topic.strip_prefix("$aws/rules/").and_then(|rest| rest.split_once('/')).map_or(topic, |(_, rest)| rest);
    if counted.len() > limits::TOPIC {
        found.push(format!("The {what} has {} bytes; AWS IoT accepts {}.", counted.len(), limits::TOPIC));
    }
    let slashes = counted.matches('/').count();
    if slashes > limits::TOPIC_SLASHES {
        found.push(format!("The {what} has {slashes} slashes; AWS IoT accepts {}.", limits::TOPIC_SLASHES));
    }
    let levels = || topic.split('/');
    if verb != Verb::Subscribe {
        if topic.contains(['+', '#']) {
            found.push("A topic must not contain + or #, the wildcards of topic filters.".to_owned());
        }
    } else if levels().any(|level| level.len() > 1 && level.contains(['+', '#']))
        || levels().rev().skip(1).any(|level| level == "#")
    {
        found.push("In a topic filter + must be a whole level, and # must be the whole last level.".to_owned());
    }
    if topic.contains('\0') {
        found.push(format!("The {what} contains the character U+0000."));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(verb: Verb, on: &str) -> usize {
        refusals(&DeviceRequest::new(verb, on), Some(on)).len()
    }

    #[test]
    fn limits_of_the_broker_are_named() {
        let long = "a".repeat(129);
        for (verb, on) in [
            (Verb::Connect, "$device"),
            (Verb::Connect, &*long),
            (Verb::Connect, ""),
            (Verb::Publish, "a/b/c/d/e/f/g/h/i"),
            (Verb::Publish, "a/+/b"),
            (Verb::Publish, ""),
            (Verb::Subscribe, "a/b+"),
            (Verb::Subscribe, "a/#/b"),
        ] {
            assert_eq!(count(verb, on), 1, "{on}");
        }
        let ingest = ["$aws/rules/lamps/", &"a".repeat(256)].concat();
        for (verb, on) in [
            (Verb::Connect, &long[1..]),
            (Verb::Publish, "a/b/c/d/e/f/g/h"),
            (Verb::Publish, &*ingest),
            (Verb::Publish, "$aws/rules/lamps/a/b/c/d/e/f/g/h"),
            (Verb::Subscribe, "a/+/b/#"),
            (Verb::Subscribe, "#"),
            (Verb::Subscribe, "room*"),
        ] {
            assert_eq!(count(verb, on), 0, "{on}");
        }
        assert_eq!(refusals(&DeviceRequest::call("iot:GetThingShadow", "thing/x/y/+"), None), Vec::<String>::new());
    }
}
