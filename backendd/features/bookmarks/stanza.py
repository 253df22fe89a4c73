"""Bookmarks as elements: each an item (XEP-0402), or all of them in one (XEP-0048).

What is unknown in them stays as it came, whatever is changed beside it.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.core import encoding, jid, xml
from backendd.core.bookmarks import Bookmark
from backendd.core.fields import is_true
from backendd.core.pubsub import Item
from backendd.features.bookmarks import extensions
from backendd.features.bookmarks.extensions import NODE

STORAGE = "storage:bookmarks"
PRIVATE = "jabber:iq:private"

MOST = 5000
"""Bookmarks that are read."""

_LIMIT = 1000  # characters


def decode_item(item: Item) -> Bookmark | None:
    """Return the bookmark that an item is; None where it is none."""
    found = item.payload
    if found is None or found.tag != f"{{{NODE}}}conference":
        return None
    return _decode(item.id, found, NODE)


def encode_item(bookmark: Bookmark) -> Item:
    """Return the item that says a bookmark."""
    return Item(bookmark.known_as, _encode(bookmark, NODE))


def room_of(written: str) -> str | None:
    """Return the room that an id names; None where it names none."""
    try:
        address = jid.received(written)
    except InvalidJid:
        return None
    return None if address.resource or not address.local else address.bare


def written(bookmark: Bookmark, namespace: str) -> Bookmark:
    """Return a bookmark as a server will have it: with the element, and what that can say."""
    is_item = namespace == NODE
    return replace(
        bookmark,
        pinned=bookmark.pinned and is_item,
        notify=bookmark.notify if is_item else None,
        element=_kept(_encode(bookmark, namespace), namespace),
    )


def decode_storage(storage: Element | None) -> list[Bookmark]:
    """Return all bookmarks of a `<storage/>`, each room once."""
    found: dict[str, Bookmark] = {}
    for element in _conferences(storage):
        bookmark = _decode(element.get("jid", ""), element, STORAGE)
        if bookmark is not None and len(found) < MOST:
            found.setdefault(bookmark.room, bookmark)
    return list(found.values())


def with_bookmark(storage: Element | None, bookmark: Bookmark) -> Element:
    """Return a `<storage/>` that has this bookmark, instead of the one of its room."""
    changed = deepcopy(storage) if storage is not None else xml.element(STORAGE, "storage")
    for each in changed:
        if _is_of(each, bookmark.room):
            _edit(each, bookmark, STORAGE)
            return changed
    changed.append(_encode(bookmark, STORAGE))
    return changed


def without_bookmark(storage: Element | None, room: str) -> Element:
    """Return a `<storage/>` without the bookmark of a room."""
    changed = deepcopy(storage) if storage is not None else xml.element(STORAGE, "storage")
    for each in [each for each in changed if _is_of(each, room)]:
        changed.remove(each)
    return changed


def private(storage: Element | None = None) -> Element:
    """Return the payload that asks for the `<storage/>` in XEP-0049, or replaces it."""
    inside = storage if storage is not None else xml.element(STORAGE, "storage")
    return xml.element(PRIVATE, "query", children=[inside])


def decode_private(iq: Element) -> Element | None:
    """Return the `<storage/>` that an answer has."""
    return iq.find(f"{{{PRIVATE}}}query/{{{STORAGE}}}storage")


def storage_in(item: Item) -> Element | None:
    """Return the `<storage/>` that an item is."""
    found = item.payload
    return found if found is not None and found.tag == f"{{{STORAGE}}}storage" else None


def _conferences(storage: Element | None) -> Iterator[Element]:
    return iter(()) if storage is None else storage.iterfind(f"{{{STORAGE}}}conference")


def _is_of(element: Element, room: str) -> bool:
    is_one = element.tag == f"{{{STORAGE}}}conference"
    return is_one and room_of(element.get("jid", "")) == room


def _decode(named: str, element: Element, namespace: str) -> Bookmark | None:
    room = room_of(named)
    if room is None:
        return None
    return Bookmark(
        room=room,
        name=_line(element.get("name", "")),
        nick=_line(xml.child_text(element, namespace, "nick")),
        password=xml.child_text(element, namespace, "password")[:_LIMIT],
        autojoin=is_true(element.get("autojoin", "")),
        pinned=namespace == NODE and extensions.is_pinned(element),
        notify=extensions.notify(element) if namespace == NODE else None,
        id=named if named != room else "",
        element=_kept(element, namespace),
    )


def _kept(element: Element, namespace: str) -> str:
    """Return what is kept of a bookmark as it came: all but the password, which is sealed."""
    kept = deepcopy(element)
    _set_child(kept, namespace, "password", "")
    return encoding.encode(kept).decode()


def _encode(bookmark: Bookmark, namespace: str) -> Element:
    """Return what the server had of a bookmark, with what of it is different."""
    element = xml.element(namespace, "conference")
    if bookmark.element:
        element = encoding.decode(bookmark.element)
    elif namespace == STORAGE:
        element.set("jid", bookmark.known_as)
    _edit(element, bookmark, namespace)
    return element


def _edit(element: Element, bookmark: Bookmark, namespace: str) -> None:
    """Have `element` say a bookmark; what it says already stays as it is written."""
    had = _decode(bookmark.known_as, element, namespace) or Bookmark(bookmark.room)
    if had.name != bookmark.name:
        _set(element, "name", bookmark.name)
    if had.autojoin != bookmark.autojoin:
        _set(element, "autojoin", "true" if bookmark.autojoin else "")
    if had.nick != bookmark.nick:
        _set_child(element, namespace, "nick", bookmark.nick)
    if had.password != bookmark.password:
        _set_child(element, namespace, "password", bookmark.password)
    if namespace == NODE:
        _extend(element, had, bookmark)


def _extend(element: Element, had: Bookmark, bookmark: Bookmark) -> None:
    """Have `element` say how the conversation behaves, which only items can (XEP-0402)."""
    if had.pinned != bookmark.pinned:
        extensions.pin(element, is_pinned=bookmark.pinned)
    if bookmark.notify is not None and had.notify != bookmark.notify:
        extensions.set_notify(element, bookmark.notify)


def _set(element: Element, attribute: str, value: str) -> None:
    element.attrib.pop(attribute, None)
    if value:
        element.set(attribute, value)


def _set_child(element: Element, namespace: str, name: str, value: str) -> None:
    for each in element.findall(f"{{{namespace}}}{name}"):
        element.remove(each)
    if value:
        element.insert(0, xml.element(namespace, name, text=value))


def _line(written: str) -> str:
    return text.clean_line(written, limit=_LIMIT)
