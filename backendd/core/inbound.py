"""A message on its way in: who sent it to whom, and by which way it reached us."""

from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from backendd.api.words import Direction
from backendd.core import jid, xml
from backendd.core.jid import Jid
from backendd.core.messages import Placing

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
    time: int  # when it came to us, or into the archive
    claimed: int = 0  # when its sender says that it was written; 0: nothing else than `time`
    is_late: bool = False  # our server held it up
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
        jid.received(sender) if sender else Jid(own.local, own.domain),
        jid.received(recipient) if recipient else own,
    )


def held_up_since(stanza: Element, own: Jid, now: int) -> int:
    """Return when `stanza` came to our server: `now`, or earlier if it says so (XEP-0203)."""
    stamps = [stamp for by, stamp in _delays(stanza) if by in (own.domain, own.bare)]
    return max(0, min([now, *stamps]))


def claimed_time(stanza: Element, own: Jid, came: int) -> int:
    """Return when the sender says that a `stanza` that `came` then was written; 0 if nothing."""
    stamps = [stamp for by, stamp in _delays(stanza) if by not in (own.domain, own.bare)]
    # Senders write what they like: one from the future would stay the newest for ever.
    claimed = min([came, *stamps])
    return claimed if 0 < claimed < came else 0


def _delays(stanza: Element) -> list[tuple[str, int]]:
    """Return who held `stanza` up and since when; notes of the old form (XEP-0091) if no other."""
    for tag in (f"{{{xml.DELAY}}}delay", f"{{{xml.OLD_DELAY}}}x"):
        notes = [
            (note.get("from", ""), xml.parse_time(note.get("stamp", "")))
            for note in stanza.iterfind(tag)
        ]
        found = [(by, stamp) for by, stamp in notes if stamp is not None]
        if found:
            return found
    return []


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
