"""Sending, so that a lost answer neither loses nor doubles a message, nor changes their order."""

import asyncio
import os
from collections import defaultdict
from contextlib import suppress

from backendd.api.contract import Messages
from backendd.api.errors import BackendError, ProfileLocked, Timeout
from backendd.api.failures import LinkError, NotRunning
from backendd.api.tasks import Tasks
from backendd.api.tuples import NamedTuple
from backendd.api.values import Mutable, field
from primitivus.client.part import Part
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.editing.purpose import Purpose
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

# A backend that is there, but gives no answer, is asked again.
AGAIN_S = 5.0
# So long nobody wonders where a message is.
SLOW_S = 2.0
# Who leaves waits so long for what is on its way to the backend.
PARTING_S = 1.0
ABOUT = "unanswered"


class _Message(NamedTuple):
    """What is handed over, and what for. `typed` is what stood in the input for it.

    `draft` is the id of that which it was made of.
    """

    peer: str
    body: str
    purpose: Purpose
    token: str
    typed: str
    draft: str


class Sending(Mutable, Part):
    """Hands messages to the backend; with the same token it stores one only once.

    Those to one peer go one behind the other: the next waits for the answer to the one before.
    """

    messages: Messages
    state: State
    account: Account
    tasks: Tasks
    # All that the backend is being given, and of these what it has to be given again.
    _untaken: list[_Message] = field(default_factory=list)
    _unanswered: list[_Message] = field(default_factory=list)
    # What was refused last: the same text again is the same message, should it be stored after all.
    _refused: _Message | None = None
    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _repeating: asyncio.Lock = field(default_factory=asyncio.Lock)
    _again: asyncio.TimerHandle | None = None
    _is_clear: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, peer: str, body: str, purpose: Purpose, *, typed: str, draft: str) -> None:
        """Hand a message over; where no answer comes it is handed over again at the next attach.

        Raises what the backend says against it, and NotRunning if it is known to be gone.
        """
        if not self.state.is_attached:
            raise NotRunning(tr("the backend is not running; your text stays here until it is"))
        wanted, refused = (peer, body, purpose), self._refused
        is_again = refused is not None and refused[: len(wanted)] == wanted
        token = refused.token if refused is not None and is_again else os.urandom(16).hex()
        message, self._refused = _Message(*wanted, token, typed, draft), None
        self._is_clear.clear()
        self._untaken.append(message)
        async with self._turns[peer]:
            if any(each.peer == peer for each in self._unanswered):
                self._keep(message)
                return
            try:
                await self._hand_over(message)
            except (LinkError, Timeout):
                self._keep(message)
            except BackendError:
                self._refused = message
                self._done(message)
                raise
            else:
                self._done(message)

    async def attached(self) -> None:
        await self.repeat()

    async def farewell(self) -> None:
        await self.untaken()

    def stop(self) -> None:
        if self._again is not None:
            self._again.cancel()

    async def untaken(self) -> list[str]:
        """Return to whom the backend has not taken a message, after a moment in which it may."""
        if self._untaken and self.state.is_attached:
            with suppress(TimeoutError):
                async with asyncio.timeout(PARTING_S):
                    await self._is_clear.wait()
        return list(dict.fromkeys(message.peer for message in self._untaken))

    async def repeat(self) -> None:
        """Hand over again what had no answer, in its order; what is refused is typed again."""
        async with self._repeating:
            while self._unanswered and self.state.is_attached:
                message = self._unanswered[0]
                try:
                    await self._hand_over(message)
                except (LinkError, Timeout, ProfileLocked):
                    self._try_again()
                    return
                except BackendError as error:
                    self._give_back(message)
                    said = tr("a message to {who} was refused: {why}", who=message.peer, why=error)
                    line = f"chat {quote(message.peer)} {quote(self.account.profile.name)}"
                    self.state.complain(said, account=self.account, line=line)
                self._unanswered.pop(0)
                self._done(message)

    async def _hand_over(self, message: _Message) -> None:
        slow = asyncio.get_running_loop().call_later(SLOW_S, self._tell)
        try:
            await message.purpose.hand_over(
                self.messages, message.peer, message.body, message.token, message.draft
            )
        finally:
            slow.cancel()

    def _keep(self, message: _Message) -> None:
        self._unanswered.append(message)
        self._tell()
        self._try_again()

    def _tell(self) -> None:
        self.state.complain(
            tr("no answer from the backend: your message is kept, and given to it again"),
            about=ABOUT,
            account=self.account,
        )

    def _done(self, message: _Message) -> None:
        self._untaken.remove(message)
        if not self._untaken:
            self._is_clear.set()
            self.state.settle(ABOUT, self.account)

    def _give_back(self, message: _Message) -> None:
        chat = self.account.chat_with(message.peer)
        chat.give_back(message.purpose, message.typed)
        self.state.changed(Area.INPUT)

    def _try_again(self) -> None:
        if self._again is not None:
            self._again.cancel()
        loop = asyncio.get_running_loop()
        self._again = loop.call_later(
            AGAIN_S, lambda: self.tasks.start(self.repeat(), name="hand over again")
        )
