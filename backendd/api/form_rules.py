"""What a value of a form has to be (XEP-0122), for who asks for it and for who sends it.

A regular expression (3.2.5) is left to who wrote it: one from outside could keep a process busy for
ever.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

_INTEGERS = (
    "byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger",
    "nonPositiveInteger", "positiveInteger", "short", "unsignedByte", "unsignedInt",
    "unsignedLong", "unsignedShort",
)  # fmt: skip


def refuse(value: str, datatype: str, least: str = "", most: str = "") -> str:
    """Return why a value can't be given, empty if it can."""
    if datatype not in _READ:
        return ""
    read, what, how = _READ[datatype]
    found = _reading(read, value)
    if found is None:
        return f"it has to be {how}"
    if _is_between(found, _reading(read, least), _reading(read, most)):
        return ""
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


_WHOLE = (int, "a number", "a whole number")
_NUMBER = (_decimal, "a number", "a number")
_READ: Mapping[str, tuple[Callable[[str], Any], str, str]] = {
    **{f"xs:{name}": _WHOLE for name in _INTEGERS},
    **{f"xs:{name}": _NUMBER for name in ("decimal", "double", "float")},
    "xs:date": (date.fromisoformat, "a date", "a date as 2026-11-25"),
    "xs:dateTime": (datetime.fromisoformat, "a time", "a time as 2026-11-25T20:00:00Z"),
    "xs:time": (time.fromisoformat, "a time of day", "a time of day as 20:00:00"),
}
"""How a value is read, what it is called, and what it is to look like."""
