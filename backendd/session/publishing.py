"""Writing entries, for all features: they are here at once, and go out when they can."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from xml.etree.ElementTree import Element

from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError, NotAllowed, TooLarge, UnknownItem
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.blog import atom
from backendd.core import clock, pubsub, uris, xml
from backendd.core.encoding import encode
from backendd.core.entries import Content, Feed
from backendd.core.pubsub import Item
from backendd.core.transfers import NewTransfer
from backendd.core.uris import ItemAddress
from backendd.session.feeds import Feeds
from backendd.session.transfers import Transfers
from backendd.store import (
    entry_files,
    entry_rows,
    entry_tokens,
    entry_versions,
    feeds,
    outgoing,
    publication_rows,
    publications,
    sources,
    written,
)
from backendd.store.entries import Arrival
from backendd.store.entry_rows import Known
from backendd.store.ledger import Ledger, ProfileStore
from backendd.store.sent_drafts import Saying
from backendd.store.view import View

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Entries that are given up in one transaction."""

LARGEST = 1024 * 1024
"""Bytes of what is published of an entry; few servers take more."""

_SOON_S = 5
"""Seconds that a service has to say what an entry is by now, while somebody waits for that."""


class Encoded(Value):
    """An item that is ready to be published, and what it says once it is read again."""

    item: str
    stanza: Element
    said: Content


class Upload(NamedTuple):
    """A file that goes out with an entry; `handle` is what a caller gave, where it has no path."""

    transfer: NewTransfer
    handle: Descriptor | None = None


