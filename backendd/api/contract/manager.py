"""org.primitivus.Backend1.Manager."""

from collections.abc import Sequence
from typing import Protocol, TypedDict, Unpack

from backendd.api import records
from backendd.api.contract.profile import ConnectionSettings, ServerSettings
from backendd.api.descriptors import Descriptor


class FrontendState(TypedDict, total=False):
    """What a frontend says of itself; what isn't given is as by default."""

    name: str
    idle: bool
    focus: Sequence[tuple[str, str]]


class Manager(Protocol):
    """The backend as a whole, and its profiles."""

    async def create_profile(
        self,
        name: str,
        jid: str,
        xmpp_password: str,
        profile_password: str,
        **options: Unpack[ConnectionSettings],
    ) -> str: ...

    async def delete_profile(self, name: str) -> None: ...

    async def registration_form(
        self,
        server: str,
        *,
        kept: bool = False,
        **options: Unpack[ServerSettings],
    ) -> records.Form: ...

    async def registration_media(
        self,
        server: str,
        uri: str,
        **options: Unpack[ServerSettings],
    ) -> Descriptor: ...

    async def register_account(
        self,
        server: str,
        values: dict[str, list[str]],
        **options: Unpack[ServerSettings],
    ) -> str: ...

    async def get_profile(self, profile_key: str) -> str: ...

    async def configuration(self) -> records.Configuration: ...

    async def set_quiet_time(self, from_hour: int, to_hour: int) -> None: ...

    async def set_frontend(self, **state: Unpack[FrontendState]) -> None: ...
