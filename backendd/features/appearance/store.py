"""How messages ask to be shown."""

from collections.abc import Mapping, Sequence

from backendd.features.appearance.model import Appearance, Shown
from backendd.store import changes
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "appearance"


def load(view: View, ids: Sequence[int]) -> Mapping[int, Shown]:
    """Return how those of these messages are to be shown that ask for it."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        "SELECT message, is_spoiler, about, is_unstyled FROM appearance "
        f"WHERE message IN ({marks})",
        ids,
    )
    found: dict[int, Shown] = {}
    for message_id, is_spoiler, about, is_unstyled in rows:
        shown = found[message_id] = {}
        if is_spoiler:
            shown["spoiler"] = True
        if about:
            shown["spoiler_about"] = about
        if is_unstyled:
            shown["unstyled"] = True
    return found


def of(view: View, message_id: int) -> Appearance | None:
    """Return how a message is to be shown, None where it doesn't matter."""
    row = view.db.execute(
        "SELECT is_spoiler, about, is_unstyled FROM appearance WHERE message = ?", (message_id,)
    ).fetchone()
    return Appearance(bool(row[0]), row[1], bool(row[2])) if row is not None else None


def fold(ledger: Ledger, message_id: int, into: int, is_newer: bool) -> None:
    """Have a message that was corrected be shown as its correction asks: once hidden, it stays so.

    `is_newer`: so is the correction, and not what is known of the message.
    """
    asked, known = of(ledger, message_id), of(ledger, into)
    if asked is not None:
        about = asked.about if is_newer or known is None else known.about or asked.about
        save(ledger, into, asked._replace(about=about))


def save(ledger: Ledger, message_id: int, asked: Appearance) -> None:
    """Note how a message is to be shown, beside what is known of that."""
    row = ledger.db.execute(
        "UPDATE message SET covered = max(covered, ?) WHERE id = ? RETURNING id",
        (asked.is_spoiler, message_id),
    ).fetchone()
    if row is None:
        return
    ledger.db.execute(
        """INSERT INTO appearance (profile, message, is_spoiler, about, is_unstyled)
           VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (message) DO UPDATE SET is_spoiler = max(is_spoiler, excluded.is_spoiler),
             about = iif(excluded.about = '', about, excluded.about),
             is_unstyled = max(is_unstyled, excluded.is_unstyled)""",
        (ledger.profile_id, message_id, asked.is_spoiler, asked.about, asked.is_unstyled),
    )
    changes.contributed(ledger, message_id, TABLE)
