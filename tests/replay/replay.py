"""Sends what a plan says that JITP sends, and holds what is there afterwards to what the plan promised.

A mismatch is a kind and a sentence. The kinds:

- `plan`: the plan contradicts itself;
- `model`: the service model forbids a request;
- `refused`: botocore or the mock refuses a request;
- `arn`: an ARN in the plan is not the resource's;
- `state`: the account has something else than the plan says, or something more.
"""

import copy
import hashlib
import json

from botocore.exceptions import BotoCoreError, ClientError

from mock import refusal
from model import violations

HASHED = "<hash of the document>"
CERTIFICATE = "<certificate ID>"
# In a register-thing or fleet plan these make the certificate, or get it from the device.
ISSUED = {"CreateKeysAndCertificate", "CreateCertificateFromCsr"}


def policy_name(document):
    """AWS says that the name is a hash of the document, not which. The replay takes one of AWS's length."""
    return hashlib.sha256(document.encode()).hexdigest()


def named(name, document):
    return policy_name(document) if name == HASHED and document is not None else name


class Replay:
    """One plan against the mock, in the state that the mock is in."""

    def __init__(self, mock, case):
        self.mock = mock
        self.case = case
        self.plan = copy.deepcopy(case["plan"])
        self.trouble = []
        self.calls = 0

    def wrong(self, kind, sentence):
        self.trouble.append((kind, sentence))

    def done(self, number):
        return self.plan["steps"][number - 1]["outcome"] == "done"

    def run(self):
        """All mismatches."""
        self.trouble += contradictions(self.plan)
        self._get_certificate()
        self.before, _, _ = self.mock.state()
        for step in self.plan["steps"]:
            if step["outcome"] == "done":
                for call in (step, *step["more"]):
                    self._send(step["number"], call)
        self._compare()
        return self.trouble

    def _get_certificate(self):
        """In the flows without a device's certificate, gets one, and puts its ID into the plan."""
        first = self.plan["steps"][0]
        if self.case["flow"] == "jitp":
            return
        if first["outcome"] == "done" and first["action"] == "CreateCertificateFromCsr":
            first["request"] = {"certificateSigningRequest": self.case["csr"]}
        if first["outcome"] == "done" and first["action"] == "RegisterCertificate" and not first["request"]:
            # RegisterThing registers the certificate that its caller gives. AWS does not say with which status; the plan says this one.
            first["request"] = {"certificatePem": self.case["callers"], "status": "PENDING_ACTIVATION"}
        if first["outcome"] == "done" and first["action"] in ISSUED:
            action, request = first["action"], first["request"]
        else:
            action, request = "CreateKeysAndCertificate", {}
        made = {}
        if first["action"] in ISSUED or first["outcome"] != "done":
            self._check(1, action, request)
            made = self.mock.call(action, **request)
            self.mock.call("UpdateCertificate", certificateId=made["certificateId"], newStatus="PENDING_ACTIVATION")
            first["more"], first["made"] = [], True
        identity = made.get("certificateId") or self.case["callersId"]
        self.plan = json.loads(json.dumps(self.plan).replace(CERTIFICATE, identity))
        self.plan["certificate"]["certificateId"] = identity

    def _check(self, number, action, request):
        for sentence in violations(action, request):
            self.wrong("model", f"step {number}: {sentence}")

    def _send(self, number, call):
        action, request = call["action"], dict(call["request"])
        if call.get("made"):
            return
        if request.get("policyName") == HASHED:
            document = request.get("policyDocument") or self._next_document()
            request["policyName"] = named(HASHED, document)
        self._check(number, action, request)
        self.calls += 1
        try:
            answer = self.mock.call(action, **request)
        except (ClientError, BotoCoreError, AttributeError, TypeError) as error:
            self.wrong("refused", f"step {number}: {action}: {refusal(error)}")
            return
        if number == 1 and answer["certificateId"] != self.plan["certificate"]["certificateId"]:
            self.wrong("state", f"step 1: the certificate's ID is {answer['certificateId']}")

    def _next_document(self):
        """Policies are attached in the plan's order, so that each `<hash of the document>` is the next one's."""
        if not hasattr(self, "_documents"):
            self._documents = iter([it["document"] for it in self.plan["policies"] if it["name"] == HASHED])
        return next(self._documents, "")

    def _compare(self):
        wanted = self.expected()
        found, arns, _ = self.mock.state()
        for sentence in differences(found, wanted):
            self.wrong("state", sentence)
        for what, name, arn in self._arns():
            if arns.get((what, name)) != arn:
                self.wrong("arn", f"{what} {name}: {arn} in the plan, {arns.get((what, name))} in the account")

    def expected(self):
        """The account afterwards, by the plan's members; its requests play no part."""
        plan, state = self.plan, copy.deepcopy(self.before)
        identity, thing = plan["certificate"].get("certificateId"), plan.get("thing")
        if self.done(1):
            state["certificates"].setdefault(identity, {"status": "PENDING_ACTIVATION", "policies": []})
        if identity in state["certificates"] and "certificateStatus" in plan:
            state["certificates"][identity]["status"] = plan["certificateStatus"]
        if self.done(2):
            state["things"][thing["name"]] = {
                "thingTypeName": thing.get("typeName"),
                "attributes": thing["attributes"],
                "thingGroups": sorted(thing["groups"]),
                "billingGroupName": thing.get("billingGroup"),
                "principals": [],
            }
        if self.done(3):
            for policy in plan["policies"]:
                if "document" in policy:
                    state["policies"][named(policy["name"], policy["document"])] = {"policyDocument": policy["document"]}
        if self.done(4):
            names = {named(it["name"], it.get("document")) for it in plan["policies"]}
            state["certificates"][identity]["policies"] = sorted(names)
        if self.done(5):
            state["things"][thing["name"]]["principals"] = [certificate_arn(plan)]
        return state

    def _arns(self):
        """Every ARN that the plan names of something that exists by then: the kind, the name, the ARN."""
        plan = self.plan
        for needed in plan["preconditions"]:
            yield needed["kind"], needed["name"], needed["arn"]
        if self.done(2):
            yield "thing", plan["thing"]["name"], plan["thing"]["arn"]
        for policy in plan["policies"] if self.done(3) else []:
            name = named(policy["name"], policy.get("document"))
            yield "policy", name, policy["arn"].replace(HASHED, name)
        for step in plan["steps"]:
            for call in (step, *step["more"]) if step["outcome"] == "done" else []:
                if call.get("arn"):
                    yield (*self._subject(call), call["arn"].replace(HASHED, named(HASHED, call["request"].get("policyDocument"))))

    def _subject(self, call):
        request, action = call["request"], call["action"]
        if action == "AddThingToThingGroup":
            return "thing-group", request.get("thingGroupName")
        if action == "AddThingToBillingGroup":
            return "billing-group", request.get("billingGroupName")
        if "Policy" in action:
            return "policy", named(request.get("policyName"), request.get("policyDocument"))
        if "Certificate" in action or action in ISSUED:
            return "certificate", self.plan["certificate"].get("certificateId")
        return "thing", request.get("thingName")


