"""Rows of the table of publications: how it stands with what was written here, and was published.

What is published of an entry of which a change waits, or has failed, is kept with that change as it
is known here. It may be another by now than what the change was made of.
"""

import json

from backendd.api.tuples import NamedTuple
from backendd.store import entry_rows, entry_versions, outbox
from backendd.store.entry_rows import Says
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Publication(NamedTuple):
    """How it stands with an entry that is on its way out, or failed on it."""

    stanza_id: str
    outbox: int
    stanza: str
    before: str
    takes_back: int
    based_on: str


COLUMNS = ", ".join(Publication._fields)


def find(view: View, entry_id: int) -> Publication | None:
    """Return how it stands with an entry; None where nothing of it is on its way."""
    row = view.db.execute(
        f"SELECT {COLUMNS} FROM publication WHERE entry = ?", (entry_id,)
    ).fetchone()
    return Publication._make(row) if row else None


def by_stanza(view: View, stanza_id: str) -> tuple[int, Publication | None]:
    """Return the entry that a stanza is to publish, or take back, and how it stands with that.

    (0, None) where another stanza is to do that by now.
    """
    row = view.db.execute(
        f"SELECT entry, {COLUMNS} FROM publication WHERE profile = ? AND stanza_id = ?",
        (view.profile_id, stanza_id),
    ).fetchone()
    return (row[0], Publication._make(row[1:])) if row else (0, None)


def published(view: View, entry_id: int) -> Says | None:
    """Return what an entry says as it is published; None where it isn't, as far as is known."""
    known = find(view, entry_id)
    if known is None or known.takes_back:
        state, says = entry_rows.says(view, entry_id) or ("", None)
        return says if state == "published" else None
    return Says(*json.loads(known.before)) if known.before else None


def is_based(view: View, stanza_id: str) -> bool:
    """Return whether a stanza publishes a change of what it is based on alone."""
    _, known = by_stanza(view, stanza_id)
    return known is not None and bool(known.based_on)


def clashes(ledger: Ledger, stanza_id: str, there: Says | None) -> bool:
    """Return whether a change that is to go out isn't one of what is `there`; that is noted then.

    None: nothing is there any more.
    """
    entry_id, known = by_stanza(ledger, stanza_id)
    if known is None or not known.based_on:
        return False
    if there is not None and entry_versions.version(there) in known.based_on.split():
        return False
    _note_published(ledger, entry_id, there)
    return True


def overtakes(ledger: Ledger, entry_id: int, there: Says) -> bool:
    """Note what a service has of an entry; return whether what is written here stays nonetheless.

    It does where it is a change that was not sent yet, or has failed.
    """
    known, (_, ours) = find(ledger, entry_id), entry_rows.says(ledger, entry_id) or ("", None)
    if known is None or ours is None or outbox.is_sent(ledger, known.outbox):
        return False
    if entry_versions.version(ours) == entry_versions.version(there):
        return False  # it has arrived
    _note_published(ledger, entry_id, there)
    return True


def _note_published(ledger: Ledger, entry_id: int, there: Says | None) -> None:
    ledger.db.execute(
        "UPDATE publication SET before = ? WHERE entry = ?",
        (json.dumps(there) if there is not None else "", entry_id),
    )
