"""Interfaces out of their XML: a document, or the files of dbus-interfaces/.

A key of a record is an annotation of its interface: `x: when it came` is one of type x.
A final `a{sv}` called `options`, `state` or `changes` has its keys in annotations: `u = 50: how
many` is one of type u that is 50 unless it is given. In `changes` there are no defaults. What is
annotated may go over several lines.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from backendd.api.interfaces import Argument, Interface, Key, Method, Option, Property, Signal
from backendd.api.members import OPTION, directory

DOCUMENTATION = "org.gtk.GDBus.DocString"
EMITS_CHANGED = "org.freedesktop.DBus.Property.EmitsChangedSignal"
RECORD = "org.primitivus.Record."
"""Before `Name.key` of a record, in an annotation of the interface that it belongs to."""

_KEY = re.compile(r"(?P<signature>\S+?): (?P<doc>.+)")
_OPTION = re.compile(r"(?P<signature>\S+?)(?: = (?P<default>[^:]+))?: (?P<doc>.+)")
_ELEMENT = re.compile(r"[ \t]*<interface\b.*</interface>", re.DOTALL)


S = TypeVar("S")
T = TypeVar("T")


class _Members(Mapping[str, T], Generic[S, T]):
    """Members by name, each read when it is asked for: who calls a few needn't read them all."""

    def __init__(self, written: Mapping[str, S], read: Callable[[S], T]) -> None:
        self._written = written
        self._read = read
        self._members: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._members:
            self._members[name] = self._read(self._written[name])
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


class Contract:
    """The interfaces that a directory describes, a file each; read when asked for."""

    def __init__(self, where: Path | None = None) -> None:
        self._directory = where or Path(directory())
        self._interfaces: dict[str, Interface] = {}

    def names(self) -> list[str]:
        """Return the names of all interfaces."""
        return sorted(path.stem for path in self._directory.glob("*.xml"))

    def load(self, name: str) -> Interface:
        """Return the interface called `name`; KeyError if there is none."""
        if name not in self._interfaces:
            path = self._directory / f"{name}.xml"
            try:
                text = path.read_text(encoding="utf-8")
            except FileNotFoundError:
                raise KeyError(name) from None
            self._interfaces[name] = parse(text)
        return self._interfaces[name]

    def load_all(self) -> dict[str, Interface]:
        """Return all interfaces by name."""
        return {name: self.load(name) for name in self.names()}


@cache
def contract() -> Contract:
    """Return the contract these programs came with."""
    return Contract()


def load(name: str) -> Interface:
    """Return the interface called `name` of the contract these programs came with."""
    return contract().load(name)


def load_all() -> dict[str, Interface]:
    """Return all interfaces of the contract these programs came with."""
    return contract().load_all()


def parse(text: str) -> Interface:
    """Return the one interface that the introspection document `text` describes."""
    element = ElementTree.fromstring(text).find("interface")
    raw = _ELEMENT.search(text)
    if element is None or raw is None:
        raise ValueError("no interface in this document")
    return Interface(
        name=element.attrib["name"],
        methods=_Members(_named(element.iterfind("method")), _method),
        signals=_Members(_named(element.iterfind("signal")), _signal),
        properties=_Members(_named(element.iterfind("property")), _property),
        records=_Members(_records(element), _record),
        documentation=_documentation(element),
        xml=raw.group(),
    )


def _named(elements: Iterable[Element]) -> dict[str, Element]:
    return {each.attrib["name"]: each for each in elements}


def _annotations(element: Element) -> dict[str, str]:
    return {
        name: _text(annotation)
        for name, annotation in _named(element.iterfind("annotation")).items()
    }


def _text(annotation: Element) -> str:
    return " ".join(annotation.attrib["value"].split())


def _documentation(element: Element) -> str:
    found = _named(element.iterfind("annotation")).get(DOCUMENTATION)
    return _text(found) if found is not None else ""


def _records(element: Element) -> dict[str, list[Element]]:
    """Return the annotations that are the keys of each record."""
    records: dict[str, list[Element]] = {}
    for name, annotation in _named(element.iterfind("annotation")).items():
        if name.startswith(RECORD):
            record = name.removeprefix(RECORD).partition(".")[0]
            records.setdefault(record, []).append(annotation)
    return records


def _record(annotations: Iterable[Element]) -> list[Key]:
    return [_key(each.attrib["name"].removeprefix(RECORD), _text(each)) for each in annotations]


def _key(name: str, written: str) -> Key:
    record, _, key = name.partition(".")
    parts = _KEY.fullmatch(written)
    if parts is None:
        raise ValueError(f"the key {key} of {record} is not written as SIGNATURE: TEXT")
    return Key(key, parts["signature"], parts["doc"])


def _arguments(element: Element, direction: str, default: str) -> tuple[Argument, ...]:
    return tuple(
        _argument(each)
        for each in element.iterfind("arg")
        if each.get("direction", default) == direction
    )


def _argument(element: Element) -> Argument:
    annotations = _annotations(element)
    options = {
        name.removeprefix(OPTION): _option(name.removeprefix(OPTION), written)
        for name, written in annotations.items()
        if name.startswith(OPTION)
    }
    doc = annotations.get(DOCUMENTATION, "")
    return Argument(element.get("name", ""), element.attrib["type"], doc, options)


def _option(name: str, written: str) -> Option:
    parts = _OPTION.fullmatch(written)
    if parts is None:
        raise ValueError(f"the option {name} is not written as SIGNATURE = DEFAULT: TEXT")
    return Option(name, parts["signature"], parts["default"], parts["doc"])


def _signature(arguments: tuple[Argument, ...]) -> str:
    return "".join(each.signature for each in arguments)


def _method(element: Element) -> Method:
    annotations = _annotations(element)
    in_args = _arguments(element, "in", default="in")
    out_args = _arguments(element, "out", default="in")
    return Method(
        name=element.attrib["name"],
        in_args=in_args,
        out_args=out_args,
        doc=annotations.get(DOCUMENTATION, ""),
        annotations=annotations,
        in_signature=_signature(in_args),
        out_signature=_signature(out_args),
    )


def _signal(element: Element) -> Signal:
    args = _arguments(element, "out", default="out")
    return Signal(
        name=element.attrib["name"],
        args=args,
        doc=_annotations(element).get(DOCUMENTATION, ""),
        signature=_signature(args),
    )


def _property(element: Element) -> Property:
    annotations = _annotations(element)
    return Property(
        name=element.attrib["name"],
        signature=element.attrib["type"],
        access=element.attrib["access"],
        emits=annotations.get(EMITS_CHANGED, "true"),
        doc=annotations.get(DOCUMENTATION, ""),
    )