def certificate_arn(plan):
    return f"{plan['thing']['arn'].split(':thing/')[0]}:cert/{plan['certificate'].get('certificateId')}"


def contradictions(plan):
    """What a plan says twice must be the same twice."""
    steps = plan["steps"]
    done = {step["number"] for step in steps if step["outcome"] == "done"}
    calls = [call for step in steps if step["outcome"] == "done" for call in (step, *step["more"])]
    if [step["number"] for step in steps] != [1, 2, 3, 4, 5, 6]:
        yield "plan", f"its steps are {[step['number'] for step in steps]}"
    for step in steps:
        for needed in step["dependsOn"] if step["number"] in done else []:
            if steps[needed - 1]["outcome"] in ("failed", "unknown"):
                yield "plan", f"step {step['number']} is done without step {needed}"
    if plan["verdict"] == "registered":
        if "account" not in plan or any(step["outcome"] != "skipped" for step in steps):
            yield "plan", "the certificate is registered, and something happens"
    elif plan["verdict"] not in ("provisions", "fails", "unknown"):
        yield "plan", f"its verdict is {plan['verdict']}"
    stopped = plan.get("stoppedAt")
    if (plan["verdict"] == "fails") != (stopped is not None):
        yield "plan", f"it {plan['verdict']}, and stops at step {stopped}"
    if stopped is not None and max(done, default=0) >= stopped:
        yield "plan", f"it stops at step {stopped}, and step {max(done)} is done"
    if plan["verdict"] == "fails" and plan.get("certificateStatus") not in (None, "PENDING_ACTIVATION"):
        yield "plan", f"it fails, and the certificate is {plan['certificateStatus']}"
    if plan["verdict"] == "provisions":
        if any(step["outcome"] not in ("done", "skipped") for step in steps):
            yield "plan", "it provisions, and not all steps are done"
        for number, what in ((2, "thing"), (3, "policies"), (4, "policies"), (5, "thing")):
            if plan.get(what) and number not in done:
                yield "plan", f"it provisions, and step {number} is not done"
        yield from _needless(plan, calls)


def _needless(plan, calls):
    """What must exist is used, and once."""
    used = set()
    for call in calls:
        request = call["request"]
        used |= {
            ("thing-type", request.get("thingTypeName")),
            ("thing-group", request.get("thingGroupName")),
            ("billing-group", request.get("billingGroupName")),
            ("policy", request.get("policyName")),
        }
    thing = plan.get("thing") or {}
    for change in plan.get("account", {}).get("changes", []):
        # Nothing is asked for what the thing has already, or keeps in place of it.
        if change["name"] == thing.get("name") and change["change"] in ("unchanged", "kept", "merged", "replaced"):
            kept = {
                "thing-type": [thing.get("typeName")],
                "thing-groups": thing.get("groups", []),
                "billing-group": [thing.get("billingGroup")],
            }
            used |= {(change["kind"].removesuffix("s"), name) for name in kept.get(change["kind"], [])}
    names = [(needed["kind"], needed["name"]) for needed in plan["preconditions"]]
    for needed in names:
        if needed not in used:
            yield "plan", f"nothing uses the {needed[0]} {needed[1]} that must exist"
    if len(set(names)) < len(names):
        yield "plan", "it names something that must exist twice"


def differences(found, wanted, place=""):
    """Where two states differ, a sentence each."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in sorted({*found, *wanted}, key=str):
            if name not in wanted:
                yield f"{place}{name}: in the account, not in the plan"
            elif name not in found:
                yield f"{place}{name}: in the plan, not in the account"
            else:
                yield from differences(found[name], wanted[name], f"{place}{name}: ")
    elif found != wanted:
        yield f"{place}{found!r} in the account, {wanted!r} in the plan"
