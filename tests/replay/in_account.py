"""A plan that was made with what the mock has: its calls are sent, and what is there then must be what the plan says is there.

The kinds of mismatches are those of `replay`, and:

- `read`: what the mock prints is not read as what it has, or not without a finding;
- `after`: the account that the plan leaves is not the mock's;
- `changes`: a change of the plan is not one of the mock, or one of the mock is not in the plan;
- `access`: the plan judges other policies than those that are attached.
"""

import json
import unittest

from changes import made
from expect import Expected
from mock import Mock
from planner import Planner, as_printed, as_records
from replay import Replay, contradictions, policy_name

PLACEHOLDER = "<hash of the document"


class InMock(unittest.TestCase):
    """Tests that share a mock, and a process that plans."""

    @classmethod
    def setUpClass(cls):
        cls.mock, cls.planner = Mock(), Planner()

    @classmethod
    def tearDownClass(cls):
        cls.mock.stop()
        cls.planner.stop()


def replayed(mock, planner, case):
    """The plan of a case, in an account in which what was before has been made."""
    mock.reset()
    for action, request in case.prior:
        mock.call(action, **request)
    return InAccount(mock, planner, case)


class InAccount(Replay):
    """One plan in the state that the mock is in."""

    def __init__(self, mock: Mock, planner: Planner, case, given=None):
        """`given`: the account that the plan is made with; what the mock has, if nothing is given."""
        self.mock, self.planner, self.source = mock, planner, case
        self.trouble, self.calls, self.names = [], 0, {}
        self.account_before = self.read()
        self.given = given
        # Policies let a device publish to the topic that is called as they are.
        self.topics = [*self.state["policies"], "own", "elsewhere"]
        self.plan, self.may = planner.plan(case, self.account_before if given is None else given, self.topics)

    def read(self):
        """The account of the mock, read by jitp: as records, and as outputs that are printed one by one."""
        self.state, self.arns, records = self.mock.state()
        account, findings = self.planner.account(as_records(records))
        printed, more = self.planner.account(as_printed(records))
        for sentence in findings + more:
            self.wrong("read", sentence)
        for sentence in differences(printed, account):
            self.wrong("read", f"printed: {sentence}")
        for sentence in differences(account, self.state_as_account()):
            self.wrong("read", sentence)
        return account

    def state_as_account(self):
        """What this reader of the mock found, in jitp's own form."""
        things = {
            name: {**it, "principals": [{"principal": one} for one in it["principals"]]} for name, it in self.state["things"].items()
        }
        # A dynamic group is described with its query; the mock has none.
        groups = {name: {**it, "dynamic": False} for name, it in self.state["thingGroups"].items()}
        return {**self.state, "things": things, "thingGroups": groups}

    def run(self):
        self.trouble += contradictions(self.plan)
        for step in self.plan["steps"]:
            if step["outcome"] == "done":
                for one in (step, *step["more"]):
                    self._send(step["number"], one)
        self._compare()
        return self.trouble

    def _send(self, number, one):
        if number == 1 and self.source.flow != "jitp":
            # The certificate was made, or registered, before: the case says how.
            return
        request = dict(one["request"])
        if one["action"] == "CreatePolicy" and request["policyName"].startswith(PLACEHOLDER):
            self.names[request["policyName"]] = policy_name(request["policyDocument"])
        if "policyName" in request:
            request["policyName"] = self.names.get(request["policyName"], request["policyName"])
        super()._send(number, {**one, "request": request})

    def named(self, value):
        """The plan's value with AWS's names of policies."""
        text = json.dumps(value)
        for placeholder, name in self.names.items():
            text = text.replace(json.dumps(placeholder)[1:-1], name)
        return json.loads(text)

    def _compare(self):
        self.account_after = self.read()
        self.compare()

    def compare(self):
        """Holds what the plan says to the two readings of the account."""
        told = self.plan["account"]
        after = self.named(told["after"])
        known = self.plan["verdict"] != "unknown"
        for sentence in differences(self.account_after, after, known):
            self.wrong("after", sentence)
        for sentence in Expected(self.source, self.named(self.plan), self.account_before).differences():
            self.wrong("changes", sentence)
        if known:
            for sentence in made(self.named(self.plan), self.account_before, self.account_after):
                self.wrong("changes", sentence)
        self._access()

    def _access(self):
        """The plan's device may do what a device may that has what is attached in the mock."""
        if self.plan["verdict"] in ("provisions", "registered"):
            wanted = self.planner.may(attached(self.account_after, self.source), self.topics)
            # A certificate that is not ACTIVE does not connect, whatever is attached to it.
            if self.account_after["certificates"][self.source.identity]["status"] == "ACTIVE" and self.may != wanted:
                self.wrong("access", f"{list(zip(self.topics, self.may))}, by what is attached {wanted}")
        elif "allowed" in self.may:
            self.wrong("access", f"it {self.plan['verdict']}, and may publish")


def attached(account, case):
    """What is attached to a device: policies of its certificate, its thing, and the policies of the groups above that."""
    certificate = account["certificates"][case.identity]
    device = {"certificate": case.pem, "policies": [named_policy(account, it) for it in certificate["policies"]]}
    for name, thing in account["things"].items():
        if any(it["principal"].endswith(f"cert/{case.identity}") for it in thing["principals"]):
            of_groups = {policy for group in above(account, thing["thingGroups"]) for policy in account["thingGroups"][group]["policies"]}
            kind = {"typeName": thing["thingTypeName"]} if thing["thingTypeName"] else {}
            device["thing"] = {"name": name, "attributes": thing["attributes"], **kind}
            device["groupPolicies"] = [named_policy(account, it) for it in sorted(of_groups)]
    return device


def named_policy(account, name):
    return {"name": name, "document": account["policies"][name]["policyDocument"]}


def above(account, groups):
    """Groups, and those above them."""
    for group in groups:
        yield group
        parent = account["thingGroups"][group]["parentGroupName"]
        yield from above(account, [parent] if parent else [])


# What an account says of itself, and not of a resource.
ITSELF = {"region", "accountId", "incomplete"}


def differences(found, told, known=True):
    """Where an account that is told differs from the one that was found. `known`: whether nothing that was found may be left open."""
    for kind in sorted({*found, *told} - ITSELF):
        if kind not in told:
            if known and found[kind]:
                yield f"{kind} are not told"
            continue
        complete = kind not in told.get("incomplete", [])
        for name in sorted({*found.get(kind, {}), *told[kind]}):
            yield from _resource(f"{kind} {name}", found.get(kind, {}).get(name), told[kind].get(name), name in told[kind], complete, known)


def _resource(what, found, told, is_told, complete, known):
    if found is None and told is not None:
        yield f"{what}: told, and not there"
    elif found is not None and told is None:
        if is_told or complete or known:
            yield f"{what}: there, and not told"
    elif found is not None:
        for member in sorted({*found, *told}):
            if member not in told:
                if known:
                    yield f"{what}: {member} is not told"
            elif member in found and plain(found[member]) != plain(told[member]):
                yield f"{what}: {member} is {found[member]!r}, told {told[member]!r}"


def plain(value):
    """A value without the order of lists. A principal is its ARN: the mock does not know the type of the attachment."""
    if isinstance(value, list):
        return sorted(it["principal"] if isinstance(it, dict) else it for it in value)
    return value
