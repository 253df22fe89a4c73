"""What the Services interface has of discovery."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.signature import Plain
from backendd.features.services.service import ServicesPart


class ServicesMembers:
    """What callers see of services and clients."""

    def __init__(self, service: ServicesPart) -> None:
        self._services = service

    async def info(self, jid: str, node: str) -> records.Info:
        return await self._services.info(jid, node)

    async def items(
        self, jid: str, node: str, *, limit: int = 100, after: str = ""
    ) -> tuple[Sequence[records.Item], Mapping[str, Plain]]:
        return await self._services.items(jid, node, limit=limit, after=after)

    async def ping(self, jid: str) -> int:
        return await self._services.ping(jid)

    async def software_version(self, jid: str) -> records.SoftwareVersion:
        return await self._services.version(jid)

    async def last_activity(self, jid: str) -> records.LastActivity:
        return await self._services.last(jid)

    async def media(self, jid: str, uri: str) -> Descriptor:
        return await self._services.media(jid, uri)

    async def entity_time(self, jid: str) -> records.EntityTime:
        return await self._services.time(jid)

    async def external_services(self, jid: str) -> Sequence[records.ExternalService]:
        return await self._services.external(jid)
