"""What a conversation is: with whom, of which kind, and how each kind is spoken in."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import Kind, WantedNotify
from backendd.core import xml
from backendd.core.jid import Jid


class Peer(NamedTuple):
    """The other side of a conversation, as it is addressed, and what that makes of it.

    Somebody or a room by a bare JID; an occupant to whom one talks alone by room and nick.
    """

    jid: str
    kind: Kind


class Behaviour(Value):
    """How a conversation is to behave; what is None stays as it is.

    `notify` is empty for what is usual, see `api.noise`.
    """

    pinned: bool | None = None
    notify: WantedNotify | None = None
    markers: bool | None = None
    typing_out: bool | None = None


_ALONE = Behaviour(notify="", markers=True, typing_out=True)

AT_FIRST: Mapping[Kind, Behaviour] = {
    "chat": _ALONE,
    "private": _ALONE,
    # Whoever is there would be told, each by a stanza of its own (XEP-0085 5.5).
    "room": Behaviour(notify="", markers=False, typing_out=False),
}
"""How a conversation of each kind behaves until the user wants it otherwise."""


def message_to(peer: Peer, payloads: Iterable[Element], *, stanza_id: str = "") -> Element:
    """Return a message that says `payloads` in a conversation.

    What is for an occupant alone is marked as such, for our other clients (XEP-0045 7.5).
    """
    attributes = {"to": peer.jid, "type": "groupchat" if peer.kind == "room" else "chat"}
    if stanza_id:
        attributes["id"] = stanza_id
    message = xml.element(xml.CLIENT, "message", attributes, payloads)
    if peer.kind == "private":
        message.append(xml.element(xml.MUC_USER, "x"))
    return message


def text_to(peer: Peer, body: str, message_id: str, also: Iterable[Element] = ()) -> Element:
    """Return a message that says a text; its id attribute and its origin id are the same."""
    said = xml.element(xml.CLIENT, "body", text=body)
    named = xml.element(xml.STANZA_IDS, "origin-id", {"id": message_id})
    return message_to(peer, [said, named, *also], stanza_id=message_id)


def is_public(stanza: Element) -> bool:
    """Return whether a message is said to all in a room."""
    return stanza.get("type") == "groupchat"


def is_marked_private(stanza: Element) -> bool:
    """Return whether a message says that it is for an occupant alone, or from one.

    What else a room says in such an element, an invitation for instance, has content.
    """
    mark = xml.child(stanza, xml.MUC_USER, "x")
    return mark is not None and not len(mark) and not is_public(stanza)


def is_to_room_itself(stanza: Element) -> bool:
    """Return whether a message asks a room for something, and says nothing in it."""
    mark = xml.child(stanza, xml.MUC_USER, "x")
    return mark is not None and bool(len(mark)) and not is_public(stanza)


def invites_by_room(stanza: Element, room: Jid) -> bool:
    """Return whether a message is an invitation that this room brings, or is to bring.

    Only a room speaks in its name: an occupant can write the same.
    """
    mark = xml.child(stanza, xml.MUC_USER, "x")
    invite = xml.child(mark, xml.MUC_USER, "invite") if mark is not None else None
    return invite is not None and bool(room.local) and not room.resource and not is_public(stanza)
