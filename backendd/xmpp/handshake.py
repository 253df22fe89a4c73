"""The talk before the binding: one element asked for at a time, each within its time."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from xml.etree.ElementTree import Element

from backendd.api.errors import HostUnreachable, ServerError
from backendd.core.encoding import encode
from backendd.xmpp.endpoints import Endpoint
from backendd.xmpp.faults import Unanswered, stanza_error, stream_error
from backendd.xmpp.names import FEATURES, IQ, STANZAS, STREAM_ERROR
from backendd.xmpp.requests import IqType
from backendd.xmpp.wire import Deliver, Wire


class Handshake:
    """A connection that is still being set up; its elements are taken one by one."""

    def __init__(self, domain: str, endpoint: Endpoint, patience_s: float) -> None:
        self.domain = domain
        self.endpoint = endpoint
        self.patience_s = patience_s
        self.wire = Wire(domain, self._take)
        self.features = Element(FEATURES)
        self._waiting: deque[tuple[Element, bool]] = deque()
        self._before = 0
        self._arrived = asyncio.Event()
        self.wire.closed.add_done_callback(lambda _: self._arrived.set())

    @property
    def is_quiet(self) -> bool:
        """Whether nothing came that wasn't asked for."""
        return not self._waiting

    async def expect(self, *tags: str) -> Element:
        """Return the next element, which has to be one of `tags`.

        Stanzas may come between: they stay for whom the connection is handed to.
        """
        return await self._expect(lambda one: one.tag in tags, tags)

    async def ask(self, kind: IqType, payload: Element) -> Element:
        """Return the result of an iq of ours; `StanzaError`."""
        stanza_id = secrets.token_hex(8)
        iq = Element(IQ, {"type": kind, "id": stanza_id})
        iq.append(payload)
        self.wire.write(encode(iq))
        answer = await self.expect_answer(stanza_id)
        if answer.get("type") == "error":
            raise stanza_error(answer)
        return answer

    async def expect_answer(self, stanza_id: str) -> Element:
        """Return the iq that answers our question of this id."""

        def fits(one: Element) -> bool:
            answers = one.get("type") in ("result", "error")
            return one.tag == IQ and answers and one.get("id") == stanza_id

        return await self._expect(fits, (IQ,))

    async def expect_features(self) -> None:
        """Take the features of a new stream."""
        self.features = await self.expect(FEATURES)

    def hand_over(self, deliver: Deliver, earlier: Deliver) -> None:
        """Let `deliver` have what came since the last answer, and from now on everything.

        Stanzas that came before that answer go to `earlier`.
        """
        self.wire.deliver = deliver
        for _ in range(self._before):
            earlier(*self._waiting.popleft())
        while self._waiting:
            deliver(*self._waiting.popleft())

    async def _expect(self, fits: Callable[[Element], bool], tags: tuple[str, ...]) -> Element:
        try:
            async with asyncio.timeout(self.patience_s):
                element = await self._next(fits)
        except TimeoutError as error:
            raise Unanswered(f"{self.endpoint} doesn't answer") from error
        if element.tag == STREAM_ERROR:
            raise stream_error(element, self.domain, in_session=False)
        if element.tag not in tags:
            raise ServerError(f"{self.domain} gives an answer that doesn't fit the question")
        return element

    async def _next(self, fits: Callable[[Element], bool]) -> Element:
        while True:
            for index, (element, _) in enumerate(self._waiting):
                if fits(element) or element.tag not in STANZAS:
                    del self._waiting[index]
                    self._before = index
                    return element
            if self.wire.closed.done():
                raise self.wire.reason or HostUnreachable(f"{self.endpoint} closed the connection")
            self._arrived.clear()
            await self._arrived.wait()

    def _take(self, element: Element, cut: bool) -> None:
        self._waiting.append((element, cut))
        self._arrived.set()
