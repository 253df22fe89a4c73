"""What a command has at hand: the backend, a place to print, and what it asks of the user.

The bus is connected to with the first call, and the backend started then where it does not run:
what is wrong with a command is told before.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property

from backendd.api import names
from backendd.api.blocking import CALL_TIMEOUT, BlockingLink
from backendd.api.errors import BackendError
from backendd.api.failures import CANCELLED, NotRunning, WentAway
from backendd.api.members import method
from backendd.api.proxy import Ask, Proxy
from backendd.api.signature import Plain
from jp.kinds.backend import Backend
from jp.options import Options
from jp.output.output import Output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import cast

    from backendd.api import contract
    from jp.secrets import Secrets
else:

    def cast(_: object, value: object) -> object:
        """Return the value."""
        return value


STOPPED = "the backend has stopped"
PROPERTIES = "org.freedesktop.DBus.Properties"
OBJECTS = "org.freedesktop.DBus.ObjectManager"


class Session(Backend):
    """One run of a command."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.out = Output(options)
        self.input = options.input
        # What is told of what was begun, where the command doesn't come to its end; and what is
        # done first where that is for Ctrl-C.
        self.begun = ""
        self.lasts = True  # also where it is the backend that ends
        self.undo: Callable[[], Awaitable[str]] | None = None
        # Whether the backend was asked to change something, and has not answered yet.
        self.is_in_doubt = False
        self._path = ""
        self._was_there = False

    @cached_property
    def link(self) -> BlockingLink:
        """The session bus; raises NoBus."""
        return BlockingLink()

    @cached_property
    def manager(self) -> "contract.Manager":
        return cast("contract.Manager", Proxy(names.MANAGER, self._asking(names.MANAGER)))

    @cached_property
    def profile(self) -> "contract.Profile":
        return cast("contract.Profile", self._proxy(names.PROFILE))

    @cached_property
    def roster(self) -> "contract.Roster":
        return cast("contract.Roster", self._proxy(names.ROSTER))

    @cached_property
    def messages(self) -> "contract.Messages":
        return cast("contract.Messages", self._proxy(names.MESSAGES))

    @cached_property
    def rooms(self) -> "contract.Rooms":
        return cast("contract.Rooms", self._proxy(names.ROOMS))

    @cached_property
    def services(self) -> "contract.Services":
        return cast("contract.Services", self._proxy(names.SERVICES))

    @cached_property
    def blog(self) -> "contract.Blog":
        return cast("contract.Blog", self._proxy(names.BLOG))

    @cached_property
    def files(self) -> "contract.Files":
        return cast("contract.Files", self._proxy(names.FILES))

    @cached_property
    def secrets(self) -> "Secrets":
        """Where secrets come from."""
        from jp.secrets import Secrets

        return Secrets(self.options.password_fd)

    def confirm(self, question: str) -> None:
        """Ask whether to go on; Failure where nobody says yes, or nobody can be asked."""
        from jp.secrets import confirm

        confirm(question)

    async def begin(self, said: str, key: str = "", *, lasts: bool = True) -> None:
        """Have `said` be what is told, from the next call on, where the command is ended.

        That call begins something of a profile, by its key; who ends the command while it is not
        answered can't know what became of that. It `lasts` where a backend that stops goes on with
        it when it is back.
        """
        await self.path(key)
        self.begun, self.lasts = said, lasts

    async def path(self, key: str = "") -> str:
        """Return the object of a profile, by default the one that was asked for."""
        if key:
            return await self.manager.get_profile(key)
        if not self._path:
            self._path = await self.manager.get_profile(self.options.profile)
        return self._path

    def profile_of(self, key: str | None) -> "contract.Profile":
        """Return a profile by its key; without one that of `-p`."""

        async def ask(member: str, signature: str, args: Sequence[Plain]) -> Sequence[Plain]:
            path = await self.path(key or "")
            return await self.call(path, names.PROFILE, member, signature, args)

        return cast("contract.Profile", Proxy(names.PROFILE, ask))

    async def property(self, name: str, interface: str = names.PROFILE) -> Plain:
        """Return a property, of the profile if not of the manager."""
        path = names.ROOT_PATH if interface == names.MANAGER else await self.path()
        return (await self.call(path, PROPERTIES, "Get", "ss", (interface, name)))[0]

    async def property_of(self, key: str, name: str) -> Plain:
        """Return a property of another profile, by its key."""
        path = await self.path(key)
        return (await self.call(path, PROPERTIES, "Get", "ss", (names.PROFILE, name)))[0]

    async def set_property(self, interface: str, name: str, value: Plain) -> None:
        """Set a property, of the profile if not of the manager."""
        path = names.ROOT_PATH if interface == names.MANAGER else await self.path()
        self.is_in_doubt = True
        await self.call(path, PROPERTIES, "Set", "ssv", (interface, name, value))

    async def profiles(self) -> list[dict[str, Plain]]:
        """Return the properties of all profiles, by name."""
        (objects,) = await self.call(names.ROOT_PATH, OBJECTS, "GetManagedObjects")
        found = [each[names.PROFILE] for each in objects.values() if names.PROFILE in each]
        return sorted(found, key=lambda each: str(each.get("Name", "")))

    async def call(
        self,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        args: Sequence[Plain] = (),
        timeout: float | None = CALL_TIMEOUT,
    ) -> list[Plain]:
        """Return what a method of the backend returns, which is started where it doesn't run.

        Raises NotRunning also where it stops: what it was asked may be done, and is never repeated.
        """
        if timeout is not None and self.options.timeout is not None:
            timeout = min(timeout, self.options.timeout)
        to = (names.BUS_NAME, path, interface, member, signature, args)
        try:
            found = await self.link.call(*to, timeout=timeout, no_auto_start=True)
        except NotRunning as error:
            if self._was_there or isinstance(error, WentAway):
                raise NotRunning(STOPPED) from None
            if self.options.no_start:
                raise NotRunning("the backend is not running; `backendd` starts it") from None
            _start()
            found = await self.link.call(*to, timeout=timeout, no_auto_start=True)
        except BackendError as error:
            if str(error) == CANCELLED:
                raise NotRunning(STOPPED) from None
            raise
        self._was_there = True
        self.is_in_doubt = False
        return found

    def close(self) -> None:
        """Let go of the bus."""
        if "link" in self.__dict__:
            self.link.close()

    def _proxy(self, interface: str) -> Proxy:
        return Proxy(interface, self._asking(interface))

    def _asking(self, interface: str) -> Ask:
        async def ask(member: str, signature: str, args: Sequence[Plain]) -> Sequence[Plain]:
            path = names.ROOT_PATH if interface == names.MANAGER else await self.path()
            known = method(interface, member)
            timeout = None if known.is_unbounded else CALL_TIMEOUT
            self.is_in_doubt = not known.results  # what is asked for nothing back does something
            return await self.call(path, interface, member, signature, args, timeout)

        return ask


def _start() -> None:
    """Start the backend, as the terminal UI does; raises NotRunning."""
    import asyncio

    from backendd.api.link import Link
    from backendd.api.starting import start_backend

    async def start() -> None:
        link = await Link.open()
        try:
            await start_backend(link)
        finally:
            await link.close()

    asyncio.run(start())
