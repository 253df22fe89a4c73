"""Invitations as stanzas."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.core import conversations, jid, xml
from backendd.core.inbound import Envelope
from backendd.features.invitations.model import Invited

DIRECT = "jabber:x:conference"

_LIMIT = 1000  # characters


def decode(envelope: Envelope) -> Invited | None:
    """Return to which room a message invites us; None if to none, or if that can't be believed."""
    if envelope.is_error or envelope.direction == "out" or conversations.is_public(envelope.stanza):
        return None
    # A room that mediates may say it in the other way as well.
    return _mediated(envelope) or _direct(envelope)


def _mediated(envelope: Envelope) -> Invited | None:
    x = xml.child(envelope.stanza, xml.MUC_USER, "x")
    invite = xml.child(x, xml.MUC_USER, "invite") if x is not None else None
    room = envelope.sender
    if x is None or invite is None or not conversations.invites_by_room(envelope.stanza, room):
        return None
    return Invited(
        room=room.bare,
        sender=_inviter(invite.get("from", ""), room.bare),
        reason=_line(xml.child_text(invite, xml.MUC_USER, "reason")),
        password=xml.child_text(x, xml.MUC_USER, "password")[:_LIMIT],
    )


def _direct(envelope: Envelope) -> Invited | None:
    x = xml.child(envelope.stanza, DIRECT, "x")
    try:
        room = jid.received(x.get("jid", "")) if x is not None else None
    except InvalidJid:
        return None
    if x is None or room is None or not room.local or room.resource:
        return None
    return Invited(
        room=room.bare,
        sender=envelope.author.address,
        reason=_line(x.get("reason", "")),
        password=x.get("password", "")[:_LIMIT],
        is_direct=True,
    )


def _inviter(written: str, room: str) -> str:
    """Return who invites: somebody by a bare JID, an occupant by the nick as well."""
    try:
        inviter = jid.received(written)
    except InvalidJid:
        return room
    return inviter.full if inviter.bare == room else inviter.bare


def _line(written: str) -> str:
    return text.clean_line(written, limit=_LIMIT)


def encode_direct(room: str, invitee: str, reason: str, password: str, stanza_id: str) -> Element:
    """Return a message that invites somebody without the room knowing of it."""
    said = {"jid": room, "reason": reason, "password": password}
    x = xml.element(DIRECT, "x", {name: value for name, value in said.items() if value})
    return _message(invitee, [x, xml.element(xml.HINTS, "store")], stanza_id)


def encode_mediated(room: str, invitee: str, reason: str, stanza_id: str) -> Element:
    """Return a message that has a room invite somebody."""
    return _to_room(room, "invite", invitee, reason, stanza_id)


def encode_decline(room: str, inviter: str, reason: str, stanza_id: str) -> Element:
    """Return a message that has a room tell who invited us that we won't come."""
    return _to_room(room, "decline", inviter, reason, stanza_id)


def _to_room(room: str, what: str, whom: str, reason: str, stanza_id: str) -> Element:
    said = [xml.element(xml.MUC_USER, "reason", text=reason)] if reason else []
    wish = xml.element(xml.MUC_USER, what, {"to": whom}, said)
    return _message(room, [xml.element(xml.MUC_USER, "x", children=[wish])], stanza_id)


def _message(to: str, payloads: Iterable[Element], stanza_id: str) -> Element:
    return xml.element(xml.CLIENT, "message", {"to": to, "id": stanza_id}, payloads)
