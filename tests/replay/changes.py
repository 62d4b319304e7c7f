"""What a plan says that changes, held to two readings of the account: before the plan and after it."""

# What is written, among the words of a change.
WRITTEN = {"created", "replaced", "merged"}

# The kinds that are parts of a thing, with the member of an account's thing and the name of the one entry.
PARTS = {
    "attributes": ("attributes", None),
    "thing-groups": ("thingGroups", None),
    "thing-type": ("thingTypeName", "type"),
    "billing-group": ("billingGroupName", "billing group"),
}


OVERRIDES = {"attributes": "AttributePayload", "thing-groups": "ThingGroups", "thing-type": "ThingTypeName"}


def pairs(kind, resource):
    """A part of a thing as values by names."""
    member, name = PARTS[kind]
    value = (resource or {}).get(member)
    if kind == "thing-groups":
        return {group: group for group in value or []}
    if kind == "attributes":
        return dict(value or {})
    return {} if value is None else {name: value}


def difference(kind, before, after):
    """What differs in a part of a thing: names with the value before and after."""
    old, new = pairs(kind, before), pairs(kind, after)
    names = sorted({*old, *new})
    return tuple((name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def entries(change):
    return tuple(sorted((it["name"], it.get("before"), it.get("after")) for it in change["entries"]))


def written(plan):
    """What the plan says that it writes, as far as it gets."""
    done = {step["number"] for step in plan["steps"] if step["outcome"] == "done"}
    for change in plan["account"]["changes"]:
        if change["step"] in done and change["change"] in WRITTEN:
            yield change["kind"], change["name"], entries(change)


def seen(plan, before, after):
    """The same, by what is there before and after."""
    for name, thing in after["things"].items():
        old = before["things"].get(name)
        if old is None:
            yield "thing", name, ()
        else:
            for kind in PARTS:
                if difference(kind, old, thing):
                    yield kind, name, difference(kind, old, thing)
        had = principals(old)
        for _ in principals(thing) - had:
            yield "principal", name, ()
    for name, certificate in after["certificates"].items():
        old = before["certificates"].get(name)
        if old is None:
            yield "certificate", name, ()
        elif old["status"] != certificate["status"]:
            yield "certificate", name, (("status", old["status"], certificate["status"]),)
        for policy in set(certificate["policies"]) - set((old or {}).get("policies", [])):
            yield "attachment", policy, ()
    for name in set(after["policies"]) - set(before["policies"]):
        yield "policy", name, ()


def principals(thing):
    return {it["principal"] for it in (thing or {}).get("principals", [])}


def made(plan, before, after):
    """Where what the plan says that it writes is not what was written, a sentence each."""
    told, found = list(written(plan)), list(seen(plan, before, after))
    for one in told:
        if one not in found:
            yield f"told, and not there: {one}"
        if told.count(one) > 1:
            yield f"told more than once: {one}"
    for one in found:
        if one not in told:
            yield f"there, and not told: {one}"


def contradicted(plan, before):
    """Where a change that writes nothing, or says what was there, contradicts what was there, a sentence each."""
    wanted = plan.get("thing") or {}
    for change in plan["account"]["changes"]:
        kind, name, word = change["kind"], change["name"], change["change"]
        thing = before["things"].get(name)
        is_part = kind in PARTS and name == wanted.get("name")
        if is_part and word == "conflict" and not change["entries"]:
            # The settings allow it, and what would result is more than AWS allows.
            if len({**pairs(kind, thing), **asked(kind, wanted)}) <= limit(kind, thing):
                yield f"{kind} are not too many"
        elif is_part:
            if change.get("override") != wanted["overrides"].get(OVERRIDES.get(kind)) and change["change"] != "created":
                yield f"{kind}: the override is {change.get('override')}"
            for entry, old, _ in entries(change):
                if pairs(kind, thing).get(entry) != old:
                    yield f"{kind}: {entry} was {pairs(kind, thing).get(entry)!r}, told {old!r}"
            if word == "unchanged" and not includes(pairs(kind, thing), asked(kind, wanted)):
                yield f"{kind} is unchanged, and was {pairs(kind, thing)}"
            if word in ("kept", "conflict", "replaced", "merged") and not change["entries"]:
                yield f"{kind} is {word}, and nothing differs"
            if word in ("kept", "conflict") and kind != "attributes" and not excludes(pairs(kind, thing), asked(kind, wanted)):
                yield f"{kind} is {word}, and was the template's"
        else:
            existed = exists(kind, name, plan, before)
            if existed is not None and existed != (word not in ("created", "missing")):
                yield f"{kind} {name} is {word}, and {'existed' if existed else 'did not exist'}"
        if kind == "certificate":
            for _, old, _ in entries(change):
                if before["certificates"][name]["status"] != old:
                    yield f"the certificate was {before['certificates'][name]['status']}, told {old}"


def asked(kind, wanted):
    """What the template asks of a part of a thing."""
    member = {"attributes": "attributes", "thing-groups": "groups", "thing-type": "typeName", "billing-group": "billingGroup"}[kind]
    return pairs(kind, {PARTS[kind][0]: wanted.get(member)})


def limit(kind, thing):
    """The quotas: groups of a thing, attributes of one with a type, and of one without."""
    if kind == "thing-groups":
        return 10
    return 50 if thing["thingTypeName"] else 3


def includes(had, wanted):
    return all(had.get(name) == value for name, value in wanted.items())


def excludes(had, wanted):
    return had != wanted


KINDS = {
    "thing": "things",
    "certificate": "certificates",
    "policy": "policies",
    "thing-type": "thingTypes",
    "thing-groups": "thingGroups",
    "billing-group": "billingGroups",
}


def exists(kind, name, plan, before):
    """Whether a resource existed before; for an attachment, whether that did. None if the mock does not say."""
    identity = plan["certificate"].get("id")
    if kind == "attachment":
        return name in before["certificates"].get(identity, {}).get("policies", [])
    if kind == "principal":
        return any(it.endswith(f"cert/{identity}") for it in principals(before["things"].get(name)))
    if kind == "thing-type" and before["thingTypes"].get(name, {}).get("deprecated"):
        return None
    return name in before[KINDS[kind]] if kind in KINDS else None
