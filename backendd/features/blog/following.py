"""What is followed: at its services, in the list that other clients read, and here."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from functools import partial

from backendd.api import records
from backendd.api.errors import (
    BackendError,
    InvalidArgument,
    NotConnected,
    NotSupported,
    UnknownItem,
)
from backendd.core import clock
from backendd.core.entries import COMMENTS, MICROBLOG, Feed
from backendd.core.pubsub import Item, SubscriptionState
from backendd.core.pubsub_events import Event
from backendd.core.rsm import Wanted
from backendd.features.blog import stanza
from backendd.features.blog.stanza import Kept
from backendd.session import blog_refusals
from backendd.session.home import Home
from backendd.store import contacts, feed_states, feeds
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Blogs that are read at the same time when the profile comes online."""

_PAGE = 200


class Following:
    """Follows blogs and leaves them, reads what is new in them, and keeps the list of them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._is_listing = asyncio.Lock()

    async def followed(self) -> Sequence[records.Subscription]:
        """Return what is followed."""
        return await self._home.store.read(feeds.followed)

    async def follow(self, feed: Feed) -> None:
        """Follow a feed: at its service first, then here and in the list.

        One that is followed already is asked for anew: its owner may have ended that.
        """
        home = self._home
        if feed.service == home.own:
            raise InvalidArgument("what is your own needs not to be followed")
        is_pending = await self._is_pending(feed)
        now = clock.now_us()

        def work(ledger: Ledger) -> None:
            feeds.follow(ledger, feed, now, is_pending=is_pending)
            feed_states.fails(ledger, feed, None, now)  # what was said before is over

        await home.store.write(work)
        if not is_pending:
            home.do_soon(self.read([feed]), name="read a blog")
        await self._keep([feed])

    async def _is_pending(self, feed: Feed) -> bool:
        """Subscribe at a service; return whether somebody has to agree first."""
        home = self._home
        try:
            return await home.pubsub.subscribe(feed.node, service=feed.service) == "pending"
        except NotSupported as error:
            # Contacts' own blogs are told without, by what we announce (XEP-0163 4.3.2).
            is_contact = await home.store.read(lambda view: contacts.exists(view, feed.service))
            if feed.node == MICROBLOG and is_contact:
                return False
            raise blog_refusals.explained(error, feed) from error
        except BackendError as error:
            raise blog_refusals.explained(error, feed) from error

    async def be_told(self, feed: Feed) -> None:
        """Have it told what is new in a feed that is followed, where its owner had ended that."""
        home = self._home
        if all(_feed(each) != feed for each in await self.followed()):
            return
        try:
            is_pending = await self._is_pending(feed)
        except BackendError as error:
            log.info("%s: a blog isn't told: %s", home.profile.name, error)
            return
        state: SubscriptionState = "pending" if is_pending else "subscribed"
        now = clock.now_us()
        await home.store.write(lambda ledger: feed_states.subscribed(ledger, feed, state, now))

    async def ask_pending(self) -> None:
        """Learn what was agreed to meanwhile of that to which somebody has to agree."""
        home = self._home
        waiting = [_feed(each) for each in await self.followed() if each.pending]
        for service in dict.fromkeys(feed.service for feed in waiting):
            try:
                found = await home.pubsub.subscriptions(service=service)
            except BackendError as error:
                log.info("%s: what is pending isn't told: %s", home.profile.name, error)
                continue
            states = {each.node: each.state for each in found}
            for feed in waiting:
                if feed.service == service and feed.node in states:
                    state = states[feed.node]
                    now = clock.now_us()
                    await home.store.write(
                        partial(feed_states.subscribed, feed=feed, state=state, now=now)
                    )

    async def leave(self, feed: Feed) -> None:
        """Follow a feed no more, whatever its service says; UnknownItem where it isn't followed."""
        home = self._home
        if all(_feed(each) != feed for each in await self.followed()):
            raise UnknownItem("this blog isn't followed")
        try:
            await home.pubsub.unsubscribe(feed.node, service=feed.service)
        except NotConnected:
            raise
        except BackendError as error:
            # Who was shut out is refused even that, and what it tells otherwise is not listed.
            log.info("%s: nothing to unsubscribe from: %s", home.profile.name, error)
        # Behind the answer to that, for what the list says of our own following comes before it.
        await self._drop(feed)
        await home.store.write(lambda ledger: feeds.leave(ledger, feed))

    # -- what is new

    async def read_all(self, *, and_own: bool) -> None:
        """Read what is new in all that is followed, and in the own blog where there can be one."""
        own = [Feed(self._home.own, MICROBLOG)] if and_own else []
        opened = [_feed(each) for each in await self.followed() if not each.pending]
        await self.read([*own, *opened])

    async def read(self, wanted: Iterable[Feed]) -> None:
        """Read what is new in feeds, a few at the same time; note of those that can't be why."""
        turns = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for feed in wanted:
                group.create_task(self._read(feed, turns), name="read a blog")

    async def _read(self, feed: Feed, turns: asyncio.Semaphore) -> None:
        home, why = self._home, None
        async with turns:
            if not home.stream.is_online:
                return
            begun = clock.now_us()
            try:
                await home.feeds.refresh(feed)
            except BackendError as error:
                log.info("%s: a blog can't be read: %s", home.profile.name, error)
                why = blog_refusals.explained(error, feed)
        await home.store.write(lambda ledger: feed_states.read(ledger, feed, why, begun))

    # -- the list

    async def take_list(self) -> None:
        """Follow what other clients follow by the list, and have in it what only we do."""
        home = self._home
        async with self._is_listing:
            found = await self._fetch_list()
            if found is None:
                return
            now = clock.now_us()
            await home.store.write(lambda ledger: _take_list(ledger, found, now))
        await self._keep(await home.store.read(lambda view: feeds.kept(view, is_kept=False)))

    async def _fetch_list(self) -> list[Kept] | None:
        """Return the list; None where the account has none, or doesn't tell."""
        found: list[Kept] = []
        wanted: Wanted | None = Wanted(_PAGE)
        try:
            while wanted is not None:
                page = await self._home.pubsub.items.page(stanza.NODE, wanted)
                found += filter(None, map(stanza.decode, page.items))
                wanted = page.next
        except UnknownItem:
            return []
        except BackendError as error:
            log.info("%s: no list of what is followed: %s", self._home.profile.name, error)
            return None
        return found

    async def _keep(self, wanted: Iterable[Feed]) -> None:
        """Have feeds in the list."""
        home = self._home
        names = {_feed(each): each.name for each in await self.followed()}
        async with self._is_listing:
            for feed in wanted:
                item = stanza.encode(Kept(feed, names.get(feed, "")), home.own)
                try:
                    await self._publish(item)
                except BackendError as error:
                    log.info("%s: the list isn't kept: %s", home.profile.name, error)
                    return
                await home.store.write(partial(feeds.keep, feed=feed))

    async def _publish(self, item: Item) -> None:
        """Put an item into the list, which is made where there is none, and else left as it is."""
        pubsub = self._home.pubsub
        try:
            await pubsub.configuration(stanza.NODE)
        except UnknownItem:
            await pubsub.create(stanza.NODE, options=stanza.OPTIONS)
        await pubsub.publish(stanza.NODE, item)

    async def _drop(self, feed: Feed) -> None:
        try:
            async with self._is_listing:
                await self._home.pubsub.retract(stanza.NODE, stanza.item_id(feed, self._home.own))
        except BackendError as error:
            log.info("%s: the list isn't kept: %s", self._home.profile.name, error)


def on_list(ledger: Ledger, service: str, event: Event) -> None:
    """Store what another client of ours has followed, or follows no more."""
    for kept in filter(None, map(stanza.decode, event.items)):
        _follow(ledger, kept, clock.now_us())
    gone = set(event.retracted)
    for feed in feeds.kept(ledger, is_kept=True):
        if stanza.item_id(feed, service) in gone:
            feeds.leave(ledger, feed)


def _take_list(ledger: Ledger, found: Sequence[Kept], now: int) -> None:
    there = {kept.feed for kept in found}
    for feed in feeds.kept(ledger, is_kept=True):
        if feed not in there:
            feeds.leave(ledger, feed)
    for kept in found:
        _follow(ledger, kept, now)


def _follow(ledger: Ledger, kept: Kept, now: int) -> None:
    if kept.feed.node.startswith(COMMENTS):
        return  # other programs have there what they have commented on: that is no blog
    feeds.follow(ledger, kept.feed, now, name=kept.name)
    feeds.keep(ledger, kept.feed)


def _feed(subscription: records.Subscription) -> Feed:
    return Feed(subscription.service, subscription.node)
