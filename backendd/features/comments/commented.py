"""On which entry comments are, as far as that is here."""

from backendd.api.tuples import NamedTuple
from backendd.core import uris
from backendd.core.entries import COMMENTS, Feed
from backendd.core.uris import ItemAddress
from backendd.store import entry_records
from backendd.store.view import View

# Anybody may say that comments on theirs are in the node of others: an entry is believed most that
# is where its comments are, and is called as their node is.
_ENTRY = """
SELECT f.service, f.node, e.item, e.title, substr(e.body, 1, 1000)
FROM entry e JOIN feed f ON f.id = e.feed
WHERE e.profile = ?1 AND e.comments_node = ?2 AND e.comments_node <> ''
  AND e.comments_service = ?3
ORDER BY f.service = e.comments_service DESC, ?4 || e.item = ?2 DESC, e.id LIMIT 1
"""


class Commented(NamedTuple):
    """The link to an entry, and what it is called."""

    uri: str
    title: str


def find(view: View, talk: Feed) -> Commented | None:
    """Return the entry of which this feed is the comments; None where it isn't here."""
    if not talk.node.startswith(COMMENTS):
        return None
    at = (view.profile_id, talk.node, talk.service, COMMENTS)
    row = view.db.execute(_ENTRY, at).fetchone()
    if row is None:
        return None
    service, node, item, title, body = row
    uri = uris.encode(ItemAddress(service, node, item))
    return Commented(uri, entry_records.called(title, body))
