"""The other side of the contract: what its Protocols say, called over the bus.

What a call needs is loaded with the first that needs it: records, and the Protocols that tell which
ones a method returns, with the first that returns some.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache

from backendd.api.members import Called, called
from backendd.api.signature import Plain
from backendd.api.variants import Variant

Ask = Callable[[str, str, Sequence[Plain]], Awaitable[Sequence[Plain]]]
"""Takes the name of a method, its signature and arguments; returns what came back."""

Read = Callable[[Plain], Plain]

_RECORD = "a{sv}"


class Proxy:
    """Has the methods of an interface of the contract; each sends what it was given, no more.

    Whoever makes one casts it to its Protocol. Records come as records, and what a method raises
    is what `ask` does.
    """

    def __init__(self, interface: str, ask: Ask) -> None:
        self._interface = interface
        self._ask = ask

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Plain]]:
        try:
            method = called(self._interface, name)
        except KeyError:
            raise AttributeError(f"{self._interface} has no method for {name}") from None
        call = _Call(self._interface, name, method, self._ask)
        # From now on it is found without asking here.
        setattr(self, name, call)
        return call


class _Call:
    def __init__(self, interface: str, name: str, method: Called, ask: Ask) -> None:
        self._interface = interface
        self._name = name
        self._method = method
        self._ask = ask
        self._has_records = any(_RECORD in each for each in method.results)

    async def __call__(self, *given: Plain, **named: Plain) -> Plain:
        method = self._method
        args = [*given, *(named.pop(name) for name in method.arguments[len(given) :])]
        if method.keyed:
            args.append(_keyed(method, named))
        elif named:
            raise TypeError(f"{method.name} takes no {', '.join(named)}")
        values = await self._ask(method.name, method.in_signature, args)
        if self._has_records:
            reading = _results(self._interface, self._name)
            values = [read(value) for read, value in zip(reading, values, strict=False)]
        else:
            values = values[: len(method.results)]
        return values[0] if len(values) == 1 else tuple(values) or None


def _keyed(method: Called, named: Mapping[str, Plain]) -> dict[str, Variant]:
    """Return the keys of a final a{sv}, each as its type."""
    unknown = set(named).difference(method.options)
    if unknown:
        raise TypeError(f"{method.keyed} have no {', '.join(unknown)}")
    keys = {}
    for name, value in named.items():
        key, signature = method.options[name]
        keys[key] = Variant(signature, value)
    return keys


@cache
def _results(interface: str, name: str) -> Sequence[Read]:
    """Return how what a method returns is read, value by value."""
    from typing import get_args, get_origin, get_type_hints

    from backendd.api import contract

    protocol = getattr(contract, interface.rpartition(".")[2])
    hint = get_type_hints(getattr(protocol, name))["return"]
    several = get_args(hint) if get_origin(hint) is tuple else (hint,)
    return tuple(map(_reader, several))


def _reader(hint: Plain) -> Read:
    from typing import get_args

    from backendd.api.records import Record
    from backendd.api.wire import from_wire

    items = get_args(hint)
    if items and isinstance(items[0], type) and issubclass(items[0], Record):
        kind = items[0]
        return lambda values: [from_wire(kind, each) for each in values]
    if isinstance(hint, type) and issubclass(hint, Record):
        return lambda value: from_wire(hint, value)
    return lambda value: value