class Publishing:
    """Publishes entries, changes them and takes them back, also those on other people's.

    `own` is the bare JID of the account.
    """

    def __init__(
        self, store: ProfileStore, feeds: Feeds, transfers: Transfers, own: Callable[[], str]
    ) -> None:
        self._store = store
        self._feeds = feeds
        self._transfers = transfers
        self._own = own
        transfers.own("entry", entry_files.OWNER)

    async def publish(
        self,
        feed: Feed,
        item: str,
        content: Content,
        *,
        token: str = "",
        besides: Callable[[Ledger], object] = lambda ledger: None,
        markdown: str = "",
        files: Sequence[Upload] = (),
        based_on: str = "",
        saying: Saying | None = None,
    ) -> str:
        """Have an item say this, as soon as that can be; return its id.

        What is done `besides` is done in the same step. With a `token`, or the `saying` of a draft,
        that was given before nothing else is done, and what is returned is what it was given for.
        The `markdown` it was written in is kept. The last links of the content are the `files`,
        which have no address yet: it waits for them. EntryChanged where it is a change of another
        version than `based_on`, and nothing is done; where it waits it fails with that once it is
        to go out.
        """
        own, now, going = self._own(), clock.now_us(), [each.transfer for each in files]
        ready, moved = await asyncio.to_thread(encoded, feed, item, content, own), list[int]()

        def work(ledger: Ledger) -> str:
            besides(ledger)
            if known := entry_tokens.take(ledger, feed, item, token, saying, now):
                return known
            feed_id = feeds.ensure(ledger, feed)
            was = entry_rows.known(ledger, feed_id, item)
            entry_versions.require(was, based_on)
            entry_id = _write(ledger, feed_id, ready, Arrival(own, now), based_on)
            before = was.says.enclosures if was is not None else ""
            moved.extend(entry_files.attach(ledger, entry_id, before, going))
            sources.keep(ledger, entry_id, ready.said, markdown)
            return item

        published = await self._store.write(work)
        for id, each in zip(moved, files, strict=False):
            if each.handle is not None:
                await self._transfers.hand(id, each.handle)
        self._transfers.look()
        return published

    async def publish_new(self, feed: Feed, entries: Sequence[Encoded]) -> None:
        """Have entries be published in this order, but those of which a feed has the item."""
        own, now = self._own(), clock.now_us()

        def work(ledger: Ledger) -> None:
            feed_id = feeds.ensure(ledger, feed)
            for each in entries:
                if entry_rows.known(ledger, feed_id, each.item) is None:
                    _write(ledger, feed_id, each, Arrival(own, now))

        await self._store.write(work)

    async def published(self, feed: Feed, token: str, saying: Saying | None) -> str:
        """Return the item that was published with a token or as this; empty where none was."""
        find = partial(entry_tokens.find, feed=feed, token=token, saying=saying)
        return await self._store.write(partial(find, now=clock.now_us()))

    async def look(self, feed: Feed, item: str) -> None:
        """Have an entry here be as its service has it, where that answers soon."""
        here = await self._here(feed, item)
        if here is None or here.state != "published":
            return  # it is asked for, or what was written here is newer
        try:
            async with asyncio.timeout(_SOON_S):
                await self._feeds.fetch(feed, [item])
        except (BackendError, TimeoutError) as error:
            log.info("whether an entry was changed elsewhere isn't known: %s", error)

    async def known(self, feed: Feed, item: str) -> Known:
        """Return an entry as it is here, or else at its service; UnknownItem."""
        found = await self._here(feed, item)
        if found is None:
            await self._feeds.fetch(feed, [item])
            found = await self._here(feed, item)
        if found is None:
            raise UnknownItem("there is no such entry")
        return found

    async def _here(self, feed: Feed, item: str) -> Known | None:
        def work(view: View) -> Known | None:
            feed_id = feeds.find(view, feed)
            return None if feed_id is None else entry_rows.known(view, feed_id, item)

        return await self._store.read(work)

    async def source(self, known: Known) -> str:
        """Return the Markdown that an entry was written in as it is; empty where none is known."""
        return await self._store.read(lambda view: sources.find(view, known.id, known.says))

    async def take_back(self, feed: Feed, item: str) -> None:
        """Have an entry be gone, as soon as that can be; UnknownItem."""
        entry_id, own = (await self.known(feed, item)).id, self._own()
        stanza = _iq(feed, pubsub.retract(feed.node, item), own)
        await self._store.write(lambda ledger: publications.take_back(ledger, entry_id, stanza))

    async def retry(self, feed: Feed, item: str, *, anyway: bool = False) -> None:
        """Publish what has failed once more; UnknownItem, NotAllowed.

        `anyway`: also over a change that somebody else has made meanwhile.
        """
        known = await self.known(feed, item)
        if known.state != "failed":
            raise NotAllowed("only an entry that failed can be sent again")

        def work(ledger: Ledger) -> None:
            entry_files.send_again(ledger, known.id)
            publications.again(ledger, known.id, str(uuid.uuid4()), anyway=anyway)

        await self._store.write(work)
        self._transfers.look()

    async def discard(self, feed: Feed, item: str) -> None:
        """Have an entry be as it is published, or gone; UnknownItem, NotAllowed.

        One that could not be taken back says no more why.
        """
        known = await self.known(feed, item)

        def work(ledger: Ledger) -> None:
            if publication_rows.find(ledger, known.id) is None:
                if written.quieten(ledger, known.id):
                    return
                raise NotAllowed("only what failed or waits to be sent can be discarded")
            if not publications.withdraw(ledger, known.id):
                raise NotAllowed("this entry is on its way, and may have arrived already")

        await self._store.write(work)

    async def discard_pending(self, feed: Feed) -> int:
        """Give up what waits to be published in a feed, the last first; return how many those are.

        What is on its way already goes on.
        """
        ids = await self._store.read(lambda view: outgoing.pending(view, feed))
        count = 0
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            count += await self._store.write(partial(outgoing.withdraw, ids=some))
        return count


def encoded(feed: Feed, item: str, content: Content, own: str) -> Encoded:
    """Return what publishes an entry; TooLarge. Long ones take a while."""
    entry = atom.encode(content, uris.encode(ItemAddress(feed.service, feed.node, item)))
    said = atom.decode(entry, waits=True)
    assert said is not None
    stanza = _iq(feed, pubsub.publish(feed.node, Item(item, entry)), own)
    if len(encode(stanza)) > LARGEST:
        raise TooLarge("the entry is too long: with its markup it has more than a megabyte")
    return Encoded(item, stanza, said)


def _write(
    ledger: Ledger, feed_id: int, ready: Encoded, arrival: Arrival, based_on: str = ""
) -> int:
    return publications.write(
        ledger, feed_id, ready.item, ready.said, ready.stanza, arrival, based_on
    )


def _iq(feed: Feed, payload: Element, own: str) -> Element:
    to = {} if feed.service == own else {"to": feed.service}
    return xml.element(xml.CLIENT, "iq", {"type": "set", "id": str(uuid.uuid4()), **to}, [payload])
