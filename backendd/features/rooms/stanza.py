"""Presence of occupants, and ours to rooms (XEP-0045 7, XEP-0317, XEP-0421)."""

from typing import TypeVar
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.errors import InvalidJid
from backendd.api.words import AFFILIATIONS, ROLES, SHOWS, Cause
from backendd.core import jid, xml
from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer, message_to
from backendd.core.inbound import Context
from backendd.core.jid import Jid
from backendd.features.rooms.model import Refused, Seen
from backendd.features.rooms.reasons import of_nick, refusal
from backendd.xmpp.faults import stanza_error

HATS = "urn:xmpp:hats:0"
_LINE_LIMIT = 1000
# Of tens of thousands of occupants each may have as many as the room likes.
_HAT_LIMIT, _MOST_HATS = 100, 10
_CAUSES: dict[str, Cause] = {  # the first that is there counts
    "303": "nick", "301": "banned", "332": "shutdown", "333": "error", "321": "removed",
    "322": "removed", "307": "kicked",
}  # fmt: skip

_CHANGES = frozenset({"104", "170", "171", "172", "173", "174"})
SUBJECT_LIMIT = 4000

T = TypeVar("T", bound=str)


def decode(context: Context, stanza: Element, sender: Jid) -> Seen | Refused | None:
    """Return what presence says of an occupant of a room in which we are, or want to be."""
    us = context.rooms.joined.get(sender.bare)
    if us is None:
        return None
    jid.check_nick(sender)
    kind = stanza.get("type", "")
    if kind == "error":
        room, said = sender.bare, stanza_error(stanza)
        error = refusal(said, room, _moved(stanza))
        keeps_nick = of_nick(said, room, error)
        return Refused(room, sender.resource, stanza.get("id", ""), error, keeps_nick)
    if kind not in ("", "unavailable") or not sender.resource:
        return None
    x = xml.child(stanza, xml.MUC_USER, "x")
    item = xml.child(x, xml.MUC_USER, "item") if x is not None else None
    codes = _codes(x)
    if not kind:
        is_us = "110" in codes
        occupant = _occupant(stanza, item, sender.resource, us)
        return Seen(sender.bare, sender.resource, occupant, is_us=is_us, codes=codes)
    destroyed = xml.child(x, xml.MUC_USER, "destroy") if x is not None else None
    return Seen(
        sender.bare,
        sender.resource,
        None,
        _left(stanza, item if destroyed is None else destroyed, sender.resource, codes),
        is_us="110" in codes or sender.resource == us.nick,
        codes=codes,
        is_destroyed=destroyed is not None,
        venue=_room(destroyed.get("jid", "")) if destroyed is not None else "",
    )


def _codes(x: Element | None) -> frozenset[str]:
    found = x.iterfind(f"{{{xml.MUC_USER}}}status") if x is not None else ()
    return frozenset(each.get("code", "") for each in found)


def _occupant(stanza: Element, item: Element | None, nick: str, us: Occupancy) -> records.Occupant:
    """Return an occupant; what a room lets everybody write of themselves is not taken for its."""
    attributes = item.attrib if item is not None else {}
    show = xml.child_text(stanza, xml.CLIENT, "show") or "online"
    note = xml.child(stanza, xml.OCCUPANT_IDS, "occupant-id")
    return records.Occupant(
        nick=nick,
        jid=_bare(attributes.get("jid", "")),
        role=_word(attributes.get("role", ""), ROLES),
        affiliation=_word(attributes.get("affiliation", ""), AFFILIATIONS),
        show=show if show in SHOWS else "online",
        status=_line(stanza, xml.CLIENT, "status"),
        occupant_id=us.believed(_clean(note.get("id", ""))) if note is not None else "",
        hats=_hats(stanza) if us.gives_hats else [],
    )


