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
    """The entries of a change, apart from those that say that nothing differs."""
    found = ((it["name"], it.get("before"), it.get("after")) for it in change["entries"])
    return tuple(sorted((it for it in found if it[1] != it[2]), key=str))


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
