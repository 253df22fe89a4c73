"""A message on its way in: who sent it to whom, and by which way it reached us."""

from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from backendd.core import jid, xml
from backendd.core.jid import Jid
from backendd.core.messages import Direction, Placing

# How it came. `catch_up` is what the archive has above our cursor: it is new to us. `past` is
# what it has below: history that was scrolled to, or that a first look brought.
Way = Literal["live", "carbon", "catch_up", "past"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message and what is known of its way."""

    stanza: Element
    own: str  # the bare JID of the account
    sender: Jid
    recipient: Jid
    way: Way
    time: int
    archive_ids: tuple[tuple[str, str], ...] = ()
    placing: Placing | None = None

    @property
    def direction(self) -> Direction:
        """Whether it came to us or is a copy of one of our own."""
        return "out" if self.sender.bare == self.own else "in"

    @property
    def peer(self) -> str:
        """The bare JID of the other one."""
        return self.recipient.bare if self.direction == "out" else self.sender.bare

    @property
    def is_error(self) -> bool:
        """Whether it says that a message of ours could not be delivered."""
        return self.stanza.get("type") == "error"


def address(stanza: Element, own: Jid) -> tuple[Jid, Jid]:
    """Return who sent `stanza` to whom; where nothing is said it is our account (RFC 6120 8.1).

    Raises InvalidJid.
    """
    sender, recipient = stanza.get("from"), stanza.get("to")
    return (
        jid.parse(sender) if sender else Jid(own.local, own.domain),
        jid.parse(recipient) if recipient else own,
    )


def sent_at(stanza: Element, now: int) -> int:
    """Return when `stanza` was first sent: `now`, or earlier if it was held up (XEP-0203)."""
    note = xml.child(stanza, xml.DELAY, "delay")
    time = xml.parse_time(note.get("stamp", "")) if note is not None else None
    # Senders write this themselves: one from the future would stay the newest for ever.
    return now if time is None else max(0, min(time, now))


def stanza_ids(stanza: Element, archive: str) -> tuple[tuple[str, str], ...]:
    """Return the id that `archive` gave this message (XEP-0359), with the archive; or nothing.

    Prosody 0.12 leaves what others put there beside its own. Where there are two nobody can
    tell which is which, and one could be that of another message.
    """
    found = [
        note.get("id", "")
        for note in stanza.iterfind(f"{{{xml.STANZA_IDS}}}stanza-id")
        if note.get("by") == archive
    ]
    return ((archive, found[0]),) if len(found) == 1 and found[0] else ()
