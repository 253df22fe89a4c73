"""Attaching to the backend, and attaching again whenever it comes back."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from backendd.api.errors import BackendError, WrongPassword
from backendd.api.failures import LinkError, NoBus
from backendd.api.link import Link, Rule, Signal
from backendd.api.names import BUS_NAME, DEFAULT_PROFILE, MANAGER, PROFILE, ROOT_PATH
from backendd.api.tasks import Tasks
from primitivus.client.client import OBJECT_MANAGER, Client
from primitivus.client.door import Doorman, Ending, GivenUp, ProfileRemoved, UnknownProfileName
from primitivus.client.snapshot import Snapshot
from primitivus.client.start import start_backend
from primitivus.client.sync import Sync
from primitivus.model.link import Attachment
from primitivus.model.profile import Profile, update
from primitivus.model.state import State

log = logging.getLogger(__name__)

# How long to wait before looking again for a bus, or trying again to attach.
AGAIN_S = 2.0


@dataclass
class Attach:
    """Owns the link to the bus, and leads from nothing to a complete state and back to it."""

    client: Client
    state: State
    sync: Sync
    snapshot: Snapshot
    doorman: Doorman
    tasks: Tasks
    wanted: str = ""
    asks_always: bool = True
    # Set when the backend was found for the first time.
    is_found: asyncio.Event = field(default_factory=asyncio.Event)
    _link: Link | None = None
    _owner: str = ""
    # Who was attached to, or is being attached to.
    _attached_to: str = ""
    _attempt: asyncio.Task[Ending | None] | None = None
    _is_removed: bool = False
    _is_opened: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Attach, and again each time the backend comes back; never returns by itself.

        At the first time the backend is started if it isn't there, and errors are raised: NoBus,
        NotRunning. At any time an Ending.
        """
        await self._find()
        while True:
            self._changed.clear()
            if self._link is None or self._link.is_lost:
                await self._find_bus()
            await self._follow_owner()
            await self._wait()

    async def _follow_owner(self) -> None:
        """Attach to who owns the name now; what was begun with another owner is given up."""
        if self._owner == self._attached_to:
            return
        await self._give_up()
        self._attached_to = self._owner
        if self._owner:
            self._attempt = self.tasks.start(self._keep_trying(self._owner), name="attach to owner")
        else:
            self._lose()

    async def _give_up(self) -> None:
        """End an attempt that is under way."""
        self._attached_to = ""
        if self._attempt is not None:
            self._attempt.cancel()
            await asyncio.wait([self._attempt])
            self._attempt = None

    async def _wait(self) -> None:
        """Return when the owner has changed; raise what ends the program."""
        changed = self.tasks.start(self._changed.wait(), name="owner changed")
        awaited: list[asyncio.Task[Any]] = [changed]
        if self._attempt is not None and not self._attempt.done():
            awaited.append(self._attempt)
        try:
            await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()
        if self._attempt is not None and self._attempt.done() and not self._attempt.cancelled():
            ending = self._attempt.result()
            if ending is not None:
                raise ending
        if self._is_removed:
            raise ProfileRemoved(f"the profile {self.state.account.profile.name} was removed")

    async def _find(self) -> None:
        await self._open_link()
        assert self._link is not None
        if not self._owner:
            await start_backend(self._link)
        self.is_found.set()

    async def close(self) -> None:
        """End the connection to the bus."""
        if self._link is not None:
            await self._link.close()

    async def _open_link(self) -> None:
        self._link = await Link.open()
        self._owner = ""
        self.client.use(self._link)
        # All signals before the first question: nothing can fall between.
        self._link.subscribe(Rule(sender=BUS_NAME, path_namespace=ROOT_PATH), self._on_signal)
        told = asyncio.get_running_loop().create_future()

        def owner_is(owner: str) -> None:
            self._owner = owner
            self._changed.set()
            if not told.done():
                told.set_result(owner)

        self._link.watch_name(BUS_NAME, owner_is)
        self.tasks.start(self._watch_bus(self._link), name="watch the bus")
        await asyncio.wait([told], timeout=10)

    async def _watch_bus(self, link: Link) -> None:
        await link.wait_closed()
        self._owner = ""
        self._changed.set()

    async def _find_bus(self) -> None:
        """Wait until there is a session bus again."""
        self._lose()
        # On another bus the same name would be another owner.
        await self._give_up()
        await self.close()
        while True:
            try:
                await self._open_link()
            except NoBus as error:
                log.info("still no bus: %s", error)
                await asyncio.sleep(AGAIN_S)
            else:
                return

    def _lose(self) -> None:
        self.state.set_backend(Attachment.LOST)

    async def _keep_trying(self, owner: str) -> Ending | None:
        """Attach, again where that fails; return why the program has to end, if it has."""
        while True:
            try:
                await self._attach(owner)
            except Ending as ending:
                return ending
            except (BackendError, LinkError) as error:
                # Neither gone nor well: look again in a while.
                log.warning("attaching failed: %s", error)
                self.state.complain(f"attaching failed: {error}", about="attaching")
                await asyncio.sleep(AGAIN_S)
            else:
                self.state.settle("attaching")
                return None

    async def _attach(self, owner: str) -> None:
        profile = await self._choose(owner)
        is_other = self.state.account.profile.id not in ("", profile.id)
        self.client.path = profile.path
        self.state.set_profile(profile)
        self.state.stand_in(self.state.accounts[profile.name])
        await self._open(profile)
        if not self.state.account.profile.is_locked:
            await self.snapshot.take(is_other=is_other)
        # Last: the first screen doesn't wait for it.
        self.state.set_backend_warnings(await self.client.warnings())

    async def _choose(self, owner: str) -> Profile:
        """Return the profile to show: the wanted one, else the default, else one made now."""
        profiles = _profiles(await self.client.objects())
        self.state.set_backend(Attachment.ATTACHED, owner)
        name = self.state.account.profile.name or self.wanted
        if not profiles and not name:
            made = await self.doorman.new_profile()
            if made is None:
                raise GivenUp
            self._is_opened = True
            profiles, name = _profiles(await self.client.objects()), made
        if name and name not in profiles:
            raise UnknownProfileName(
                f"there is no profile called {name}: backendd profile list shows all"
            )
        if not name:
            path = await self.client.call(MANAGER, "GetProfile", DEFAULT_PROFILE)
            name = next(each.name for each in profiles.values() if each.path == path)
        return profiles[name]

    async def _open(self, profile: Profile) -> None:
        """See to it that the profile is unlocked, and that this is its owner."""
        is_asked = profile.is_locked or (profile.has_password and self.asks_always)
        if not is_asked or (self._is_opened and not profile.is_locked):
            self._is_opened = True
            return
        if not profile.has_password:
            with suppress(WrongPassword):
                await self.client.call(PROFILE, "Unlock", "", {})
                self._is_unlocked()
                return
        error = ""
        while True:
            password = await self.doorman.password(profile, error)
            if password is None and not self._is_opened:
                raise GivenUp
            if password is None:
                return
            try:
                await self.client.call(PROFILE, "Unlock", password, {})
            except WrongPassword as wrong:
                error = str(wrong)
            else:
                break
        self.doorman.done()
        self._is_unlocked()

    def _is_unlocked(self) -> None:
        self._is_opened = True
        # The signal says so as well, but the snapshot that follows now must not miss it.
        if self.state.account.profile.is_locked:
            self.state.set_profile(update(self.state.account.profile, {"State": "offline"}))

    def _on_signal(self, signal: Signal) -> None:
        if signal.sender != self._owner:
            return
        if (signal.interface, signal.member) == (OBJECT_MANAGER, "InterfacesRemoved"):
            self._is_removed |= signal.args[0] == self.client.path
            self._changed.set()
            return
        if signal.path == ROOT_PATH and signal.member == "PropertiesChanged":
            self.sync.backend_changed(*signal.args)
        if signal.path != self.client.path:
            return
        was_locked = self.state.account.profile.is_locked
        self.sync.handle(signal.interface, signal.member, signal.args)
        if was_locked and not self.state.account.profile.is_locked and self._is_opened:
            self.tasks.start(self.snapshot.take(is_other=False), name="snapshot after unlock")


def _profiles(objects: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Profile]:
    found = {}
    for path, interfaces in objects.items():
        if PROFILE in interfaces:
            profile = update(Profile(path=path), interfaces[PROFILE])
            found[profile.name] = profile
    return found
