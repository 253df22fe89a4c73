"""The backend that runs, as commands talk with it."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from backendd.api.contract import Manager, Profile
from backendd.api.link import CALL_TIMEOUT, Link
from backendd.api.names import BUS_NAME, MANAGER, PROFILE, ROOT_PATH
from backendd.api.proxy import Ask, Proxy
from backendd.api.signature import Plain
from backendd.api.text import clean_line
from backendd.api.values import Value
from backendd.cli.failure import NOT_RUNNING, CommandFailed

_BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_OBJECTS = "org.freedesktop.DBus.ObjectManager"
# What tells how things are is told at once, or never; to work on a password takes its time.
_QUICK_S = 5.0
_PATIENCE_S = CALL_TIMEOUT

T = TypeVar("T")


class ProfileState(Value):
    """How a profile is."""

    name: str
    jid: str
    state: str
    error: str
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Bus:
    """The session bus, for one command. None of this starts a backend."""

    # A command asks for passwords between its calls. That can't be done inside a coroutine:
    # while the event loop runs, Ctrl-C reaches nobody who waits for a line.
    def __init__(self, runner: asyncio.Runner, link: Link) -> None:
        self._runner = runner
        self._link = link
        self.manager = cast("Manager", Proxy(MANAGER, self._ask(ROOT_PATH, MANAGER)))

    def pid(self) -> int | None:
        """Return the process that is the backend, or None if none runs."""
        if not self._bus("NameHasOwner"):
            return None
        pid: int = self._bus("GetConnectionUnixProcessID")
        return pid

    def comes(self, within_s: float) -> bool:
        """Return whether a backend runs, or does within so many seconds."""
        return self._runner.run(self._comes(within_s))

    async def _comes(self, within_s: float) -> bool:
        owned = asyncio.Event()
        undo = self._link.watch_name(BUS_NAME, lambda owner: owned.set() if owner else None)
        try:
            async with asyncio.timeout(within_s):
                await owned.wait()
        except TimeoutError:
            return False
        finally:
            undo()
        return True

    def require(self) -> None:
        """Raise CommandFailed if no backend runs."""
        if self.pid() is None:
            raise CommandFailed("it is not running; `backendd` starts it", NOT_RUNNING)

    def reload(self) -> None:
        """Have the bus read anew which services it can start."""
        self._call(_BUS, _BUS_PATH, _BUS, "ReloadConfig")

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what a call of `manager` or of a `profile` returns."""
        return self._runner.run(work)

    def profile(self, key: str) -> Profile:
        """Return the profile of this key, its name or @DEFAULT@; raises UnknownProfile."""
        path = self.run(self.manager.get_profile(key))
        return cast("Profile", Proxy(PROFILE, self._ask(path, PROFILE)))

    def _ask(self, path: str, interface: str) -> Ask:
        async def ask(member: str, signature: str, args: Sequence[Plain]) -> Sequence[Plain]:
            return await self._link.call(
                *(BUS_NAME, path, interface, member, signature, args),
                timeout=_PATIENCE_S,
                no_auto_start=True,
            )

        return ask

    def version(self) -> str:
        """Return the version of the backend."""
        return clean_line(self._manager_property("Version"))

    def default_profile(self) -> str:
        """Return the name that @DEFAULT@ stands for."""
        return clean_line(self._manager_property("DefaultProfile"))

    def warnings(self) -> list[str]:
        """Return what the backend as a whole warns of, a sentence each."""
        # All of them: one that was started before an update may not have this one.
        properties = self._call(BUS_NAME, ROOT_PATH, _PROPERTIES, "GetAll", "s", (MANAGER,))
        return [clean_line(each.get("text", "")) for each in properties.get("Warnings", ())]

    def set_default_profile(self, name: str) -> None:
        """Have @DEFAULT@ stand for `name`."""
        values = (MANAGER, "DefaultProfile", name)
        self._call(BUS_NAME, ROOT_PATH, _PROPERTIES, "Set", "ssv", values)

    def profiles(self) -> list[ProfileState]:
        """Return all profiles by name."""
        objects = self._call(BUS_NAME, ROOT_PATH, _OBJECTS, "GetManagedObjects")
        found = [interfaces[PROFILE] for interfaces in objects.values() if PROFILE in interfaces]
        return sorted(map(_state, found), key=lambda profile: profile.name)

    def _manager_property(self, name: str) -> str:
        value: str = self._call(BUS_NAME, ROOT_PATH, _PROPERTIES, "Get", "ss", (MANAGER, name))
        return value

    def _bus(self, member: str) -> Any:  # noqa: ANN401
        return self._call(_BUS, _BUS_PATH, _BUS, member, "s", (BUS_NAME,))

    def _call(
        self,
        destination: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        values: Sequence[object] = (),
        timeout: float = _QUICK_S,
    ) -> Any:  # noqa: ANN401
        work = self._link.call(
            *(destination, path, interface, member, signature, values),
            timeout=timeout,
            no_auto_start=True,
        )
        returned = self._runner.run(work)
        return returned[0] if returned else None


@contextmanager
def session_bus() -> Iterator[Bus]:
    """Give the session bus; raises NoBus."""
    with asyncio.Runner() as runner:
        link = runner.run(Link.open())
        try:
            yield Bus(runner, link)
        finally:
            runner.run(link.close())


def _state(properties: dict[str, Any]) -> ProfileState:
    _, sentence = properties.get("LastError", ("", ""))
    name, jid, state = (clean_line(properties.get(key, "")) for key in ("Name", "Jid", "State"))
    warnings = tuple(clean_line(each.get("text", "")) for each in properties.get("Warnings", ()))
    missing = tuple(clean_line(each) for each in properties.get("Missing", ()))
    return ProfileState(name, jid, state, clean_line(sentence), warnings, missing)
