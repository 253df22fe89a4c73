"""How a method is called: read out of the file of its interface, and nothing else of that.

`introspection` reads interfaces whole, for who serves or documents them, and what it needs for that
takes as long to load as Python to start. A program that makes one call has no use for it.
"""

import os
from collections.abc import Mapping
from functools import cache

from backendd.api.signature import split

KEYED = ("options", "changes", "state")
"""What a final `a{sv}` is called whose keys are keyword arguments in Python."""

UNBOUNDED = "org.primitivus.Unbounded"
"""On a method: it may take as long as it likes."""

OPTION = "org.primitivus.Option."
"""Before the name of an option, in an annotation of the argument that takes it."""


class Called:
    """How a method is called; its names are Python's, but for those of `options`."""

    __slots__ = ("arguments", "in_signature", "is_unbounded", "keyed", "name", "options", "results")

    def __init__(self, name: str) -> None:
        self.name = name
        self.in_signature = ""
        # Those that are no options, in order; the last `a{sv}`, or nothing; types of what returns.
        self.arguments: list[str] = []
        self.keyed = ""
        self.results: list[str] = []
        # By what Python calls it: its name and its signature.
        self.options: dict[str, tuple[str, str]] = {}
        self.is_unbounded = False


def member_name(name: str) -> str:
    """Return the member that Python calls so: `set_typing` is `SetTyping`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def argument_name(name: str) -> str:
    """Return what Python calls an argument: `from` is `from_`."""
    from keyword import iskeyword

    return name + "_" * iskeyword(name)


def called(interface: str, name: str) -> Called:
    """Return how the method is called that Python calls so; KeyError if there is none."""
    return method(interface, member_name(name))


@cache
def method(interface: str, member: str) -> Called:
    """Return how a method is called; KeyError if there is none."""
    text = _text(interface)
    start = text.find(f'<method name="{member}"')
    if start < 0:
        raise KeyError(member)
    return _read(member, text[start : text.index("</method>", start) + len("</method>")])


@cache
def directory() -> str:
    """Return where the files are: in a wheel beside this module, in a checkout at its top."""
    here = os.path.dirname(os.path.abspath(__file__))
    packaged = os.path.join(here, "dbus-interfaces")
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(here)), "dbus-interfaces")


@cache
def _text(interface: str) -> str:
    with open(os.path.join(directory(), f"{interface}.xml"), encoding="utf-8") as file:
        return file.read()


def _read(member: str, element: str) -> Called:
    from pyexpat import ParserCreate

    found = Called(member)
    inside = ""

    def begins(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if tag == "arg":
            inside = _argument(found, attributes)
        elif tag == "annotation" and attributes["name"] == UNBOUNDED:
            found.is_unbounded = attributes["value"] == "true"
        elif tag == "annotation" and inside and attributes["name"].startswith(OPTION):
            _option(found, attributes)

    def ends(tag: str) -> None:
        nonlocal inside
        inside = "" if tag == "arg" else inside

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.Parse(element, True)
    if found.arguments and found.arguments[-1] in KEYED and split(found.in_signature):
        found.keyed = found.arguments.pop()
    return found


def _argument(found: Called, attributes: Mapping[str, str]) -> str:
    """Take an argument, and return its name if it is one that is given."""
    if attributes.get("direction", "in") != "in":
        found.results.append(attributes["type"])
        return ""
    found.in_signature += attributes["type"]
    found.arguments.append(argument_name(attributes["name"]))
    return attributes["name"]


def _option(found: Called, attributes: Mapping[str, str]) -> None:
    name = attributes["name"].removeprefix(OPTION)
    # `u = 50: how many`, or without a default.
    signature = attributes["value"].split(":", 1)[0].split()[0]
    found.options[argument_name(name)] = (name, signature)
