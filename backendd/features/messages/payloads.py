"""Payloads that no feature knows what to do with, each as a line of ours."""

from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.core import jid, text, xml
from backendd.core.messages import BODY_LIMIT
from backendd.core.payloads import Line, Payload
from backendd.features.messages import marked_up

_CALL = "urn:xmpp:jingle-message:0"
_CONFERENCE = "jabber:x:conference"
_ENCRYPTION = "urn:xmpp:eme:0"
_METADATA = "urn:xmpp:file:metadata:0"
_REFERENCE = "urn:xmpp:reference:0"
_ROOM = "http://jabber.org/protocol/muc#user"
_SHARING = "urn:xmpp:sfs:0"
_SIMS = "urn:xmpp:sims:1"
_TRANSFER = "urn:xmpp:jingle:apps:file-transfer:5"
_URL = "http://jabber.org/protocol/url-data"

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


def _shared_file(payload: Element) -> Line:
    address = payload.find(f"{{{_SHARING}}}sources/{{{_URL}}}url-data")
    link = address.get("target", "") if address is not None else ""
    return _file(payload, xml.child(payload, _METADATA, "file"), _METADATA, link)


def _referenced_file(payload: Element) -> Line | None:
    media = xml.child(payload, _SIMS, "media-sharing")
    if media is None:
        return None  # it refers to something else
    addresses = media.iterfind(f"{{{_SIMS}}}sources/{{{_REFERENCE}}}reference")
    links = [each.get("uri", "") for each in addresses]
    link = next((each for each in links if not each.startswith("xmpp:")), "")
    return _file(payload, xml.child(media, _TRANSFER, "file"), _TRANSFER, link)


def _file(payload: Element, file: Element | None, namespace: str, link: str) -> Line:
    name = size = ""
    if file is not None:
        name = text.clean_line(xml.child_text(file, namespace, "name"), limit=_SHORT)
        size = _size(xml.child_text(file, namespace, "size"))
    parts = (name or "without a name", size, text.clean_line(link, limit=_LONG))
    return Line("file: " + ", ".join(filter(None, parts)), payload, link=link)


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


UNKNOWN = (
    *(Payload(f"{{{namespace}}}encrypted", _omemo) for namespace in _OMEMO),
    Payload("{urn:xmpp:openpgp:0}openpgp", _openpgp),
    Payload("{jabber:x:encrypted}x", _openpgp),
    Payload(f"{{{_ENCRYPTION}}}encryption", _explicit),
    Payload(f"{{{_ROOM}}}x", _mediated_invitation),
    Payload(f"{{{_CONFERENCE}}}x", _direct_invitation),
    Payload(f"{{{_CALL}}}propose", _call),
    Payload(f"{{{_SHARING}}}file-sharing", _shared_file),
    Payload(f"{{{_REFERENCE}}}reference", _referenced_file),
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


def _size(written: str) -> str:
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(2**63))):
        return ""
    size, units = float(written), ["bytes", "kB", "MB", "GB", "TB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f"{size:.3g} {units[0]}"
