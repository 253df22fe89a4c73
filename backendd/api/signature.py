"""D-Bus type signatures: taken apart, and how their types are aligned (D-Bus specification)."""

from functools import lru_cache

TYPE_CHECKING = False  # `typing` takes as long to load as Python to start
if TYPE_CHECKING:
    from typing import Any as Plain
else:
    Plain = object
"""A plain value: bool, int, float, str, bytes, list, dict, tuple (a struct), or a `Record`."""

NUMBERS = dict(zip("ynqiuxtdh", "BhHiIqQdI", strict=True))
"""The numeric types as the struct module calls them; a file descriptor is an index."""

ALIGNMENTS = (
    dict.fromkeys("ygv", 1)
    | dict.fromkeys("nq", 2)
    | dict.fromkeys("biusoah", 4)
    | dict.fromkeys("xtd({", 8)
)
_BASIC = frozenset("ybnqiuxtdsogh")


@lru_cache(maxsize=1024)
def split(signature: str) -> tuple[str, ...]:
    """Return the complete types of `signature`: "sa{sv}x" is "s", "a{sv}", "x".

    Raises ValueError if it isn't a signature.
    """
    types = []
    start = 0
    while start < len(signature):
        end = _end_of_type(signature, start)
        types.append(signature[start:end])
        start = end
    return tuple(types)


def _end_of_type(signature: str, start: int) -> int:
    code = signature[start : start + 1]
    if code in _BASIC or code == "v":
        return start + 1
    if code == "a":
        return _end_of_element(signature, start + 1)
    if code == "(":
        end = start + 1
        while signature[end : end + 1] != ")":
            end = _end_of_type(signature, end)
        if end > start + 1:
            return end + 1
    raise ValueError(f"no D-Bus signature: {signature!r}")


def _end_of_element(signature: str, start: int) -> int:
    if signature[start : start + 1] != "{":
        return _end_of_type(signature, start)
    end = _end_of_type(signature, start + 2)
    if signature[start + 1] not in _BASIC or signature[end : end + 1] != "}":
        raise ValueError(f"no D-Bus signature: {signature!r}")
    return end + 1
