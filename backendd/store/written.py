"""Entries that are written here: pending until they are published, or as they were before."""

from dataclasses import replace

from backendd.api.errors import BackendError
from backendd.api.words import EntryState
from backendd.core.entries import Content
from backendd.store import (
    discussion_likes,
    discussions,
    entries,
    entry_places,
    entry_rows,
    feeds,
    gone_entries,
)
from backendd.store.entries import Arrival
from backendd.store.entry_rows import Says
from backendd.store.ledger import Ledger


def write(ledger: Ledger, feed_id: int, item: str, content: Content, arrival: Arrival) -> int:
    """Store what is written here and has to be published yet; return the id of its entry."""
    own, now = arrival.own, arrival.now
    before = entry_rows.known(ledger, feed_id, item)
    new = entry_rows.read(feeds.at(ledger, feed_id), content, own, before, now)
    wanted = min(new.published, now if before is None else before.received)
    stood = before.place if before is not None else None
    place = entry_places.place(ledger, wanted, before=stood)
    if before is not None:
        discussions.move(ledger, before.id, new)
        entry_rows.update(ledger, before.id, new, place, state="pending")
        entry_id = before.id
    else:
        is_listed = feeds.is_listed(ledger, feed_id, own)
        entry_id = entry_rows.insert(
            ledger, feed_id, item, new, received=now, place=place, is_listed=is_listed,
            is_unread=False, state="pending",
        )  # fmt: skip
        if not new.heart:
            discussion_likes.begin(ledger, entry_id)
    entries.touch(ledger, entry_id)
    return entry_id


def restore(ledger: Ledger, entry_id: int, says: Says) -> None:
    """Have an entry be published as it was before it was written anew."""
    came, stood = entry_rows.stands(ledger, entry_id)
    place = entry_places.place(ledger, min(says.published, came), before=stood)
    discussions.move(ledger, entry_id, says)
    entry_rows.update(ledger, entry_id, says, place)
    entries.touch(ledger, entry_id)


def fill_in(ledger: Ledger, entry_id: int, number: int, url: str) -> None:
    """Have one of the files of an entry be where that is by now."""
    files = entry_rows.files(ledger, entry_id)
    files[number] = replace(files[number], href=url)
    entry_rows.change_files(ledger, entry_id, files)
    entries.touch(ledger, entry_id)


def fails(
    ledger: Ledger, entry_id: int, state: EntryState, error: BackendError | None = None
) -> None:
    """Have an entry be in a state, and say why; what its service has told of is published."""
    name, said = (error.name, str(error)) if error is not None else ("", "")
    ledger.db.execute(
        "UPDATE entry SET state = ?1, error_name = ?2, error_text = ?3, revision = ?4, said = ?4 "
        "WHERE id = ?5 AND (state <> 'published' OR ?1 = 'published')",
        (state, name, said, ledger.revise(), entry_id),
    )
    entries.touch(ledger, entry_id)


def quieten(ledger: Ledger, entry_id: int) -> bool:
    """Have what is published say no more why it couldn't be taken back; False: it says nothing."""
    kept = ledger.db.execute(
        "SELECT 1 FROM entry WHERE id = ? AND state = 'published' AND error_name <> ''", (entry_id,)
    ).fetchone()
    if kept is not None:
        fails(ledger, entry_id, "published")
    return kept is not None


def remove(ledger: Ledger, entry_id: int) -> None:
    """Forget an entry, whatever its state."""
    feed, item = entries.address(ledger, entry_id)
    entries.touch(ledger, entry_id)
    discussions.end(ledger, [entry_id])
    ledger.db.execute("DELETE FROM entry WHERE id = ?", (entry_id,))
    gone_entries.gone(ledger, feed, item)
