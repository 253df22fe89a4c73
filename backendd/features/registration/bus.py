"""What callers see of registering: members of the Manager and Services interfaces."""

from typing import Unpack

from backendd.api import records
from backendd.api.contract.profile import ServerSettings
from backendd.api.descriptors import Descriptor
from backendd.features.registration.accounts import Registrar, server_address
from backendd.features.registration.service import RegistrationPart
from backendd.session.backend import Backend


class RegistrarMembers(Registrar):
    """Accounts that are made, of the Manager interface."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._members = AccountMembers(self)

    def members(self) -> object:
        return self._members


class AccountMembers:
    """RegistrationForm and RegisterAccount."""

    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar

    async def registration_form(
        self,
        server: str,
        *,
        kept: bool = False,
        **options: Unpack[ServerSettings],
    ) -> records.Form:
        where = server_address(server, **options)
        return await self._registrar.form(where, kept=kept)

    async def registration_media(
        self,
        server: str,
        uri: str,
        **options: Unpack[ServerSettings],
    ) -> Descriptor:
        where = server_address(server, **options)
        return await self._registrar.media(where, uri)

    async def register_account(
        self,
        server: str,
        values: dict[str, list[str]],
        **options: Unpack[ServerSettings],
    ) -> str:
        where = server_address(server, **options)
        return await self._registrar.register(where, values)


class RegistrationMembers:
    """RegisterForm and Register, of the Services interface."""

    def __init__(self, service: RegistrationPart) -> None:
        self._registration = service

    async def register_form(self, jid: str) -> records.Form:
        return await self._registration.form(jid)

    async def register(
        self, jid: str, values: dict[str, list[str]], *, remove: bool = False
    ) -> None:
        await self._registration.register(jid, values, remove=remove)
