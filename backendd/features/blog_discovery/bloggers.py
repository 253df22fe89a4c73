"""Which contacts have something in a blog of their own, as far as that is known here."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from backendd.api import records
from backendd.api.errors import BackendError
from backendd.core.entries import MICROBLOG, EntriesChanged, EntriesGone, Feed
from backendd.session.home import Home
from backendd.store import contacts, feeds
from backendd.store.ledger import Ledger
from backendd.store.view import Contributor, View

log = logging.getLogger(__name__)

TABLE = "feed"


class Blogging(TypedDict, total=False):
    """What is added to the record of a contact."""

    blog: bool


def load(view: View, jids: Sequence[str]) -> Mapping[str, Blogging]:
    """Return which of these contacts have a blog with something in it."""
    rows = view.db.execute(
        "SELECT service FROM feed WHERE profile = ? AND node = ? "
        "AND service IN (SELECT value FROM json_each(?)) "
        "AND EXISTS (SELECT 1 FROM entry WHERE entry.feed = feed.id)",
        (view.profile_id, MICROBLOG, json.dumps(list(jids))),
    )
    return {jid: Blogging(blog=True) for (jid,) in rows}


CONTRIBUTOR = Contributor(Blogging, TABLE, load, to=records.Contact)


class Bloggers:
    """Has contacts told anew when they have begun to write a blog, or have none any more."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._told: set[str] = set()
        home.events.subscribe(EntriesChanged, self._on_changed)
        home.events.subscribe(EntriesGone, self._on_gone)

    def look(self, found: Sequence[records.BlogNode]) -> None:
        """Have it known what contacts have written whose blogs were found."""
        for each in found:
            if each.node == MICROBLOG and each.service != self._home.own:
                self._home.do_soon(self._look(Feed(each.service, each.node)), name="look at a blog")

    async def _look(self, feed: Feed) -> None:
        home = self._home

        def is_new(view: View) -> bool:
            return contacts.exists(view, feed.service) and not feeds.has_entries(view, feed)

        try:
            if await home.store.read(is_new):
                await home.feeds.refresh(feed)
        except BackendError as error:
            log.debug("%s: a contact's blog can't be read: %s", home.profile.name, error)

    def _on_changed(self, event: EntriesChanged) -> None:
        found = {each.service for each in event.entries if each.node == MICROBLOG}
        if new := found - self._told:
            self._told |= new
            self._tell(new)

    def _on_gone(self, event: EntriesGone) -> None:
        if event.feed.node == MICROBLOG:
            self._told.discard(event.feed.service)
            self._tell([event.feed.service])

    def _tell(self, jids: Iterable[str]) -> None:
        def work(ledger: Ledger) -> None:
            ledger.contributors.uses(TABLE)
            for jid in jids:
                contacts.touch(ledger, jid)

        self._home.write_soon(work, name="tell who has a blog")
