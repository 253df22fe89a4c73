"""The client put together: everything that talks with the backend, around one state."""

import asyncio

from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from primitivus.client.accounts import AccountClients
from primitivus.client.bus import Bus
from primitivus.client.door import Door, Ending
from primitivus.client.frontend import Frontend
from primitivus.model.place import NOWHERE, Place
from primitivus.model.state import State
from primitivus.model.wording.times import now_us


class Engine:
    """Attaches and keeps the state true; knows nothing of the screen."""

    def __init__(
        self, *, wanted: str = "", asks_always: bool = True, last: Place = NOWHERE
    ) -> None:
        """`last` is where one was when one left, if one is to be there again."""
        self.tasks = Tasks()
        self.state = State(now_us)
        self.state.accounts.last = last
        self.door = Door()
        self.bus = Bus(self.tasks)
        self.accounts = AccountClients(
            *(self.bus, self.state, self.door, self.tasks), wanted=wanted, asks_always=asks_always
        )
        self.frontend = Frontend(self.accounts.backend.manager, self.state, self.tasks)
        self._attaching: asyncio.Task[Exception | None] | None = None

    def begin(self) -> "asyncio.Task[Exception | None]":
        """Begin to attach, if that has not begun; the task runs until something ends it.

        It returns what did: LinkError where there is no bus or no backend to begin with, or an
        Ending.
        """
        if self._attaching is None:
            self._attaching = self.tasks.start(self._run(), name="attach")
        return self._attaching

    async def stop(self) -> None:
        """End all that runs, and the connection to the bus."""
        await self.tasks.stop()
        await self.accounts.stop()

    async def _run(self) -> Exception | None:
        try:
            await self.accounts.run()
        except (LinkError, Ending) as error:
            return error
        return None
