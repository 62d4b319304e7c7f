//! What a device asks for, and how.

use serde::Serialize;

/// The kinds of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// CONNECT.
    Connect,
    /// PUBLISH to a topic.
    Publish,
    /// SUBSCRIBE to a topic filter.
    Subscribe,
    /// A message on a topic is delivered to the device.
    Receive,
    /// A call over HTTPS.
    Call,
}

impl Verb {
    /// Each with its word.
    pub const ALL: [(Self, &'static str); 5] = [
        (Verb::Connect, "connect"),
        (Verb::Publish, "publish"),
        (Verb::Subscribe, "subscribe"),
        (Verb::Receive, "receive"),
        (Verb::Call, "call"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(verb, _)| *verb == self).map_or("", |(_, word)| word)
    }
}

/// One request of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRequest {
    /// What it does.
    pub verb: Verb,
    /// The topic, the topic filter, or the resource of a call: `thing/NAME`, `*`, or an ARN. Empty for a connection.
    pub on: String,
    /// The action of a call, for example `iot:GetThingShadow`. Empty otherwise.
    pub action: String,
    /// Whether a message is to be retained.
    pub retain: bool,
}

impl DeviceRequest {
    /// A request that is not a call.
    pub fn new(verb: Verb, on: impl Into<String>) -> Self {
        Self { verb, on: on.into(), action: String::new(), retain: false }
    }

    /// A call over HTTPS.
    pub fn call(action: impl Into<String>, on: impl Into<String>) -> Self {
        Self { verb: Verb::Call, on: on.into(), action: action.into(), retain: false }
    }

    /// The action that must be allowed, and another one that must be, too (page of action resources).
    pub fn actions(&self) -> (&str, Option<&'static str>) {
        const RETAIN: &str = "iot:RetainPublish";
        match self.verb {
            Verb::Connect => ("iot:Connect", None),
            Verb::Publish => ("iot:Publish", self.retain.then_some(RETAIN)),
            Verb::Subscribe => ("iot:Subscribe", None),
            Verb::Receive => ("iot:Receive", None),
            Verb::Call if self.action.eq_ignore_ascii_case(RETAIN) => ("iot:Publish", Some(RETAIN)),
            Verb::Call => (&self.action, None),
        }
    }
}

/// How a device speaks to AWS IoT.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// MQTT over TLS.
    #[default]
    Mqtt,
    /// MQTT over WebSocket.
    Wss,
    /// HTTPS.
    Https,
}

impl Transport {
    /// All of them, in the order in which JavaScript counts them.
    pub const ALL: [Self; 3] = [Transport::Mqtt, Transport::Wss, Transport::Https];
}

/// What is known of a request besides what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// The client ID. Default: the thing's name.
    pub client_id: Option<String>,
    /// The protocol. A call is always made over HTTPS.
    pub transport: Transport,
    /// Whether the session is a clean one. Otherwise it is persistent.
    pub clean_session: bool,
    /// The topic of the last will, if there is one.
    pub will_topic: Option<String>,
    /// The header `x-amzn-iot-thingname` of the call for credentials.
    pub thing_name_header: Option<String>,
    /// Other values that conditions ask for, by their key.
    pub values: Vec<(String, Vec<String>)>,
}

impl Default for RequestContext {
    fn default() -> Self {
        Self {
            client_id: None,
            transport: Transport::Mqtt,
            clean_session: true,
            will_topic: None,
            thing_name_header: None,
            values: Vec::new(),
        }
    }
}
