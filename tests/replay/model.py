"""What AWS's service model of IoT says of a request: what botocore checks, and the patterns, words and lengths that it leaves to the service."""

import re

from botocore.loaders import Loader
from botocore.model import ServiceModel

SERVICE = ServiceModel(Loader().load_service_model("iot", "service-2"))


def violations(action, request):
    """What the model objects to in a request, a sentence each."""
    if action not in SERVICE.operation_names:
        yield f"{action} is not an action of the API"
        return
    shape = SERVICE.operation_model(action).input_shape
    yield from _violations(shape, request, action)


def _violations(shape, value, place):
    check = {"structure": _structure, "map": _map, "list": _list, "string": _string}.get(shape.type_name)
    if check is not None:
        yield from check(shape, value, place)


def _structure(shape, value, place):
    if not isinstance(value, dict):
        yield f"{place}: not an object"
        return
    for name in shape.required_members:
        if name not in value:
            yield f"{place}: {name} is missing"
    for name, member in value.items():
        if name in shape.members:
            yield from _violations(shape.members[name], member, f"{place}.{name}")
        else:
            yield f"{place}: the model does not have {name}"


def _map(shape, value, place):
    for name, member in value.items():
        yield from _violations(shape.key, name, f"{place}: key {name!r}")
        yield from _violations(shape.value, member, f"{place}.{name}")


def _list(shape, value, place):
    for number, member in enumerate(value):
        yield from _violations(shape.member, member, f"{place}[{number}]")


def _string(shape, value, place):
    if not isinstance(value, str):
        yield f"{place}: not a string"
        return
    limits = shape.metadata
    if shape.enum and value not in shape.enum:
        yield f"{place}: {value!r} is not one of {', '.join(shape.enum)}"
    if not limits.get("min", 0) <= len(value) <= limits.get("max", len(value)):
        yield f"{place}: {len(value)} characters, of {limits.get('min', 0)} to {limits.get('max')}"
    pattern = limits.get("pattern")
    # The patterns are Java's: \w is ASCII there, and \p{Graph} is what can be seen of ASCII.
    if pattern and not re.fullmatch(pattern.replace(r"\p{Graph}", "!-~"), value, re.ASCII | re.DOTALL):
        yield f"{place}: {value[:60]!r} does not match {pattern}"
