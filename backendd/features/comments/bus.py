"""The Blog interface: what others say of entries."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.errors import NotAllowed, UnknownItem
from backendd.api.signature import Plain
from backendd.core.entries import Feed
from backendd.features.comments.likes import Likes
from backendd.features.comments.looking import Looking
from backendd.features.comments.service import Commenting
from backendd.session.feed_pages import FeedPages, checked
from backendd.session.home import Home

_NONE: tuple[Sequence[records.Entry], Mapping[str, Plain]] = ([], {"next": "", "offline": False})


class CommentMembers:
    """What callers see of comments and likes."""

    def __init__(self, home: Home, likes: Likes, looking: Looking) -> None:
        self._at = home.feeds.at
        self._commenting = Commenting(home, looking)
        self._likes = likes
        self._looking = looking
        self._pages = FeedPages(home.store, home.feeds, home.events)

    async def comments(
        self, service: str, node: str, id: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]:
        entry = await self._pages.get(self._at(service, node), id)
        if not entry.comments_node:
            return _NONE
        feed = Feed(entry.comments_service, entry.comments_node)
        most = checked(limit)
        self._looking.listen(feed)  # first, so that nothing falls between
        try:
            page = await self._pages.page(feed, most, after, has_likes=False)
        except (NotAllowed, UnknownItem):
            if entry.state == "pending":
                return _NONE  # that place is made before the entry goes out
            raise
        return page.entries, page.about

    async def comment(
        self,
        service: str,
        node: str,
        id: str,
        text: str,
        *,
        parent: str = "",
        token: str = "",
        clear_draft: bool = False,
        draft: str = "",
    ) -> str:
        entry = await self._pages.get(self._at(service, node), id)
        return await self._commenting.comment(
            entry, text, parent, token, clear_draft=clear_draft, draft=draft
        )

    async def like(self, service: str, node: str, id: str, like: bool) -> None:
        entry = await self._pages.get(self._at(service, node), id)
        await self._likes.like(entry, likes=like)
