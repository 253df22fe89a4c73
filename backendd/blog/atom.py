"""Entries as Atom (RFC 4287), in the forms of XEP-0277 and XEP-0472."""

from collections.abc import Iterator
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.blog import addresses, plain, xhtml
from backendd.blog.elements import SCHEMES, XHTML
from backendd.core import jid, uris, xml
from backendd.core.entries import COMMENTS, ENCLOSURE, Content, Feed, Link, Person
from backendd.core.uris import ItemAddress

ATOM: Final = "http://www.w3.org/2005/Atom"
THREADING: Final = "http://purl.org/syndication/thread/1.0"

MOST: Final = 100
"""Links, tags and the like of one entry that are read."""

_LINE, _LONG = 500, 4096

_COMMENTS_TITLE = "comments"
_REPLIES = "replies"
_ALTERNATE = "alternate"


def encode(content: Content, address: str) -> Element:
    """Return the payload of an item, called by its `address` where it isn't called otherwise."""
    entry = xml.element(ATOM, "entry")
    entry.append(xml.element(ATOM, "title", {"type": "text"}, text=content.title))
    entry.append(xml.element(ATOM, "id", text=content.atom_id or address))
    for name, time in (("published", content.published), ("updated", content.updated)):
        if time is not None:
            entry.append(xml.element(ATOM, name, text=xml.format_time(time)))
    entry.append(_encode_person(content.author))
    if content.text:
        entry.append(xml.element(ATOM, "content", {"type": "text"}, text=content.text))
    if content.xhtml:
        markup = xhtml.parse(content.xhtml)
        entry.append(xml.element(ATOM, "content", {"type": "xhtml"}, [markup]))
    entry.extend(xml.element(ATOM, "category", {"term": each}) for each in content.tags)
    entry.extend(map(_encode_link, content.links))
    for each in content.answers:
        entry.append(xml.element(THREADING, "in-reply-to", {"ref": each, "href": each}))
    if content.comments is not None:
        entry.append(_encode_comments(content.comments))
    return entry


def _encode_person(person: Person) -> Element:
    name = [xml.element(ATOM, "name", text=person.name)] if person.name else []
    uri = [xml.element(ATOM, "uri", text=f"xmpp:{person.jid}")] if person.jid else []
    return xml.element(ATOM, "author", children=[*name, *uri])


def _encode_link(link: Link) -> Element:
    length = str(link.length) if link.length else ""
    said = {"rel": link.rel, "href": link.href, "type": link.type, "title": link.title}
    attributes = {key: value for key, value in (said | {"length": length}).items() if value}
    return xml.element(ATOM, "link", attributes)


def _encode_comments(feed: Feed) -> Element:
    href = uris.encode(ItemAddress(feed.service, feed.node))
    return xml.element(ATOM, "link", {"rel": _REPLIES, "title": _COMMENTS_TITLE, "href": href})


def decode(
    entry: Element, *, waits: bool = False, base: str = "", site: str = ""
) -> Content | None:
    """Return what an item says, as far as it can be read; None where it is no entry at all.

    Nothing has to be there; what is said twice counts as it is said first. With `waits` files
    count as well that have no address yet. Addresses are relative to what the entry says (XML
    Base), in what has that `base`, else to where it is on the web, else to `site`.
    """
    if entry.tag != f"{{{ATOM}}}entry":
        return None
    base = addresses.base_in(entry, base) or _alternate(entry, site) or site
    said, markup = _contents(entry, base)
    summary = "" if said or markup else _written(xml.child(entry, ATOM, "summary"), base)
    links = tuple(islice(_links(entry, waits, base), MOST))
    return Content(
        title=text.clean_line(_written(xml.child(entry, ATOM, "title"), base), limit=_LINE),
        text=said or plain.to_text(markup) or summary,
        xhtml=markup,
        author=_person(xml.child(entry, ATOM, "author")),
        published=_time(entry, "published"),
        updated=_time(entry, "updated"),
        tags=tuple(dict.fromkeys(islice(_tags(entry), MOST))),
        links=tuple(each for each in links if each.rel != _REPLIES),
        answers=tuple(dict.fromkeys(islice(_answers(entry), MOST))),
        comments=next(filter(None, map(_comments, links)), None),
        atom_id=text.clean_line(xml.child_text(entry, ATOM, "id"), limit=_LONG),
    )


