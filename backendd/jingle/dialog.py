"""A session as it goes on with somebody: what each side says of each content that is in it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotSupported
from backendd.jingle import elements
from backendd.jingle.elements import Content, Role, Said
from backendd.jingle.negotiation import Negotiation, State
from backendd.jingle.ports import Means
from backendd.jingle.reasons import CANCEL, Reason
from backendd.jingle.refusals import Refused
from backendd.jingle.session import Heard, Session
from backendd.jingle.talk import Talk

log = logging.getLogger(__name__)


class Dialog:
    """A session with `peer`, a full JID; `over` is called when it has ended, on whichever side."""

    def __init__(
        self, session: Session, peer: str, means: Means, over: Callable[[], object]
    ) -> None:
        self._session = session
        self._peer = peer
        self._means = means
        self._over = over
        self._talks: dict[Negotiation, Talk] = {}

    def __len__(self) -> int:
        """Return how many contents stand."""
        return len(self._talks)

    @property
    def their_role(self) -> Role:
        """The side that they are."""
        return "responder" if self._session.role == "initiator" else "initiator"

    def begin(self, contents: Sequence[Content], *, is_added: bool = False) -> Sequence[Talk]:
        """Return what is talked about contents that come in; Refused.

        `is_added` where the session was there already.
        """
        return [self._talk(each) for each in self._session.add(contents, is_added=is_added)]

    def _talk(self, of: Negotiation) -> Talk:
        talk = Talk(self._session, of, self._peer, self._means, partial(self._leave, of))
        self._talks[of] = talk
        return talk

    # -- what is heard

    def hear(self, said: Said) -> None:
        """Take what the other side says; Refused."""
        self._tell(self._session.hear(said))
        self._part(self._session.close(said.reason or CANCEL))

    def end(self, reason: Reason) -> None:
        """Have the session ended, for `reason` of the other side's."""
        self._tell(self._session.end(reason))

    def _tell(self, heard: Iterable[Heard]) -> None:
        try:
            for of, event in heard:
                if of in self._talks:
                    self._talks[of].take(event)
        except asyncio.QueueFull:
            raise Refused("resource-constraint") from None
        finally:
            self._let_go()

    # -- what is said

    def _leave(self, of: Negotiation, reason: Reason) -> None:
        self._part(self._session.leave(of, reason))

    def _part(self, farewells: Sequence[Element]) -> None:
        """Say, in this order, that we have done, whether the other side hears it or not."""
        self._let_go()
        if farewells:
            self._means.tasks.start(self._say(farewells), name="jingle farewell")

    async def _say(self, farewells: Sequence[Element]) -> None:
        for each in farewells:
            try:
                await self._request(each)
            except BackendError as error:
                log.debug("the end of a session isn't heard: %s", error)

    async def _request(self, farewell: Element) -> None:
        ask = partial(self._means.line.request, "set", self._peer, timeout=60)
        try:
            await ask(farewell)
        except NotSupported:
            if farewell.get("action") != "content-reject":
                raise
            # Psi lets a file be taken out of a session, but knows no rejection.
            await ask(elements.removal(farewell))

    def _let_go(self) -> None:
        """Keep nothing of what has ended."""
        ended = [each for each in self._talks if each.state is State.ENDED]
        for each in ended:
            del self._talks[each]
        if self._session.state is State.ENDED:
            self._over()
