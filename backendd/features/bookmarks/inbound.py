"""What the server tells of bookmarks that other clients of ours change."""

from backendd.core.bookmarks import Keeping
from backendd.core.pubsub_events import Event
from backendd.features.bookmarks import following, stanza
from backendd.store import bookmarks
from backendd.store.ledger import Ledger


def on_items(ledger: Ledger, service: str, event: Event) -> None:
    """Store what is different among bookmarks that are an item each (XEP-0402)."""
    if not _is_told(ledger, "items"):
        return
    if event.is_purged or event.is_deleted:
        # Rather it is set up anew than that somebody wants to be nowhere: no room is left.
        bookmarks.replace(ledger, ())
    for item in event.items:
        bookmark = stanza.decode_item(item)
        if bookmark is not None:
            following.save(ledger, bookmark)
    for each in event.retracted:
        room = stanza.room_of(each)
        if room is not None:
            following.remove(ledger, room)


def on_element(ledger: Ledger, service: str, event: Event) -> None:
    """Store what is different among bookmarks that are all in one item (XEP-0048)."""
    storages = [stanza.storage_in(item) for item in event.items[-1:]]
    if _is_told(ledger, "element") and storages and storages[0] is not None:
        following.replace(ledger, stanza.decode_storage(storages[0]))


def _is_told(ledger: Ledger, kind: Keeping) -> bool:
    kept, _ = bookmarks.keeping(ledger)
    bookmarks.count_told(ledger)
    # A server that holds several ways in step may tell of each.
    return kept == kind
