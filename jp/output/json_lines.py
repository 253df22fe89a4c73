"""Records as JSON, one a line."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import JSONEncoder

from backendd.api.signature import Plain

# What JSON lets stand but a terminal must not see, and half surrogate pairs, which no output takes.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_encode = JSONEncoder(ensure_ascii=False, default=list, check_circular=False).encode


def json_lines(records: Iterable[Mapping[str, Plain]], fields: Sequence[str]) -> Iterator[str]:
    """Yield records, of which `fields` alone count, in their order, where there are some."""
    for record in records:
        wanted = {key: record[key] for key in fields if key in record} if fields else record
        yield to_json(wanted)


def to_json(value: Plain) -> str:
    """Return a value on one line, whole: what is unsafe for terminals is escaped."""
    text = _encode(value)
    return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
