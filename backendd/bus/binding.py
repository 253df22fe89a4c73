"""What serves the members of an interface: found among Python objects, each exactly once."""

import inspect
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from backendd.api.interfaces import Interface, python_name

Serve = Callable[..., Coroutine[Any, Any, Any]]


@dataclass(frozen=True, slots=True)
class Binding:
    """The coroutine functions behind methods and writable properties, and who has each property."""

    methods: Mapping[str, Serve]
    setters: Mapping[str, Serve]
    owners: Mapping[str, object]


def bind(interface: Interface, parts: Sequence[object]) -> Binding:
    """Return what among `parts` serves the members of `interface`.

    Raises TypeError that names all that is missing, there twice, or there and not in the XML.
    """
    expected = _coroutines_of(interface)
    found = {name: _having(name, parts) for name in expected}
    owners = {each: _owners(each, parts) for each in interface.properties}
    faults = [
        *_miscounted({**found, **{python_name(name): who for name, who in owners.items()}}),
        *_unknown(interface, expected, parts),
        *_misfits(expected, found),
    ]
    if faults:
        raise TypeError(f"{interface.name}: " + "; ".join(faults))
    return Binding(
        methods={
            name: getattr(found[python_name(name)][0], python_name(name))
            for name in interface.methods
        },
        setters={
            each.name: getattr(found[_setter(each.name)][0], _setter(each.name))
            for each in interface.properties.values()
            if each.is_writable
        },
        owners={name: who[0] for name, who in owners.items()},
    )


def _setter(property_name: str) -> str:
    return f"set_{python_name(property_name)}"


def _coroutines_of(interface: Interface) -> dict[str, int]:
    """Return how many arguments each coroutine that serves `interface` takes."""
    methods = {python_name(each.name): len(each.in_args) for each in interface.methods.values()}
    setters = {_setter(each.name): 1 for each in interface.properties.values() if each.is_writable}
    return methods | setters


def _members(part: object) -> Mapping[str, int]:
    kind: Any = type(part)
    return _coroutines(kind)


@cache
def _coroutines(kind: type) -> Mapping[str, int]:
    """Return the public coroutine methods of a class, with how many arguments each takes."""
    return {
        name: len(inspect.signature(member).parameters) - 1
        for name, member in inspect.getmembers(kind, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }


def _having(name: str, parts: Sequence[object]) -> list[object]:
    return [part for part in parts if name in _members(part)]


def _owners(property_name: str, parts: Sequence[object]) -> list[object]:
    # Statically: a property must not be asked for its value before there is one.
    name, missing = python_name(property_name), object()
    return [part for part in parts if inspect.getattr_static(part, name, missing) is not missing]


def _miscounted(found: Mapping[str, list[object]]) -> Iterator[str]:
    for name, who in found.items():
        if not who:
            yield f"nothing has {name}"
        elif len(who) > 1:
            yield f"{name} is in {' and '.join(type(part).__name__ for part in who)}"


def _unknown(
    interface: Interface, expected: Mapping[str, int], parts: Sequence[object]
) -> Iterator[str]:
    for part in parts:
        for name in _members(part):
            if name not in expected:
                yield f"{type(part).__name__}.{name} is no member of {interface.name}"


def _misfits(expected: Mapping[str, int], found: Mapping[str, list[object]]) -> Iterator[str]:
    for name, who in found.items():
        for part in who:
            if _members(part)[name] != expected[name]:
                yield f"{type(part).__name__}.{name} must take {expected[name]} arguments"
