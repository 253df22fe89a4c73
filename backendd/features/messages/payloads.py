"""Payloads that no feature knows what to do with, each as a line of ours."""

from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.core import jid, shared_files, sharing, xml
from backendd.core.messages import BODY_LIMIT
from backendd.core.payloads import Line, Payload
from backendd.features.messages import marked_up

_CALL = "urn:xmpp:jingle-message:0"
_CONFERENCE = "jabber:x:conference"
_ENCRYPTION = "urn:xmpp:eme:0"
_ROOM = "http://jabber.org/protocol/muc#user"

# As XEP-0380 names them; others bring their name along.
_OMEMO = {
    "eu.siacs.conversations.axolotl": "OMEMO",
    "urn:xmpp:omemo:1": "OMEMO 1",
    "urn:xmpp:omemo:2": "OMEMO 2",
}
_METHODS = {
    **_OMEMO,
    "urn:xmpp:openpgp:0": "OpenPGP for XMPP",
    "jabber:x:encrypted": "Legacy OpenPGP",
    "urn:xmpp:otr:0": "OTR",
}
_TELLING = (sharing.SHARING_TAG, sharing.REFERENCE_TAG)
_SHORT = 200
_LONG = 2000


def _encrypted(name: str, payload: Element) -> Line:
    line = f"encrypted with {name}, which this version can't read"
    return Line(line, payload, encryption=name)


def _omemo(payload: Element) -> Line | None:
    namespace = payload.tag[1:].partition("}")[0]
    # One without a payload only brings keys.
    if xml.child(payload, namespace, "payload") is None:
        return None
    return _encrypted(_METHODS[namespace], payload)


def _openpgp(payload: Element) -> Line:
    return _encrypted(_METHODS[payload.tag[1:].partition("}")[0]], payload)


def _explicit(payload: Element) -> Line | None:
    namespace = payload.get("namespace", "")
    if namespace in _OMEMO:
        return None  # it had no payload
    name = _METHODS.get(namespace) or payload.get("name") or namespace
    return _encrypted(text.clean_line(name, limit=_SHORT) or "an unknown method", payload)


def _direct_invitation(payload: Element) -> Line | None:
    room = _address(payload.get("jid", ""))
    if not room:
        return None
    body = f"invitation to the room {room}" + _because(payload.get("reason", ""))
    return Line(body, payload, type="invite")


def _mediated_invitation(payload: Element) -> Line | None:
    invite, decline = xml.child(payload, _ROOM, "invite"), xml.child(payload, _ROOM, "decline")
    if invite is not None:
        why = _because(xml.child_text(invite, _ROOM, "reason"))
        if invitee := _address(invite.get("to", "")):
            return Line(f"invitation of {invitee} to this room{why}", payload)
        inviter = _address(invite.get("from", "")) or "somebody"
        return Line(f"{inviter} invites to this room{why}", payload, type="invite")
    if decline is not None:
        why = _because(xml.child_text(decline, _ROOM, "reason"))
        invitee = _address(decline.get("from", "")) or "somebody"
        return Line(f"{invitee} declines the invitation to this room{why}", payload)
    return None


def _files(message: Element) -> Line | None:
    files = sharing.read(message)
    telling = [each for each in message if each.tag in _TELLING]
    if not files or not any(map(_tells_of_file, telling)):
        return None
    payload, *others = telling
    if others:
        payload = xml.element(sharing.SHARING, "files", children=telling)
    return Line("\n".join(map(shared_files.line, files)), payload, files=files)


def _tells_of_file(payload: Element) -> bool:
    """Return whether an element is one of a file: references may be to anything."""
    return payload.tag == sharing.SHARING_TAG or sharing.read_reference(payload) is not None


def _call(payload: Element) -> Line:
    media = [each.get("media", "") for each in payload if each.tag.endswith("}description")]
    if "video" in media:
        return Line("a call with video, which this version can't take", payload)
    if "audio" in media:
        return Line("a call, which this version can't take", payload)
    return Line("an offer of a session, which this version can't take", payload)


def _link(payload: Element) -> Line | None:
    link = text.clean_line(xml.child_text(payload, xml.LINK, "url"), limit=_LONG)
    about = text.clean_line(xml.child_text(payload, xml.LINK, "desc"), limit=_LONG)
    if not link:
        return None
    said = f"{about}\n{link}" if about else link
    return Line(said, payload, type="message", link=link if about else "")


def _formatted(payload: Element) -> Line | None:
    """Return the text of a message that has one only with its looks (XEP-0071)."""
    said = text.clean(marked_up.text_of(payload), limit=BODY_LIMIT).strip()
    return Line(said, payload, type="message") if said else None


def _subject(payload: Element) -> Line | None:
    subject = text.clean_line(payload.text or "", limit=_LONG)
    return Line(subject, payload, type="message") if subject else None


CARRIED = (
    *(Payload(f"{{{namespace}}}encrypted", _omemo) for namespace in _OMEMO),
    Payload("{urn:xmpp:openpgp:0}openpgp", _openpgp),
    Payload("{jabber:x:encrypted}x", _openpgp),
    Payload(f"{{{_ENCRYPTION}}}encryption", _explicit),
    Payload(f"{{{_ROOM}}}x", _mediated_invitation),
    Payload(f"{{{_CONFERENCE}}}x", _direct_invitation),
    *(Payload(tag, _files, is_whole=True) for tag in _TELLING),
)
"""What is worth more than that a message calls for attention, or asks for something."""

UNKNOWN = (
    Payload(f"{{{_CALL}}}propose", _call),
    Payload(f"{{{xml.LINK}}}x", _link),
    Payload("{http://jabber.org/protocol/xhtml-im}html", _formatted),
    Payload(f"{{{xml.CLIENT}}}subject", _subject),
)


def _address(written: str) -> str:
    try:
        return jid.received(written).bare
    except InvalidJid:
        return text.clean_line(written, limit=_SHORT)


def _because(reason: str) -> str:
    reason = text.clean_line(reason, limit=_LONG)
    return f": {reason}" if reason else ""
