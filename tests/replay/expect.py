"""What happens to each resource, worked out a second time: from the template, and from what was there before, by AWS's page of templates."""

import hashlib
import re

from changes import PARTS, difference, entries, principals

# The override of each part of a thing. The billing group has none.
OVERRIDES = {"thing-type": "ThingTypeName", "attributes": "AttributePayload", "thing-groups": "ThingGroups"}
MEMBERS = {"thing-type": "typeName", "attributes": "attributes", "thing-groups": "groups", "billing-group": "billingGroup"}
GROUPS, ATTRIBUTES, ATTRIBUTES_WITHOUT_TYPE = 10, 50, 3


class Expected:
    """The changes of one plan, each as step, kind, name, change, override and entries."""

    def __init__(self, case, plan, before):
        self.case, self.plan, self.before = case, plan, before
        self.changes = set()
        self.thing, self.identity = plan.get("thing"), plan["certificate"].get("certificateId")
        self.overrides = self._overrides("AWS::IoT::Thing")
        if self._certificate():
            return
        if self.thing:
            self._thing()
        self._policies()
        if self.thing:
            attached = any(it.endswith(f"cert/{self.identity}") for it in principals(self._old()))
            self._add(5, "principal", self.thing["name"], "unchanged" if attached else "created")

    def differences(self):
        told = {(it["step"], it["kind"], it["name"], it["change"], it.get("override"), entries(it)) for it in self.plan["account"]["changes"]}
        for one in sorted(told - self.changes, key=str):
            yield f"not so: {one}"
        for one in sorted(self.changes - told, key=str):
            yield f"not told: {one}"

    def _add(self, step, kind, name, change, override=None, differing=()):
        self.changes.add((step, kind, name, change, override, tuple(sorted(differing, key=str))))

    def _overrides(self, kind):
        resources = self.case.template["Resources"].values()
        return next((it.get("OverrideSettings", {}) for it in resources if it["Type"] == kind), {})

    def _old(self):
        return self.before["things"].get(self.thing["name"])

    def _certificate(self):
        """True if the certificate is registered, so that nothing else happens."""
        known = self.before["certificates"].get(self.identity)
        if self.case.flow == "jitp":
            word = "created" if known is None else "unchanged" if known["status"] == "ACTIVE" else "conflict"
            self._add(1, "certificate", self.identity, word)
            return word == "unchanged"
        resource = next(it for it in self.case.template["Resources"].values() if it["Type"] == "AWS::IoT::Certificate")
        wanted, setting = resource["Properties"]["Status"], self._overrides("AWS::IoT::Certificate").get("Status")
        had = known["status"]
        word = self._word(setting, had == wanted)
        if word == "unknown" and had == "PENDING_ACTIVATION" and setting is None:
            # A certificate that was just issued gets the status, as in AWS's examples.
            word = "replaced"
        self._add(2, "certificate", self.identity, word, setting, [("status", had, wanted)] if had != wanted else [])
        return False

    def _word(self, setting, same):
        """What a setting makes of something that exists. AWS documents no default, and not whether FAIL stops at what is equal."""
        if same:
            return "unknown" if setting == "FAIL" else "unchanged"
        return {"DO_NOTHING": "kept", "REPLACE": "replaced", "MERGE": "merged", "FAIL": "conflict", None: "unknown"}[setting]

    def _thing(self):
        name, old = self.thing["name"], self._old()
        needed = {kind: self._wanted(kind) for kind in MEMBERS}
        if old is None:
            self._add(2, "thing", name, "created")
        else:
            self._add(2, "thing", name, "unchanged")
            for kind in MEMBERS:
                needed[kind] = self._part(kind, old)
        if needed["thing-type"]:
            self._exists(2, "thing-type", needed["thing-type"], self.before["thingTypes"])
            if self.before["thingTypes"].get(needed["thing-type"], {}).get("deprecated"):
                self._add(2, "thing-type", needed["thing-type"], "missing")
        for group in needed["thing-groups"] or []:
            self._exists(2, "thing-groups", group, self.before["thingGroups"])
        if needed["billing-group"]:
            self._exists(2, "billing-group", needed["billing-group"], self.before["billingGroups"])

    def _wanted(self, kind):
        return self.thing.get(MEMBERS[kind])

    def _part(self, kind, old):
        """What happens to a part of a thing. Returns what must exist for it."""
        wanted, member = self._wanted(kind), PARTS[kind][0]
        if not wanted:
            return None
        setting = self.overrides.get(OVERRIDES.get(kind))
        result = wanted
        if setting == "MERGE":
            result = {**old[member], **wanted} if kind == "attributes" else [*old[member], *wanted]
        if kind == "attributes":
            # UpdateThing removes an attribute that gets an empty value.
            result = {name: value for name, value in result.items() if value}
        differing = difference(kind, old, {member: result})
        if kind == "billing-group":
            word = "unchanged" if not differing else "created" if old[member] is None else "unknown"
        else:
            word = self._word(setting, not differing)
        self._add(2, kind, self.thing["name"], word, setting, differing)
        count = len(set(result))
        if word == "merged" and kind == "attributes" and count > self._most_attributes(old):
            self._add(2, kind, self.thing["name"], "conflict")
        if word == "merged" and kind == "thing-groups" and count > GROUPS:
            self._add(2, kind, self.thing["name"], "conflict")
        if word not in ("replaced", "merged", "created"):
            return None
        return [group for group in wanted if group not in old[member]] if kind == "thing-groups" else wanted

    def _most_attributes(self, old):
        gets_type = self._wanted("thing-type") and self.overrides.get("ThingTypeName") == "REPLACE"
        return ATTRIBUTES if old["thingTypeName"] or gets_type else ATTRIBUTES_WITHOUT_TYPE

    def _exists(self, step, kind, name, known):
        self._add(step, kind, name, "unchanged" if name in known else "missing")

    def _policies(self):
        had = self.before["certificates"].get(self.identity, {}).get("policies", [])
        made = {}
        for policy in self.plan["policies"]:
            name, text = policy["name"], policy.get("document")
            if text is None:
                self._exists(3, "policy", name, self.before["policies"])
            else:
                found = [it for it, known in self.before["policies"].items() if known["policyDocument"] == text and re.fullmatch(r"[0-9a-f]{64}", it)]
                if found:
                    name = found[0]
                    self._add(3, "policy", name, "unchanged")
                else:
                    if text not in made:
                        made[text] = self._name(text, len(made))
                    name = made[text]
                    self._add(3, "policy", name, "created")
            self._add(4, "attachment", name, "unchanged" if name in had else "created")

    def _name(self, text, number):
        """The name of a policy that is made: a placeholder, if the plan does not get so far that the replay gives it one."""
        if self.plan["steps"][2]["outcome"] == "done":
            return hashlib.sha256(text.encode()).hexdigest()
        hashes = sum(1 for it in self.before["policies"] if re.fullmatch(r"[0-9a-f]{64}", it))
        count = hashes + 1 + number
        return "<hash of the document>" if count == 1 else f"<hash of the document {count}>"
