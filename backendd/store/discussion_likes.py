"""Likes of what the user has written: who has come to like it is new until they see that."""

from collections.abc import Sequence

from backendd.api import records
from backendd.core.entries import Feed
from backendd.store import discussions, new_likes
from backendd.store.ledger import Ledger
from backendd.store.new_likes import NewLike
from backendd.store.view import View


def came(ledger: Ledger, entry_id: int, likes: Sequence[NewLike]) -> None:
    """Note that some have come to like an entry, the newest last.

    What is no entry of ours is nothing to us, and who we are ourselves or block is no news.
    """
    if not likes or not discussions.is_of_us(ledger, entry_id):
        return
    people = list(dict.fromkeys(each.person for each in likes))
    known = ledger.contributors.load(ledger, records.Contact, people)
    unheard = {each for each in people if known.get(each, {}).get("blocked")}
    unheard |= {"", discussions.own_jid(ledger)}
    heard = [each for each in likes if each.person not in unheard]
    if not heard:
        return
    new_likes.add(ledger, entry_id, heard)
    ledger.db.execute(
        "INSERT INTO discussion (entry, profile, liker, liked) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (entry) DO UPDATE SET liker = ?3, liked = ?4",
        (entry_id, ledger.profile_id, heard[-1].person, heard[-1].came),
    )
    ledger.note(discussions.tell, entry_id)


def are_known(view: View, entry_id: int) -> bool:
    """Return whether it is known who liked an entry before: whoever else comes to is news."""
    row = view.db.execute(
        "SELECT likes_read FROM discussion WHERE entry = ?", (entry_id,)
    ).fetchone()
    return bool(row and row[0])


def know(ledger: Ledger, entry_id: int) -> None:
    """Note that it is known by now who likes an entry, if it is one of ours."""
    if discussions.is_of_us(ledger, entry_id):
        begin(ledger, entry_id)


def begin(ledger: Ledger, entry_id: int) -> None:
    """Have it be known who likes an entry of ours: nobody could before it was written."""
    ledger.db.execute(
        "INSERT INTO discussion (entry, profile, likes_read) VALUES (?, ?, 1) "
        "ON CONFLICT (entry) DO UPDATE SET likes_read = 1",
        (entry_id, ledger.profile_id),
    )


def end_attached(ledger: Ledger, entry_id: int, person: str) -> None:
    """Have somebody like an entry no more by what they attach to it."""
    if new_likes.end_attached(ledger, entry_id, person):
        ledger.note(discussions.tell, entry_id)


def see(ledger: Ledger, feed: Feed, items: Sequence[str]) -> None:
    """Have it be seen who likes these entries of a feed, or all of them."""
    for entry_id in new_likes.see(ledger, feed, items):
        ledger.db.execute("UPDATE entry SET revision = ? WHERE id = ?", (ledger.revise(), entry_id))
        ledger.note(discussions.tell, entry_id)
