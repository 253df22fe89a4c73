"""What a value of a form has to be (XEP-0122), for who asks for it and for who sends it.

A regular expression (3.2.5) is left to who wrote it: one from outside could keep a process busy for
ever.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from backendd.api.tuples import NamedTuple

Kind = Literal["whole", "number", "date", "time", "time of day"]

_INTEGERS = (
    "byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger",
    "nonPositiveInteger", "positiveInteger", "short", "unsignedByte", "unsignedInt",
    "unsignedLong", "unsignedShort",
)  # fmt: skip


class Misfit(NamedTuple):
    """That a value is not of its kind, or else not between the least and the most there may be."""

    kind: Kind
    is_of_kind: bool


def misfit(value: str, datatype: str, least: str = "", most: str = "") -> Misfit | None:
    """Return why a value can't be given; None if it can."""
    if datatype not in _READ:
        return None
    read, kind = _READ[datatype]
    found = _reading(read, value)
    if found is None:
        return Misfit(kind, is_of_kind=False)
    if _is_between(found, _reading(read, least), _reading(read, most)):
        return None
    return Misfit(kind, is_of_kind=True)


def refuse(value: str, datatype: str, least: str = "", most: str = "") -> str:
    """Return the sentence that says so; empty if it can."""
    wrong = misfit(value, datatype, least, most)
    if wrong is None:
        return ""
    what, how = _WORDS[wrong.kind]
    if not wrong.is_of_kind:
        return f"it has to be {how}"
    return f"it has to be {what} from {least or 'any'} to {most or 'any'}"


def _is_between(value: Any, least: Any, most: Any) -> bool:  # noqa: ANN401 - what is ordered
    try:
        return (least is None or least <= value) and (most is None or value <= most)
    except TypeError:  # a time with a zone, and one without
        return True


def _reading(read: Callable[[str], Any], written: str) -> Any:  # noqa: ANN401 - what is ordered
    try:
        return read(written.strip()) if "_" not in written else None
    except (ValueError, InvalidOperation):
        return None


def _decimal(written: str) -> Decimal:
    number = Decimal(written)
    if not number.is_finite():
        raise ValueError(written)
    return number


_READ: Mapping[str, tuple[Callable[[str], Any], Kind]] = {
    **{f"xs:{name}": (int, "whole") for name in _INTEGERS},
    **{f"xs:{name}": (_decimal, "number") for name in ("decimal", "double", "float")},
    "xs:date": (date.fromisoformat, "date"),
    "xs:dateTime": (datetime.fromisoformat, "time"),
    "xs:time": (time.fromisoformat, "time of day"),
}
"""How a value is read, and what it is then."""

_WORDS: Mapping[Kind, tuple[str, str]] = {
    "whole": ("a number", "a whole number"),
    "number": ("a number", "a number"),
    "date": ("a date", "a date as 2026-11-25"),
    "time": ("a time", "a time as 2026-11-25T20:00:00Z"),
    "time of day": ("a time of day", "a time of day as 20:00:00"),
}
"""What a kind is called, and what it is to look like."""
