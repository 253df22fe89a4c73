"""What serves the members of an interface: found among Python objects, each exactly once."""

import inspect
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_type_hints

from backendd.api.interfaces import Interface, Method, Option, python_argument, python_name
from backendd.api.signature import Plain
from backendd.api.values import Value
from backendd.bus import further
from backendd.bus.further import FURTHER, Take
from backendd.bus.options import keywords
from backendd.bus.words import Words, check, words_of

Serve = Callable[..., Coroutine[Any, Any, Any]]

CALLER = "caller"
"""A keyword argument of this name gets the unique bus name of who calls."""


class Shape(Value):
    """What a coroutine function takes."""

    positional: tuple[str, ...]
    keywords: frozenset[str]

    @property
    def options(self) -> frozenset[str]:
        """The keyword arguments that callers give."""
        return self.keywords - {CALLER, FURTHER}


class Served(Value):
    """A method, and the coroutine function behind it; `options` is None where it has no keys.

    `names` are those of the other arguments, `words` the fixed ones that some of all these take.
    `takers` take those options that aren't the function's own.
    """

    function: Serve
    names: tuple[str, ...]
    options: Mapping[str, Option] | None
    words: Words
    takers: Mapping[str, Take]
    injected: frozenset[str]

    async def __call__(self, args: Sequence[Plain], caller: str) -> Plain:
        """Return what the function does; InvalidArgument for keys and words it doesn't know."""
        given: dict[str, Plain] = {}
        if self.options is not None:
            *args, keyed = args
            given = keywords(keyed, self.options)
        if self.words:
            check({**dict(zip(self.names, args, strict=True)), **given}, self.words)
        if FURTHER in self.injected:
            given[FURTHER] = self._further(given)
        if CALLER in self.injected:
            given[CALLER] = caller
        return await self.function(*args, **given)

    def _further(self, given: dict[str, Plain]) -> Take:
        """Return what hands the options of others on, which are `given` no more."""
        options = {python_argument(each.name): each for each in (self.options or {}).values()}
        values = {
            name: given.pop(name) if name in given else options[name].default
            for name in self.takers
        }
        return further.hand_on(self.takers, values)


class Bound(Value):
    """The coroutine functions behind methods and writable properties, and who has each property."""

    methods: Mapping[str, Served]
    setters: Mapping[str, Serve]
    owners: Mapping[str, object]


def bind(interface: Interface, parts: Sequence[object]) -> Bound:
    """Return what among `parts` serves the members of `interface`.

    Raises TypeError that names all that is missing, there twice, there and not in the XML, or
    takes other arguments than the XML says.
    """
    expected = _coroutines_of(interface)
    found = {name: _having(name, parts) for name in expected}
    owners = {each: _owners(each, parts) for each in interface.properties}
    faults = [
        *_miscounted({**found, **{python_name(name): who for name, who in owners.items()}}),
        *_unknown(interface, expected, parts),
        *_misfits(expected, found, parts),
        *further.faults({name: getattr(who[0], name) for name, who in found.items() if who}, parts),
    ]
    if faults:
        raise TypeError(f"{interface.name}: " + "; ".join(faults))
    return Bound(
        methods={
            name: _served(method, found[python_name(name)][0], parts)
            for name, method in interface.methods.items()
        },
        setters={
            each.name: getattr(found[_setter(each.name)][0], _setter(each.name))
            for each in interface.properties.values()
            if each.is_writable
        },
        owners={name: who[0] for name, who in owners.items()},
    )


def _served(method: Method, part: object, parts: Sequence[object]) -> Served:
    name = python_name(method.name)
    function, takers = getattr(part, name), further.takers(name, parts)
    words = dict(words_of(function))
    for option, take in takers.items():
        words |= {key: known for key, known in words_of(take).items() if key == option}
    return Served(
        function,
        shape_of(method).positional,
        method.keyed.options if method.keyed is not None else None,
        words,
        takers,
        injected=_members(part)[name].keywords & {CALLER, FURTHER},
    )


def _setter(property_name: str) -> str:
    return f"set_{python_name(property_name)}"


def _coroutines_of(interface: Interface) -> dict[str, Shape | None]:
    """Return what each coroutine that serves `interface` takes; None: one value of any name."""
    methods = {python_name(each.name): shape_of(each) for each in interface.methods.values()}
    setters = {
        _setter(each.name): None for each in interface.properties.values() if each.is_writable
    }
    return {**methods, **setters}


def shape_of(method: Method) -> Shape:
    """Return what a coroutine function that serves `method` has to take."""
    keyed = method.keyed
    names = [each.name for each in method.in_args if each is not keyed]
    options = keyed.options if keyed is not None else {}
    return Shape(tuple(map(python_argument, names)), frozenset(map(python_argument, options)))


def _members(part: object) -> Mapping[str, Shape]:
    kind: Any = type(part)
    return members_of(kind)


@cache
def members_of(kind: type) -> Mapping[str, Shape]:
    """Return the public coroutine methods of a class, with what each takes."""
    public = {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}
    return {
        name: _shape(member)
        for name, member in public.items()
        if inspect.iscoroutinefunction(member)
    }


def _shape(function: Serve) -> Shape:
    _, *parameters = inspect.signature(function).parameters.values()  # the first is self
    named: set[str] = set()
    positional: list[str] = []
    for each in parameters:
        if each.kind is each.VAR_KEYWORD:
            # `**changes: Unpack[...]` (PEP 692): the keys of a TypedDict.
            (keys,) = get_args(get_type_hints(function)[each.name])
            named |= set(keys.__annotations__)
        elif each.kind is each.KEYWORD_ONLY:
            named.add(each.name)
        else:
            positional.append(each.name)
    return Shape(tuple(positional), frozenset(named))


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
    interface: Interface, expected: Mapping[str, Shape | None], parts: Sequence[object]
) -> Iterator[str]:
    for part in parts:
        for name in _members(part):
            if name not in expected:
                yield f"{type(part).__name__}.{name} is no member of {interface.name}"


def _misfits(
    expected: Mapping[str, Shape | None],
    found: Mapping[str, list[object]],
    parts: Sequence[object],
) -> Iterator[str]:
    for name, who in found.items():
        taken = further.takers(name, parts)
        for part in who:
            shape, wanted = _members(part)[name], expected[name]
            if wanted is None:
                if len(shape.positional) != 1:
                    yield f"{type(part).__name__}.{name} must take one value"
            elif (
                shape.positional != wanted.positional
                or shape.options | set(taken) != wanted.keywords
                or shape.options & set(taken)
            ):
                yield f"{type(part).__name__}.{name} must take ({_written(wanted, taken)})"


def _written(shape: Shape, taken: Collection[str]) -> str:
    """Return what a function is to take of `shape`, but for options that are `taken` by others."""
    named = ["*", *sorted(shape.keywords.difference(taken))] if shape.keywords else []
    return ", ".join([*shape.positional, *named])
