"""The sets of reactions to messages: one of each author, also where it is empty by now."""

from collections.abc import Mapping, Sequence

from backendd.api.tuples import NamedTuple
from backendd.core import authors
from backendd.core.moments import Moment
from backendd.core.references import Reference, Target
from backendd.features.reactions import model
from backendd.features.reactions.model import Reacted, Reactions
from backendd.store import changes, outbox, unheard
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "reaction"


class Who(NamedTuple):
    """Whose reactions they are: what tells the author from others, and who that is by name."""

    author: str
    sender: str


def load(view: View, ids: Sequence[int]) -> Mapping[int, Reacted]:
    """Return who has reacted to these messages, in the order of who did first."""
    found: dict[int, Reacted] = {}
    ignored = unheard.ignored(view)
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        "SELECT r.message, r.author, r.sender, r.emojis, r.before, o.id, c.peer FROM reaction r "
        "JOIN message m ON m.id = r.message JOIN conversation c ON c.id = m.conversation "
        "LEFT JOIN outbox o ON o.id = r.waiting "
        f"WHERE r.message IN ({marks}) AND r.emojis <> '[]' ORDER BY r.message, r.began, r.author",
        ids,
    )
    for message_id, author, sender, emojis, before, waiting, peer in rows:
        is_seen = (peer.partition("/")[0], author) not in ignored
        if not is_seen or not (said := model.read_emojis(emojis)):
            continue
        reacted = found.setdefault(message_id, {"reactions": {}})
        if waiting is not None and (new := _new(said, model.read_emojis(before))):
            reacted["reactions_pending"] = new
        reactions = reacted["reactions"]
        known = {model.plain(emoji): emoji for emoji in reactions}
        for emoji in said:
            shown = known.setdefault(model.plain(emoji), emoji)
            reactions.setdefault(shown, []).append(sender)
            if authors.is_ours(author, peer):
                reacted.setdefault("reactions_own", {})[shown] = sender
    return found


def _new(said: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return what of a set was not in the one before."""
    known = set(map(model.plain, before))
    return [each for each in said if model.plain(each) not in known]


def apply(ledger: Ledger, target: Target, reference: Reference) -> bool:
    """Let a set count that came from outside, if it is later than the one that does."""
    emojis = model.read(reference.payload)
    if emojis is None:
        return True
    row = ledger.db.execute(
        "SELECT time, source, sm_id, waiting FROM reaction WHERE message = ? AND author = ?",
        (target.id, reference.author),
    ).fetchone()
    if row is not None:
        *old, waiting = row
        # What we said ourselves and is on its way will be the last that the server hears.
        if not reference.said.follows(Moment(*old)) or (waiting and outbox.has(ledger, waiting)):
            return True
    who = Who(reference.author, reference.sender)
    _save(ledger, target.id, who, Reactions(emojis, reference.said))
    return True


def ours(view: View, message_id: int, author: str) -> tuple[str, ...]:
    """Return the set of one author."""
    row = view.db.execute(
        "SELECT emojis FROM reaction WHERE message = ? AND author = ?", (message_id, author)
    ).fetchone()
    return model.read_emojis(row[0]) if row else ()


def withdraw(ledger: Ledger, message_id: int, author: str) -> None:
    """Take back what we said of a message and nobody was told yet."""
    row = ledger.db.execute(
        "SELECT waiting, before FROM reaction WHERE message = ? AND author = ?",
        (message_id, author),
    ).fetchone()
    if row is not None and row[0] and outbox.withdraw(ledger, row[0]):
        ledger.db.execute(
            "UPDATE reaction SET emojis = ?, waiting = 0 WHERE message = ? AND author = ?",
            (row[1], message_id, author),
        )
        changes.contributed(ledger, message_id, TABLE)


def say(
    ledger: Ledger, message_id: int, us: Who, new: Reactions, stanza_id: str, waiting: int
) -> None:
    """Let our own set count, which goes out as the row `waiting` of the outbox."""
    before = model.write_emojis(ours(ledger, message_id, us.author))
    _save(ledger, message_id, us, new)
    ledger.db.execute(
        "UPDATE reaction SET stanza_id = ?, waiting = ?, before = ? "
        "WHERE message = ? AND author = ?",
        (stanza_id, waiting, before, message_id, us.author),
    )


def settled(ledger: Ledger, stanza_id: str) -> None:
    """Take note that our set, said with the stanza of this id, has arrived."""
    rows = ledger.db.execute(
        "UPDATE reaction SET waiting = 0 WHERE profile = ? AND stanza_id = ? AND stanza_id <> '' "
        "AND waiting <> 0 RETURNING message",
        (ledger.profile_id, stanza_id),
    ).fetchall()
    for (message_id,) in rows:
        changes.contributed(ledger, message_id, TABLE)


def peer_of(view: View, stanza_id: str) -> str | None:
    """Return to whom our set went with the stanza of this id, None where none did."""
    row = view.db.execute(
        "SELECT c.peer FROM reaction r JOIN message m ON m.id = r.message "
        "JOIN conversation c ON c.id = m.conversation "
        "WHERE r.profile = ? AND r.stanza_id = ? AND r.stanza_id <> ''",
        (view.profile_id, stanza_id),
    ).fetchone()
    return row[0] if row else None


def revert(ledger: Ledger, stanza_id: str) -> None:
    """Let our set before count again."""
    rows = ledger.db.execute(
        "UPDATE reaction SET emojis = before, stanza_id = '', waiting = 0 "
        "WHERE profile = ? AND stanza_id = ? AND stanza_id <> '' RETURNING message",
        (ledger.profile_id, stanza_id),
    ).fetchall()
    for (message_id,) in rows:
        changes.contributed(ledger, message_id, TABLE)


def _save(ledger: Ledger, message_id: int, who: Who, new: Reactions) -> None:
    emojis = model.write_emojis(new.emojis)
    row = ledger.db.execute(
        "SELECT sender, emojis FROM reaction WHERE message = ? AND author = ?",
        (message_id, who.author),
    ).fetchone()
    is_same = (row or (who.sender, "[]")) == (who.sender, emojis)
    ledger.db.execute(
        """INSERT INTO reaction (profile, message, author, sender, emojis, began, time, source,
             sm_id)
           VALUES (?1, ?2, ?3, ?8, ?4, ?5, ?5, ?6, ?7)
           ON CONFLICT (message, author) DO UPDATE SET emojis = ?4, time = ?5, source = ?6,
             sm_id = ?7, sender = ?8, stanza_id = '', waiting = 0, before = '[]',
             began = iif(emojis = '[]', ?5, began)""",
        (
            ledger.profile_id, message_id, who.author, emojis, new.said.time, new.said.source,
            new.said.sm_id,
            who.sender,
        ),
    )  # fmt: skip
    if not is_same:
        changes.contributed(ledger, message_id, TABLE)
