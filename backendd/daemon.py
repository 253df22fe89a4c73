"""The composition root: the one module that knows every part, and starts and stops them."""

import asyncio
import logging
import signal
from collections.abc import Callable
from pathlib import Path

from xdg_base_dirs import xdg_data_home

from backendd.api import garbage, names
from backendd.api.errors import BackendError
from backendd.api.link import Link, LinkError, NameTaken, NoBus
from backendd.api.signals import heeded
from backendd.api.tasks import Tasks
from backendd.bus.dispatcher import Bus
from backendd.bus.exported import Exported
from backendd.config import Config
from backendd.core.hub import Hub
from backendd.core.profiles import Profile, ProfileChanged
from backendd.features.profiles.bus import ManagerMembers, ProfileMembers
from backendd.features.profiles.changing import Changing
from backendd.features.profiles.service import Profiles
from backendd.files.precedence import PRECEDENCE
from backendd.inbound import INBOUND
from backendd.registry import CONTRIBUTORS, FEATURES, OUTBOUND, OWNERS, SETUP
from backendd.service_manager import ServiceManager
from backendd.session.backend import Backend
from backendd.session.home import Home
from backendd.session.session import Session
from backendd.store.database import Database
from backendd.store.directory import DataDirectory

log = logging.getLogger(__name__)

DONE, FAILED, NO_BUS = 0, 1, 4


def run(config: Config, config_file: Path | None = None) -> int:
    """Run the daemon until it is told to stop; return the exit code.

    `config_file` is what `config` was read from, where one was named.
    """
    manager = ServiceManager.from_environment()
    try:
        return asyncio.run(_main(config, config_file, manager))
    except NoBus as error:
        log.critical("%s", error)
        return NO_BUS
    except (BackendError, LinkError) as error:
        log.critical("%s", error)
        return FAILED
    except Exception:
        log.critical("it ended for an internal reason", exc_info=True)
        return FAILED


async def _main(config: Config, config_file: Path | None, manager: ServiceManager) -> int:
    link = await Link.open()
    directory = DataDirectory.open(_data_directory())
    try:
        database = await Database.open(directory.database, first=PRECEDENCE)
        try:
            return await Daemon(config, config_file, manager, link, database).serve()
        finally:
            await database.close()
    finally:
        directory.close()
        await link.close()


def _data_directory() -> Path:
    return xdg_data_home() / "primitivus"


