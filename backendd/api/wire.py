"""What crosses the bus: encoded, decoded, and kept within what D-Bus can carry.

The one gate: NUL and half surrogate pairs never go out, nor does a message so large that the
bus would cut the connection.

Plain values are bool, int, float, str, bytes, list, dict and tuple (a struct). An `a{sv}` is a
dict or a `Record`; in a dict the Python types decide: bool b, int x, str s, float d, bytes ay,
a list by its first item (empty: as), a tuple a struct, a Record or a dict a{sv}, a dict of lists
a{sas}. `Variant` says what these can't.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import TypeVar, get_args, get_origin, get_type_hints

from backendd.api.bodies import LIMIT, decode, encode
from backendd.api.encoding import safe_text
from backendd.api.records import MORE, Record, name_of
from backendd.api.signature import Plain
from backendd.api.variants import Variant

__all__ = ["LIMIT", "Variant", "decode", "encode", "fits", "from_wire", "safe_text"]

R = TypeVar("R", bound=Record)
_Convert = Callable[[Plain], Plain]


def fits(signature: str, value: object) -> bool:
    """Return whether `value` can be sent as `signature`."""
    if isinstance(value, bool) and signature not in ("b", "v"):
        return False  # Python would take it for a number
    try:
        encode(signature, [value])
    except TypeError:
        return False
    return True


def from_wire(kind: type[R], values: Mapping[str, Plain]) -> R:
    """Return the record of `kind` that came as `values`.

    Keys it doesn't know are its `more`, if it has that, and ignored otherwise.
    """
    known, has_more = _known(kind)
    taken: dict[str, Plain] = {}
    more: dict[str, Plain] = {}
    for key, value in values.items():
        if key in known:
            name, convert = known[key]
            taken[name] = value if convert is None else convert(value)
        else:
            more[key] = value
    if more and has_more:
        taken[MORE] = more
    return kind(**taken)


@cache
def _known(kind: type[Plain]) -> tuple[dict[str, tuple[str, _Convert | None]], bool]:
    """Return the keys of a record, and whether it takes others as well.

    Each with its field, and with what makes records out of what it holds, if it holds some.
    """
    hints = get_type_hints(kind)
    known = {each.name: name_of(each) for each in fields(kind)}
    keys = {key: (name, _converter(hints[name])) for name, key in known.items() if name != MORE}
    return keys, MORE in known


def _converter(hint: Plain) -> _Convert | None:
    origin: Plain = get_origin(hint)
    for part in (hint, *get_args(hint)):
        if isinstance(part, type) and issubclass(part, Record):
            nested: type[Record] = part
            if origin is list:
                return lambda values: [from_wire(nested, each) for each in values]
            return lambda value: from_wire(nested, value)
    return None
