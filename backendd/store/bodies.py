"""Another text for a message that is stored: the one way to change it, and to erase it.

What corrects a message is stored as a message, and folded into the one it means as soon as that is
here. So nothing of it is lost by its length or its order, a forged one is what its sender says, and
one that corrects a correction ends where that one does: some programs name the last instead of the
original, and whoever reacts may name either (XEP-0444 4). What was said later counts
(core/moments.py). What is erased goes with all that repeats it, and stays erased.
"""

from backendd.api.tuples import NamedTuple
from backendd.api.words import MessageType
from backendd.core.messages import hash_of
from backendd.core.moments import Moment
from backendd.store import aliases, changes, reading
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Text(NamedTuple):
    """What a message says, as its columns have it."""

    body: str
    type: MessageType = "message"
    encryption: str = ""
    is_truncated: bool = False


class Said(NamedTuple):
    """A text, and when it was said."""

    text: Text
    time: int


class Folded(NamedTuple):
    """What of two texts of one message was said earlier; `is_replaced`: it counted until now."""

    earlier: Said
    is_replaced: bool


def replace(ledger: Ledger, message_id: int, text: Text, said: Moment) -> Said | None:
    """Let a message say something else; return what it said before.

    None where it stays as it is: what it says was said later, or it was erased. What it said
    first still tells its copies.
    """
    row = ledger.db.execute(
        "SELECT is_erased, time, source, sm_id FROM rewritten WHERE message = ?", (message_id,)
    ).fetchone()
    if row is not None and (row[0] or not said.follows(Moment(*row[1:]))):
        return None
    before = _read(ledger, message_id)
    if before is not None:
        _write(ledger, message_id, text, said, is_erased=False)
    return before


def fill_in(ledger: Ledger, message_id: int, body: str) -> None:
    """Let a message of ours say what it was stored for, which nobody has yet.

    That is no other text: it is what its copies are told by.
    """
    ledger.db.execute(
        "UPDATE message SET body = ?, payload = ? WHERE id = ?",
        (body, hash_of(body), message_id),
    )
    changes.revise(ledger, message_id)


def restore(ledger: Ledger, message_id: int, before: Said) -> None:
    """Let a message say again what it said before a text that doesn't hold."""
    row = ledger.db.execute(
        "SELECT source, sm_id FROM rewritten WHERE message = ? AND NOT is_erased", (message_id,)
    ).fetchone()
    if row is not None:
        said = Moment(before.time, *row)
        _write(ledger, message_id, before.text, said, is_erased=False)


def erase(ledger: Ledger, message_id: int, said: Moment) -> None:
    """Take from a message what it says, with all that repeats it; nothing brings that back.

    What is left is a number that tells its copies, by which alone they are kept from coming back.
    """
    if _read(ledger, message_id) is not None:
        _write(ledger, message_id, Text(""), said, is_erased=True)
        ledger.contributors.erase(ledger, message_id)
        for owner in ledger.owners.values():
            owner.erased(ledger, message_id)


def fold(ledger: Ledger, message_id: int, into: int, said: Moment) -> Folded | None:
    """Have what one message says said by another, in its place, and the first be gone.

    Whoever names the first means the other from now on, and what features added to it is the
    other's. Returns which text counts no more, or never did. If one was erased, so is the other.
    """
    own = _read(ledger, message_id)
    if own is None:
        return None
    folded = None
    if is_erased(ledger, message_id):
        erase(ledger, into, said)
    elif (before := replace(ledger, into, own.text, _last(ledger, message_id, said))) is not None:
        folded = Folded(before, is_replaced=True)
        ledger.contributors.outdate(ledger, into)
    else:
        ledger.contributors.outdate(ledger, message_id)
        if not is_erased(ledger, into):
            folded = Folded(own, is_replaced=False)
    aliases.give(ledger, message_id, into)
    is_newer = folded is not None and folded.is_replaced
    ledger.contributors.move(ledger, message_id, into, is_newer=is_newer)
    reading.step_back(ledger, message_id)
    row = ledger.db.execute(
        "DELETE FROM message WHERE id = ? RETURNING conversation, "
        "(SELECT peer FROM conversation WHERE id = conversation)",
        (message_id,),
    ).fetchone()
    changes.removed(ledger, message_id, *row)
    _revise(ledger, into)
    return folded


def _read(view: View, message_id: int) -> Said | None:
    row = view.db.execute(
        """SELECT m.body, m.type, m.encryption, m.truncated,
             coalesce(r.time, iif(m.claimed = 0, m.time, m.claimed))
           FROM message m LEFT JOIN rewritten r ON r.message = m.id
           WHERE m.id = ? AND m.profile = ?""",
        (message_id, view.profile_id),
    ).fetchone()
    return Said(Text(*row[:4]), row[4]) if row else None


def _last(view: View, message_id: int, said: Moment) -> Moment:
    """Return when a message, which was said then, got the text that it has."""
    row = view.db.execute(
        "SELECT time, source, sm_id FROM rewritten WHERE message = ?", (message_id,)
    ).fetchone()
    return Moment(*row) if row else said


def is_erased(view: View, message_id: int) -> bool:
    """Return whether a message says nothing any more."""
    query = "SELECT 1 FROM rewritten WHERE message = ? AND is_erased = 1"
    return view.db.execute(query, (message_id,)).fetchone() is not None


def is_rewritten(view: View, message_id: int) -> bool:
    """Return whether a message has another text than it came with, or none any more."""
    query = "SELECT 1 FROM rewritten WHERE message = ?"
    return view.db.execute(query, (message_id,)).fetchone() is not None


def _write(ledger: Ledger, message_id: int, text: Text, said: Moment, *, is_erased: bool) -> None:
    ledger.db.execute(
        "UPDATE message SET body = ?, type = ?, encryption = ?, truncated = ? WHERE id = ?",
        (*text, message_id),
    )
    ledger.db.execute(
        "INSERT OR REPLACE INTO rewritten (message, profile, time, source, sm_id, is_erased) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (message_id, ledger.profile_id, said.time, said.source, said.sm_id, is_erased),
    )
    _revise(ledger, message_id)


def _revise(ledger: Ledger, message_id: int) -> None:
    changes.revise(ledger, message_id)
    for quoting in ledger.contributors.quoting(ledger, message_id):
        changes.revise(ledger, quoting)
