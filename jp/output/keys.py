"""Records as plain values, with the keys of the bus."""

from collections.abc import Mapping
from dataclasses import MISSING
from functools import cache

from backendd.api.records import MORE, Record, name_of
from backendd.api.signature import Plain


def keys_of(record: Record) -> dict[str, Plain]:
    """Return the keys of a record that are not at their defaults, and what it has besides."""
    keys: dict[str, Plain] = {}
    for name, key, default in _fields(type(record)):
        value = getattr(record, name)
        if value != default:
            keys[key] = plain(value)
    more: Mapping[str, Plain] = getattr(record, MORE, {})
    return keys | {key: plain(value) for key, value in more.items()}


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
def _fields(kind: type[Record]) -> list[tuple[str, str, Plain]]:
    found = []
    for each in kind.__dataclass_fields__.values():
        if each.name != MORE:
            made = each.default_factory
            default = each.default if made is MISSING else made()
            found.append((each.name, name_of(each), default))
    return found
