"""What others say to the user about posts: counted, and said in the status line as it comes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from backendd.api.contract import Blog
from backendd.api.names import BLOG
from backendd.api.records import Discussion, Entry
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.client.seen_likes import SeenLikes
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.attention import posts_seen
from primitivus.model.blogs import discussions
from primitivus.model.blogs.discussions import Discussions
from primitivus.model.state import State
from primitivus.model.telling.alert import Alert
from primitivus.model.telling.notices import Notice
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.times import now_us
from primitivus.sentences import tr

if TYPE_CHECKING:
    from primitivus.model.panes.post import PostPane

_ALERT_CHARACTERS = 200
# Many that come one after the other to one post ring once.
_PAUSE_US = 10_000_000
_HOW = tr(":next-unread goes there")


class DiscussionsPart(Part):
    """Follows them for one account."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._seen = SeenLikes(self.calls, access.state, access.tasks, self.looked_at)
        # What was learned before was told by who was there then.
        self._since = 0
        # When came what it was rung for last, by the link to the post.
        self._rung: dict[str, int] = {}
        # What is said of which post, as long as that is what the status line says.
        self._notice: tuple[str, Notice | None] = "", None

    def signals(self) -> Handlers:
        return {(BLOG, "DiscussionsChanged"): self._changed}

    async def fetch(self) -> None:
        self._since, known = now_us(), self._account.of(Discussions)
        known.expect()
        known.reset(await self.calls.discussions())
        self._state.changed(Area.BLOGS)

    async def attached(self) -> None:
        self._seen.forget()

    def forget(self) -> None:
        self._account.of(Discussions).reset(())

    def looked_at(self) -> None:
        """See who has come to like the posts that are looked at, and comments that show there."""
        liked = self._account.of(Discussions).liked() if self._state.is_attached else []
        seen = posts_seen(self._state) if liked else []
        panes = [each for each in seen if self._state.at(each.place) is self._account]
        for each in liked:
            if any(_shows(pane, each) for pane in panes):
                self._seen.see(each)

    def _changed(self, records: Iterable[Mapping[str, Any]]) -> None:
        told = [from_wire(Discussion, each) for each in records]
        ringing: Alert | None = None
        for before, now in self._account.of(Discussions).merge(told):
            if not now.unread:
                self._settle(now)
            if now.notify == "all":
                ringing = self._tell(before, now) or ringing
        if ringing is not None:
            self._state.alerts.ring(ringing, self._account)
        self._state.changed(Area.BLOGS)

    def _tell(self, before: Discussion | None, now: Discussion) -> Alert | None:
        """Say what is news; return what is to ring for it, if anything is."""
        account = self._account
        if like := discussions.liked(account, before, now, self._since):
            self._state.mention(like, "", account)
        said = discussions.said(account, before, now)
        if now.last is None or not said or is_seen(self._state, account, now):
            return None
        line = f"next-comment {quote(now.uri)}"
        self._state.mention(said, "", account, also=_HOW, line=line)
        self._notice = now.uri, self._state.notices.current
        if now.last_came - self._rung.get(now.uri, 0) < _PAUSE_US:
            return None
        self._rung[now.uri] = now.last_came
        who, post = discussions.speaker(account, now.last), discussions.named(now)
        return Alert(f'{who} ("{post}")', _beginning(now.last), is_for_us=True)

    def _settle(self, read: Discussion) -> None:
        """Have it not be said any more that something was said which was read since."""
        uri, notice = self._notice
        if uri == read.uri and notice is not None and self._state.notices.current is notice:
            self._state.notices.clear()


def is_seen(state: State, account: Account, discussion: Discussion) -> bool:
    """Return whether somebody looks at the post that is talked about."""
    key = (discussion.service, discussion.node, discussion.id)
    seen = posts_seen(state)
    return any(pane.key == key and state.at(pane.place) is account for pane in seen)


def _shows(pane: "PostPane", liked: Discussion) -> bool:
    """Return whether what is liked shows: it is the post of a pane, or a comment in view there."""
    if pane.entry is None or pane.key == (liked.service, liked.node, liked.id):
        return pane.entry is not None
    talk = (pane.entry.comments_service, pane.entry.comments_node)
    place = pane.talk.comments.place(liked.id) if talk == (liked.service, liked.node) else None
    return place is not None and not pane.is_passing and pane.talk.column.shows(place + 1)


def _beginning(entry: Entry) -> str:
    return (entry.body or entry.title)[:_ALERT_CHARACTERS]
