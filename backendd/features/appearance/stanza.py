"""Spoilers (XEP-0382), and texts without styles (XEP-0393 6), as elements of messages."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.core import xml
from backendd.features.appearance.model import LONGEST_ABOUT, Appearance

SPOILER = "urn:xmpp:spoiler:0"
STYLING = "urn:xmpp:styling:0"


def encode(appearance: Appearance) -> Iterator[Element]:
    """Yield what a message carries that is to be shown so."""
    if appearance.is_spoiler:
        yield xml.element(SPOILER, "spoiler", text=appearance.about or None)
    if appearance.is_unstyled:
        yield xml.element(STYLING, "unstyled")


def decode(stanza: Element) -> Appearance | None:
    """Return how a message asks to be shown, None where it doesn't."""
    spoiler = xml.child(stanza, SPOILER, "spoiler")
    is_unstyled = xml.child(stanza, STYLING, "unstyled") is not None
    if spoiler is None:
        return Appearance(is_unstyled=True) if is_unstyled else None
    about = text.clean_line(spoiler.text or "", limit=LONGEST_ABOUT)
    return Appearance(is_spoiler=True, about=about, is_unstyled=is_unstyled)
