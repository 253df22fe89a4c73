"""The Blog interface: blogs as files."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.features.blog_files import importing
from backendd.features.blog_files.exporting import Exporting
from backendd.features.blog_files.importing import Importing
from backendd.session.home import Home


class BlogFileMembers:
    """What callers see of blogs as files."""

    def __init__(self, home: Home) -> None:
        self._at = home.feeds.at
        self._exporting = Exporting(home)
        self._importing = Importing(home)

    async def export(self, service: str, node: str, file: Descriptor) -> None:
        await self._exporting.export(self._at(service, node), file)

    async def export_to(self, service: str, node: str, path: str) -> str:
        return await self._exporting.export_to(self._at(service, node), path)

    async def import_(
        self, service: str, node: str, file: Descriptor, *, dry_run: bool = False
    ) -> Sequence[records.ImportedEntry]:
        copy = Descriptor.copy(file.fileno())
        return await self._import(service, node, copy, dry_run=dry_run)

    async def import_from(
        self, service: str, node: str, path: str, *, dry_run: bool = False
    ) -> Sequence[records.ImportedEntry]:
        file = await importing.opened(path)
        return await self._import(service, node, file, dry_run=dry_run)

    async def _import(
        self, service: str, node: str, file: Descriptor, *, dry_run: bool
    ) -> Sequence[records.ImportedEntry]:
        return await self._importing.run(self._at(service, node), file, dry_run=dry_run)
