"""The client put together: everything that talks with the backend, around one state."""

import asyncio

from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from primitivus.client.attach import Attach
from primitivus.client.client import Client
from primitivus.client.door import Door, Ending
from primitivus.client.drafts import Drafts
from primitivus.client.pages import Pages
from primitivus.client.reading import Reading
from primitivus.client.search import Search
from primitivus.client.sending import Sending
from primitivus.client.snapshot import Snapshot
from primitivus.client.sync import Sync
from primitivus.client.typing import Typing
from primitivus.model.area import Area
from primitivus.model.state import State
from primitivus.model.times import now_us


class Engine:
    """Attaches and keeps the state true; knows nothing of the screen."""

    def __init__(self, *, wanted: str = "", asks_always: bool = True) -> None:
        self.tasks = Tasks()
        self.state = State(now_us)
        self.client = Client()
        self.sync = Sync(self.state)
        self.pages = Pages(self.client, self.state, self.tasks)
        self.reading = Reading(self.client, self.state, self.tasks)
        self.drafts = Drafts(self.client, self.state, self.tasks)
        self.typing = Typing(self.client, self.tasks)
        self.sending = Sending(self.client, self.state, self.tasks)
        self.search = Search(self.client, self.state, self.tasks)
        self.door = Door()
        # Set when the first snapshot is complete.
        self.is_filled = asyncio.Event()
        self._attach = Attach(
            client=self.client,
            state=self.state,
            sync=self.sync,
            snapshot=Snapshot(self.client, self.state, self.sync, self.pages, self._catch_up),
            doorman=self.door,
            tasks=self.tasks,
            wanted=wanted,
            asks_always=asks_always,
        )
        self._attaching: asyncio.Task[Exception | None] | None = None

    def begin(self) -> "asyncio.Task[Exception | None]":
        """Begin to attach, if that has not begun; the task runs until something ends it.

        It returns what did: LinkError where there is no bus or no backend to begin with, or an
        Ending.
        """
        if self._attaching is None:
            self._attaching = self.tasks.start(self._run(), name="attach")
        return self._attaching

    @property
    def is_found(self) -> asyncio.Event:
        """The event that the backend was found, and started where it had to be."""
        return self._attach.is_found

    async def stop(self) -> None:
        """End all that runs, and the connection to the bus."""
        await self.tasks.stop()
        await self._attach.close()

    async def _run(self) -> Exception | None:
        try:
            await self._attach.run()
        except (LinkError, Ending) as error:
            return error
        return None

    async def _catch_up(self) -> None:
        """Do what had to wait for the backend."""
        self.is_filled.set()
        self.state.changed(Area.LINK)
        self.reading.forget()
        await self.sending.repeat()
        await self.drafts.save_all()
