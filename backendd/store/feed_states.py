"""How it stands with feeds: what owners have agreed to, and why they can't be read."""

from collections.abc import Iterable

from backendd.api.errors import BackendError, NotAllowed
from backendd.core.entries import Feed, FeedOpened, FeedReadable
from backendd.core.pubsub import SubscriptionState
from backendd.store import feeds
from backendd.store.ledger import Ledger
from backendd.store.view import View


def subscribed(ledger: Ledger, feed: Feed, state: SubscriptionState, now: int) -> None:
    """Note what our subscription to a feed has become, if it is followed."""
    row = ledger.db.execute(
        "UPDATE feed SET pending = ?1, revision = ?2 WHERE id = ?3 AND followed > 0 "
        "AND pending <> ?1 RETURNING id",
        (state == "pending", ledger.revise(), feeds.find(ledger, feed)),
    ).fetchone()
    if row:
        feeds.touch(ledger, row[0])
    if state == "none":
        said = "its owner did not agree" if row else "its owner lets you read it no more"
        fails(ledger, feed, NotAllowed(said), now)
    elif row and state == "subscribed":
        fails(ledger, feed, None, now)
        ledger.note(_tell_as_is, FeedOpened(feed))


def read(ledger: Ledger, feed: Feed, why: BackendError | None, begun: int) -> None:
    """Note that a feed could be read as of when that was begun, or why it couldn't be."""
    (name, _), since = failure(ledger, feed)
    if why is None and since > begun:
        return  # its owner has closed it meanwhile
    fails(ledger, feed, why, begun)
    if why is None and name == NotAllowed.name:
        ledger.note(_tell_as_is, FeedReadable(feed))


def fails(ledger: Ledger, feed: Feed, error: BackendError | None, now: int) -> None:
    """Note why a feed can't be read from `now` on, or that it can."""
    name, said = (error.name, str(error)) if error is not None else ("", "")
    row = ledger.db.execute(
        "UPDATE feed SET error_name = ?1, error_text = ?2, revision = ?3, "
        "error_since = iif(?1 = '', 0, iif(error_name = ?1, error_since, ?5)) "
        "WHERE id = ?4 AND (error_name, error_text) <> (?1, ?2) RETURNING id, followed",
        (name, said, ledger.revise(), feeds.find(ledger, feed), now),
    ).fetchone()
    if row and row[1]:
        feeds.touch(ledger, row[0])


def is_otherwise(view: View, feed: Feed, error: BackendError | None) -> bool:
    """Return whether something else is noted of a feed than why it can't be read now."""
    return failure(view, feed)[0] != ((error.name, str(error)) if error else ("", ""))


def failure(view: View, feed: Feed) -> tuple[tuple[str, str], int]:
    """Return why a feed can't be read, as the name of an error and a sentence, and since when."""
    row = view.db.execute(
        "SELECT error_name, error_text, error_since FROM feed WHERE id = ?",
        (feeds.find(view, feed),),
    ).fetchone()
    return ((row[0], row[1]), row[2]) if row else (("", ""), 0)


def _tell_as_is(_: Ledger, events: list[object]) -> Iterable[object]:
    return events
