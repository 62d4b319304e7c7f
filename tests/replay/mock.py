"""The mock of AWS IoT: what must be in it before a plan, and all that is in it afterwards.

moto differs from what AWS documents. What matters here (docs/fidelity.md has the list, too):

- RegisterCertificate takes PENDING_ACTIVATION. AWS keeps that status for itself, and makes this call itself.
- CreateKeysAndCertificate over MQTT makes a certificate with PENDING_ACTIVATION; moto has only the call over HTTPS, after which it is
  INACTIVE. UpdateCertificate of moto takes any status, so that the replay can set what AWS would have made.
- Provisioning templates are not in moto: their requests are held to the service model, and not sent.
- CreateThing for a name that exists replaces the thing. AWS answers ResourceAlreadyExistsException if the two differ.
- ThingPrincipalType is ignored, dynamic thing groups do not exist, and no quota is enforced (ten groups, three attributes without a type).
- DescribeCACertificate does not tell autoRegistrationStatus and certificateMode.
"""

import json

import boto3
from botocore import UNSIGNED, xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws

REGION, ACCOUNT = "us-east-1", "123456789012"

# A document for policies that must exist, of which the plan knows the name alone.
SOME_DOCUMENT = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}]})


class Mock:
    """One account and Region."""

    def __init__(self):
        # Without this moto hashes the text of a certificate, not the certificate.
        self._mock = mock_aws(config={"iot": {"use_valid_cert": True}})
        self._mock.start()
        self.iot = boto3.client("iot", region_name=REGION, config=Config(signature_version=UNSIGNED, retries={"max_attempts": 0}))

    def stop(self):
        self._mock.stop()

    def reset(self):
        self._mock.reset()

    def call(self, action, **request):
        """The answer to a call, by the action's name in the API."""
        answer = getattr(self.iot, xform_name(action))(**request)
        return {name: value for name, value in answer.items() if name != "ResponseMetadata" and value is not None}

    def make(self, preconditions):
        """Makes what a plan says must exist."""
        for needed in preconditions:
            kind, name = needed["kind"], needed["name"]
            if kind == "thing-type":
                self.iot.create_thing_type(thingTypeName=name)
            elif kind == "thing-group":
                self.iot.create_thing_group(thingGroupName=name)
            elif kind == "billing-group":
                self.iot.create_billing_group(billingGroupName=name)
            elif kind == "policy":
                self.iot.create_policy(policyName=name, policyDocument=SOME_DOCUMENT)
            else:
                raise ValueError(f"a precondition of an unknown kind: {kind}")

    def register_ca(self, pem, config):
        self.iot.register_ca_certificate(
            caCertificate=pem, certificateMode="SNI_ONLY", setAsActive=True, allowAutoRegistration=True, registrationConfig=config
        )

    def state(self):
        """All that the account has, and the ARNs, read as a user would: by the API."""
        return Reading(self).all()


class Reading:
    """Reads the account, and keeps every answer as a record of what was asked."""

    def __init__(self, mock):
        self.mock = mock
        self.records = []
        self.arns = {}

    def ask(self, action, **request):
        response = self.mock.call(action, **request)
        self.records.append({"action": action, "request": request, "response": response})
        return response

    def all(self):
        state = {
            "things": self._things(),
            "certificates": self._certificates(),
            "policies": {},
            "thingTypes": {},
            "thingGroups": {},
            "billingGroups": {},
        }
        for policy in self.ask("ListPolicies")["policies"]:
            found = self.ask("GetPolicy", policyName=policy["policyName"])
            self.arns["policy", policy["policyName"]] = found["policyArn"]
            state["policies"][policy["policyName"]] = {"policyDocument": found["policyDocument"]}
        for kind in self.ask("ListThingTypes")["thingTypes"]:
            found = self.ask("DescribeThingType", thingTypeName=kind["thingTypeName"])
            self.arns["thing-type", kind["thingTypeName"]] = found["thingTypeArn"]
            state["thingTypes"][kind["thingTypeName"]] = {"deprecated": found["thingTypeMetadata"]["deprecated"]}
        for group in self.ask("ListThingGroups")["thingGroups"]:
            found = self.ask("DescribeThingGroup", thingGroupName=group["groupName"])
            arn = self.arns["thing-group", group["groupName"]] = found["thingGroupArn"]
            state["thingGroups"][group["groupName"]] = {
                "policies": self._attached(arn),
                "parentGroupName": found["thingGroupMetadata"].get("parentGroupName"),
            }
        for group in self.ask("ListBillingGroups")["billingGroups"]:
            found = self.ask("DescribeBillingGroup", billingGroupName=group["groupName"])
            self.arns["billing-group", group["groupName"]] = found["billingGroupArn"]
            state["billingGroups"][group["groupName"]] = {}
        return state, self.arns, self.records

    def _attached(self, target):
        return sorted(it["policyName"] for it in self.ask("ListAttachedPolicies", target=target)["policies"])

    def _things(self):
        things = {}
        for listed in self.ask("ListThings")["things"]:
            name = listed["thingName"]
            thing = self.ask("DescribeThing", thingName=name)
            self.arns["thing", name] = thing["thingArn"]
            groups = self.ask("ListThingGroupsForThing", thingName=name)["thingGroups"]
            things[name] = {
                "thingTypeName": thing.get("thingTypeName"),
                "attributes": thing.get("attributes", {}),
                "thingGroups": sorted(it["groupName"] for it in groups),
                "billingGroupName": thing.get("billingGroupName"),
                "principals": sorted(self.ask("ListThingPrincipals", thingName=name)["principals"]),
            }
        return things

    def _certificates(self):
        certificates = {}
        for listed in self.ask("ListCertificates")["certificates"]:
            found = self.ask("DescribeCertificate", certificateId=listed["certificateId"])["certificateDescription"]
            self.arns["certificate", found["certificateId"]] = found["certificateArn"]
            certificates[found["certificateId"]] = {"status": found["status"], "policies": self._attached(found["certificateArn"])}
        return certificates


def refusal(error):
    """What the mock says when it refuses, or what botocore says before it sends."""
    if isinstance(error, ClientError):
        return f"{error.response['Error']['Code']}: {error.response['Error'].get('Message', '')}"
    return str(error)
