"""The `options` of a call, checked."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin

from backendd.api.errors import InvalidArgument

_WORDS = {bool: "true or false", int: "a whole number", str: "a text", list: "a list", dict: "keys"}


def options(given: Mapping[str, Any], /, **types: type) -> dict[str, Any]:
    """Return `given` if each key is known and of its type, as in `limit=int, ids=list[str]`.

    Raises InvalidArgument, which names the key, and what it may have been meant to be.
    """
    for key, value in given.items():
        if key not in types:
            raise InvalidArgument(f"unknown option {key!r}{_hint(key, types)}")
        if not _is_a(value, types[key]):
            raise InvalidArgument(f"the option {key!r} takes {_word(types[key])}")
    return dict(given)


def _is_a(value: object, kind: type) -> bool:
    outer = get_origin(kind) or kind
    if type(value) is not outer:  # a bool is no whole number
        return False
    members = get_args(kind)
    if outer is not list or not members or not isinstance(value, list):
        return True
    return all(type(item) is members[0] for item in value)


def _word(kind: type) -> str:
    return _WORDS.get(get_origin(kind) or kind, kind.__name__)


def _hint(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # late: only a mistake needs it

    near = get_close_matches(key, known, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    names = ", ".join(sorted(known))
    return f"; known here: {names}" if names else "; there are none here yet"
