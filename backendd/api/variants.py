"""The signature of a value of an `a{sv}`: the one it says, or what its Python type suggests."""

from collections.abc import Mapping

from backendd.api.records import Record
from backendd.api.signature import Plain, split
from backendd.api.values import Value

_SUGGESTED = {bool: "b", int: "x", str: "s", float: "d", bytes: "ay"}


class Variant(Value):
    """A value of an `a{sv}` whose signature is not the one its Python type suggests."""

    signature: str
    value: Plain


def typed(value: Plain) -> tuple[str, Plain]:
    """Return the signature of a value of an `a{sv}`, and the plain value; raises TypeError."""
    if isinstance(value, Variant):
        if len(split(value.signature)) != 1:
            raise TypeError(f"not one complete type: {value.signature}")
        return value.signature, value.value
    return _suggested(value), value


def _suggested(value: Plain) -> str:
    """Return the signature that the Python type of `value` suggests."""
    basic = _SUGGESTED.get(type(value))
    if basic is not None:
        return basic
    if isinstance(value, Record):
        return "a{sv}"
    if isinstance(value, Mapping):
        is_lists = value and all(_is_texts(item) for item in value.values())
        return "a{sas}" if is_lists else "a{sv}"
    if isinstance(value, tuple) and value:
        return "(" + "".join(map(_suggested, value)) + ")"
    if isinstance(value, list):
        return "a" + _suggested(value[0]) if value else "as"
    raise TypeError(f"no D-Bus value: {type(value).__name__}")


def _is_texts(value: Plain) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
