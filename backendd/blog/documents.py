"""A blog as a document of Atom (RFC 4287), which any program reads that reads feeds."""

from collections.abc import Iterator
from dataclasses import replace

from backendd.blog import atom, xhtml
from backendd.core import uris, xml
from backendd.core.encoding import encode
from backendd.core.entries import Content, Feed, Link
from backendd.core.uris import ItemAddress

_ALTERNATE = "alternate"
_FEED = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{atom.ATOM}">\n'


def head(feed: Feed, title: str, updated: int) -> bytes:
    """Return what stands before the entries: what the blog is called, and its last change."""
    address = uris.encode(ItemAddress(feed.service, feed.node))
    said = (
        xml.element(atom.ATOM, "id", text=address),
        xml.element(atom.ATOM, "title", text=title),
        xml.element(atom.ATOM, "updated", text=xml.format_time(updated)),
        xml.element(atom.ATOM, "link", {"rel": _ALTERNATE, "href": address}),
    )
    return _FEED.encode() + b"".join(encode(each, namespace=atom.ATOM) + b"\n" for each in said)


def entry(feed: Feed, item: str, content: Content) -> bytes:
    """Return an entry as RFC 4287 has it: one content, an author with a name, a link to it."""
    address = uris.encode(ItemAddress(feed.service, feed.node, item))
    author = content.author
    alone = replace(
        content,
        text="" if content.xhtml else content.text,
        xhtml=xhtml.with_images(content.xhtml),
        author=replace(author, name=author.name or author.jid or feed.service),
        links=(*_links(content), Link(_ALTERNATE, address)),
    )
    return encode(atom.encode(alone, address), namespace=atom.ATOM) + b"\n"


def end() -> bytes:
    """Return what stands behind the entries."""
    return b"</feed>\n"


def _links(content: Content) -> Iterator[Link]:
    """Yield where an entry leads; of what is the same elsewhere one of each type (4.1.2)."""
    types = {""}  # which the link to the entry itself has
    for each in content.links:
        if each.rel != _ALTERNATE:
            yield each
        elif each.type not in types:
            types.add(each.type)
            yield each
        else:
            yield replace(each, rel="related")
