"""org.primitivus.Backend1.Manager."""

from typing import Protocol, Unpack

from backendd.api.contract.profile import ConnectionSettings


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

    async def get_profile(self, profile_key: str) -> str: ...
