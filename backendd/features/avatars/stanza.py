"""Pictures as elements: told of and carried by PEP (XEP-0084), and in vCards (XEP-0153)."""

import binascii
from base64 import b64decode, b64encode
from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.pictures import is_hash
from backendd.core.pubsub import Item
from backendd.core.pubsub_events import Event
from backendd.features.avatars import image

METADATA = "urn:xmpp:avatar:metadata"
DATA = "urn:xmpp:avatar:data"
CONVERSION = "urn:xmpp:pep-vcard-conversion:0"
UPDATE = "vcard-temp:x:update"
VCARD = "vcard-temp"


def encode_data(data: bytes) -> Item:
    """Return the item that carries a picture."""
    return Item(image.hash_of(data), xml.element(DATA, "data", text=b64encode(data).decode()))


def encode_metadata(data: bytes, kind: str) -> Item:
    """Return the item that tells of a picture."""
    digest = image.hash_of(data)
    about = {"id": digest, "bytes": str(len(data)), "type": kind}
    info = xml.element(METADATA, "info", about)
    return Item(digest, xml.element(METADATA, "metadata", children=[info]))


def encode_none() -> Item:
    """Return the item that tells that there is no picture any more."""
    return Item("", xml.element(METADATA, "metadata"))


def decode_metadata(event: Event) -> str | None:
    """Return the hash that an event tells of, empty for no picture; None where it says nothing.

    A picture that is elsewhere than in PEP, or too large, is none.
    """
    if not event.items:
        is_gone = event.retracted or event.is_purged or event.is_deleted
        return "" if is_gone else None
    payload = event.items[-1].payload
    if payload is None or payload.tag != f"{{{METADATA}}}metadata":
        return None
    for info in payload.iterfind(f"{{{METADATA}}}info"):
        size, digest = info.get("bytes", ""), info.get("id", "").lower()
        is_small = size.isascii() and size.isdigit() and int(size[:12]) <= image.MOST
        if is_small and is_hash(digest) and not info.get("url"):
            return digest
    return ""


def decode_data(payload: Element | None) -> bytes:
    """Return the picture that an item of PEP carries, nothing where it carries none."""
    is_data = payload is not None and payload.tag == f"{{{DATA}}}data"
    return _decoded(payload.text if payload is not None and is_data else "")


def decode_photo(vcard: Element | None) -> bytes:
    """Return the picture of a vCard."""
    photo = vcard.find(f"{{{VCARD}}}PHOTO") if vcard is not None else None
    return _decoded(xml.child_text(photo, VCARD, "BINVAL") if photo is not None else "")


def _decoded(text: str | None) -> bytes:
    try:
        return b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def ask_vcard() -> Element:
    """Return the payload that asks for a vCard."""
    return xml.element(VCARD, "vCard")


def with_photo(vcard: Element | None, data: bytes, kind: str) -> Element:
    """Return a vCard with another picture, or none; the rest of it stays."""
    changed = xml.element(VCARD, "vCard")
    kept = vcard if vcard is not None else ()
    changed.extend(each for each in kept if each.tag != f"{{{VCARD}}}PHOTO")
    if data:
        parts = [
            xml.element(VCARD, "TYPE", text=kind),
            xml.element(VCARD, "BINVAL", text=b64encode(data).decode()),
        ]
        changed.append(xml.element(VCARD, "PHOTO", children=parts))
    return changed


def encode_update(digest: str) -> Element:
    """Return what presence says of our picture; an empty hash: there is none."""
    return xml.element(UPDATE, "x", children=[xml.element(UPDATE, "photo", text=digest or None)])


def decode_update(presence: Element) -> str | None:
    """Return the hash in a presence, empty for no picture; None where it says nothing."""
    photo = presence.find(f"{{{UPDATE}}}x/{{{UPDATE}}}photo")
    if photo is None:
        return None
    digest = (photo.text or "").strip().lower()
    return digest if not digest or is_hash(digest) else None
