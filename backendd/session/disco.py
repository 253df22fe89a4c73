"""What any entity is, can do and has (XEP-0030): asked, and kept as long as it holds."""

from collections.abc import Awaitable
from xml.etree.ElementTree import Element

from backendd.api.tasks import Tasks
from backendd.core import disco, jid
from backendd.core.disco import Info, Items
from backendd.core.hub import Hub
from backendd.core.rsm import Wanted
from backendd.session.caps import Capabilities
from backendd.session.questions import Questions
from backendd.session.uplink import Uplink
from backendd.store.ledger import ProfileStore

PATIENCE_S = 15.0
_GIVEN_UP_S = 3600.0
_KEPT = 2000


class Disco:
    """Asks entities; what several ask at the same time is asked once.

    All raise NotConnected, Timeout and ServerError; `timeout` is how many seconds to wait.
    """

    def __init__(self, stream: Uplink, store: ProfileStore, tasks: Tasks, events: Hub) -> None:
        self._stream = stream
        self._questions: Questions[Element] = Questions(tasks)
        self._known: dict[tuple[str, str], Info] = {}
        self._caps = Capabilities(self._ask_info, store, events)

    async def info(
        self, address: str, node: str = "", *, anew: bool = False, timeout: float = PATIENCE_S
    ) -> Info:
        """Return what an entity, or a node of it, is and can do.

        It is asked once in a stream; `anew`: the answer has to be of now.
        """
        full, known = jid.received(address).full, self._known
        if anew or (full, node) not in known:
            query = await self._ask_info(full, node, timeout)
            if len(known) >= _KEPT:
                del known[next(iter(known))]
            # If the stream is another meanwhile, so is `self._known`.
            known[full, node] = disco.decode_info(query)
        return known[full, node]

    def told(self, address: str) -> Info | None:
        """Return what an entity has said of itself on this stream; None where it was not asked."""
        return self._known.get((address, ""))

    async def of(self, full_jid: str, *, timeout: float = PATIENCE_S) -> Info:
        """Return what a client is and can do; it isn't asked where its presence says enough."""
        return await self._caps.of(jid.received(full_jid), timeout)

    async def items(
        self, address: str, node: str = "", page: Wanted | None = None,
        *, timeout: float = PATIENCE_S,
    ) -> Items:  # fmt: skip
        """Return what an entity, or a node of it, has: all of it, or a page."""
        full = jid.received(address).full
        asked = disco.ask_items(node, page)
        return disco.decode_items(await self._ask((full, node, page), full, asked, timeout))

    def forget(self) -> None:
        """Ask anew from now on: on another stream it may be another server."""
        self._known = {}
        self._caps.forget()

    async def _ask_info(self, full: str, node: str, timeout: float) -> Element | None:
        answer = await self._ask((full, node), full, disco.ask_info(node), timeout)
        return answer.find(disco.QUERY)

    async def _ask(
        self, key: tuple[object, ...], full: str, payload: Element, timeout: float
    ) -> Element:
        def ask() -> Awaitable[Element]:
            return self._stream.request("get", full, payload, timeout=_GIVEN_UP_S)

        return await self._questions.ask(key, ask, who=jid.shown(full), timeout=timeout)
