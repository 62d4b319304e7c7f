"""Plans for things, certificates and policies that exist already: every override, with what is there equal, different, or absent."""

import itertools
import unittest

from in_account import InMock, replayed
from prior import ATTRIBUTES, BILLING, GROUP, OTHER_BILLING, OTHER_GROUP, OTHER_TYPE, PREREQUISITES, THING, TYPE, Case, template, thing

# A property: the template's member, and what a thing has before. `None`: the thing does not exist.
SETTINGS = (None, "DO_NOTHING", "REPLACE", "MERGE", "FAIL")
PROPERTIES = {
    "AttributePayload": (
        "attributes",
        ATTRIBUTES,
        {
            "none": {},
            "equal": {"attributes": ATTRIBUTES},
            "less": {"attributes": {"site": "north"}},
            "more": {"attributes": {**ATTRIBUTES, "shift": "2"}},
            "other": {"attributes": {"site": "south", "shift": "2"}},
        },
    ),
    "ThingTypeName": ("thing-type", TYPE, {"none": {}, "equal": {"type_name": TYPE}, "other": {"type_name": OTHER_TYPE}}),
    "ThingGroups": (
        "thing-groups",
        [GROUP],
        {
            "none": {},
            "equal": {"groups": [GROUP]},
            "more": {"groups": [OTHER_GROUP, GROUP]},
            "other": {"groups": [OTHER_GROUP]},
        },
    ),
}


def properties():
    """Every setting of each property, with every state that the property can be in."""
    for name, (_, wanted, states) in PROPERTIES.items():
        for setting in settings_of(name):
            overrides = {name: setting} if setting else {}
            made = template({name: wanted}, overrides)
            yield name, setting, "absent", Case(f"{name} {setting} absent", made, PREREQUISITES)
            for state, had in states.items():
                yield name, setting, state, Case(f"{name} {setting} {state}", made, [*PREREQUISITES, *thing(**had)])


def expected(state, setting):
    """The verdict and the change that AWS's page of provisioning templates leads to."""
    if state == "absent":
        return "provisions", None
    same = state == "equal" or (setting == "MERGE" and state == "more")
    if same:
        # Whether FAIL stops at equal values is not documented.
        return ("unknown", "unknown") if setting == "FAIL" else ("provisions", "unchanged")
    return {
        # AWS documents no default.
        None: ("unknown", "unknown"),
        "DO_NOTHING": ("provisions", "kept"),
        "REPLACE": ("provisions", "replaced"),
        "MERGE": ("provisions", "merged"),
        "FAIL": ("fails", "conflict"),
    }[setting]


def combinations():
    """All settings together, in things of which some properties are the template's."""
    wanted = {name: wanted for name, (_, wanted, _) in PROPERTIES.items()}
    things = {
        "all equal": {"attributes": ATTRIBUTES, "type_name": TYPE, "groups": [GROUP], "billing": BILLING},
        "all different": {"attributes": {"site": "south"}, "type_name": OTHER_TYPE, "groups": [OTHER_GROUP]},
        "attributes equal": {"attributes": ATTRIBUTES, "type_name": OTHER_TYPE, "groups": [OTHER_GROUP]},
    }
    for settings in itertools.product(*(settings_of(name) for name in PROPERTIES)):
        overrides = {name: setting for name, setting in zip(PROPERTIES, settings) if setting}
        made = template({**wanted, "BillingGroup": BILLING}, overrides)
        for state, had in things.items():
            yield Case(f"{overrides} {state}", made, [*PREREQUISITES, *thing(**had)])


def settings_of(name):
    return [setting for setting in SETTINGS if setting != "MERGE" or name != "ThingTypeName"]


def billing():
    """The billing group, which no setting is for."""
    states = {"none": {}, "equal": {"billing": BILLING}, "other": {"billing": OTHER_BILLING}}
    for properties in ({"BillingGroup": BILLING}, {}):
        for state, had in states.items():
            yield Case(f"billing group {properties} {state}", template(properties), [*PREREQUISITES, *thing(**had)])


def empty():
    """An attribute without a value, which UpdateThing removes."""
    for setting in SETTINGS:
        overrides = {"AttributePayload": setting} if setting else {}
        for state in ({"site": "south"}, {"line": "4"}, {"site": "south", "line": "4", "shift": "2"}):
            made = template({"AttributePayload": {"site": "", "line": "4"}}, overrides)
            yield Case(f"empty value {setting} {state}", made, [*PREREQUISITES, *thing(attributes=state)])


SINGLE = list(properties())
ALL = [case for _, _, _, case in SINGLE] + list(combinations()) + list(billing()) + list(empty())


class Prior(InMock):
    """A test for each case; they are added below."""


def test_of(case):
    def test(self):
        self.assertEqual(replayed(self.mock, self.planner, case).run(), [])

    return test


for number, case in enumerate(ALL):
    setattr(Prior, f"test_{number:04} {case.name}", test_of(case))


class Enough(unittest.TestCase):
    def test_all_overrides_and_states_are_there(self):
        self.assertGreaterEqual(len(ALL), 370)
        self.assertEqual(len(SINGLE), 71)
        self.assertEqual({setting for _, setting, _, _ in SINGLE}, set(SETTINGS))


class Documented(InMock):
    """Each setting alone does what the page says."""

    def test_each_setting(self):
        for name, setting, state, case in SINGLE:
            with self.subTest(case.name):
                plan = replayed(self.mock, self.planner, case).plan
                kind = PROPERTIES[name][0]
                changes = [it["change"] for it in plan["account"]["changes"] if (it["kind"], it["name"]) == (kind, THING)]
                self.assertEqual((plan["verdict"], changes[0] if changes else None), expected(state, setting))


if __name__ == "__main__":
    unittest.main()
