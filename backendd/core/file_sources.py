"""Where a file is that another message told of: addresses that come later (XEP-0447 3.3)."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from xml.etree.ElementTree import Element

from backendd.api import attachments, text
from backendd.api.tuples import NamedTuple
from backendd.core import fallbacks, file_addresses, sharing, xml
from backendd.core.shared_files import MOST_ADDRESSES, SharedFile

ATTACHING = "urn:xmpp:message-attaching:1"

_WAY = f"{{{sharing.WEB}}}url-data"
_SEEN = 100
_LONGEST_ID = 255


class Added(NamedTuple):
    """Addresses of a file that its message calls `id`; without one its first is meant."""

    id: str
    addresses: tuple[str, ...]

    def to(self, files: Sequence[SharedFile]) -> list[SharedFile] | None:
        """Return the files of a message, one of which has these addresses; None if none does."""
        meant = next((n for n, file in enumerate(files) if self.id in ("", file.id)), None)
        if meant is None:
            return None
        known = dict.fromkeys((*files[meant].addresses, *self.addresses))
        found = replace(files[meant], addresses=tuple(known)[:MOST_ADDRESSES])
        return [found if n == meant else file for n, file in enumerate(files)]


def target(stanza: Element) -> str:
    """Return the id of the message to which another one adds something; empty if to none."""
    attached = xml.child(stanza, ATTACHING, "attach-to")
    return attached.get("id", "") if attached is not None else ""


def decode(stanza: Element) -> Added | None:
    """Return which addresses a message adds to a file of another, if it does."""
    sources = xml.child(stanza, sharing.SHARING, "sources")
    if sources is None or not target(stanza):
        return None
    written = [each.get("target", "") for each in islice(sources.iterfind(_WAY), _SEEN)]
    addresses = dict.fromkeys(filter(None, map(file_addresses.read, written)))
    named = text.clean_line(sources.get("id", ""), limit=_LONGEST_ID)
    return Added(named, tuple(addresses)[:MOST_ADDRESSES]) if addresses else None


def write(added: Added) -> str:
    """Return it as it is kept until its message is here."""
    return json.dumps(added)


def read(written: str) -> Added | None:
    """Return what was kept, None where that is damaged."""
    try:
        named, addresses = json.loads(written)
        return Added(str(named), tuple(map(str, addresses)))
    except (TypeError, ValueError):
        return None


def without(stanza: Element, added: Added) -> Element:
    """Return a message without what only says where the file is, to readers of whatever age."""
    rest = Element(stanza.tag, stanza.attrib)
    for child in fallbacks.without(stanza, sharing.SHARING):
        link = sharing.read_link(child) if child.tag == sharing.LINK_TAG else None
        is_told = link is not None and link.url in added.addresses
        if is_told or child.tag == f"{{{sharing.SHARING}}}sources":
            continue
        if child.tag == f"{{{xml.CLIENT}}}body":
            said = attachments.without(child.text or "", added.addresses)
            child = xml.element(xml.CLIENT, "body", dict(child.attrib), text=said)
        rest.append(child)
    return rest
