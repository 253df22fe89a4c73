"""Drafts of comments of one profile."""

from collections.abc import Sequence

from backendd.api import records, text
from backendd.api.errors import TooLarge
from backendd.blog import wanted
from backendd.core import clock, uris
from backendd.core.uris import ItemAddress
from backendd.session.home import Home
from backendd.store import comment_drafts, sent_drafts
from backendd.store.ledger import Ledger
from backendd.store.sent_drafts import LONGEST_ID


class CommentDrafts:
    """Keeps what is being written to be said to entries until it is said, or no more wanted."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def listed(self) -> Sequence[records.CommentDraft]:
        """Return all, those first that were saved last."""
        return await self._home.store.read(comment_drafts.listed)

    async def save(
        self, service: str, node: str, item: str, parent: str, written: str, draft_id: str
    ) -> None:
        """Keep what is said so far to an entry, which may be gone; an empty one is none.

        Neither is one that was said already: who keeps it may be heard with that first.
        """
        at = self._home.feeds.at(service, node)
        if len(at.node) + len(item) + len(parent) > uris.MOST:
            raise TooLarge("nothing that is called so can be commented on: its name is too long")
        said, entry = text.clean(written), ItemAddress(at.service, at.node, item)
        if len(said) > wanted.LONGEST:
            raise TooLarge(f"the draft is too long: {len(said)} of {wanted.LONGEST} characters")

        id = text.clean_line(draft_id, limit=LONGEST_ID)

        def work(ledger: Ledger) -> None:
            is_gone = bool(id) and sent_drafts.is_gone(ledger, uris.encode(entry), id)
            if said and not is_gone:
                comment_drafts.save(ledger, entry, parent, said, id, now=clock.now_us())
            else:
                comment_drafts.delete(ledger, entry)

        await self._home.store.write(work)
