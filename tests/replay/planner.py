"""The built package, asked while the mock runs: plans, and accounts as it reads them."""

import json
import subprocess
from datetime import datetime
from pathlib import Path

from mock import ACCOUNT, REGION

# A fixed time, within the validity of the fixtures.
NOW = "2026-11-23T12:00:00Z"

# Outputs that say themselves what they are about, or are all that there is. Others are given as records.
SPEAKING = {
    "DescribeThing": "describe-thing",
    "DescribeCertificate": "describe-certificate",
    "DescribeCACertificate": "describe-ca-certificate",
    "DescribeThingType": "describe-thing-type",
    "DescribeThingGroup": "describe-thing-group",
    "DescribeBillingGroup": "describe-billing-group",
    "GetPolicy": "get-policy",
    "ListThings": "list-things",
    "ListCertificates": "list-certificates",
    "ListPolicies": "list-policies",
    "ListThingTypes": "list-thing-types",
    "ListThingGroups": "list-thing-groups",
    "ListBillingGroups": "list-billing-groups",
}


def text_of(value):
    """JSON as the AWS CLI prints it: dates as text."""
    return json.dumps(value, default=lambda it: it.isoformat() if isinstance(it, datetime) else str(it))


def as_records(records):
    """One text with all records."""
    return [text_of(records)]


def as_printed(records):
    """A text for each command, as it is printed; what does not say what it is about is wrapped as a record."""
    return [
        {"name": f"{SPEAKING[it['action']]}.json", "text": text_of(it["response"])} if it["action"] in SPEAKING else text_of(it)
        for it in records
    ]


class Planner:
    """One process of Node for all questions."""

    def __init__(self):
        program = Path(__file__).parent / "planner.mjs"
        self._node = subprocess.Popen(["node", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def stop(self):
        self._node.stdin.close()
        self._node.wait()
        self._node.stdout.close()

    def ask(self, question, **given):
        self._node.stdin.write(json.dumps({"ask": question, **given}) + "\n")
        self._node.stdin.flush()
        answer = self._node.stdout.readline()
        if not answer:
            raise RuntimeError(f"no answer to {question}: Node has ended")
        return json.loads(answer)

    def plan(self, case, account, topics=()):
        """The plan of a case in an account, and what the device may publish to."""
        options = {"region": REGION, "accountId": ACCOUNT, "now": NOW, "account": account}
        if case.parameters:
            options["parameters"] = case.parameters
        given = {"template": json.dumps(case.template), "certificate": case.pem, "flow": case.flow}
        answer = self.ask("plan", **given, options=options, topics=list(topics))
        return answer["plan"], answer["may"]

    def rows(self, case, bundle, account):
        """The verdicts of several devices, one after another, and the account that they leave."""
        options = {"region": REGION, "accountId": ACCOUNT, "now": NOW, "account": account}
        answer = self.ask("rows", template=json.dumps(case.template), bundle=bundle, flow=case.flow, options=options)
        return answer["verdicts"], answer["after"]

    def may(self, device, topics):
        """What a device may publish to that is described by what is attached to it."""
        return self.ask("may", device={"region": REGION, "accountId": ACCOUNT, **device}, topics=list(topics))

    def account(self, texts):
        """The account in jitp's own form, and the messages of findings."""
        report = self.ask("account", texts=texts)
        return report["account"], [it["message"] for it in report["diagnostics"]]
