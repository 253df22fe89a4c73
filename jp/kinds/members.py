"""Members of the contract: methods, properties and signals, as `Messages.Send`."""

from collections.abc import Iterable

from backendd.api.names import BUS_NAME
from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from backendd.api.interfaces import Interface


class Member(Kind, str):
    """A method or property."""

    metavar = "MEMBER"
    doc = "a method or property, as Messages.Send; docs/dbus.md has all of them"

    @classmethod
    def read(cls, text: str) -> "Self":
        found = interface_of(text)
        name = text.partition(".")[2]
        if name not in found.methods and name not in found.properties:
            raise ValueError(f"is no method or property{_nearest(name, found)}")
        return cls(text)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable[tuple[str, str]]:
        return [
            (f"{short}.{name}", _sentence(member.doc))
            for short, interface in interfaces().items()
            for members in (interface.methods, interface.properties)
            for name, member in members.items()
        ]


class Event(Kind, str):
    """A signal, or all of an interface."""

    metavar = "EVENT"
    doc = "a signal, as Messages.Changed, or all of an interface, as Messages"

    @classmethod
    def read(cls, text: str) -> "Self":
        found = interface_of(text)
        name = text.partition(".")[2]
        if name and name not in (*found.signals, "PropertiesChanged"):
            raise ValueError(f"is no signal; there are {', '.join(found.signals) or 'none'}")
        return cls(text)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [
            *interfaces(),
            *(
                (f"{short}.{name}", _sentence(signal.doc))
                for short, interface in interfaces().items()
                for name, signal in interface.signals.items()
            ),
        ]


def interfaces() -> "dict[str, Interface]":
    """Return the interfaces of the contract, by the last part of their names."""
    from backendd.api.introspection import load_all

    return {name.removeprefix(f"{BUS_NAME}."): each for name, each in load_all().items()}


def interface_of(text: str) -> "Interface":
    """Return the interface of a member; ValueError."""
    from backendd.api.introspection import contract, load

    short = text.partition(".")[0]
    name = f"{BUS_NAME}.{short}"
    known = contract().names()
    if name not in known:
        said = ", ".join(each.removeprefix(f"{BUS_NAME}.") for each in known)
        raise ValueError(f"belongs to no interface; there are {said}")
    return load(name)


def _nearest(name: str, interface: "Interface") -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [*interface.methods, *interface.properties], 1)
    return f"; did you mean {near[0]}?" if near else ""


def _sentence(doc: str) -> str:
    return doc.partition(". ")[0]
