"""The other side of the contract: what its Protocols say, called over the bus."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from typing import get_args, get_origin, get_type_hints

from backendd.api.interfaces import Argument, Method, python_argument, python_name
from backendd.api.introspection import load
from backendd.api.records import Record
from backendd.api.signature import Plain
from backendd.api.variants import Variant
from backendd.api.wire import from_wire

Ask = Callable[[str, str, Sequence[Plain]], Awaitable[Sequence[Plain]]]
"""Takes the name of a method, its signature and arguments; returns what came back."""

Read = Callable[[Plain], Plain]


class Proxy:
    """Has the methods of a Protocol of the contract; each sends what it was given, no more.

    Whoever makes one casts it to its Protocol. Records come as records, and what a method raises
    is what `ask` does.
    """

    def __init__(self, contract: type, interface: str, ask: Ask) -> None:
        self._contract = contract
        self._interface = interface
        self._ask = ask

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Plain]]:
        member = _members(self._interface).get(name)
        if member is None:
            raise AttributeError(f"{self._interface} has no method for {name}")
        method = load(self._interface).methods[member]
        call = _Call(method, _results(self._contract, name), self._ask)
        # From now on it is found without asking here.
        setattr(self, name, call)
        return call


class _Call:
    def __init__(self, method: Method, results: Sequence[Read], ask: Ask) -> None:
        self._method = method
        self._results = results
        self._ask = ask
        self._names = [
            python_argument(each.name) for each in method.in_args if each is not method.keyed
        ]

    async def __call__(self, *given: Plain, **named: Plain) -> Plain:
        method = self._method
        args = [*given, *(named.pop(name) for name in self._names[len(given) :])]
        if method.keyed is not None:
            args.append(_keyed(method.keyed, named))
        elif named:
            raise TypeError(f"{method.name} takes no {', '.join(named)}")
        values = await self._ask(method.name, method.in_signature, args)
        read = [convert(value) for convert, value in zip(self._results, values, strict=False)]
        return read[0] if len(read) == 1 else tuple(read) or None


def _keyed(argument: Argument, named: Mapping[str, Plain]) -> dict[str, Variant]:
    """Return the keys of a final a{sv}, each as its type."""
    options = {python_argument(each.name): each for each in argument.options.values()}
    unknown = set(named).difference(options)
    if unknown:
        raise TypeError(f"{argument.name} have no {', '.join(unknown)}")
    return {
        options[name].name: Variant(options[name].signature, value) for name, value in named.items()
    }


@cache
def _members(interface: str) -> Mapping[str, str]:
    return {python_name(name): name for name in load(interface).methods}


@cache
def _results(contract: type, name: str) -> Sequence[Read]:
    """Return how what a method of a Protocol returns is read, value by value."""
    hint = get_type_hints(getattr(contract, name))["return"]
    if hint is type(None):
        return ()
    several = get_args(hint) if get_origin(hint) is tuple else (hint,)
    return tuple(map(_reader, several))


def _reader(hint: Plain) -> Read:
    items = get_args(hint)
    if items and isinstance(items[0], type) and issubclass(items[0], Record):
        kind = items[0]
        return lambda values: [from_wire(kind, each) for each in values]
    if isinstance(hint, type) and issubclass(hint, Record):
        return lambda value: from_wire(hint, value)
    return lambda value: value
