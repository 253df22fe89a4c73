"""Posts and comments on their way out, or back: what became of them is said wherever one is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backendd.api.contract import Blog
from backendd.api.names import BLOG
from backendd.api.records import Entry, Outgoing
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.failures import reason
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import Feed, feed_of, is_comments, is_going
from primitivus.model.blogs.discussion import commented, is_heart
from primitivus.model.blogs.outgoing import MANY, OutgoingPosts
from primitivus.model.blogs.post_titles import title
from primitivus.model.blogs.posts import key_of
from primitivus.sentences import ntr, tr

# So much of a title says which post is meant.
_LONGEST = 60


class PublishingPart(Part):
    """Follows what its account has written that waits to be published."""

    def __init__(self, access: Access) -> None:
        self._state = access.state
        self._account = access.account
        self.calls = access.interface(Blog)
        # What waits, with its blog.
        self._waiting: dict[str, Feed] = {}
        self._taken_back: set[str] = set()

    @property
    def known(self) -> OutgoingPosts:
        """Return how far they are."""
        return self._account.of(OutgoingPosts)

    def signals(self) -> Handlers:
        return {
            (BLOG, "Changed"): self._changed,
            (BLOG, "Retracted"): self._retracted,
            (BLOG, "OutgoingChanged"): self._outgoing_changed,
        }

    async def fetch(self) -> None:
        self.known.reset(await self.calls.outgoing())
        # What became of the others was not told.
        self._waiting = {
            key: feed
            for key, feed in self._waiting.items()
            if is_comments(feed.node) or self.known.pending(feed)
        }
        self._state.changed(Area.BLOGS)

    def forget(self) -> None:
        self.known.reset(())

    def _changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        for each in told:
            entry = from_wire(Entry, each)
            key = key_of(entry)
            if is_going(entry):
                self._taken_back.add(key)
            elif key in self._taken_back:
                self._taken_back.remove(key)
                self._say_kept(entry)
            if entry.state == "pending":
                self._waiting[key] = feed_of(entry)
            elif key in self._waiting:
                del self._waiting[key]
                self._say(entry)

    def _retracted(self, service: str, node: str, ids: Sequence[str]) -> None:
        for key in (f"{service} {node} {id}" for id in ids):
            self._taken_back.discard(key)
            self._waiting.pop(key, None)

    def _say_kept(self, entry: Entry) -> None:
        if entry.error[1]:
            said = tr(
                "{what}: it could not be taken back: {why}",
                what=_named(entry),
                why=reason(entry.error),
            )
            about = f"post {key_of(entry)}"
            self._complain(said, about)

    def _say(self, entry: Entry) -> None:
        about = f"post {key_of(entry)}"
        are_many = len(self._waiting) >= MANY or self.known.are_many(feed_of(entry))
        if are_many and not is_comments(entry.node):
            return  # it is told of all of them
        if entry.state == "failed":
            said = tr(
                "{what}: it is not published: {why}", what=_named(entry), why=reason(entry.error)
            )
            self._complain(said, about)
        elif not is_comments(entry.node):
            self._state.mention(
                tr('"{post}" is published', post=_called(entry)), about=about, account=self._account
            )

    def _outgoing_changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        for each in self.known.merge(from_wire(Outgoing, each) for each in told):
            about = f"posts {each.service} {each.node}"
            said = ntr("{n} post is published", "{n} posts are published", each.published)
            if each.failed:
                failed = ntr(
                    "{n} has failed: :unpublished tells why",
                    "{n} have failed: :unpublished tells why",
                    each.failed,
                )
                self._complain(f"{said}, {failed}", about)
            else:
                self._state.mention(said, about=about, account=self._account)
        self._state.changed(Area.BLOGS)

    def _complain(self, said: str, about: str) -> None:
        self._state.complain(said, about=about, account=self._account, line="unpublished")


def _named(entry: Entry) -> str:
    """Return what to call something of ours: a post by its title, a comment by what it is on."""
    if not is_comments(entry.node):
        return f'"{_called(entry)}"'
    on = commented(entry)
    called = on.title if on is not None else ""
    if is_heart(entry):
        return tr('that you like "{post}"', post=called) if called else tr("that you like a post")
    return tr('your comment on "{post}"', post=called) if called else tr("your comment on a post")


def _called(post: Entry) -> str:
    called = title(post)
    return f"{called[:_LONGEST]}{'…' * (len(called) > _LONGEST)}"
