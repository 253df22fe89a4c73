"""The Blog interface: publishing."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.signature import Plain
from backendd.core import jid
from backendd.core.entries import MICROBLOG, Feed
from backendd.features.blog_publishing.progress import Progress
from backendd.features.blog_publishing.service import Writing
from backendd.files.handed import named
from backendd.session.home import Home


class PublishingMembers:
    """What callers see of publishing."""

    def __init__(self, home: Home, writing: Writing, progress: Progress) -> None:
        self._home = home
        self._writing = writing
        self._progress = progress

    async def publish(
        self,
        service: str,
        node: str,
        entry: Mapping[str, Plain],
        *,
        token: str = "",
        draft: str = "",
    ) -> str:
        return await self._writing.publish(self._at(service, node), entry, token, draft)

    async def publish_handles(
        self,
        service: str,
        node: str,
        entry: Mapping[str, Plain],
        files: Sequence[Descriptor],
        names: Sequence[str],
        *,
        token: str = "",
        draft: str = "",
    ) -> str:
        at, handed = self._at(service, node), named(names, files)
        return await self._writing.publish(at, entry, token, draft, handed)

    async def preview(self, markdown: str) -> tuple[str, str]:
        return await self._writing.preview(markdown)

    async def source(self, service: str, node: str, id: str) -> tuple[Mapping[str, Plain], bool]:
        return await self._writing.source(self._at(service, node), id)

    async def retract(self, service: str, node: str, id: str) -> None:
        await self._home.publishing.take_back(self._at(service, node), id)

    async def retry(self, service: str, node: str, id: str, *, anyway: bool = False) -> None:
        await self._home.publishing.retry(self._at(service, node), id, anyway=anyway)

    async def discard(self, service: str, node: str, id: str) -> None:
        await self._home.publishing.discard(self._at(service, node), id)

    async def discard_pending(self, service: str, node: str) -> int:
        return await self._home.publishing.discard_pending(self._at(service, node))

    async def outgoing(self) -> Sequence[records.Outgoing]:
        return await self._progress.all()

    def _at(self, service: str, node: str) -> Feed:
        return Feed(jid.bare(service) if service else self._home.own, node or MICROBLOG)
