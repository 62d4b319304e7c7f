"""The replay notices when a plan is not what happens: every value of a good plan is changed, one at a time, and some in ways of their own."""

import copy
import unittest

from cases import pem, printed
from mock import Mock
from test_plans import replayed

# The fixture with everything: type, groups, billing group, attributes, a policy by its name, one by its document.
GOOD = next(case for case in printed("fixtures") if case["name"] == "ok-everything × full")

# What a plan says in words or repeats from the template, with no effect on the account.
WORDS = {"title", "detail", "diagnostics", "dependsOn", "logicalName", "overrides", "description"}


def leaves(value, path=()):
    """The paths of all texts of a plan's part that say what happens."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in WORDS:
                yield from leaves(member, (*path, name))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from leaves(member, (*path, number))
    elif isinstance(value, str):
        yield path


def at(plan, path):
    for name in path:
        plan = plan[name]
    return plan


def changed(path):
    """Another text at a path, of the kind that was there as far as possible, so that no pattern notices it."""

    def change(plan):
        holder, name = at(plan, path[:-1]), path[-1]
        # What follows a certificate in PEM does not make it another one.
        holder[name] = pem("two-units") if name == "certificatePem" else f"{holder[name]}x"

    return change


def absent(path):
    def change(plan):
        holder = at(plan, path[:-1])
        del holder[path[-1]]

    return change


def swap(a, b):
    def change(plan):
        steps = plan["steps"]
        steps[a], steps[b] = steps[b], steps[a]

    return change


def renumbered(a, b):
    """Two steps in the wrong order, with the right numbers."""

    def change(plan):
        swap(a, b)(plan)
        for number, step in enumerate(plan["steps"], 1):
            step["number"] = number

    return change


def outcome(number, word):
    return lambda plan: plan["steps"][number - 1].update(outcome=word)


def requests_in_wrong_order(plan):
    step = plan["steps"][1]
    first = {name: step[name] for name in ("action", "request", "arn")}
    step.update(step["more"][0])
    step["more"][0] = first


def one_more(plan):
    plan["steps"][1]["more"].append({"action": "CreateThing", "request": {"thingName": "another"}})


def needless(plan):
    plan["preconditions"].append({"kind": "thing-group", "name": "needless", "arn": plan["preconditions"][0]["arn"]})


OWN_WAYS = {
    "the steps are swapped": swap(1, 4),
    "steps happen before those that they need": renumbered(2, 3),
    "the thing is attached before it exists": renumbered(1, 4),
    "requests of a step are in the wrong order": requests_in_wrong_order,
    "a request more": one_more,
    "something must exist that nothing uses": needless,
    "a precondition is absent": lambda plan: plan["preconditions"].pop(0),
    "nothing must exist": lambda plan: plan["preconditions"].clear(),
    "an attribute is absent": lambda plan: plan["thing"]["attributes"].popitem(),
    "an attribute more": lambda plan: plan["thing"]["attributes"].update(more="1"),
    "a request lacks an attribute": lambda plan: plan["steps"][1]["request"]["attributePayload"]["attributes"].popitem(),
    "a group is absent": lambda plan: plan["thing"]["groups"].pop(),
    "a request for a group is absent": lambda plan: plan["steps"][1]["more"].pop(0),
    "a policy is absent": lambda plan: plan["policies"].pop(),
    "the status is INACTIVE": lambda plan: plan.update(certificateStatus="INACTIVE"),
    "the request's status is INACTIVE": lambda plan: plan["steps"][5]["request"].update(newStatus="INACTIVE"),
    "the status is absent in the request": absent(("steps", 5, "request", "newStatus")),
    "the type is absent": absent(("thing", "typeName")),
    "the billing group is absent": absent(("thing", "billingGroup")),
    "the document is absent": lambda plan: [it.pop("document", None) for it in plan["policies"]],
    "a thing's name has a space": lambda plan: plan["steps"][1]["request"].update(thingName="a b"),
    "a member that the API does not have": lambda plan: plan["steps"][1]["request"].update(thingGroups=["g"]),
    "it fails": lambda plan: plan.update(verdict="fails", stoppedAt=3),
    "it stops": lambda plan: plan.update(stoppedAt=6),
    **{f"step {number} is skipped": outcome(number, "skipped") for number in range(1, 7)},
    **{f"step {number} failed": outcome(number, "failed") for number in range(1, 7)},
}


class Tampering(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock()

    @classmethod
    def tearDownClass(cls):
        cls.mock.stop()

    def test_the_plan_as_it_is(self):
        self.assertEqual(replayed(self.mock, GOOD), [])

    def notices(self, change):
        case = copy.deepcopy(GOOD)
        change(case["plan"])
        self.assertNotEqual(case["plan"], GOOD["plan"], "nothing was changed")
        try:
            trouble = replayed(self.mock, case)
        except (KeyError, ValueError) as error:
            trouble = [("refused", repr(error))]
        self.assertNotEqual(trouble, [])


def test_of(change):
    return lambda self: self.notices(change)


for name, change in OWN_WAYS.items():
    setattr(Tampering, f"test_{name}", test_of(change))

PARTS = ("verdict", "certificateStatus", "steps", "thing", "policies", "preconditions")
for path in leaves({part: GOOD["plan"][part] for part in PARTS}):
    setattr(Tampering, f"test_changed_{'.'.join(map(str, path))}", test_of(changed(path)))
