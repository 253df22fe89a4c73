"""What bookmarks say beside the room: that it is pinned (XEP-0469), what is notified (XEP-0492)."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from backendd.api.words import Notify
from backendd.core import xml
from backendd.xmpp.answers import IDENTITY

NODE = "urn:xmpp:bookmarks:1"
PINNING = "urn:xmpp:bookmarks-pinning:0"
NOTIFYING = "urn:xmpp:notification-settings:1"

_CATEGORY, _TYPE = "identity-category", "identity-type"
_WORDS: Mapping[str, Notify] = {
    f"{{{NOTIFYING}}}always": "all",
    f"{{{NOTIFYING}}}on-mention": "mentions",
    f"{{{NOTIFYING}}}never": "none",
}
_TAGS = {word: tag for tag, word in _WORDS.items()}


def is_pinned(conference: Element) -> bool:
    """Return whether a bookmark says that its room is pinned."""
    return _find(conference, PINNING, "pinned") is not None


def pin(conference: Element, *, is_pinned: bool) -> None:
    """Have a bookmark say whether its room is pinned."""
    extensions = _extensions(conference)
    for each in extensions.findall(f"{{{PINNING}}}pinned"):
        extensions.remove(each)
    if is_pinned:
        extensions.append(xml.element(PINNING, "pinned"))
    if not len(extensions):
        conference.remove(extensions)


def notify(conference: Element) -> Notify | None:
    """Return of what clients like this one notify; None where a bookmark doesn't say."""
    found = _find(conference, NOTIFYING, "notify")
    said = _for(found, *_OURS) if found is not None else None
    return _WORDS[said.tag] if said is not None else None


def set_notify(conference: Element, word: Notify) -> None:
    """Have a bookmark say of what clients like this one notify.

    What it says of that at length (`<advanced/>`) stays where it is, as it is for others to read.
    """
    found = _find(conference, NOTIFYING, "notify")
    if found is None:
        found = xml.element(NOTIFYING, "notify")
        _extensions(conference).append(found)
    said = _for(found, *_OURS)
    if said is not None:
        said.tag = _TAGS[word]
        _remove_twins(found, said)
    if _for(found, _ANYBODY) is None:
        found.append(Element(_TAGS[word]))


_ANYBODY = ("", "")
_OURS = ((IDENTITY.category, IDENTITY.type), (IDENTITY.category, ""), _ANYBODY)


def _for(found: Element, *clients: tuple[str, str]) -> Element | None:
    """Return what is said for the first of these kinds of clients of which something is said."""
    said: dict[tuple[str, str], Element] = {}
    for each in found:
        if each.tag in _WORDS:
            said.setdefault(_whose(each), each)
    return next((said[client] for client in clients if client in said), None)


def _remove_twins(found: Element, said: Element) -> None:
    """Remove what says the same once more: each may be said once."""
    for each in list(found):
        is_same = each.tag == said.tag and _whose(each) == _whose(said)
        if is_same and each is not said and not len(each):
            found.remove(each)


def _whose(said: Element) -> tuple[str, str]:
    return said.get(_CATEGORY, ""), said.get(_TYPE, "")


def _find(conference: Element, namespace: str, name: str) -> Element | None:
    return conference.find(f"{{{NODE}}}extensions/{{{namespace}}}{name}")


def _extensions(conference: Element) -> Element:
    found = xml.child(conference, NODE, "extensions")
    if found is None:
        found = xml.element(NODE, "extensions")
        conference.append(found)
    return found
