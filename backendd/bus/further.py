"""Options that a feature has of a method that another one serves: who takes them, and how."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from types import MethodType
from typing import Any, get_args, get_type_hints

from backendd.api.values import Value

FURTHER = "further"
"""A keyword argument of this name gets what hands further options on to those who take them."""

Take = Callable[..., None]


class OptionOf(Value):
    """A function that takes an option of `method`, as Python calls both; see `option_of`."""

    method: str
    take: Take


def option_of(method: str) -> Callable[[Take], OptionOf]:
    """Make of a function in a class what takes the option of `method` that has its name.

    The method says what it hands on by the type of its `further`: `Callable[[Ledger, int], None]`.
    The function takes the same, and last the option, with its default. It is called whether the
    option was given or not, when the method calls `further`.
    """
    return partial(OptionOf, method)


@cache
def options_of(kind: type) -> Mapping[str, OptionOf]:
    """Return the options that a class takes of methods of others."""
    members = {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}
    return {name: member for name, member in members.items() if isinstance(member, OptionOf)}


def _options(part: object) -> Mapping[str, OptionOf]:
    kind: Any = type(part)
    return options_of(kind)


def takers(method: str, parts: Sequence[object]) -> dict[str, Take]:
    """Return what takes further options of `method`, by the name of the option."""
    return {
        name: MethodType(option.take, part)
        for part in parts
        for name, option in _options(part).items()
        if option.method == method
    }


def faults(methods: Mapping[str, Any], parts: Sequence[object]) -> Iterator[str]:
    """Say what is wrong with the options that `parts` take of `methods`, which are by their names.

    A method is the function that serves it.
    """
    seen: dict[tuple[str, str], object] = {}
    for part in parts:
        for name, option in _options(part).items():
            who = f"{type(part).__name__}.{name}"
            other = seen.setdefault((option.method, name), part)
            if other is not part:
                yield f"{name} of {option.method} is taken by {type(other).__name__} and {who}"
            handed = _handed_on(methods.get(option.method))
            if handed is None:
                yield f"{who}: no {option.method} here hands options on"
            elif not _fits(option.take, name, handed):
                types = ", ".join(each.__name__ for each in handed)
                yield f"{who} must take ({types}, {name})"


def _handed_on(function: Any) -> list[type] | None:  # noqa: ANN401 - whatever serves a method
    hint = get_type_hints(function).get(FURTHER) if function is not None else None
    return get_args(hint)[0] if hint is not None else None


def _fits(take: Take, name: str, handed: list[type]) -> bool:
    _, *parameters = inspect.signature(take).parameters  # the first is self
    hints = get_type_hints(take)
    return parameters[-1:] == [name] and [hints.get(each) for each in parameters[:-1]] == handed


def hand_on(those: Mapping[str, Take], values: Mapping[str, Any]) -> Take:
    """Return what gives each of `those` its option, behind whatever the method hands on."""

    def further(*handed: Any) -> None:  # noqa: ANN401 - what the method and its takers agree on
        for name, take in those.items():
            take(*handed, values[name])

    return further
