"""org.primitivus.Backend1.Profile."""

from collections.abc import Sequence
from typing import Protocol, TypedDict, Unpack

from backendd.api.words import Show, State


class ServerSettings(TypedDict, total=False):
    """How a server is reached."""

    host: str
    port: int
    direct_tls: bool
    ca_file: str


class ConnectionSettings(ServerSettings, total=False):
    """How a profile connects; what isn't given stays as it is."""

    autoconnect: bool
    resource: str
    allow_plain: bool


class SettingChanges(ConnectionSettings, total=False):
    """How a profile connects, what it tells and notices; what isn't given stays as it is."""

    tell_version: bool
    highlight: Sequence[str]
    highlight_everyone: bool
    attention: bool
    nickname: str
    priority: int


class Profile(Protocol):
    """One XMPP account: its connection, its secrets, its settings."""

    async def dismiss_warnings(self, word: str, subject: str) -> None: ...

    async def unlock(self, profile_password: str) -> None: ...

    async def lock(self) -> None: ...

    async def connect(self) -> None: ...

    async def disconnect(self) -> None: ...

    async def set_presence(self, show: Show, status: str) -> None: ...

    async def set_settings(self, **changes: Unpack[SettingChanges]) -> None: ...

    async def change_profile_password(self, old: str, new: str) -> None: ...

    async def set_xmpp_password(self, new: str) -> None: ...

    async def change_xmpp_password(self, new: str) -> None: ...

    async def remove_account(self) -> None: ...

    async def set_jid(self, jid: str) -> None: ...

    async def wait_state(self, states: Sequence[State], timeout_ms: int) -> str: ...
