"""Comments below posts that are looked at: loaded as one scrolls, and kept true."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import BLOG
from backendd.api.records import Entry
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.client.posts import posts_of
from primitivus.model.area import Area
from primitivus.model.panes.kinds import is_post
from primitivus.model.panes.pane import Pane

if TYPE_CHECKING:
    from primitivus.model.blogs.talk import Talk
    from primitivus.model.panes.post import PostPane

# The first page comes quickly; whoever reads on wants many.
_FIRST, _PAGE, _MOST = 50, 200, 500


class CommentsPart(Part):
    """Fills what is below the posts of its account."""

    def __init__(self, access: Access) -> None:
        self._blog = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks

    def signals(self) -> Handlers:
        return {(BLOG, "Changed"): self._changed, (BLOG, "Retracted"): self._retracted}

    async def attached(self) -> None:
        for pane in self._panes():
            pane.talk.paging.reload()

    def fill(self, pane: Pane) -> None:
        if not is_post(pane) or self._state.at(pane.place) is not self._account:
            return
        if pane.entry is None or not pane.can_be_commented or not self._state.is_attached:
            return
        if pane.wants_comments:
            self._fill(pane, pane.talk)

    def _fill(self, pane: "PostPane", talk: "Talk") -> None:
        is_online = self._state.backend.hears_of_others(self._account.profile)
        if talk.paging.is_due(is_online=is_online):
            turn = talk.begin(is_online=is_online)
            most = max(_FIRST, min(_MOST, len(talk.comments)))
            self._tasks.start(self._load(pane, talk, turn, "", most), name="comments")
        elif talk.wants_more:
            turn, after = talk.begin(is_online=is_online), talk.comments.next
            self._tasks.start(self._load(pane, talk, turn, after, _PAGE), name="more comments")
        elif (marked := talk.marked) is not None and talk.wants_whole(marked):
            self._tasks.start(self._load_whole(talk, marked), name="a long comment")

    async def _load(self, pane: "PostPane", talk: "Talk", turn: int, after: str, most: int) -> None:
        try:
            page, about = await self._blog.comments(*pane.key, limit=most, after=after)
        except (BackendError, LinkError) as error:
            if talk.paging.fail(turn, str(error)):
                self._tell()
            return
        if talk.paging.is_awaited(turn):
            talk.paging.note_offline(about)
            take = talk.comments.add if after else talk.comments.reset
            take(page, str(about.get("next", "")))
            self._tell()

    async def _load_whole(self, talk: "Talk", comment: Entry) -> None:
        try:
            whole = await self._blog.get(comment.service, comment.node, comment.id)
        except (BackendError, LinkError):
            return  # its beginning is there
        talk.comments.hear([whole])
        self._tell()

    def _changed(self, records: Iterable[Mapping[str, Any]]) -> None:
        told = [from_wire(Entry, each) for each in records]
        for pane in self._panes():
            at = _talk_of(pane)
            if here := [each for each in told if (each.service, each.node) == at]:
                pane.talk.comments.hear(here)
                if pane.talk.paging.error:
                    pane.talk.paging.reload()  # why there was nothing to be read is over
                self._tell()

    def _retracted(self, service: str, node: str, ids: Sequence[str]) -> None:
        for pane in self._panes():
            if (service, node) == _talk_of(pane):
                pane.talk.comments.drop(ids)
                self._tell()

    def _panes(self) -> Iterator["PostPane"]:
        return posts_of(self._state, self._account)

    def _tell(self) -> None:
        self._state.changed(Area.VIEW)


def _talk_of(pane: "PostPane") -> tuple[str, str]:
    """Return where the comments on a post are."""
    entry = pane.entry
    return (entry.comments_service, entry.comments_node) if entry is not None else ("", "")
