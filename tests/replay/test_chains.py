"""Devices one after another on one account: each plan is made with what the mock has then, and once more with what the plan before left."""

import json
import unittest

from in_account import InAccount, InMock, differences
from prior import ATTRIBUTES, GROUP, OTHER_GROUP, PREREQUISITES, Case, call, document, template, thing
from replay import policy_name

COMMON_NAME = {"Ref": "AWS::IoT::Certificate::CommonName"}
PUMP = {"Fn::Join": ["", ["pump-", COMMON_NAME]]}
DEVICES = ("full", "common-name", "rsa2048", "full")
# Nine groups, and those that the devices are added to by their names.
NINE = [f"g{number}" for number in range(9)]
MORE = ("sensor-0001", "sensor-0002")
TEN = [*PREREQUISITES, *(call("CreateThingGroup", thingGroupName=name) for name in (*NINE, *MORE))]
HASHED = call("CreatePolicy", policyName=policy_name(document("own")), policyDocument=document("own"))
WANTED = {"AttributePayload": {"by": {"Ref": "AWS::IoT::Certificate::Id"}, **ATTRIBUTES}, "ThingGroups": [GROUP]}


def overriding(setting):
    return dict.fromkeys(("AttributePayload", "ThingGroups"), setting)


# The template, what was before, the certificates in order, and the verdicts.
CHAINS = {
    "each its own thing": (template(WANTED, name=COMMON_NAME), PREREQUISITES, DEVICES[:2], "pp"),
    "one certificate twice": (template(WANTED, name=COMMON_NAME), PREREQUISITES, ("full", "full", "common-name", "full"), "prpr"),
    "one thing, REPLACE": (template(WANTED, overriding("REPLACE")), PREREQUISITES, DEVICES, "pppr"),
    "one thing, MERGE": (template(WANTED, overriding("MERGE")), [*PREREQUISITES, *thing(groups=[OTHER_GROUP])], DEVICES, "pppr"),
    "one thing, DO_NOTHING": (template(WANTED, overriding("DO_NOTHING")), PREREQUISITES, DEVICES, "pppr"),
    # The first device works, the next stays pending.
    "one thing, FAIL": (template(WANTED, {"AttributePayload": "FAIL"}), PREREQUISITES, DEVICES, "pffr"),
    "one thing with nothing that differs": (template({"ThingGroups": [GROUP]}), PREREQUISITES, DEVICES, "pppr"),
    "a document that exists": (template(name=COMMON_NAME), [*PREREQUISITES, HASHED], DEVICES[:2], "pp"),
    "documents of their own": (
        template(name=COMMON_NAME, policies={"own": {"PolicyDocument": {"Fn::Sub": document("${AWS::IoT::Certificate::CommonName}")}}}),
        PREREQUISITES,
        DEVICES[:2],
        "pp",
    ),
    "the tenth group and the eleventh": (
        template({"ThingGroups": [COMMON_NAME]}, {"ThingGroups": "MERGE"}),
        [*TEN, *thing(groups=NINE)],
        ("full", "common-name", "full"),
        "pfr",
    ),
    "the tenth group twice": (template({"ThingGroups": [MORE[0]]}, {"ThingGroups": "MERGE"}), [*TEN, *thing(groups=NINE)], DEVICES, "pppr"),
    "eleven groups replaced": (
        template({"ThingGroups": [COMMON_NAME]}, {"ThingGroups": "REPLACE"}),
        [*TEN, *thing(groups=NINE)],
        ("full", "common-name"),
        "pp",
    ),
    "a group that is missing": (template({"ThingGroups": [COMMON_NAME]}, name=PUMP), TEN[:-1], ("full", "common-name", "full"), "pfr"),
}
WORDS = {"p": "provisions", "r": "registered", "f": "fails", "u": "unknown"}


def with_hashes(account):
    """An account in which the policies that plans made have the names that the replay gives them."""
    text = json.dumps(account)
    for name, policy in account["policies"].items():
        if name.startswith("<"):
            text = text.replace(json.dumps(name), json.dumps(policy_name(policy["policyDocument"])))
    return json.loads(text)


class Chains(InMock):
    """A test for each chain; they are added below."""

    def chain(self, name):
        source, prior, devices, letters = CHAINS[name]
        self.mock.reset()
        for action, request in prior:
            self.mock.call(action, **request)
        cases = [Case(f"{name}: {device}", declared(source), prior, certificate=device) for device in devices]
        carried = first = None
        for case, letter in zip(cases, letters, strict=True):
            replay = InAccount(self.mock, self.planner, case)
            first = first or replay.account_before
            carried = carried or first
            chained, _ = self.planner.plan(case, carried)
            self.assertEqual((replay.plan["verdict"], chained["verdict"]), (WORDS[letter],) * 2, replay.plan["summary"])
            self.assertEqual(replay.run(), [], case.name)
            carried = chained["account"]["after"]
            self.assertEqual(list(differences(replay.account_after, with_hashes(carried))), [], case.name)
        verdicts, after = self.planner.rows(cases[0], "".join(case.pem for case in cases), first)
        self.assertEqual(verdicts, [WORDS[letter] for letter in letters])
        self.assertEqual(list(differences(replay.account_after, with_hashes(after))), [])


def declared(source):
    """The template with the parameter for names, if it uses it."""
    text = json.dumps(source)
    if "Certificate::CommonName" in text:
        source["Parameters"]["AWS::IoT::Certificate::CommonName"] = {"Type": "String"}
    return source


def test_of(name):
    return lambda self: self.chain(name)


for name in CHAINS:
    setattr(Chains, f"test_{name}", test_of(name))


class Enough(unittest.TestCase):
    def test_all_kinds_of_chains_are_there(self):
        self.assertGreaterEqual(sum(len(devices) for _, _, devices, _ in CHAINS.values()), 35)
        self.assertEqual({letter for *_, letters in CHAINS.values() for letter in letters}, {"p", "r", "f"})


if __name__ == "__main__":
    unittest.main()
