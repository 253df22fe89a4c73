"""Requests to read blogs of one profile: those that wait, and what services are told of them.

An answer is noted first, once whoever gives it, and is there until its service knows it: also where
there is no connection, or we end in between.
"""

import asyncio
import logging
from collections.abc import Sequence

from backendd.api import records
from backendd.api.errors import BackendError, NotConnected, NotSupported, Timeout, UnknownItem
from backendd.api.words import WarningWord
from backendd.core import clock, jid
from backendd.core.blog_words import called
from backendd.core.entries import NodeDeleted
from backendd.core.readers import ReaderLetIn
from backendd.features.blog_readers import stanza
from backendd.features.blog_readers.pending import Pending
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import outbox, readers
from backendd.store.ledger import Ledger
from backendd.store.readers import Answer

log = logging.getLogger(__name__)

WARNING: WarningWord = "reader"

_LANE = "readers"


class Readers(Part):
    """Keeps requests until they are answered, and has their services know it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._turn = asyncio.Lock()
        self._pending = Pending(home)
        home.events.subscribe(NodeDeleted, self._on_deleted)

    async def set_up(self, *, resumed: bool) -> None:
        self._home.do_soon(self._tell(), name="answer readers")
        if not resumed:
            self._home.do_soon(self._pending.ask(), name="ask who wants to read")

    def _on_deleted(self, event: NodeDeleted) -> None:
        self._home.write_soon(lambda ledger: readers.forget(ledger, event.feed), name="forget")

    async def waiting(self) -> Sequence[records.ReaderRequest]:
        """Return what waits for an answer, oldest first."""
        return await self._home.store.read(readers.waiting)

    async def answer(self, id: str, *, is_allowed: bool) -> None:
        """Let somebody read a blog, or not; UnknownItem where that isn't asked any more."""

        def work(ledger: Ledger) -> None:
            if not readers.answer(ledger, id, is_allowed=is_allowed):
                raise UnknownItem(
                    f"there is no request {jid.shown(id)}; it may be answered already"
                )

        await self._home.store.write(work)
        self._home.do_soon(self._tell(), name="answer readers")

    async def _tell(self) -> None:
        """Have services know what was answered; where they can't now, they do later."""
        async with self._turn:
            for each in await self._home.store.read(readers.answers):
                try:
                    await self._tell_one(each)
                except (NotConnected, Timeout) as error:
                    log.info("%s: a reader waits on: %s", self._home.profile.name, error)
                except BackendError as error:
                    await self._refused(each, error)

    async def _tell_one(self, told: Answer) -> None:
        home, asked, is_allowed = self._home, told.asked, told.is_allowed
        at = home.blog_nodes.service(asked.feed)
        form = None
        try:
            # Accounts of ejabberd take no other, and what is asked so is answered.
            await home.pubsub.decide(
                asked.feed.node, asked.jid, is_allowed=is_allowed, subid=asked.subid, service=at
            )
        except NotSupported:
            form = stanza.encode(asked, is_allowed=is_allowed)

        def work(ledger: Ledger) -> None:
            readers.settle(ledger, told, is_let_in=is_allowed)
            if form is not None:
                outbox.add(ledger, form, clock.now_us(), lane=_LANE)

        await home.store.write(work)
        home.warnings.settle(WARNING, asked.jid)
        if is_allowed:
            home.events.publish(ReaderLetIn(asked.feed))

    async def _refused(self, told: Answer, error: BackendError) -> None:
        """Note that an answer isn't taken: whoever is not let in reads nothing in any case."""
        home, asked = self._home, told.asked
        await home.store.write(lambda ledger: readers.settle(ledger, told, is_let_in=False))
        log.info("%s: a reader can't be answered: %s", home.profile.name, error)
        if told.is_allowed:
            home.warnings.add(
                WARNING, asked.jid,
                f"{jid.shown(asked.jid)} can't be let in to read {called(asked.feed.node)} "
                f"at {jid.shown(asked.feed.service)}: {error}",
            )  # fmt: skip
