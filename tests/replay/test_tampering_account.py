"""The replay notices when what a plan says of an account is not what happens: every value is changed or absent, one at a time."""

import copy
import unittest

from in_account import InAccount, InMock, replayed
from prior import ATTRIBUTES, BILLING, GROUP, OTHER_GROUP, OTHER_TYPE, TYPE, Case, registered, template, thing
from test_present import FULL, NAMED, OWN
from test_tampering import leaves

# What a plan says in words: nothing on either side depends on it.
WORDS = {"sentence", "basis"}

PROPERTIES = {"AttributePayload": ATTRIBUTES, "ThingTypeName": TYPE, "ThingGroups": [GROUP], "BillingGroup": BILLING}
OVERRIDES = {"AttributePayload": "MERGE", "ThingTypeName": "REPLACE", "ThingGroups": "REPLACE"}
HAD = list(thing(OTHER_TYPE, {"site": "south", "shift": "2"}, ["desk", OTHER_GROUP]))

# Plans with every kind of change between them.
GOOD = {
    "existing": Case("existing", template(PROPERTIES, OVERRIDES, {**OWN, **NAMED}), [*FULL, *HAD]),
    "new": Case("new", template(PROPERTIES, {}, {**OWN, **NAMED}), FULL),
    "kept": Case("kept", template(PROPERTIES, dict.fromkeys(OVERRIDES, "DO_NOTHING")), [*FULL, *HAD]),
    "conflict": Case("conflict", template(PROPERTIES, dict.fromkeys(OVERRIDES, "FAIL")), [*FULL, *HAD]),
    "registered": Case("registered", template(PROPERTIES), [*FULL, *HAD, *registered("ACTIVE", policies=["kept"], things=["pump-1"])]),
    "fleet": Case(
        "fleet",
        template(PROPERTIES, OVERRIDES, NAMED, status_override="REPLACE"),
        [*FULL, *HAD, *registered("INACTIVE", policies=["kept"])],
        "fleet",
    ),
}


def at(value, path):
    for name in path:
        value = value[name]
    return value


def members(value, path=()):
    """The paths of all members of objects, and of all elements of lists."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in inner:
        if name not in WORDS:
            yield (*path, name)
            yield from members(member, (*path, name))


class Tampering(InMock):
    """Each good plan is replayed once; what it says is held to what was read then."""

    def setUp(self):
        self.maxDiff = None

    def notices(self, good, change):
        """Whether the comparison of a changed plan with the same readings finds something."""
        replay = copy.copy(good)
        replay.plan = copy.deepcopy(good.plan)
        replay.trouble = []
        change(replay.plan["account"])
        if replay.plan == good.plan:
            raise AssertionError("nothing was changed")
        try:
            replay.compare()
        except KeyError as error:
            # A member that every change has is absent.
            replay.wrong("plan", repr(error))
        return replay.trouble

    def every(self, name):
        good = replayed(self.mock, self.planner, GOOD[name])
        self.assertEqual(good.run(), [])
        told = good.plan["account"]
        count = 0
        for part in ("changes", "after"):
            for path in leaves(told[part], (part,)):
                if path[-1] not in WORDS and not is_free(path):
                    with self.subTest(name, changed=path):
                        self.assertTrue(self.notices(good, lambda account, path=path: rewrite(account, path)), at(told, path))
                        count += 1
            for path in members(told[part], (part,)):
                # An empty list says the same as none.
                if not is_free(path) and at(told, path) != []:
                    with self.subTest(name, absent=path):
                        self.assertTrue(self.notices(good, lambda account, path=path: at(account, path[:-1]).pop(path[-1])), at(told, path))
                        count += 1
        self.assertGreaterEqual(count, 60)

    def test_more_than_there_is(self):
        """What is added to a good plan is noticed, too."""
        good = replayed(self.mock, self.planner, GOOD["existing"])
        self.assertEqual(good.run(), [])
        name = good.plan["thing"]["name"]
        entry = {"name": "more", "after": "1"}
        ways = {
            "a thing": lambda account: account["after"]["things"].update(more={}),
            "an attribute": lambda account: account["after"]["things"][name]["attributes"].update(more="1"),
            "a group": lambda account: account["after"]["things"][name]["thingGroups"].append("hall"),
            "a policy": lambda account: account["after"]["policies"].update(more={"policyDocument": "{}"}),
            "a principal": lambda account: account["after"]["things"][name]["principals"].append({"principal": "arn"}),
            "a change twice": lambda account: account["changes"].append(account["changes"][-1]),
            "no changes": lambda account: account["changes"].clear(),
            "an unknown kind": lambda account: account["after"].pop("things"),
            "an incomplete kind": lambda account: (account["after"]["policies"].popitem(), account["after"].update(incomplete=["policies"])),
        }
        for change in good.plan["account"]["changes"]:
            if change["entries"]:
                number = good.plan["account"]["changes"].index(change)
                ways[f"an entry of {change['kind']}"] = lambda account, at=number: account["changes"][at]["entries"].append(entry)
        for way, change in ways.items():
            with self.subTest(way):
                self.assertTrue(self.notices(good, change))

    def test_another_access(self):
        """The answers about policies are noticed, each of them."""
        for name in ("existing", "registered"):
            good = replayed(self.mock, self.planner, GOOD[name])
            self.assertEqual(good.run(), [])
            for number, answer in enumerate(good.may):
                with self.subTest(name, topic=good.topics[number]):
                    replay = copy.copy(good)
                    replay.trouble, replay.may = [], list(good.may)
                    replay.may[number] = "denied" if answer == "allowed" else "allowed"
                    replay.compare()
                    self.assertEqual([kind for kind, _ in replay.trouble], ["access"])

    def test_another_account(self):
        """A plan that was made with another account does not come true."""
        for name in ("existing", "kept"):
            with self.subTest(name):
                new = replayed(self.mock, self.planner, GOOD["new"]).account_before
                self.mock.reset()
                for action, request in GOOD[name].prior:
                    self.mock.call(action, **request)
                self.assertNotEqual(InAccount(self.mock, self.planner, GOOD[name], new).run(), [])


def rewrite(account, path):
    at(account, path[:-1])[path[-1]] = f"{at(account, path)}x"


def is_free(path):
    """What the mock does not tell: the CA, which is only looked at, and how a certificate is attached to a thing; and where the account is."""
    return "thingPrincipalType" in path or path[1:2] in (("region",), ("accountId",))


for name in GOOD:
    setattr(Tampering, f"test_every_value_of_{name}", lambda self, name=name: self.every(name))


if __name__ == "__main__":
    unittest.main()
