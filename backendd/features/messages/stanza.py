"""Chat messages as stanzas (RFC 6121 5, XEP-0359)."""

from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.tuples import NamedTuple
from backendd.api.words import MessageType
from backendd.core import conversations, fallbacks, shared_files, xml
from backendd.core.inbound import Context, Envelope
from backendd.core.messages import BODY_LIMIT, CopyWay, NewMessage
from backendd.core.payloads import Line, Payloads

_IDS_LIMIT = 1024
_SUBJECT_LIMIT = 1000


def decode(context: Context, envelope: Envelope, payloads: Payloads) -> NewMessage | None:
    """Return what is to be stored of a message; None if it says nothing.

    Or if it was said in a room that we aren't in, or asks whether we come to one.

    Of any other type, also an unknown one, it is for the user to read (RFC 6121 5.2.2).
    """
    stanza = envelope.stanza
    is_elsewhere = conversations.is_public(stanza) and envelope.peer not in context.rooms.joined
    if is_elsewhere or envelope.is_error or _is_invitation(envelope):
        return None
    said = _said(stanza, payloads)
    if not said.body.strip():
        return None
    origin = xml.child(stanza, xml.STANZA_IDS, "origin-id")
    is_out, is_unheard = envelope.direction == "out", envelope.is_unheard
    is_history = envelope.way == "past" or _is_told_to_a_newcomer(context, envelope)
    is_news = not is_history and not is_unheard
    return NewMessage(
        peer=envelope.peer,
        kind=envelope.whom.kind,
        direction=envelope.direction,
        source="live" if envelope.way in ("live", "carbon") and is_news else "archive",
        sender=envelope.author.address,
        author=envelope.author.key,
        body=said.body,
        type=said.type,
        encryption=said.encryption,
        said=said.written,
        time=envelope.time,
        claimed=envelope.claimed,
        way=_way(envelope),
        addressee=envelope.recipient.resource,
        message_id=_id(stanza.get("id", "")),
        origin_id=_id(origin.get("id", "")) if origin is not None else "",
        archive_ids=envelope.archive_ids,
        state="sent" if is_out else "unread" if is_news else "read",
        is_truncated=said.is_truncated,
        is_markable=xml.child(stanza, xml.MARKERS, "markable") is not None,
        is_past=not is_news,
        is_unheard=is_unheard,
    )


def _is_told_to_a_newcomer(context: Context, envelope: Envelope) -> bool:
    """Return whether a room tells what was said there before we came to it for the first time."""
    us = context.rooms.joined.get(envelope.peer)
    is_held_up = envelope.kind == "room" and envelope.is_late
    return is_held_up and us is not None and us.is_new


def _is_invitation(envelope: Envelope) -> bool:
    """Return whether a room brings an invitation: that is answered, not read."""
    room = envelope.sender if envelope.direction == "in" else envelope.recipient
    return conversations.invites_by_room(envelope.stanza, room)


class _Said(NamedTuple):
    """What a message says. `written`: what the body stands for, where it is a line of ours."""

    body: str
    type: MessageType = "message"
    encryption: str = ""
    written: str = ""
    is_truncated: bool = False


def _said(stanza: Element, payloads: Payloads) -> _Said:
    raw = xml.child_text(stanza, xml.CLIENT, "body")
    body = text.clean(raw, limit=BODY_LIMIT)
    line = payloads.find(stanza)
    if line is not None and _says_all(line, stanza, body):
        return _Said(line.body, line.type, line.encryption, xml.written(line.payload))
    is_invitation = line is not None and line.type == "invite"
    headed = _headed(stanza, body)
    return _Said(
        headed[:BODY_LIMIT],
        type="invite" if is_invitation else "message",
        is_truncated=len(raw) > BODY_LIMIT or len(headed) > BODY_LIMIT,
    )


def _says_all(line: Line, stanza: Element, body: str) -> bool:
    """Return whether a body adds nothing to the line for what a message carries."""
    if line.encryption or not body.strip():
        return True
    if line.type == "invite":
        return False  # it is known as one, and may be worded better
    if line.link and body.strip() == line.link:
        return True
    if line.files and not shared_files.words(body, line.files).strip():
        return False
    namespace, _ = xml.split(line.payload.tag)
    if namespace == xml.MUC_USER and "/" not in stanza.get("from", "/"):
        return True  # a room says the same, with the client of whom it is about
    return xml.child(fallbacks.without(stanza, namespace), xml.CLIENT, "body") is None


def _headed(stanza: Element, body: str) -> str:
    """Return `body` with the subject as its first line, if it doesn't say the same."""
    subject = text.clean_line(xml.child_text(stanza, xml.CLIENT, "subject"), limit=_SUBJECT_LIMIT)
    said = (text.clean_line(each) for each in (body, body.lstrip().partition("\n")[0]))
    return f"{subject}\n{body}" if body.strip() and subject and subject not in said else body


def _way(envelope: Envelope) -> CopyWay:
    if envelope.way in ("catch_up", "past"):
        return "archive"
    if envelope.way == "carbon":
        return "carbon"
    return "late" if envelope.is_late else "live"


def _id(value: str) -> str:
    return value if len(value) <= _IDS_LIMIT else ""
