"""All accounts: attaching to the profiles of the backend, and again whenever it comes back."""

import asyncio
import logging
from collections.abc import Iterator, Mapping

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.link import Signal
from backendd.api.names import PROFILE, ROOT_PATH
from backendd.api.tasks import Tasks
from primitivus.client.account import AccountClient, Told
from primitivus.client.backend import BackendClient
from primitivus.client.bus import AGAIN_S, OBJECT_MANAGER, Bus
from primitivus.client.door import Doorman, Ending, GivenUp
from primitivus.client.file_manager import FileManager
from primitivus.client.profiles import Profiles, Properties, lacking, profile_of
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.link import Attachment
from primitivus.model.accounts.profile import Profile
from primitivus.model.area import Area
from primitivus.model.place import Place
from primitivus.model.screen.showing import NOBODY
from primitivus.model.state import State
from primitivus.sentences import tr

log = logging.getLogger(__name__)


class AccountClients:
    """Leads from nothing to an account for each profile, and back to it.

    With a name `wanted` it is the profile called so, and no other.
    """

    def __init__(
        self,
        bus: Bus,
        state: State,
        doorman: Doorman,
        tasks: Tasks,
        *,
        wanted: str = "",
        asks_always: bool = True,
    ) -> None:
        self.backend = BackendClient(bus, state)
        self.file_manager = FileManager(bus)
        # Set when the backend was found for the first time, and when what is shown is complete.
        self.is_found = asyncio.Event()
        self.is_filled = asyncio.Event()
        self._bus = bus
        self._state = state
        self._doorman = doorman
        self._tasks = tasks
        self._profiles = Profiles(bus, wanted)
        self._asks_always = asks_always
        self._clients: dict[str, AccountClient] = {}
        # Who was attached to, or is being attached to.
        self._attached_to = ""
        self._attempt: asyncio.Task[None] | None = None
        self._ending: Ending | None = None
        bus.on_signal = self._on_signal

    def __iter__(self) -> Iterator[AccountClient]:
        return iter(list(self._clients.values()))

    def at(self, place: Place) -> AccountClient | None:
        """Return what calls the backend for the account of a place; None where that is gone."""
        account = self._state.accounts.get(place.account)
        return self._clients.get(account.profile.path) if account is not None else None

    async def run(self) -> None:
        """Attach, and again each time the backend comes back; never returns by itself.

        At the first time the backend is started if it isn't there, and errors are raised: NoBus,
        NotRunning. At any time an Ending.
        """
        await self._bus.find()
        self.is_found.set()
        while self._ending is None:
            self._bus.changed.clear()
            if self._bus.is_lost:
                self._lose()
                # On another bus the same name would be another owner.
                self._attached_to = ""
                await self._bus.find_again()
            if self._bus.owner != self._attached_to:
                self._follow_owner()
            await self._bus.changed.wait()
        raise self._ending

    async def stop(self) -> None:
        """End all that runs, and the connection to the bus."""
        for client in self._clients.values():
            await client.stop()
        await self._bus.close()

    def _follow_owner(self) -> None:
        """Attach to who owns the name now; what was begun with another owner is given up."""
        self._detach()
        self._attached_to = self._bus.owner
        if self._attached_to:
            self._begin()
        else:
            self._lose()

    def _begin(self) -> None:
        self._attempt = self._tasks.start(self._keep_trying(self._bus.owner), name="attach")

    def _detach(self) -> None:
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None
        for client in self._clients.values():
            client.detach()

    def _lose(self) -> None:
        self._detach()
        for client in self._clients.values():
            client.lost()
        self._state.set_backend(Attachment.LOST)

    async def _keep_trying(self, owner: str) -> None:
        """Attach to all profiles, again where that fails."""
        while True:
            try:
                await self._attach(owner)
            except Ending as ending:
                self._end(ending)
                return
            except (BackendError, LinkError) as error:
                # Neither gone nor well: look again in a while.
                log.warning("attaching failed: %s", error)
                self._state.complain(tr("attaching failed: {why}", why=error), about="attaching")
                await asyncio.sleep(AGAIN_S)
            else:
                self._state.settle("attaching")
                return

    async def _attach(self, owner: str) -> None:
        profiles, manager = await asyncio.gather(self._profiles.read(), self._bus.properties())
        self._state.set_backend(Attachment.ATTACHED, owner)
        self.backend.told(manager)
        lacks = lacking([each.known.profile.name for each in self._gone(profiles)], manager)
        while not profiles:
            profiles, lacks = await self._made(lacks), ""
        begun = [self._remove(each.path) for each in self._gone(profiles)]
        if lacks:
            self._state.say(f"{lacks}; {NOBODY}" if any(begun) else lacks)
        first = self._first(profiles, manager)
        shown = self._client(first)
        self._state.showing.stand_in(shown.known)
        shown.attach(first)
        for profile in profiles.values():
            if profile is not first:  # which is shown, and comes before
                self._client(profile).attach(profile, after=shown.is_settled)

    def _gone(self, profiles: Mapping[str, Profile]) -> list[AccountClient]:
        """Return those that the backend has no profile of."""
        return [each for each in self if each.known.profile.name not in profiles]

    async def _made(self, lacks: str) -> dict[str, Profile]:
        """Return the profiles to show once the user has made one; `lacks` says what was before."""
        name = await self._doorman.new_profile(lacks)
        profiles = await self._profiles.read()
        if name is None and not profiles:
            raise GivenUp
        if name in profiles:
            # Who has made it needs not be asked for its password.
            self._account(profiles[name]).is_open = True
        return profiles

    def _first(self, profiles: Mapping[str, Profile], manager: Properties) -> Profile:
        """Return the profile to show first: where one is or was, else the backend's default."""
        here, last = self._state.layout.place.account, self._state.accounts.last.account
        for name in (here, last, manager.get("DefaultProfile", "")):
            if name in profiles:
                return profiles[name]
        return next(iter(profiles.values()))

    def _account(self, profile: Profile) -> Account:
        """Return the account of a profile, made when it is seen first."""
        self._state.set_profile(profile)
        return self._state.accounts[profile.name]

    def _client(self, profile: Profile) -> AccountClient:
        if profile.path not in self._clients:
            self._clients[profile.path] = AccountClient(
                self._account(profile),
                self._bus,
                self._state,
                self._doorman,
                asks_always=self._asks_always,
                told=Told(self._filled, self._refused),
            )
        return self._clients[profile.path]

    def _filled(self, account: Account) -> None:
        if account is self._state.account:
            self.is_filled.set()
            self._state.changed(Area.LINK)

    def _refused(self, account: Account) -> None:
        """End the program where nothing could be shown without the password."""
        if len(self._clients) == 1 and not account.is_open:
            self._end(GivenUp())

    def _end(self, ending: Ending) -> None:
        self._ending = ending
        self._bus.changed.set()

    def _remove(self, path: str) -> bool:
        """Forget an account; return whether somebody is writing there."""
        client = self._clients.pop(path)
        self._tasks.start(client.stop(), name="stop account")
        self._state.settle(None, client.known)
        return self._state.showing.remove(client.known) is not None

    def _on_signal(self, signal: Signal) -> None:
        client = self._clients.get(signal.path)
        if client is not None:
            client.handle(signal)
        elif signal.interface == OBJECT_MANAGER:
            path, interfaces = signal.args
            self._profiles.changed()
            if signal.member == "InterfacesRemoved" and path in self._clients:
                self._profile_removed(path)
            if signal.member == "InterfacesAdded" and PROFILE in interfaces:
                self._profile_added(path, interfaces[PROFILE])
        elif signal.path == ROOT_PATH:
            self.backend.handle(signal)

    def _profile_removed(self, path: str) -> None:
        if self._profiles.wanted:
            self._end(self._profiles.missing())
            return
        name = self._clients[path].known.profile.name
        if self._remove(path):
            said = tr('the profile "{name}" was removed while you wrote', name=name)
            self._state.say(f"{said}; {NOBODY}")
        if not self._clients and self._attached_to:
            self._begin()  # as at the very first time

    def _profile_added(self, path: str, properties: Properties) -> None:
        profile = profile_of(path, properties)
        is_read = self._attempt is not None and self._attempt.done()
        if is_read and self._profiles.shows(profile) and path not in self._clients:
            client = self._client(profile)
            self._state.showing.stand_in(client.known)
            client.attach(profile)
