"""Blogs: which are followed, what is new in them, and the pages that lists of posts want."""

from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import BLOG
from backendd.api.records import Entry, Subscription
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.client.seen_posts import SeenPosts
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import Blogs, Feed, answer
from primitivus.model.blogs.post_sources import Followed, FoundPosts, OneBlog, Unpublished
from primitivus.model.panes.kinds import is_post, is_timeline
from primitivus.model.panes.pane import Pane
from primitivus.model.wording.dates import order

if TYPE_CHECKING:
    from primitivus.model.panes.timeline import TimelinePane

PAGE, MOST = 50, 500

Wire = Mapping[str, Any]
_Page = tuple[Sequence[Entry], Mapping[str, Any]]


class BlogsPart(Part):
    """Keeps which blogs an account follows, and fills lists of posts.

    `calls` is the interface, and `seen` has those be read that are.
    """

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self.seen = SeenPosts(self.calls, self._state, self._tasks, self.looked_at)

    @property
    def known(self) -> Blogs:
        """Return the blogs that are followed."""
        return self._account.of(Blogs)

    def signals(self) -> Handlers:
        return {
            (BLOG, "Changed"): self._changed,
            (BLOG, "Retracted"): self._retracted,
            (BLOG, "SubscriptionsChanged"): self._subscriptions_changed,
        }

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.subscriptions())
        self._tell()

    async def attached(self) -> None:
        self.seen.forget()
        for pane in self._panes():
            pane.reload()
        self._tell()

    def forget(self) -> None:
        self.known.reset((), are_known=False)

    async def open(self, pane: "TimelinePane") -> None:
        """Load the first page of a list that is to be shown: asked for before that is drawn."""
        if self._may_ask(pane) and (loading := self._first(pane)) is not None:
            await loading

    def fill(self, pane: Pane) -> None:
        if not is_timeline(pane) or not self._may_ask(pane):
            return
        if (loading := self._first(pane)) is not None:
            self._tasks.start(loading, name="posts")
        elif pane.wants_more:
            turn = pane.begin(is_online=self._is_online)
            self._tasks.start(self._load_more(pane, turn), name="more posts")

    def _may_ask(self, pane: "TimelinePane") -> bool:
        return self._is_ours(pane) and not self._account.is_locked and self._state.is_attached

    def _first(self, pane: "TimelinePane") -> Coroutine[Any, Any, None] | None:
        """Return what loads the first page, where that is due."""
        if not pane.paging.is_due(is_online=self._is_online):
            return None
        # At once, for another frame may come before the answer does.
        return self._load(pane, pane.begin(is_online=self._is_online))

    @property
    def _is_online(self) -> bool:
        return self._state.backend.hears_of_others(self._account.profile)

    def looked_at(self) -> None:
        for pane in self._state.layout.mains():
            if not self._is_ours(pane):
                continue
            if is_timeline(pane) and pane.is_read_through:
                self.seen.see(pane.chosen)
            elif is_post(pane) and not pane.is_passing:
                for each in pane.talk.seen():
                    self.seen.see(each)

    async def _load(self, pane: "TimelinePane", turn: int) -> None:
        """Load the first page, or as much as was held where it is read anew."""
        most = max(PAGE, min(MOST, len(pane.posts)))
        try:
            page, about = await self._page(pane, "", most)
        except (BackendError, LinkError) as error:
            self._fail(pane, turn, error)
            return
        if pane.paging.is_awaited(turn):
            pane.posts.reset(page, str(about.get("next", "")))
            pane.paging.note_offline(about)
            self._came()

    async def beside(self, pane: "TimelinePane", key: str, by: int) -> Entry | None:
        """Return what stands below in a list, above if negative; more of it is asked for."""
        while (found := pane.posts.beside(key, by)) is None and by > 0 and pane.posts.next:
            await self._load_more(pane, pane.begin(is_online=self._is_online))
            if pane.paging.error:
                break
        return found

    async def _load_more(self, pane: "TimelinePane", turn: int) -> None:
        try:
            page, about = await self._page(pane, pane.posts.next, PAGE)
        except (BackendError, LinkError) as error:
            self._fail(pane, turn, error)
            return
        if pane.paging.is_awaited(turn):
            pane.posts.extend(page, str(about.get("next", "")))
            self._came()

    def _fail(self, pane: "TimelinePane", turn: int, error: Exception) -> None:
        if pane.paging.fail(turn, str(error)):
            self._came()

    async def _page(self, pane: "TimelinePane", after: str, limit: int) -> _Page:
        calls = self.calls
        match pane.source:
            case Followed(unread):
                return await calls.timeline(limit=limit, after=after, unread=unread, markup=False)
            case OneBlog(feed, _):
                return await calls.list(*feed, limit=limit, after=after, markup=False)
            case Unpublished():
                return await calls.unpublished(limit=limit, after=after, markup=False)
            case FoundPosts(words):
                return await self._found(words, after, limit)

    async def _found(self, words: str, after: str, limit: int) -> _Page:
        hits = await self.calls.search(words, before=int(after or 0), limit=limit, markup=False)
        if len(hits) < limit:
            return hits, {}
        # More may be of the same moment as the last one, unless all of them are.
        last = order(hits[-1])
        return hits, {"next": str(last + (last < order(hits[0])))}

    def _changed(self, records: Iterable[Wire]) -> None:
        told = [from_wire(Entry, each) for each in records]
        self.seen.hear(told)
        for pane in self._panes():
            pane.hear(told, self._is_listed)
        self._tell()

    def _retracted(self, service: str, node: str, ids: Sequence[str]) -> None:
        for pane in self._panes():
            pane.posts.drop(Feed(service, node), ids)
        self._tell()

    def _subscriptions_changed(self, records: Iterable[Wire], gone: Iterable[Wire]) -> None:
        unfollowed = [Feed(each["service"], each["node"]) for each in gone]
        self.known.remove(unfollowed)
        told = [from_wire(Subscription, each) for each in records]
        answered = self.known.answered(told)
        are_new = self.known.merge(told)
        for each in answered:
            self._state.say(answer(self._account, each), account=self._account)
        for pane in self._panes():
            for feed in unfollowed:
                if not self._is_listed(feed):
                    pane.unfollow(feed)
            if are_new and isinstance(pane.source, Followed):
                pane.reload()
        self._tell()

    def _is_listed(self, feed: Feed) -> bool:
        """Return whether what is in a blog belongs to what is followed."""
        return feed == Feed(self._account.profile.jid) or self.known.get(feed) is not None

    def _panes(self) -> Iterator["TimelinePane"]:
        shown = {pane for trail in self._state.layout.trails for pane in trail.panes()}
        yield from (pane for pane in shown if is_timeline(pane) and self._is_ours(pane))

    def _is_ours(self, pane: Pane) -> bool:
        return self._state.at(pane.place) is self._account

    def _tell(self) -> None:
        self._state.changed(Area.BLOGS)

    def _came(self) -> None:
        """Have a page shown that was asked for: somebody waits for it."""
        self._state.changed(Area.VIEW)
