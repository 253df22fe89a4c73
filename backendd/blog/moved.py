"""Posts of other blogs' files as they can be published here: which they are, and what they say."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.values import Value
from backendd.api.words import DateDoubt
from backendd.blog import atom, rss, xhtml
from backendd.blog.syndication import Around
from backendd.core import uris
from backendd.core.encoding import encode
from backendd.core.entries import Content, Link, titled

_LONGEST_ID: Final = 200

_KIND: Final = "http://schemas.google.com/g/2005#kind"
_BLOGGER: Final = "{http://schemas.google.com/blogger/2018}"
_DRAFTS: Final = ("{http://www.w3.org/2007/app}", "{http://purl.org/atom/app#}")

_KEPT: Final = frozenset({"via", "related", "enclosure"})
_CATEGORY: Final = f"{{{atom.ATOM}}}category"


class Post(Value):
    """A post of a file. `why_not` says why it is no entry for others, and is empty where it is."""

    id: str
    content: Content
    why_not: str = ""


def is_post(element: Element) -> bool:
    """Return whether it is something that one would call a post, published or not.

    Files of whole blogs hold comments, pictures, menus and settings as well.
    """
    kind = _kind(element)
    return kind in ("", "post", "page")


def id_of(element: Element) -> str:
    """Return what the entry is called that it becomes: always the same of the same post.

    An entry that was exported keeps what it was called.
    """
    name = _name(element)
    found = uris.decode(name)
    item = found.item if found is not None else ""
    if item and len(item) <= _LONGEST_ID and item == text.clean_line(item):
        return item
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()[:24]


def beginning(element: Element, most: int) -> Element:
    """Return a post with no text longer than that, which is enough for a list of posts."""
    for each in element.iter():
        if each.text and len(each.text) > most:
            each.text = each.text[:most]
    return element


def published(element: Element) -> int | None:
    """Return when a post was published, as far as it says that; microseconds since the epoch."""
    return rss.published(element) if element.tag == "item" else atom.published(element)


def doubt(time: int | None, now: int) -> DateDoubt:
    """Return what is wrong with when a post says that it was published; times as of `published`."""
    if time is None:
        return "missing"
    if time > now:
        return "future"
    return "early" if time <= 0 else ""


def decode(element: Element, around: Around) -> Post:
    """Return what a post says of those that have this around them. Long ones take a while."""
    content = _decode(element, around)
    content = replace(content, links=tuple(_links(content)), comments=None)
    why_not = _why_not(element)
    if not (content.title or content.text or content.xhtml or content.links):
        why_not = why_not or "it is empty"
    return Post(id_of(element), titled(content), why_not)


def _decode(element: Element, around: Around) -> Content:
    if element.tag == "item":
        return rss.decode(element, *around)
    for each in element.findall(_CATEGORY):
        if each.get("scheme") == _KIND:
            element.remove(each)
    content = atom.decode(element, base=around.base, site=around.site)
    assert content is not None
    author = replace(content.author, name=content.author.name or around.names.get("", ""))
    return replace(content, author=author, xhtml=xhtml.with_images(content.xhtml))


def _links(content: Content) -> Iterator[Link]:
    """Yield where a post leads: to where it was on the web, to files, and what it comes from."""
    for each in content.links:
        if each.rel == "alternate" and uris.decode(each.href) is None:
            yield replace(each, rel="via")
        elif each.rel in _KEPT and atom.href_in(each.href):
            yield each


def _kind(element: Element) -> str:
    """Return what sort of thing it is, as WordPress and Blogger say it; empty: nobody does."""
    if element.tag == "item":
        return (element.findtext("{*}post_type") or "").strip()
    for each in element.iterfind(_CATEGORY):
        if each.get("scheme") == _KIND:
            return each.get("term", "").rpartition("#")[2]
    return _said(element, f"{_BLOGGER}type").lower()


def _why_not(element: Element) -> str:
    if _kind(element) == "page":
        return "it is a page, and no post"
    if _said(element, "{*}post_password"):
        return "it has a password, without which nobody was to read it"
    status = _said(element, "{*}status") if element.tag == "item" else ""
    status = (status or _said(element, f"{_BLOGGER}status")).lower()
    is_draft = any(_said(element, f"{each}control/{each}draft") == "yes" for each in _DRAFTS)
    if is_draft or status not in ("", "publish", "live"):
        return "it isn't published there" + (f" ({status})" if status else "")
    return ""


def _name(element: Element) -> str:
    """Return what says everywhere which post it is, as well as the post says that."""
    name = _said(element, "guid") or _said(element, f"{{{atom.ATOM}}}id")
    if ":" in name:
        return name
    found = (name, _address(element))
    return "\n".join(found) if any(found) else encode(element, namespace="").decode()


def _address(element: Element) -> str:
    if element.tag == "item":
        return _said(element, "link")
    found = element.find(f"{{{atom.ATOM}}}link")
    return found.get("href", "") if found is not None else ""


def _said(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