class Daemon:
    """All parts, put together."""

    def __init__(
        self,
        config: Config,
        config_file: Path | None,
        manager: ServiceManager,
        link: Link,
        database: Database,
    ) -> None:
        self._manager = manager
        self._link = link
        self._tasks = Tasks()
        self._bus = Bus(link)
        self._backend = Backend(
            database=database,
            config=config,
            config_file=config_file,
            link=link,
            when_caller_leaves=self._bus.when_caller_leaves,
        )
        self._backend.take(each.backend for each in FEATURES if each.backend is not None)
        self._stop = asyncio.Event()
        self._profiles = Profiles(
            database,
            manager,
            self._make_session,
            published=self._publish,
            withdrawn=self._withdraw,
        )
        self._changing = Changing(database, self._profiles.autoconnect, self._profiles.all)
        self._manager_object: Exported | None = None

    async def serve(self) -> int:
        """Serve until a signal or the loss of the bus; return the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, *heeded(signal.SIGINT, signal.SIGHUP)):
            loop.add_signal_handler(number, self._stop.set)
        await self._export()
        # Last, when everything is migrated, exported and answers.
        try:
            await self._link.request_name(names.BUS_NAME)
        except NameTaken as error:
            raise BackendError("a backend already runs on this bus") from error
        self._profiles.connect_all()
        self._manager.ready(self._status())
        loop.call_later(garbage.STARTED_S, garbage.collect_again)
        if self._manager.watchdog_s:
            self._tasks.start(self._watchdog(self._manager.watchdog_s), name="watchdog")
        is_bus_lost = await self._until_stopped()
        await self._shut_down(is_bus_lost=is_bus_lost)
        # A failure: the service manager shall start us again, once there is a bus.
        return FAILED if is_bus_lost else DONE

    async def _export(self) -> None:
        # The manager first: the profiles are its children, and their arrival is told by it.
        members = ManagerMembers(
            self._profiles, [feature.name for feature in FEATURES], self._on_manager_changed
        )
        for part in self._backend.parts:
            await part.load()
        served = [part.members() for part in self._backend.parts]
        self._manager_object = self._bus.export(
            names.ROOT_PATH, names.MANAGER, [members, *filter(None, served)]
        )
        outlet = _Outlet({names.MANAGER: self._manager_object}, self._bus.is_clear)
        for part in self._backend.parts:
            part.tell(outlet)
        await self._profiles.load()

    async def _until_stopped(self) -> bool:
        """Return whether it was the bus that went away."""
        stopped = self._tasks.start(self._stop.wait(), name="wait for a signal")
        lost = self._tasks.start(self._link.wait_closed(), name="wait for the end of the bus")
        done, _ = await asyncio.wait((stopped, lost), return_when=asyncio.FIRST_COMPLETED)
        return stopped not in done

    async def _shut_down(self, *, is_bus_lost: bool) -> None:
        self._manager.stopping()
        reason = "bus-lost" if is_bus_lost else "stop"
        log.info("stopping: %s", reason)
        if self._manager_object is not None:
            self._manager_object.emit("Stopping", reason)
        await self._profiles.stop()
        await self._backend.tasks.stop()
        await self._bus.stop()
        await self._tasks.stop()

    async def _watchdog(self, interval_s: float) -> None:
        while True:
            self._manager.alive()
            await asyncio.sleep(interval_s)

    # -- profiles

    def _make_session(self, profile: Profile) -> Session:
        home = Home(
            profile,
            self._backend,
            events=Hub(),
            contributors=CONTRIBUTORS,
            owners=OWNERS,
            inbound=INBOUND,
        )
        return Session(home, keys=self._manager, features=FEATURES, outbound=OUTBOUND, setup=SETUP)

    def _publish(self, session: Session) -> None:
        """Show a profile on the bus: what each of its parts serves and tells."""
        path = names.profile_path(session.home.profile.name)
        members: dict[str, list[object]] = {
            names.PROFILE: [ProfileMembers(self._changing, session)]
        }
        for part in session.parts:
            for interface, served in part.interfaces().items():
                members.setdefault(interface, []).append(served)
        exported = {
            interface: self._bus.export(path, interface, served, guard=_guard(interface, session))
            for interface, served in members.items()
        }
        outlet = _Outlet(exported, self._bus.is_clear)
        for part in session.parts:
            part.tell(outlet)
        profile = exported[names.PROFILE]
        session.home.events.subscribe(
            ProfileChanged, lambda event: self._on_profile_changed(profile, event)
        )

    def _withdraw(self, session: Session) -> None:
        self._bus.unexport(names.profile_path(session.home.profile.name))
        self._manager.status(self._status())

    def _on_manager_changed(self, name: str) -> None:
        if self._manager_object is not None:
            self._manager_object.properties_changed(name)

    def _on_profile_changed(self, profile: Exported, event: ProfileChanged) -> None:
        profile.properties_changed(*event.properties)
        if "State" in event.properties:
            self._manager.status(self._status())

    def _status(self) -> str:
        states = [session.state for session in self._profiles.all()]
        return f"{len(states)} profiles, {states.count('online')} online"


def _guard(interface: str, session: Session) -> Callable[[], None]:
    """Return what has to hold: while a profile is locked, only its own interface answers."""
    return (lambda: None) if interface == names.PROFILE else session.require_unlocked


class _Outlet:
    """Where the signals of one object go out."""

    def __init__(self, exported: dict[str, Exported], is_clear: Callable[[], bool]) -> None:
        self._exported = exported
        self.is_clear = is_clear

    def emit(self, interface: str, signal: str, *arguments: object) -> None:
        """Send a signal of one of its interfaces."""
        self._exported[interface].emit(signal, *arguments)

    def changed(self, interface: str, *properties: str) -> None:
        """Tell that properties of one of its interfaces changed."""
        self._exported[interface].properties_changed(*properties)