def _hats(stanza: Element) -> list[str]:
    hats = xml.child(stanza, HATS, "hats")
    found = hats.findall(f"{{{HATS}}}hat")[:_MOST_HATS] if hats is not None else ()
    titles = (text.clean_line(each.get("title", ""), limit=_HAT_LIMIT) for each in found)
    return [title for title in titles if title]


def _left(stanza: Element, item: Element | None, nick: str, codes: frozenset[str]) -> records.Left:
    cause: Cause = next((_CAUSES[code] for code in _CAUSES if code in codes), "left")
    said = _line(stanza, xml.CLIENT, "status")
    if item is None:
        return records.Left(nick=nick, cause=cause, reason=said)
    actor = xml.child(item, xml.MUC_USER, "actor")
    return records.Left(
        nick=nick,
        cause=cause,
        actor=_clean(actor.get("nick", "") or actor.get("jid", "")) if actor is not None else "",
        reason=_line(item, xml.MUC_USER, "reason") or said,
        new_nick=_nick(item.get("nick", "")) if cause == "nick" else "",
    )


def _nick(written: str) -> str:
    try:
        return jid.received(f"room@example.org/{written}").resource
    except InvalidJid:
        return ""


def _moved(stanza: Element) -> str:
    """Return where a room has gone that refuses us."""
    error = xml.child(stanza, xml.CLIENT, "error")
    if error is None:
        return ""
    found = (xml.child_text(error, xml.STANZA_ERRORS, name) for name in ("gone", "redirect"))
    address = next(filter(None, found), "")
    return _room(address.strip().removeprefix("xmpp:").partition("?")[0])


def _room(written: str) -> str:
    """Return a room that one may be asked to enter, nothing where that is none."""
    try:
        found = jid.parse(written) if written else None
    except InvalidJid:
        return ""
    return found.bare if found is not None and found.local else ""


def _bare(written: str) -> str:
    try:
        return jid.received(written).bare if written else ""
    except InvalidJid:
        return ""


def _word(written: str, words: tuple[T, ...]) -> T:
    return next((word for word in words if word == written), words[0])


def _line(parent: Element, namespace: str, name: str) -> str:
    return _clean(xml.child_text(parent, namespace, name))


def _clean(written: str) -> str:
    return text.clean_line(written, limit=_LINE_LIMIT)


def decode_author(stanza: Element) -> str:
    """Return the bare JID of who wrote what the archive of a room has, as far as that tells it.

    Where more than one stands there nobody can tell which is the room's.
    """
    found = stanza.findall(f"{{{xml.MUC_USER}}}x/{{{xml.MUC_USER}}}item")
    return _bare(found[0].get("jid", "")) if len(found) == 1 else ""


def decode_subject(stanza: Element) -> str:
    """Return what a message says that a room is about; what is cut says so."""
    raw = xml.child_text(stanza, xml.CLIENT, "subject")
    subject = text.clean(raw, limit=SUBJECT_LIMIT).strip()
    return f"{subject}…" if len(raw) > SUBJECT_LIMIT else subject


def tells_of_change(stanza: Element) -> bool:
    """Return whether a room says in a message that it isn't what it was."""
    return not _CHANGES.isdisjoint(_codes(xml.child(stanza, xml.MUC_USER, "x")))


def encode_subject(room: str, subject: str, stanza_id: str) -> Element:
    """Return the message that says what a room is about from now on."""
    said = xml.element(xml.CLIENT, "subject", text=subject)
    return message_to(Peer(room, "room"), [said], stanza_id=stanza_id)


def encode_request(password: str, history: dict[str, str]) -> Element:
    """Return what makes a presence one that asks to be let in."""
    x = xml.element(xml.MUC, "x")
    if password:
        x.append(xml.element(xml.MUC, "password", text=password))
    x.append(xml.element(xml.MUC, "history", history))
    return x


def encode_leave(address: str) -> Element:
    """Return the presence with which we leave a room, as the occupant at `address`."""
    return xml.element(xml.CLIENT, "presence", {"to": address, "type": "unavailable"})