def _alternate(entry: Element, site: str) -> str:
    """Return where an entry is on the web, as far as it says that."""
    alternates = (
        addresses.resolved(each.get("href", ""), site)
        for each in entry.iterfind(f"{{{ATOM}}}link")
        if each.get("rel", _ALTERNATE) == _ALTERNATE and each.get("href")
    )
    return next(filter(None, alternates), "")


def _contents(entry: Element, base: str) -> tuple[str, str]:
    """Return what it says as plain text and as XHTML, as far as it says it so."""
    said, markup = "", ""
    for each in entry.iterfind(f"{{{ATOM}}}content"):
        if each.get("type", "text") in ("xhtml", "html", "text/html"):
            markup = markup or _markup(each, base)
        else:
            said = said or text.clean(each.text or "").strip("\n")
    return said, markup


def _markup(construct: Element, base: str) -> str:
    """Return the XHTML of a text construct (RFC 4287 3.1) that has some."""
    base = addresses.base_in(construct, base)
    if construct.get("type") != "xhtml":
        return xhtml.clean_html(construct.text or "", base=base)
    div = xml.child(construct, XHTML, "div")
    # Some write what belongs into a div without one.
    root = construct if div is None else div
    return xhtml.clean(root, base=addresses.base_in(root, base))


def _written(construct: Element | None, base: str) -> str:
    """Return the plain text of a text construct."""
    if construct is None:
        return ""
    if construct.get("type", "text") in ("xhtml", "html", "text/html"):
        return plain.to_text(_markup(construct, base))
    return text.clean(construct.text or "")


def _person(author: Element | None) -> Person:
    if author is None:
        return Person()
    name = text.clean_line(xml.child_text(author, ATOM, "name"), limit=_LINE)
    uri = xml.child_text(author, ATOM, "uri").strip()
    return Person(name, _address(uri))


def _address(uri: str) -> str:
    if uri[: len(uris.SCHEME)].lower() != uris.SCHEME:
        return ""
    try:
        return jid.parse(uri[len(uris.SCHEME) :].partition("?")[0]).bare
    except InvalidJid:
        return ""


def published(entry: Element) -> int | None:
    """Return when an entry was published, or else changed, as far as it says that."""
    first = _time(entry, "published")
    return _time(entry, "updated") if first is None else first


def _time(entry: Element, name: str) -> int | None:
    return xml.parse_time(xml.child_text(entry, ATOM, name))


def _tags(entry: Element) -> Iterator[str]:
    for each in entry.iterfind(f"{{{ATOM}}}category"):
        if tag := text.clean_line(each.get("term", ""), limit=_LINE):
            yield tag


def _links(entry: Element, waits: bool, base: str) -> Iterator[Link]:
    for each in entry.iterfind(f"{{{ATOM}}}link"):
        written = each.get("href", "")
        href = href_in(written) or (addresses.resolved(written, base) if written else "")
        rel = text.clean_line(each.get("rel", _ALTERNATE), limit=_LINE)
        if href or (waits and rel == ENCLOSURE and not each.get("href")):
            yield Link(
                rel=rel,
                href=href,
                type=text.clean_line(each.get("type", ""), limit=_LINE),
                title=text.clean_line(each.get("title", ""), limit=_LINE),
                length=length_in(each.get("length", "")),
            )


def href_in(written: str) -> str:
    """Return where a link leads, if that is anywhere that one may lead others."""
    href = text.clean_line(written, limit=_LONG)
    return href if href.partition(":")[0].lower() in SCHEMES else ""


def length_in(written: str) -> int:
    """Return the bytes that an attribute names; 0 where it names none."""
    is_number = written.isascii() and written.isdigit() and len(written) < 19
    return int(written) if is_number else 0


def _comments(link: Link) -> Feed | None:
    # The title is what XEP-0277 tells it by, but not everybody writes it.
    found = uris.decode(link.href) if link.rel == _REPLIES else None
    if found is None or not found.node.startswith(COMMENTS):
        return None  # who comments must not write into a blog, or anywhere else, by that
    return Feed(found.service, found.node)


def _answers(entry: Element) -> Iterator[str]:
    for each in entry.iterfind(f"{{{THREADING}}}in-reply-to"):
        for said in (each.get("href", ""), each.get("ref", "")):
            if address := text.clean_line(said, limit=_LONG):
                yield address
