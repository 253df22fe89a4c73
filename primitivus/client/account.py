"""One profile of the backend: calls for it, and what keeps its account true."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from backendd.api.errors import BackendError, WrongPassword
from backendd.api.failures import LinkError
from backendd.api.link import Signal
from backendd.api.names import PROFILE
from backendd.api.records import Warning
from backendd.api.tasks import Tasks
from backendd.api.tuples import NamedTuple
from primitivus.client.bus import AGAIN_S, Bus
from primitivus.client.door import Doorman
from primitivus.client.part import Access
from primitivus.client.work import AccountWork
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.profile import Profile as Known
from primitivus.model.accounts.profile import update
from primitivus.model.attention import is_used
from primitivus.model.state import State
from primitivus.sentences import tr

log = logging.getLogger(__name__)

_ATTACHING = "attaching"
# What these warn of is over with that: who is here and was told needs no sign of it any more.
_TAKEN_BACK = ("like", "reaction")


class Told(NamedTuple):
    """Who hears of what happens to an account."""

    # All that there is of it is here.
    filled: Callable[[Account], None]
    # Its password was asked for, and not given.
    refused: Callable[[Account], None]


class AccountClient(AccountWork):
    """Attaches to a profile, and keeps to it whatever becomes of the backend."""

    def __init__(
        self,
        account: Account,
        bus: Bus,
        state: State,
        doorman: Doorman,
        *,
        asks_always: bool,
        told: Told,
    ) -> None:
        self.known = account
        self.path = account.profile.path
        self._doorman = doorman
        self._asks_always = asks_always
        self._told = told
        self._tasks = Tasks()
        super().__init__(Access(bus, state, account, self._tasks))
        self._attempt: asyncio.Task[None] | None = None
        # Set when nobody has to wait any longer for this one to be shown.
        self.is_settled = asyncio.Event()

    def attach(self, profile: Known, *, after: asyncio.Event | None = None) -> None:
        """Begin to attach to the profile as it is now, anew where that was done before.

        `after`: nothing is asked before that is set.
        """
        if self.known.profile.id not in ("", profile.id):
            # Other data under the same name, perhaps of somebody else.
            self._forget()
            self.known.is_open = False
        self._state.set_profile(profile)
        self.is_settled.clear()
        self._begin(after)

    def enter(self) -> None:
        """Attach to a locked profile; its password is asked for."""
        if self.known.is_locked and not self._is_attaching:
            self._begin(None)

    def detach(self) -> None:
        """Give up an attempt that is under way: the backend is gone."""
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None

    async def stop(self) -> None:
        """End all that runs for this profile, and have nobody wait for it."""
        self.is_settled.set()
        self._stop_parts()
        await self._tasks.stop()

    def handle(self, signal: Signal) -> None:
        """Take over what a signal of the profile's object says."""
        if signal.member == "PropertiesChanged":
            interface, changed, *_ = signal.args
            if interface == PROFILE:
                self._properties_changed(changed)
        elif not self.known.is_locked:
            self._hear(signal)

    async def farewell(self) -> None:
        """See what was typed to the backend, before the program ends."""
        if not self.known.is_locked:
            await self._see_off()

    @property
    def _is_asked(self) -> bool:
        """Return whether its password has to be given here before anything of it shows."""
        known, profile = self.known, self.known.profile
        if not profile.has_password:
            return False
        return profile.is_locked or (self._asks_always and not known.is_open)

    @property
    def _is_attaching(self) -> bool:
        return self._attempt is not None and not self._attempt.done()

    def _begin(self, after: asyncio.Event | None) -> None:
        self.detach()
        self._attempt = self._tasks.start(self._keep_trying(after), name="attach to profile")

    async def _keep_trying(self, after: asyncio.Event | None) -> None:
        """Attach, again where that fails."""
        if after is not None:
            await after.wait()
        while True:
            try:
                await self._attach()
            except (BackendError, LinkError) as error:
                # Neither gone nor well: look again in a while.
                log.warning("attaching failed: %s", error)
                said = tr("attaching failed: {why}", why=error)
                self._state.complain(said, about=_ATTACHING, account=self.known)
                self.is_settled.set()
                await asyncio.sleep(AGAIN_S)
            else:
                self._state.settle(_ATTACHING, self.known)
                self.is_settled.set()
                return

    async def _attach(self) -> None:
        if not await self._open():
            return
        await self._fetch()
        self.known.is_filled = True
        self._told.filled(self.known)
        self.is_settled.set()
        await self._after_attaching()

    async def _open(self) -> bool:
        """See to it that the profile is unlocked, and that this is its owner."""
        if not self._is_asked:
            with suppress(WrongPassword):
                if self.known.profile.is_locked:
                    await self.profile.unlock("")
                self._opened()
                return True
        if self._state.account is not self.known:
            # It asks when it is entered.
            return False
        self.is_settled.set()
        return await self._ask()

    async def _ask(self) -> bool:
        """Have the password given until it is right; return whether it was."""
        error = ""
        try:
            while True:
                password = await self._doorman.password(self.known.profile, error)
                if password is None:
                    self._told.refused(self.known)
                    return False
                try:
                    await self.profile.unlock(password)
                except WrongPassword as wrong:
                    error = str(wrong)
                else:
                    self._opened()
                    return True
        finally:
            # Also where the backend has gone: it is asked again when that is back.
            self._doorman.done()

    def _opened(self) -> None:
        self.known.is_open, self.known.is_shut = True, False
        profile = self.known.profile
        # The signal says so as well, but the snapshot that follows now must not miss it.
        state = {"State": "offline"} if profile.is_locked else {}
        self._state.set_profile(update(profile, state))

    def _properties_changed(self, changed: Mapping[str, Any]) -> None:
        account = self.known
        was_locked, known = account.profile.is_locked, account.profile.warnings
        now = update(account.profile, changed)
        account.is_shut |= now.is_locked and not was_locked and not self._is_attaching
        self._state.set_profile(now)
        if not account.is_locked:
            self._tell_warnings(known)
        is_unlocked = was_locked and not account.profile.is_locked
        if is_unlocked and not self._is_asked and not self._is_attaching:
            # Somebody else has done it.
            self._begin(None)

    def _tell_warnings(self, known: tuple[Warning, ...]) -> None:
        now = self.known.profile.warnings
        for warning in now:
            if warning not in known:
                self._state.complain(
                    warning.text, about=_about(warning), account=self.known, line="warnings"
                )
                if warning.word in _TAKEN_BACK and is_used(self._state):
                    self._tasks.start(self._put_away(warning), name="put a warning away")
        for warning in set(known).difference(now):
            if about := _about(warning):
                self._state.settle(about, self.known)

    async def _put_away(self, warning: Warning) -> None:
        with suppress(BackendError, LinkError):
            await self.profile.dismiss_warnings(warning.word, warning.subject)


def _about(warning: Warning) -> str:
    if warning.word in _TAKEN_BACK:
        return ""  # it stays to be read, as what was done in vain does
    return f"warning {warning.word} {warning.subject}"
