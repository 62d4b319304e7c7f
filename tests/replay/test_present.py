"""Plans for certificates, policies and groups that exist already, and for what must exist and is missing; in all flows."""

import unittest

from in_account import InAccount, InMock, differences, replayed
from prior import BILLING, GROUP, PREREQUISITES, THING, TYPE, Case, call, document, registered, template, thing
from replay import policy_name

STATUSES = ("ACTIVE", "INACTIVE", "PENDING_ACTIVATION", "REVOKED", "PENDING_TRANSFER", "REGISTER_INACTIVE")

# Policies of the account, each for the topic of its name; groups with one above them, and policies.
POLICIES = [call("CreatePolicy", policyName=name, policyDocument=document(name)) for name in ("kept", "named", "low", "high")]
GROUPS = [
    call("CreateThingGroup", thingGroupName="site"),
    call("CreateThingGroup", thingGroupName="hall", parentGroupName="site"),
    call("CreateThingGroup", thingGroupName="desk", parentGroupName="hall"),
    call("AttachPolicy", policyName="low", target="arn:aws:iot:us-east-1:123456789012:thinggroup/desk"),
    call("AttachPolicy", policyName="high", target="arn:aws:iot:us-east-1:123456789012:thinggroup/site"),
]
FULL = [*PREREQUISITES, *POLICIES, *GROUPS]
OWN = {"own": {"PolicyDocument": document("own")}}
NAMED = {"named": {"PolicyName": "named"}}


def certificates():
    """JITP for a certificate that is registered, and whatever is attached to it."""
    for status in STATUSES:
        verdict = "registered" if status == "ACTIVE" else "fails"
        for what, policies, things in (
            ("alone", [], []),
            ("with a policy", ["kept"], []),
            ("with all", ["kept", "named"], [THING]),
        ):
            prior = [*FULL, *thing(TYPE, {"site": "north"}, ["desk"]), *registered(status, policies=policies, things=things)]
            yield verdict, Case(f"{status} {what}", template({"ThingGroups": ["hall"]}), prior)


def other_flows():
    """The status of a certificate in the flows whose certificate exists before."""
    for flow in ("fleet", "register-thing"):
        for status in STATUSES[:3]:
            for setting in (None, "DO_NOTHING", "REPLACE", "FAIL"):
                for wanted in ("ACTIVE", "INACTIVE"):
                    verdict = "provisions"
                    if setting == "FAIL":
                        verdict = "unknown" if status == wanted else "fails"
                    elif setting is None and status not in (wanted, "PENDING_ACTIVATION"):
                        verdict = "unknown"
                    made = template({"ThingGroups": ["desk"]}, status=wanted, status_override=setting)
                    prior = [*FULL, *registered(status, policies=["kept"])]
                    yield verdict, Case(f"{flow} {status} {setting} {wanted}", made, prior, flow)
        for overrides, verdict in (({"AttributePayload": "MERGE"}, "provisions"), ({"AttributePayload": "FAIL"}, "fails"), ({}, "unknown")):
            prior = [*FULL, *thing(TYPE, {"site": "south"}, ["hall"]), *registered("PENDING_ACTIVATION")]
            yield verdict, Case(f"{flow} thing {overrides}", template({"AttributePayload": {"line": "4"}}, overrides), prior, flow)


def policies():
    """Policies that exist with the same document, under a hash or another name, attached already or not, and twice in a template."""
    hashed = call("CreatePolicy", policyName=policy_name(document("own")), policyDocument=document("own"))
    other = call("CreatePolicy", policyName="mine", policyDocument=document("own"))
    twice = {"own": {"PolicyDocument": document("own")}, "again": {"PolicyDocument": document("own")}}
    several = {**OWN, "two": {"PolicyDocument": document("elsewhere")}, **NAMED}
    for name, there in (("none", []), ("by its hash", [hashed]), ("by another name", [other]), ("both", [other, hashed])):
        for what, wanted in (("one", OWN), ("several", several), ("twice", twice), ("named", NAMED)):
            yield "provisions", Case(f"{what}, {name}", template(policies=wanted), [*FULL, *there])
            attached = [policy_name(document("own"))] if hashed in there else ["named"]
            prior = [*FULL, *there, *registered("PENDING_ACTIVATION", policies=attached)]
            yield "provisions", Case(f"fleet: {what}, {name}", template(policies=wanted), prior, "fleet")


