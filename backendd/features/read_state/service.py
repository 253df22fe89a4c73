"""What was read here is published, and what was read elsewhere is read here."""

import asyncio
import logging

from backendd.api.errors import BackendError, NotConnected, Timeout, UnknownItem
from backendd.core.messages import CaughtUp
from backendd.core.pubsub_events import Event
from backendd.core.rsm import Wanted
from backendd.features.read_state import stanza, store
from backendd.features.read_state.model import ReadState
from backendd.features.read_state.stanza import NODE
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

_PAGE, _MOST_PAGES = 200, 20


class ReadStatePart(Part):
    """Publishes one state after the other, of each conversation the last; what fails waits.

    A server that won't keep them is left alone until the next stream.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._is_refused = False
        self._publishing = asyncio.Lock()
        home.pubsub.events.on_items(NODE, _told, whose="own")
        home.events.subscribe(CaughtUp, self._on_caught_up)

    def read(self, ledger: Ledger, conversation_id: int, messages: list[int]) -> None:
        if store.note(ledger, conversation_id, self._home.own, messages):
            ledger.after_commit(self._publish_soon)

    async def set_up(self, *, resumed: bool) -> None:
        if not resumed:
            self._is_refused = False
            await self._fetch()
        self._publish_soon()

    async def _fetch(self) -> None:
        """Take over what our other clients have read meanwhile."""
        wanted: Wanted | None = Wanted(_PAGE)
        states: list[ReadState] = []
        try:
            for _ in range(_MOST_PAGES):
                if wanted is None:
                    break
                listed = await self._home.pubsub.items.page(NODE, wanted)
                states += filter(None, map(stanza.decode, listed.items))
                wanted = listed.next
        except UnknownItem:
            return  # nobody has published any
        own = self._home.own

        def work(ledger: Ledger) -> None:
            for state in states:
                store.take(ledger, state, own)

        await self._home.store.write(work)

    def _on_caught_up(self, event: CaughtUp) -> None:
        self._home.write_soon(store.take_kept, name="take over what was read")

    def _publish_soon(self) -> None:
        is_busy = self._publishing.locked()
        if self._home.stream.is_online and not is_busy and not self._is_refused:
            self._home.do_soon(self._publish(), name="publish what was read")

    async def _publish(self) -> None:
        async with self._publishing:
            try:
                while states := await self._home.store.read(store.unpublished):
                    for state in states:
                        await self._publish_one(state)
            except (NotConnected, Timeout):
                return  # the next stream goes on
            except BackendError as error:
                self._is_refused = True
                log.info("what was read can't be published: %s", error)

    async def _publish_one(self, state: ReadState) -> None:
        await self._home.pubsub.publish(NODE, stanza.encode(state), options=stanza.OPTIONS)
        await self._home.store.write(lambda ledger: store.published(ledger, state))


def _told(ledger: Ledger, service: str, event: Event) -> None:
    for item in event.items:
        state = stanza.decode(item)
        if state is not None:
            store.take(ledger, state, service)
