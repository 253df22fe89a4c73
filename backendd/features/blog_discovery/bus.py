"""The Blog interface: which blogs there are."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.signature import Plain
from backendd.features.blog_discovery.bloggers import Bloggers
from backendd.features.blog_discovery.directory import Directory
from backendd.features.blog_discovery.followed import Followed
from backendd.session.feed_pages import checked
from backendd.session.home import Home


class BlogDiscoveryMembers:
    """What callers see of the blogs of services."""

    def __init__(
        self, home: Home, directory: Directory, bloggers: Bloggers, followed: Followed
    ) -> None:
        self._at = home.feeds.at
        self._directory = directory
        self._bloggers = bloggers
        self._followed = followed

    async def nodes(
        self, service: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.BlogNode], Mapping[str, Plain]]:
        found, following = await self._directory.blogs(service, checked(limit), after)
        self._bloggers.look(found)
        return found, {"next": following}

    async def node(self, service: str, node: str) -> records.BlogNode:
        return await self._directory.blog(self._at(service, node))

    async def followed_by(
        self, jid: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.BlogNode], Mapping[str, Plain]]:
        found, following = await self._followed.of(jid, checked(limit), after)
        return found, {"next": following}

    async def group_service(self) -> str:
        return await self._directory.service()
