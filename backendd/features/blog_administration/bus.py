"""The Blog interface: blogs as their owners make them."""

from collections.abc import Sequence

from backendd.api.words import AccessModel, PublishModel
from backendd.features.blog_administration.readers import Readers
from backendd.features.blog_administration.service import About, Administration
from backendd.session.home import Home


class BlogAdministrationMembers:
    """What callers see of making blogs, and of whom they are for."""

    def __init__(self, home: Home, administration: Administration, readers: Readers) -> None:
        self._at = home.feeds.at
        self._readers = readers
        self._administration = administration

    async def create_node(
        self,
        service: str,
        node: str,
        *,
        access: AccessModel = "open",
        members: Sequence[str] = (),
        title: str = "",
        description: str = "",
        gallery: bool = False,
    ) -> None:
        whose = await self._administration.whose(access, members)
        about = About(title, description, gallery)
        await self._administration.create(self._at(service, node), whose, about)

    async def delete_node(self, service: str, node: str) -> None:
        await self._administration.delete(self._at(service, node))

    async def access(self, service: str, node: str) -> tuple[str, Sequence[str]]:
        return await self._administration.access(self._at(service, node))

    async def set_access(
        self, service: str, node: str, model: AccessModel, members: Sequence[str]
    ) -> None:
        whose = await self._administration.whose(model, members)
        await self._administration.set_access(self._at(service, node), whose)

    async def set_reader(self, service: str, node: str, jid: str, may_read: bool) -> None:
        await self._readers.set_reader(self._at(service, node), jid, may_read=may_read)

    async def writers(self, service: str, node: str) -> tuple[str, Sequence[str]]:
        return await self._administration.writers(self._at(service, node))

    async def set_writers(
        self, service: str, node: str, model: PublishModel, members: Sequence[str]
    ) -> None:
        await self._administration.set_writers(self._at(service, node), model, members)
