"""The contract as values: an interface, its members, and the keys of its records."""

import re
from collections.abc import Mapping, Sequence

from backendd.api.members import KEYED, UNBOUNDED, argument_name
from backendd.api.signature import Plain
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value, field

_CAPITAL = re.compile(r"(?<=.)(?=[A-Z])")


class Option(NamedTuple):
    """A key of `options`, `state` or `changes`; `written` is its default as the file has it."""

    name: str
    signature: str
    written: str | None
    doc: str

    @property
    def default(self) -> Plain:
        """What it is unless it is given; of `changes`, None."""
        import json  # with the first one: who calls needs none

        return None if self.written is None else json.loads(self.written)


class Key(NamedTuple):
    """A key of a record."""

    name: str
    signature: str
    doc: str


class Argument(Value):
    """An argument of a method or signal; `options` are the keys that it takes, by name."""

    name: str
    signature: str
    doc: str
    options: Mapping[str, Option] = field(default_factory=dict)


class Method(NamedTuple):
    """A method; its signatures are those of all arguments together."""

    name: str
    in_args: tuple[Argument, ...]
    out_args: tuple[Argument, ...]
    doc: str
    annotations: Mapping[str, str]
    in_signature: str
    out_signature: str

    @property
    def keyed(self) -> Argument | None:
        """The argument whose keys are keyword arguments in Python, if there is one."""
        last = self.in_args[-1] if self.in_args else None
        return last if last is not None and last.name in KEYED else None

    @property
    def is_unbounded(self) -> bool:
        """Whether it may take as long as it likes."""
        return self.annotations.get(UNBOUNDED) == "true"


class Signal(NamedTuple):
    """A signal; its signature is that of all arguments together."""

    name: str
    args: tuple[Argument, ...]
    doc: str
    signature: str


class Property(NamedTuple):
    """A property; `emits` is what its changes do: true, invalidates, const or false."""

    name: str
    signature: str
    access: str
    emits: str
    doc: str

    @property
    def is_readable(self) -> bool:
        """Whether it can be read."""
        return self.access != "write"

    @property
    def is_writable(self) -> bool:
        """Whether it can be set."""
        return self.access != "read"


class Interface(Value):
    """An interface; `xml` is its element as the file has it, for Introspect.

    `records` has the keys of each record by name.
    """

    name: str
    methods: Mapping[str, Method]
    signals: Mapping[str, Signal]
    properties: Mapping[str, Property]
    records: Mapping[str, Sequence[Key]]
    documentation: str
    xml: str


def python_name(member: str) -> str:
    """Return what Python calls a member: `SetTyping` is `set_typing`, `Import` is `import_`."""
    return python_argument(_CAPITAL.sub("_", member).lower())


def python_argument(name: str) -> str:
    """Return what Python calls an argument: `from` is `from_`."""
    return argument_name(name)
