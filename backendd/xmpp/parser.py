"""Bytes of a stream -> stanzas, bounded: no DTD, no giant, no abyss.

What a peer sends must cost nothing but itself. A stanza above the limits is still delivered,
so that it is counted (XEP-0198), but empty and marked.
"""

from collections.abc import Iterator
from typing import Literal
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from backendd.xmpp.names import IQ

STANZA_BYTES = 4 * 1024 * 1024
# A roster or the answer of a large service is one iq.
IQ_BYTES = 16 * 1024 * 1024
# What an element costs in memory apart from its text.
ELEMENT_BYTES = 64
DEPTH = 200
# Expat keeps an unfinished tag whole; an attribute has no limit of its own.
TOKEN_BYTES = 16 * 1024 * 1024

Event = tuple[Literal["start", "end"], Element]


class StreamBroken(Exception):
    """The stream is no XML that XMPP allows (RFC 6120 section 11)."""


class StanzaParser:
    """Takes bytes, gives the events that slixmpp's stream loop asks a pull parser for."""

    def __init__(self) -> None:
        self._target = _Target()
        self._parser = XMLParser(target=self._target)
        self._held = bytearray()
        self._silent = 0
        self._broken = ""

    def feed(self, data: bytes | str) -> None:
        """Take the next bytes."""
        before = self._target.calls
        raw = data.encode() if isinstance(data, str) else data
        try:
            self._feed_complete(raw)
        except ParseError:
            self._broken = "the server sent XML that isn't well-formed"
        except StreamBroken as error:
            self._broken = str(error)
        self._silent = 0 if self._target.calls != before else self._silent + len(raw)
        if self._silent > TOKEN_BYTES:
            self._broken = "the server sends a tag without end"

    def _feed_complete(self, data: bytes) -> None:
        """Give expat what ends with a tag, and keep the rest.

        An expat that guards against CVE-2023-52425 puts a tag that came in pieces off until much
        more has come, and Python can only tell it not to (`flush`) from 3.11.8 on: a stanza would
        be late until somebody writes the next one.
        """
        end = data.rfind(b">") + 1
        self._held += data[:end]
        if end:
            complete, self._held = bytes(self._held), bytearray()
            self._parser.feed(complete)
        self._held += data[end:]

    def read_events(self) -> Iterator[Event]:
        """Take out what has become complete: start and end of the stream and of each stanza.

        What came before the stream broke counts; then `StreamBroken` is raised.
        """
        events, self._target.events = self._target.events, []
        yield from events
        if self._broken:
            raise StreamBroken(self._broken)

    def is_oversized(self, stanza: Element) -> bool:
        """Return whether `stanza` lost its content; asked once for each."""
        if not self._target.oversized:
            return False
        before = len(self._target.oversized)
        self._target.oversized = [one for one in self._target.oversized if one is not stanza]
        return len(self._target.oversized) != before


class _Target:
    """Builds one tree for each child of the root; called by expat."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.oversized: list[Element] = []
        self.calls = 0
        self._depth = 0
        self._size = 0
        self._limit = 0
        self._root: Element | None = None
        self._shell: Element | None = None
        self._builder = TreeBuilder()

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        # Before any entity of it is declared, so none can be expanded.
        raise StreamBroken("the server sends a document type, which XMPP forbids")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.calls += 1
        self._depth += 1
        if self._depth == 1:
            self._root = Element(tag, attributes)
            self.events.append(("start", self._root))
            return
        if self._depth == 2:
            self._begin(tag, attributes)
        self._size += ELEMENT_BYTES + len(tag)
        for name, value in attributes.items():
            self._size += len(name) + len(value)
        if self._depth > DEPTH:
            self._size = self._limit + 1
        if self._size <= self._limit:
            self._builder.start(tag, attributes)

    def data(self, text: str) -> None:
        self.calls += 1
        if self._depth < 2:
            return
        self._size += len(text)
        if self._size <= self._limit:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        self.calls += 1
        self._depth -= 1
        if self._depth == 0 and self._root is not None:
            self.events.append(("end", self._root))
            return
        if self._size <= self._limit:
            self._builder.end(tag)
        if self._depth == 1:
            stanza = self._finish()
            self.events += [("start", stanza), ("end", stanza)]

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._builder = TreeBuilder()
        self._limit = IQ_BYTES if tag == IQ else STANZA_BYTES
        self._size = 0
        self._shell = Element(tag, attributes)

    def _finish(self) -> Element:
        assert self._shell is not None
        if self._size <= self._limit:
            return self._builder.close()
        self._builder = TreeBuilder()
        if sum(map(len, self._shell.attrib.values())) > STANZA_BYTES:
            self._shell.attrib.clear()
        self.oversized.append(self._shell)
        return self._shell