def groups():
    """Policies of groups and of those above them, for a new thing and for one that exists."""
    for setting in (None, "REPLACE", "MERGE", "DO_NOTHING"):
        for group in ("desk", "hall", "site"):
            for had in (None, [], ["hall"], ["desk"]):
                made = template({"ThingGroups": [group]}, {"ThingGroups": setting} if setting else {}, {**OWN, **NAMED})
                prior = [*FULL, *([] if had is None else thing(groups=had))]
                verdict = "unknown" if setting is None and had is not None and had != [group] else "provisions"
                yield verdict, Case(f"groups {setting} {group} {had}", made, prior)


PROPERTIES = {"ThingTypeName": TYPE, "ThingGroups": [GROUP], "BillingGroup": BILLING}


def missing():
    """What must exist, and does not: for a new thing, and for one to which it is added."""
    deprecated = call("DeprecateThingType", thingTypeName=TYPE)
    makers = {"CreateThingType": TYPE, "CreateThingGroup": GROUP, "CreateBillingGroup": BILLING}
    override = {"ThingTypeName": "REPLACE", "ThingGroups": "REPLACE"}
    for had in ([], list(thing())):
        for maker, name in makers.items():
            prior = [it for it in FULL if it[0] != maker or name not in it[1].values()]
            yield 2, Case(f"{name} is missing, {len(had)}", template(PROPERTIES, override), [*prior, *had])
        yield 2, Case(f"deprecated, {len(had)}", template(PROPERTIES, override), [*FULL, deprecated, *had])
        for policy in ("named", "unnamed"):
            stop = None if policy == "named" else 3
            made = template(PROPERTIES, override, {**OWN, "it": {"PolicyName": policy}})
            yield stop, Case(f"{policy}, {len(had)}", made, [*FULL, *had])


def for_caller(case, key="CertificateId"):
    """RegisterThing has no parameter of AWS's own: its caller gives the certificate."""
    if case.flow != "register-thing":
        return case
    properties = case.template["Resources"]["certificate"]["Properties"]
    del properties["CertificateId"]
    properties[key] = {"Ref": "Given"}
    case.template["Parameters"] = {"Given": {"Type": "String"}}
    case.parameters = {"Given": case.identity if key == "CertificateId" else case.pem}
    return case


VERDICTS = [(verdict, for_caller(case)) for verdict, case in (*certificates(), *other_flows(), *policies(), *groups())]
MISSING = list(missing())


class Present(InMock):
    """A test for each case; they are added below."""


def test_of(verdict, case):
    def test(self):
        replay = replayed(self.mock, self.planner, case)
        self.assertEqual(replay.plan["verdict"], verdict, replay.plan["summary"])
        self.assertEqual(replay.run(), [])

    return test


for number, (verdict, case) in enumerate(VERDICTS):
    setattr(Present, f"test_{number:04} {case.name}", test_of(verdict, case))


class Missing(InMock):
    """A test for each case; they are added below."""


def missing_test(stop, case):
    def test(self):
        replay = replayed(self.mock, self.planner, case)
        self.assertEqual(replay.plan.get("stoppedAt"), stop, replay.plan["summary"])
        self.assertEqual(replay.run(), [])
        if stop:
            # The step that the plan stops at is one that the mock refuses.
            step = replay.plan["steps"][stop - 1]
            for one in (step, *step["more"]):
                replay._send(stop, one)
            self.assertEqual({kind for kind, _ in replay.trouble}, {"refused"})

    return test


for number, (stop, case) in enumerate(MISSING):
    setattr(Missing, f"test_{number:04} {case.name}", missing_test(stop, case))


class Enough(unittest.TestCase):
    def test_all_flows_and_verdicts_are_there(self):
        self.assertGreaterEqual(len(VERDICTS), 150)
        self.assertGreaterEqual(sum(case.flow != "jitp" for _, case in VERDICTS), 60)
        self.assertEqual({verdict for verdict, _ in VERDICTS}, {"provisions", "registered", "fails", "unknown"})
        self.assertGreaterEqual(len(MISSING), 12)


class Issued(InMock):
    """A certificate that AWS issues after the account was read is in the account that the plan leaves."""

    def test_issued_later(self):
        for flow in ("fleet", "register-thing"):
            with self.subTest(flow):
                made = for_caller(Case(flow, template({"ThingGroups": ["desk"]}), FULL, flow), "CertificatePem")
                earlier = replayed(self.mock, self.planner, made).account_before
                for action, request in registered("PENDING_ACTIVATION"):
                    self.mock.call(action, **request)
                later = replayed_now(self, made)
                after = later.named(self.planner.plan(made, earlier)[0]["account"]["after"])
                self.assertEqual(later.run(), [])
                self.assertEqual(list(differences(later.account_after, later.named(after))), [])


def replayed_now(test, case):
    return InAccount(test.mock, test.planner, case)


if __name__ == "__main__":
    unittest.main()
