"""The keys of a call's `options` or `changes`, checked."""

from collections.abc import Iterable, Mapping

from backendd.api import wire
from backendd.api.errors import InvalidArgument
from backendd.api.interfaces import Option, python_argument
from backendd.api.signature import Plain

_WORDS = {"b": "true or false", "s": "a text", "d": "a number"}
_NUMBERS = {"q": "a whole number from 0 to 65535", "u": "a whole number, 0 or more"}


def keywords(given: Mapping[str, Plain], known: Mapping[str, Option]) -> dict[str, Plain]:
    """Return what was given as keyword arguments, if each key is known and of its type.

    Raises InvalidArgument, which names the key, and what it may have been meant to be.
    """
    for key, value in given.items():
        if key not in known:
            raise InvalidArgument(f"unknown option {key!r}{_hint(key, known)}")
        if not wire.fits(known[key].signature, value):
            raise InvalidArgument(f"the option {key!r} takes {_word(known[key].signature)}")
    return {python_argument(key): value for key, value in given.items()}


def _word(signature: str) -> str:
    if signature.startswith("a{"):
        return "keys"
    if signature.startswith("a"):
        return "a list"
    return _WORDS.get(signature) or _NUMBERS.get(signature, "a whole number")


def _hint(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # late: only a mistake needs it

    near = get_close_matches(key, known, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    names = ", ".join(sorted(known))
    return f"; known here: {names}" if names else "; there are none here yet"
