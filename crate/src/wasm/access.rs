//! Devices that are asked what they may do. One answer must need little time: a request crosses as plain values, and only what is seldom
//! given crosses as an object.

use super::given::{Given, policies, texts};
use super::result::value;
use crate::access::{CompiledDevice, DescribedDevice, DeviceRequest, DeviceThing, RequestContext, Transport, Verb};
use crate::source::{Node, Value};
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A device, compiled once, to be asked any number of times.
#[wasm_bindgen]
pub struct Device(pub(super) CompiledDevice);

#[wasm_bindgen]
impl Device {
    /// A device that is described without a template. The option `subject` is used if there is not a certificate.
    #[wasm_bindgen(constructor)]
    pub fn new(certificate: Option<Vec<u8>>, options: &JsValue) -> Result<Self, JsValue> {
        let given = Given::read(options)?;
        let certificate = given.certificate(certificate);
        Ok(Self(CompiledDevice::of(DescribedDevice {
            policies: policies(given.get("policies")),
            group_policies: policies(given.get("groupPolicies")),
            unseen: given.names("unseenPolicies"),
            thing: given.get("thing").and_then(thing),
            certificate,
            region: given.text("region").map(Arc::from),
            account_id: given.text("accountId").map(Arc::from),
        })))
    }

    /// See [`CompiledDevice::can`]. Verb and protocol are positions in the lists of the core.
    #[expect(clippy::too_many_arguments, reason = "every member of an object needs a call")]
    pub fn can(
        &self,
        verb: usize,
        on: String,
        action: String,
        retain: bool,
        client_id: Option<String>,
        protocol: usize,
        more: &JsValue,
    ) -> Result<JsValue, JsValue> {
        value(&self.0.can(&request(verb, on, action, retain), &context(client_id, protocol, more)?))
    }

    /// See [`CompiledDevice::by_policy`].
    #[wasm_bindgen(js_name = canByPolicy)]
    #[expect(clippy::too_many_arguments, reason = "those of `can`")]
    pub fn can_by_policy(
        &self,
        verb: usize,
        on: String,
        action: String,
        retain: bool,
        client_id: Option<String>,
        protocol: usize,
        more: &JsValue,
    ) -> Result<JsValue, JsValue> {
        value(&self.0.by_policy(&request(verb, on, action, retain), &context(client_id, protocol, more)?))
    }

    /// See [`CompiledDevice::simulate`].
    pub fn simulate(
        &self,
        requests: &JsValue,
        client_id: Option<String>,
        protocol: usize,
        more: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let requests = Given::read(requests)?;
        let requests: Vec<DeviceRequest> = requests.list().iter().map(asked).collect();
        value(&self.0.simulate(&requests, &context(client_id, protocol, more)?))
    }
}

fn request(verb: usize, on: String, action: String, retain: bool) -> DeviceRequest {
    let verb = Verb::ALL.get(verb).map_or(Verb::Connect, |(verb, _)| *verb);
    DeviceRequest { verb, on, action, retain }
}

fn asked(node: &Node) -> DeviceRequest {
    let text = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
    let verb = match node.get("verb").map(|verb| &verb.value) {
        Some(Value::Number(verb)) => verb.parse().unwrap_or_default(),
        _ => 0,
    };
    request(verb, text("on"), text("action"), is_true(node, "retain"))
}

fn context(client_id: Option<String>, protocol: usize, more: &JsValue) -> Result<RequestContext, JsValue> {
    let transport = Transport::ALL.get(protocol).copied().unwrap_or_default();
    let context = RequestContext { client_id, transport, ..RequestContext::default() };
    if more.is_undefined() {
        return Ok(context);
    }
    let given = Given::read(more)?;
    let values = given.get("values").and_then(Node::as_object).unwrap_or_default().iter();
    Ok(RequestContext {
        clean_session: given.flag("cleanSession"),
        will_topic: given.text("willTopic"),
        thing_name_header: given.text("thingNameHeader"),
        values: values
            .map(|member| (member.key.to_string(), texts(Some(&member.value)).map(str::to_owned).collect()))
            .collect(),
        ..context
    })
}

fn thing(node: &Node) -> Option<DeviceThing> {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(Arc::from);
    let attributes = node.get("attributes").and_then(Node::as_object).unwrap_or_default().iter();
    Some(DeviceThing {
        name: text("name")?,
        type_name: text("typeName"),
        attributes: attributes
            .filter_map(|member| Some((member.key.as_str().into(), member.value.as_str()?.into())))
            .collect(),
        exclusive: is_true(node, "exclusive"),
        attached: is_true(node, "attached"),
    })
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|flag| matches!(flag.value, Value::Bool(true)))
}
