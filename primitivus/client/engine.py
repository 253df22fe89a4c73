"""The client put together: everything that talks with the backend, around one state."""

import asyncio

from backendd.api.tasks import Tasks
from primitivus.client.attach import Attach, Doorman
from primitivus.client.client import Client
from primitivus.client.drafts import Drafts
from primitivus.client.outgoing import Outgoing
from primitivus.client.pages import Pages
from primitivus.client.reading import Reading
from primitivus.client.snapshot import Snapshot
from primitivus.client.sync import Sync
from primitivus.client.typing import Typing
from primitivus.model.area import Area
from primitivus.model.clock import now_us
from primitivus.model.profile import Profile
from primitivus.model.state import State


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
        self.outgoing = Outgoing(self.client, self.state)
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
        self._attaching: asyncio.Task[None] | None = None

    def begin(self) -> "asyncio.Task[None]":
        """Begin to attach, if that has not begun; the task runs until something ends it.

        It raises LinkError where there is no bus or no backend to begin with, GivenUp, and
        UnknownProfileName.
        """
        if self._attaching is None:
            self._attaching = self.tasks.start(self._attach.run(), name="attach")
        return self._attaching

    @property
    def is_found(self) -> asyncio.Event:
        """The event that the backend was found, and started where it had to be."""
        return self._attach.is_found

    async def stop(self) -> None:
        """End all that runs, and the connection to the bus."""
        await self.tasks.stop()
        await self._attach.close()

    async def _catch_up(self) -> None:
        """Do what had to wait for the backend."""
        self.is_filled.set()
        self.state.changed(Area.LINK)
        self.reading.forget()
        await self.outgoing.repeat()
        await self.drafts.save_all()


class Door:
    """Stands in for the doorman until there is a screen on which he can ask."""

    def __init__(self) -> None:
        self._doorman: Doorman | None = None
        self._has_doorman = asyncio.Event()

    def keep(self, doorman: Doorman) -> None:
        """Leave the asking to `doorman`."""
        self._doorman = doorman
        self._has_doorman.set()

    async def password(self, profile: Profile, error: str) -> str | None:
        return await (await self._asking()).password(profile, error)

    async def new_profile(self) -> str | None:
        return await (await self._asking()).new_profile()

    def done(self) -> None:
        if self._doorman is not None:
            self._doorman.done()

    async def _asking(self) -> Doorman:
        await self._has_doorman.wait()
        assert self._doorman is not None
        return self._doorman
