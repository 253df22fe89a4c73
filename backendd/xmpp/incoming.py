"""The server's half of stream management (XEP-0198): count, gather, commit, then acknowledge.

What the server was told we have is deleted there: only a number that is committed may be told.
"""

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from xml.etree.ElementTree import Element

from backendd.api.pace import Pace
from backendd.xmpp.account import Batch
from backendd.xmpp.names import IQ
from backendd.xmpp.outgoing import MODULUS
from backendd.xmpp.requests import is_answer

log = logging.getLogger(__name__)

# Few enough that whoever writes something, or types meanwhile, never waits long for one commit.
BATCH = 100
# Enough that a flood never waits for us, little enough that it can't fill the memory.
PAUSE_AT, GO_ON_AT = 1000, 250
# Stanzas without a message among them need no hurry, but the server keeps them all.
COMMIT_AFTER = 64
TELL_AFTER = 64
# A server may ask behind each stanza, and a file that comes in-band is thousands of them, of which
# none does harm that comes again: they aren't worth a commit each.
COMMIT_EVERY_S = 0.5


class Inbox:
    """The stanzas of one stream on their way to the database.

    `commit` stores a batch; raising, it makes the inbox call `failed`. `route` takes an iq once
    everything before it is stored, and returns whether it may come once more; a request that
    `settles` with the batch is no matter of its.
    `tell` writes an acknowledgement, `pause` holds the network.
    """

    def __init__(
        self,
        sm_id: str,
        *,
        handled: int = 0,
        commit: Callable[[Batch], Awaitable[None]],
        route: Callable[[Element, bool], bool],
        settles: Callable[[Element, bool], bool],
        tell: Callable[[int], None],
        pause: Callable[[bool], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._sm_id = sm_id
        self._commit = commit
        self._route = route
        self._settles = settles
        self._tell = tell
        self._pause = pause
        self._failed = failed
        self._items: deque[tuple[Element, bool, int]] = deque()
        self._received = self._committed = self._told = handled
        self._asked_at: int | None = None
        self._pace = Pace(COMMIT_EVERY_S, 1)
        self._may_repeat = True  # all that isn't stored
        self._timer: asyncio.TimerHandle | None = None
        self._broken = False
        self._draining = False
        self._paused = False
        self._work = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def committed(self) -> int:
        """The number of the last stanza that is stored."""
        return self._committed

    def take(self, stanza: Element, cut: bool) -> None:
        """Count a stanza and keep it for the next batch; `cut` ones have lost their content."""
        if self._broken:
            # It follows one that was lost, so it would get that one's number.
            return
        self._received = (self._received + 1) % MODULUS
        self._keep(stanza, cut)

    def take_uncounted(self, stanza: Element, cut: bool) -> None:
        """Keep a stanza that came before counting began."""
        self._keep(stanza, cut)

    def asked(self) -> None:
        """Answer with an acknowledgement once what came before is stored."""
        self._asked_at = self._received
        self._wake()

    async def drain(self) -> None:
        """Store all there is; what was lost to a failed commit will come again."""
        self._draining = True
        self._wake()
        await self._idle.wait()
        self._draining = False

    def resume(self) -> None:
        """Go on with a new connection; the server counts from what is stored."""
        self._items.clear()
        self._received = self._told = self._committed
        self._asked_at = None
        self._paused = self._broken = False

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self._work.wait()
            self._work.clear()
            while self._items or self._is_due(self._received):
                if not await self._store():
                    break
            else:
                self._acknowledge()
                self._wake_later()
            self._idle.set()

    def _keep(self, stanza: Element, cut: bool) -> None:
        self._items.append((stanza, cut, self._received))
        if len(self._items) >= PAUSE_AT and not self._paused:
            self._paused = True
            self._pause(True)
        self._wake()

    def _wake(self) -> None:
        self._idle.clear()
        self._work.set()

    def _wake_later(self) -> None:
        """Go on with what is asked for once it is time."""
        if self._asked_at is None or self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._pace.wait(loop.time()), self._woken)

    def _woken(self) -> None:
        self._timer = None
        self._wake()

    async def _store(self) -> bool:
        items = list(itertools.islice(self._items, BATCH))
        for _ in items:
            self._items.popleft()
        handled = items[-1][2] if items else self._received
        iqs = [(stanza, cut) for stanza, cut, _ in items if stanza.tag == IQ]
        settled = {iq for iq, cut in iqs if self._settles(iq, cut)}
        stanzas = [each for each, cut, _ in items if each in settled or not (each.tag == IQ or cut)]
        lost = [each for each, cut, _ in items if cut and each.tag != IQ]
        free = [(iq, cut) for iq, cut in iqs if is_answer(iq) or iq not in settled]
        if not stanzas and not lost:
            # There is nothing before them, and who asks needn't wait.
            self._may_repeat &= self._give_out(free)
        if stanzas or lost or self._is_due(handled):
            try:
                await self._commit(Batch(tuple(stanzas), handled, self._sm_id, tuple(lost)))
            except Exception as error:  # whatever it is: a live stream is never left unstored
                self._lose(error)
                return False
            self._committed = handled
            self._may_repeat = True
            self._pace.took(asyncio.get_running_loop().time())
        if stanzas or lost:
            self._give_out(free)
        self._go_on()
        self._acknowledge()
        return True

    def _give_out(self, iqs: list[tuple[Element, bool]]) -> bool:
        may_repeat = True
        for iq, cut in iqs:
            may_repeat &= self._route(iq, cut)
        return may_repeat

    def _is_due(self, handled: int) -> bool:
        waiting = (handled - self._committed) % MODULUS
        if self._draining or waiting >= COMMIT_AFTER:
            return waiting > 0
        if self._asked_at is None or waiting == 0:
            return False
        return not self._may_repeat or self._pace.wait(asyncio.get_running_loop().time()) == 0

    def _acknowledge(self) -> None:
        asked = self._asked_at
        if asked is not None and (self._committed - asked) % MODULUS < MODULUS // 2:
            self._asked_at = None
        elif (self._committed - self._told) % MODULUS < TELL_AFTER:
            return
        self._told = self._committed
        self._tell(self._committed)

    def _go_on(self) -> None:
        if self._paused and len(self._items) <= GO_ON_AT:
            self._paused = False
            self._pause(False)

    def _lose(self, error: Exception) -> None:
        self._items.clear()
        self._received = self._committed
        self._asked_at = None
        self._broken = True
        self._failed(error)
