"""The signature of a value of an `a{sv}`: the one it says, or what its Python type suggests."""

from collections.abc import Mapping

from backendd.api.signature import Plain, split

_SUGGESTED = {bool: "b", int: "x", str: "s", float: "d", bytes: "ay"}


class Variant:
    """A value of an `a{sv}` whose signature is not the one its Python type suggests."""

    __slots__ = ("signature", "value")

    def __init__(self, signature: str, value: Plain) -> None:
        self.signature = signature
        self.value = value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Variant):
            return NotImplemented
        return (self.signature, self.value) == (other.signature, other.value)

    __hash__ = None  # type: ignore[assignment]  # what it holds may change

    def __repr__(self) -> str:
        return f"Variant({self.signature!r}, {self.value!r})"


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
    if isinstance(value, Mapping):
        is_lists = value and all(_is_texts(item) for item in value.values())
        return "a{sas}" if is_lists else "a{sv}"
    if isinstance(value, tuple) and value:
        return "(" + "".join(map(_suggested, value)) + ")"
    if isinstance(value, list):
        return "a" + _suggested(value[0]) if value else "as"
    from backendd.api.records import Record  # who sends none needn't load them

    if isinstance(value, Record):
        return "a{sv}"
    raise TypeError(f"no D-Bus value: {type(value).__name__}")


def _is_texts(value: Plain) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
