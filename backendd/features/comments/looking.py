"""Looking what others say of the entries that somebody looks at, and listening from then on."""

import logging
from collections import deque
from collections.abc import Awaitable, Iterable, Sequence
from functools import partial

from backendd.api import records
from backendd.api.errors import BackendError, UnknownItem
from backendd.core import clock
from backendd.core.attachments import node_of
from backendd.core.entries import EntriesChanged, EntriesShown, Feed
from backendd.core.profiles import Announced
from backendd.core.rsm import Wanted
from backendd.core.uris import ItemAddress
from backendd.features.comments import stanza, store
from backendd.session.home import Home
from backendd.store import discussions, entries, entry_records, feeds
from backendd.store.ledger import Ledger
from backendd.store.view import View

log = logging.getLogger(__name__)

MOST_WAITING = 100
"""Entries that wait to be looked at; of more the newest shown are."""

MOST_HEARD = 200
"""Nodes that are subscribed to for this, because of entries of ours and as many of others.

Of more those stay that were looked at last.
"""

MOST_OURS = 30
"""Own entries that are looked at on each stream, and so many that we have commented on."""

_PAGES = 4
"""Pages of comments that are read because an entry is shown; who asks for them gets all."""

_PEOPLE, _PAGE = 2000, 100


class Looking:
    """Reads comments on entries that are ours or of what is followed, and what is attached to them.

    Each is looked at once on a stream, one after the other; from then on their services tell. It
    waits for our presence: before that the server has nobody here to whom it could give that.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._looked: set[ItemAddress] = set()
        # Where it was asked to be told of comments, beyond those.
        self._heard: set[Feed] = set()
        self._waiting: deque[records.Entry] = deque(maxlen=MOST_WAITING)
        self._is_looking = False
        self._is_announced = False
        # What somebody reads already, and whether something of it is ours.
        self._early: dict[Feed, bool] = {}
        home.events.subscribe(Announced, self._on_announced)
        home.events.subscribe(EntriesShown, self._on_shown)
        home.events.subscribe(EntriesChanged, self._on_changed)

    def forget(self) -> None:
        """Have everything be looked at again: on another stream it may be otherwise."""
        self._looked.clear()
        self._heard.clear()

    def offline(self) -> None:
        """Wait for our presence to be out again."""
        self._is_announced = False
        self._early.clear()

    def _on_announced(self, event: Announced) -> None:
        self._is_announced = True
        early, self._early = self._early, {}
        for comments, is_ours in early.items():
            self._home.do_soon(self._catch_up(comments, is_ours=is_ours), name="read comments")
        self._look()

    def listen(self, comments: Feed, *, is_ours: bool = False) -> None:
        """Have it told from now on what is said there: somebody reads it, or we say something."""
        if not self._home.stream.is_online:
            return
        if not self._is_announced:
            if len(self._early) < MOST_WAITING:
                self._early[comments] = is_ours or self._early.get(comments, False)
        elif is_ours or comments not in self._heard:
            self._heard.add(comments)
            self._home.do_soon(self._listen(comments, is_ours=is_ours), name="listen to comments")

    async def _catch_up(self, comments: Feed, *, is_ours: bool) -> None:
        """Listen, and read what was said since somebody has read it."""
        self._heard.add(comments)
        await self._listen(comments, is_ours=is_ours)
        await self._try(self._home.feeds.refresh(comments))

    async def _listen(self, comments: Feed, *, is_ours: bool) -> None:
        await self._try(self._hear(comments.service, comments.node, is_ours=is_ours))
        await self._hear_less()

    async def look_at_ours(self) -> None:
        """Have it known what was said to us since, and told what is from now on."""

        def work(view: View) -> Sequence[records.Entry]:
            # Those looked at first are what is said of the newest.
            return entry_records.load(view, discussions.ours(view, MOST_OURS))

        self._expect(await self._home.store.read_long(work))

    def _on_shown(self, event: EntriesShown) -> None:
        self._expect(event.entries)

    def _on_changed(self, event: EntriesChanged) -> None:
        own = self._home.own
        ours = [each for each in event.entries if (each.publisher or each.author) == own]
        self._expect(each for each in ours if each.comments_node)

    def _expect(self, entries: Iterable[records.Entry]) -> None:
        if not self._home.stream.is_online:
            return
        for each in entries:
            if each.state == "published" and address(each) not in self._looked:
                self._looked.add(address(each))
                self._waiting.append(each)
        self._look()

    def _look(self) -> None:
        if self._waiting and self._is_announced and not self._is_looking:
            self._is_looking = True
            self._home.do_soon(self._look_at_all(), name="look at comments")

    async def _look_at_all(self) -> None:
        try:
            while self._waiting:
                await self._look_at(self._waiting.popleft())
            await self._hear_less()
        finally:
            self._is_looking = False

    async def _look_at(self, entry: records.Entry) -> None:
        home = self._home

        is_followed, is_ours = await home.store.read(lambda view: _whose(view, entry, home.own))
        if not is_followed and not is_ours:
            self._looked.discard(address(entry))  # it may be followed by the next time
            return
        await self._try(self._hear(entry.service, node_of(address(entry)), is_ours=is_ours))
        await self._try(self._read_attachments(entry))
        if entry.comments_node:
            comments = Feed(entry.comments_service, entry.comments_node)
            await self._try(self._hear(comments.service, comments.node, is_ours=is_ours))
            await self._try(self._read_comments(comments))

    async def _try(self, work: Awaitable[None]) -> None:
        try:
            await work
        except BackendError as error:
            log.debug("%s: nothing said of an entry: %s", self._home.profile.name, error)

    async def _hear(self, service: str, node: str, *, is_ours: bool) -> None:
        await self._home.pubsub.subscribe(node, service=service)
        now = clock.now_us()
        await self._home.store.write(
            lambda ledger: store.hear(ledger, service, node, now, is_ours=is_ours)
        )

    async def _hear_less(self) -> None:
        """Unsubscribe from what nobody has looked at for longest."""
        home = self._home
        for service, node in await home.store.read(
            lambda view: store.not_looked_at(view, MOST_HEARD)
        ):
            await self._try(home.pubsub.unsubscribe(node, service=service))
            await home.store.write(partial(store.unhear, service=service, node=node))

    async def _read_comments(self, comments: Feed) -> None:
        await self._home.feeds.refresh(comments)
        for _ in range(_PAGES - 1):
            if not await self._home.feeds.extend(comments):
                return

    async def _read_attachments(self, entry: records.Entry) -> None:
        """Have who likes an entry by what they have attached to it."""
        home, likes = self._home, set[str]()
        node = node_of(address(entry))
        service = "" if entry.service == home.own else entry.service
        as_of = await home.store.read(lambda view: view.revision)
        try:
            following: Wanted | None = Wanted(_PAGE)
            while following is not None and len(likes) < _PEOPLE:
                page = await home.pubsub.items.page(node, following, service=service)
                likes.update(
                    stanza.whose(each) for each in page.items if stanza.is_like(each.payload)
                )
                following = page.next
        except UnknownItem:
            likes.clear()  # nobody can attach anything

        def work(ledger: Ledger) -> None:
            entry_id = entries.find(ledger, Feed(entry.service, entry.node), entry.id)
            if entry_id is not None:
                store.like_only(ledger, entry_id, likes - {""}, clock.now_us(), as_of=as_of)

        await home.store.write(work)


def _whose(view: View, entry: records.Entry, own: str) -> tuple[bool, bool]:
    """Return whether an entry is of what is followed, and whether something of it is ours."""
    feed_id = feeds.find(view, Feed(entry.service, entry.node))
    entry_id = entries.find(view, Feed(entry.service, entry.node), entry.id)
    if feed_id is None or entry_id is None:
        return False, False
    return feeds.is_listed(view, feed_id, own), discussions.is_ours(view, entry_id)


def address(entry: records.Entry) -> ItemAddress:
    """Return where an entry is."""
    return ItemAddress(entry.service, entry.node, entry.id)
