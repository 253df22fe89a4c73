"""org.primitivus.Backend1.Services."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.signature import Plain
from backendd.api.words import CommandAction


class Services(Protocol):
    """Services, and what they and clients say of themselves."""

    async def info(self, jid: str, node: str) -> records.Info: ...

    async def items(
        self, jid: str, node: str, *, limit: int = 100, after: str = ""
    ) -> tuple[Sequence[records.Item], Mapping[str, Plain]]: ...

    async def ping(self, jid: str) -> int: ...

    async def software_version(self, jid: str) -> records.SoftwareVersion: ...

    async def last_activity(self, jid: str) -> records.LastActivity: ...

    async def commands(self, jid: str) -> Sequence[records.Item]: ...

    async def execute(
        self,
        jid: str,
        node: str,
        session: str,
        action: CommandAction,
        values: dict[str, list[str]],
    ) -> records.Execution: ...

    async def register_form(self, jid: str) -> records.Form: ...

    async def register(
        self, jid: str, values: dict[str, list[str]], *, remove: bool = False
    ) -> None: ...

    async def search_form(self, jid: str) -> records.Form: ...

    async def search(self, jid: str, values: dict[str, list[str]]) -> records.Form: ...

    async def archive_preferences(self) -> records.ArchivePreferences: ...

    async def set_archive_preferences(self, preferences: Mapping[str, Plain]) -> None: ...

    async def external_services(self, jid: str) -> Sequence[records.ExternalService]: ...

    async def v_card(self, jid: str) -> records.VCard: ...

    async def set_v_card(self, vcard: Mapping[str, Plain]) -> None: ...

    async def set_avatar(self, image: Descriptor) -> None: ...
