"""Cases with something in the account already: a template, a certificate, and the calls that made what is there."""

import json
from dataclasses import dataclass, field

from cases import certificate_id, pem
from mock import ACCOUNT, REGION

THING, TYPE, GROUP, BILLING = "pump-1", "pump", "pumps", "water"
OTHER_TYPE, OTHER_GROUP, OTHER_BILLING = "valve", "valves", "gas"
ATTRIBUTES = {"site": "north", "line": "4"}

Call = tuple[str, dict]


@dataclass
class Case:
    """A device, a template, and what was called before."""

    name: str
    template: dict
    prior: list[Call] = field(default_factory=list)
    flow: str = "jitp"
    certificate: str = "full"
    parameters: dict = field(default_factory=dict)

    @property
    def pem(self):
        return pem(self.certificate)

    @property
    def identity(self):
        return certificate_id(self.pem)


def call(action, **request):
    return action, request


def arn(kind, name):
    return f"arn:aws:iot:{REGION}:{ACCOUNT}:{kind}/{name}"


def document(topic):
    """A policy that lets a device connect, and publish to one topic: so that an answer says which policies count."""
    publish = {"Effect": "Allow", "Action": "iot:Publish", "Resource": arn("topic", topic)}
    connect = {"Effect": "Allow", "Action": "iot:Connect", "Resource": arn("client", "*")}
    return json.dumps({"Version": "2012-10-17", "Statement": [connect, publish]})


def template(properties=None, overrides=None, policies=None, *, name=THING, status="ACTIVE", status_override=None):
    """A template for a thing with these properties and overrides; policies by their logical names."""
    thing = {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": name, **(properties or {})}}
    if overrides:
        thing["OverrideSettings"] = overrides
    certificate = {
        "Type": "AWS::IoT::Certificate",
        "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": status},
    }
    if status_override:
        certificate["OverrideSettings"] = {"Status": status_override}
    policies = {"own": {"PolicyDocument": document("own")}} if policies is None else policies
    resources = {name: {"Type": "AWS::IoT::Policy", "Properties": properties} for name, properties in policies.items()}
    used = [name for name in ("Id", "CommonName") if f"Certificate::{name}" in json.dumps([thing, certificate])]
    parameters = {f"AWS::IoT::Certificate::{name}": {"Type": "String"} for name in used}
    return {"Parameters": parameters, "Resources": {"thing": thing, "certificate": certificate, **resources}}


# What each test may need, so that nothing is missing by accident.
PREREQUISITES = [
    call("CreateThingType", thingTypeName=TYPE),
    call("CreateThingType", thingTypeName=OTHER_TYPE),
    call("CreateThingGroup", thingGroupName=GROUP),
    call("CreateThingGroup", thingGroupName=OTHER_GROUP),
    call("CreateBillingGroup", billingGroupName=BILLING),
    call("CreateBillingGroup", billingGroupName=OTHER_BILLING),
]


def thing(type_name=None, attributes=None, groups=(), billing=None, name=THING):
    """The calls that make a thing with these."""
    request = {"thingName": name}
    if type_name:
        request["thingTypeName"] = type_name
    if attributes:
        request["attributePayload"] = {"attributes": attributes}
    yield call("CreateThing", **request)
    for group in groups:
        yield call("AddThingToThingGroup", thingGroupName=group, thingName=name)
    if billing:
        yield call("AddThingToBillingGroup", billingGroupName=billing, thingName=name)


def registered(status, name="full", policies=(), things=()):
    """The calls that register a certificate; policies and things must exist before."""
    text = pem(name)
    identity = certificate_id(text)
    yield call("RegisterCertificateWithoutCA", certificatePem=text, status="ACTIVE")
    yield call("UpdateCertificate", certificateId=identity, newStatus=status)
    for policy in policies:
        yield call("AttachPolicy", policyName=policy, target=arn("cert", identity))
    for attached in things:
        yield call("AttachThingPrincipal", thingName=attached, principal=arn("cert", identity))
