"""The session bus: calls of the backend, its signals, and who owns its name."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from backendd.api.failures import NoBus, NotRunning
from backendd.api.link import Link, MatchRule, Signal
from backendd.api.members import method
from backendd.api.names import BUS_NAME, MANAGER, ROOT_PATH
from backendd.api.proxy import Ask, Proxy
from backendd.api.signature import Plain
from backendd.api.starting import start_backend
from backendd.api.tasks import Tasks
from primitivus.failures import in_words
from primitivus.model.accounts.link import NOT_RUNNING
from primitivus.sentences import tr

C = TypeVar("C")

log = logging.getLogger(__name__)

PROPERTIES = "org.freedesktop.DBus.Properties"
OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"

# The backend answers within 20 seconds; a little more for the way.
TIMEOUT_S = 22.0
# How long to wait for the bus to say who owns the name, and before looking for a bus again.
OWNER_S = 10.0
AGAIN_S = 2.0


class Bus:
    """The way to the backend, kept open over buses and backends that come and go.

    By itself it starts the backend only the first time: who stopped it later wants it stopped.
    """

    def __init__(self, tasks: Tasks) -> None:
        # Who owns the backend's name, empty for nobody.
        self.owner = ""
        # Set whenever another may own it.
        self.changed = asyncio.Event()
        # Called with each signal of the owner.
        self.on_signal: Callable[[Signal], None] = lambda signal: None
        self._tasks = tasks
        self._link: Link | None = None

    async def find(self) -> None:
        """Find bus and backend, and start it if it isn't there; raises NoBus and NotRunning."""
        with in_words():
            link = await self._open()
            if not self.owner:
                await start_backend(link)

    async def start(self) -> None:
        """Start the backend, for a user who wants it to run again; raises NoBus and NotRunning."""
        if self._link is None or self._link.is_lost:
            raise NoBus(tr("there is no session bus on which the backend could run; log in anew"))
        with in_words():
            await start_backend(self._link)

    async def find_again(self) -> None:
        """Return when there is a session bus again."""
        await self.close()
        while True:
            try:
                await self._open()
            except NoBus as error:
                log.info("still no bus: %s", error)
                await asyncio.sleep(AGAIN_S)
            else:
                return

    @property
    def is_lost(self) -> bool:
        return self._link is None or self._link.is_lost

    async def close(self) -> None:
        """End the connection to the bus."""
        if self._link is not None:
            await self._link.close()

    def ask(self, path: str, interface: str, service: str = BUS_NAME) -> Ask:
        """Return what calls an interface of the object at `path`; BackendError, LinkError.

        Another service than the backend is started for it.
        """

        async def ask(member: str, signature: str, args: Sequence[Plain]) -> Sequence[Plain]:
            limit = TIMEOUT_S if service != BUS_NAME else _limit(interface, member)
            return await self._call(path, interface, member, signature, args, service, limit)

        return ask

    def interface(self, path: str, contract: type[C]) -> C:
        """Return what calls the interface of this Protocol of the object at `path`."""
        name = f"{BUS_NAME}.{contract.__name__}"
        return cast("C", Proxy(name, self.ask(path, name)))

    async def objects(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return all objects: their interfaces, and the properties of each."""
        (found,) = await self._call(ROOT_PATH, OBJECT_MANAGER, "GetManagedObjects", "", ())
        return dict(found)

    async def properties(self) -> dict[str, Any]:
        """Return the properties of the Manager, by name."""
        # All: a backend that was started before an update may not have one that is asked for.
        (found,) = await self._call(ROOT_PATH, PROPERTIES, "GetAll", "s", (MANAGER,))
        return dict(found)

    async def _call(
        self,
        path: str,
        interface: str,
        member: str,
        signature: str,
        args: Sequence[Plain],
        service: str = BUS_NAME,
        limit: float | None = TIMEOUT_S,
    ) -> list[Plain]:
        if self._link is None:
            raise NotRunning(tr("the session bus is gone"))
        try:
            with in_words():
                return await self._link.call(
                    *(service, path, interface, member, signature, args),
                    timeout=limit,
                    no_auto_start=service == BUS_NAME,
                )
        except NotRunning:
            if service != BUS_NAME:
                raise
            raise NotRunning(NOT_RUNNING) from None

    async def _open(self) -> Link:
        link = self._link = await Link.open()
        self.owner = ""
        # All signals before the first question: nothing can fall between.
        link.subscribe(MatchRule(sender=BUS_NAME, path_namespace=ROOT_PATH), self._signal)
        told = asyncio.get_running_loop().create_future()

        def owner_is(owner: str) -> None:
            self.owner = owner
            self.changed.set()
            if not told.done():
                told.set_result(owner)

        link.watch_name(BUS_NAME, owner_is)
        self._tasks.start(self._watch(link), name="watch the bus")
        await asyncio.wait([told], timeout=OWNER_S)
        return link

    async def _watch(self, link: Link) -> None:
        await link.wait_closed()
        self.owner = ""
        self.changed.set()

    def _signal(self, signal: Signal) -> None:
        if signal.sender == self.owner:
            self.on_signal(signal)


def _limit(interface: str, member: str) -> float | None:
    """Return how long the backend may take to answer, None where there is no bound."""
    return None if method(interface, member).is_unbounded else TIMEOUT_S
