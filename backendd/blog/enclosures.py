"""The files of an entry that is to be published, and have no address yet."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from backendd.blog.atom import ATOM
from backendd.core.entries import ENCLOSURE


def lacking(stanza: Element) -> list[int]:
    """Return which of the files that it tells of, counted from 0, have no address."""
    return [number for number, each in enumerate(_files(stanza)) if not each.get("href")]


def fill_in(stanza: Element, number: int, url: str) -> None:
    """Have one of its files be where that is by now."""
    next(each for place, each in enumerate(_files(stanza)) if place == number).set("href", url)


def _files(stanza: Element) -> Iterator[Element]:
    return (each for each in stanza.iter(f"{{{ATOM}}}link") if each.get("rel") == ENCLOSURE)
