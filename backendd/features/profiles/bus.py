"""The Manager and Profile interfaces."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Unpack

from backendd.api import names, records, text
from backendd.api.contract.profile import ConnectionSettings, SettingChanges
from backendd.api.errors import InvalidArgument, Timeout
from backendd.api.version import __version__
from backendd.api.words import Lack, Show, State
from backendd.core.profiles import ProfileChanged
from backendd.features.profiles.changing import Changing
from backendd.features.profiles.service import Profiles
from backendd.session.session import Session

STATUS_LIMIT = 1000


class ManagerMembers:
    """What callers see of `Profiles`; `changed` is told of properties that are different."""

    version = __version__

    def __init__(
        self,
        profiles: Profiles,
        features: Sequence[str],
        changed: Callable[[str], None],
    ) -> None:
        self._profiles = profiles
        self._changed = changed
        self.features = list(features)

    @property
    def default_profile(self) -> str:
        return self._profiles.default

    async def set_default_profile(self, name: str) -> None:
        await self._profiles.set_default(name)
        self._changed("DefaultProfile")

    async def create_profile(
        self,
        name: str,
        jid: str,
        xmpp_password: str,
        profile_password: str,
        **options: Unpack[ConnectionSettings],
    ) -> str:
        default = self._profiles.default
        session = await self._profiles.create(name, jid, xmpp_password, profile_password, options)
        self._tell_default(default)
        return names.profile_path(session.home.profile.name)

    async def delete_profile(self, name: str) -> None:
        default = self._profiles.default
        await self._profiles.delete(name)
        self._tell_default(default)

    async def get_profile(self, profile_key: str) -> str:
        return names.profile_path(self._profiles.find(profile_key).home.profile.name)

    def _tell_default(self, before: str) -> None:
        if self._profiles.default != before:
            self._changed("DefaultProfile")


class ProfileMembers:
    """What callers see of one profile."""

    def __init__(self, changing: Changing, session: Session) -> None:
        self._changing = changing
        self._session = session
        self._home = session.home

    @property
    def id(self) -> str:
        return self._home.profile.uuid

    @property
    def name(self) -> str:
        return self._home.profile.name

    @property
    def jid(self) -> str:
        return self._home.profile.jid

    @property
    def full_jid(self) -> str:
        return self._home.stream.full_jid

    @property
    def state(self) -> str:
        return self._session.state

    @property
    def syncing(self) -> bool:
        return self._home.is_syncing

    @property
    def next_attempt(self) -> int:
        return self._home.stream.next_attempt

    @property
    def last_error(self) -> tuple[str, str]:
        return self._home.stream.last_error

    @property
    def has_password(self) -> bool:
        return self._session.has_password

    @property
    def missing(self) -> list[Lack]:
        return self._home.missing.words

    @property
    def show(self) -> str:
        return self._home.profile.show

    @property
    def status(self) -> str:
        return self._home.profile.status

    @property
    def server_features(self) -> list[str]:
        return sorted(self._home.server.features)

    @property
    def settings(self) -> dict[str, Any]:
        return asdict(self._home.profile.settings)

    @property
    def warnings(self) -> list[records.Warning]:
        return list(self._home.warnings)

    async def dismiss_warnings(self, word: str, subject: str) -> None:
        self._home.warnings.dismiss(word, subject or None)

    async def unlock(self, profile_password: str) -> None:
        await self._changing.unlock(self._session, profile_password)

    async def lock(self) -> None:
        await self._session.lock()

    async def connect(self) -> None:
        await self._session.connect()

    async def disconnect(self) -> None:
        await self._session.disconnect()

    async def set_presence(self, show: Show, status: str) -> None:
        self._session.require_unlocked()
        if len(status) > STATUS_LIMIT:
            raise InvalidArgument(f"a status has at most {STATUS_LIMIT} characters")
        await self._changing.set_presence(self._session, show, text.clean_line(status))

    async def set_settings(self, **changes: Unpack[SettingChanges]) -> None:
        await self._changing.change_settings(self._session, changes)

    async def change_profile_password(self, old: str, new: str) -> None:
        await self._changing.change_password(self._session, old, new)

    async def set_xmpp_password(self, new: str) -> None:
        await self._changing.set_xmpp_password(self._session, new)

    async def change_xmpp_password(self, new: str) -> None:
        await self._changing.change_xmpp_password(self._session, new)

    async def remove_account(self) -> None:
        await self._changing.remove_account(self._session)

    async def set_jid(self, jid: str) -> None:
        self._session.require_unlocked()
        await self._changing.change_account(self._session, jid)

    async def wait_state(self, states: Sequence[State], timeout_ms: int) -> str:
        if not states:
            raise InvalidArgument("no state to wait for")
        if self.state in states:
            return self.state  # also where there is no time to wait
        try:
            return await asyncio.wait_for(self._wait(states), timeout_ms / 1000)
        except TimeoutError as error:
            raise Timeout(f"the profile is still {self.state}") from error

    async def _wait(self, states: Sequence[State]) -> str:
        changed = asyncio.Event()

        end = self._home.events.subscribe(ProfileChanged, lambda event: changed.set())
        try:
            while self.state not in states:
                changed.clear()
                await changed.wait()
            return self.state
        finally:
            end()
