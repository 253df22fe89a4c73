"""The fixed words that a method takes: the Literals among its type hints."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from backendd.api.errors import InvalidArgument
from backendd.api.signature import Plain

Words = Mapping[str, tuple[str, ...]]


def words_of(function: Callable[..., Any]) -> Words:
    """Return what each argument that takes fixed words may be, or a list of them may hold."""
    # With extras: there are none, and to take them away costs more than all the rest.
    hints = get_type_hints(function, include_extras=True)
    hints.pop("return", None)
    # `**changes: Unpack[...]` (PEP 692): the keys of a TypedDict.
    for keys in [each for hint in hints.values() for each in get_args(hint)]:
        if is_typeddict(keys):
            hints = {**hints, **get_type_hints(keys)}
    return {name: words for name, hint in hints.items() if (words := _words(hint))}


def check(given: Mapping[str, Plain], words: Words) -> None:
    """Raise InvalidArgument where something given is none of the words that it can be."""
    for name, known in words.items():
        value = given.get(name, known[0])
        for each in value if isinstance(value, list) else [value]:
            if each not in known:
                raise InvalidArgument(f"{name!r} takes {', '.join(known)}")


def _words(hint: Any) -> tuple[str, ...]:  # noqa: ANN401 - type hints have no type
    if get_origin(hint) is Literal:
        return get_args(hint)
    return tuple(word for part in get_args(hint) for word in _words(part))
