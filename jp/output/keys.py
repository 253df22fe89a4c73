"""Records as plain values, with the keys of the bus."""

from collections.abc import Mapping
from dataclasses import MISSING
from functools import cache

from backendd.api.records import MORE, Record, name_of
from backendd.api.signature import Plain

_SCALARS = frozenset((str, int, bool, float))


def keys_of(record: Record) -> dict[str, Plain]:
    """Return the keys of a record that are not at their defaults, and what it has besides."""
    keys: dict[str, Plain] = {}
    kind = type(record)
    # All fields at once, and scalars as they are: lists have thousands of these.
    for value, (key, default) in zip(kind._held(record), _fields(kind), strict=True):  # noqa: SLF001
        if value is not default and value != default:
            if key == MORE:
                keys |= {name: plain(each) for name, each in value.items()}
            else:
                keys[key] = value if type(value) in _SCALARS else plain(value)
    return keys


def plain(value: Plain) -> Plain:
    """Return a value with its records as plain ones."""
    if isinstance(value, Record):
        return keys_of(value)
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


@cache
def _fields(kind: type[Record]) -> list[tuple[str, Plain]]:
    """Return the keys of a record and their defaults, as its fields stand."""
    return [
        (name_of(each), each.default if each.default_factory is MISSING else each.default_factory())
        for each in kind.__dataclass_fields__.values()
    ]
