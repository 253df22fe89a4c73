"""Posts and comments on their way out, or back: what became of them is said wherever one is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backendd.api.names import BLOG
from backendd.api.records import Entry
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.blogs import is_comments
from primitivus.model.discussion import commented, is_heart
from primitivus.model.panes.post import title
from primitivus.model.posts import key_of

# So much of a title says which post is meant.
_LONGEST = 60

# While so many wait, as when a file was imported, it isn't told of each that it is out.
_MANY = 3


class PublishingPart(Part):
    """Follows what its account has written that waits to be published."""

    def __init__(self, access: Access) -> None:
        self._state = access.state
        self._account = access.account
        self._waiting: set[str] = set()
        self._taken_back: set[str] = set()

    def signals(self) -> Handlers:
        return {(BLOG, "Changed"): self._changed, (BLOG, "Retracted"): self._retracted}

    def _changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        for each in told:
            entry = from_wire(Entry, each)
            key = key_of(entry)
            if entry.more.get("retracting"):
                self._taken_back.add(key)
            elif key in self._taken_back:
                self._taken_back.remove(key)
                self._say_kept(entry)
            if entry.state == "pending":
                self._waiting.add(key)
            elif key in self._waiting:
                self._waiting.remove(key)
                self._say(entry)

    def _retracted(self, service: str, node: str, ids: Sequence[str]) -> None:
        self._taken_back.difference_update(f"{service} {node} {id}" for id in ids)

    def _say_kept(self, entry: Entry) -> None:
        if entry.error[1]:
            said = f"{_named(entry)} could not be taken back: {entry.error[1]}"
            self._state.complain(said, about=f"post {key_of(entry)}", account=self._account)

    def _say(self, entry: Entry) -> None:
        about = f"post {key_of(entry)}"
        if entry.state == "failed":
            said = f"{_named(entry)} is not published: {entry.error[1]}"
            self._state.complain(said, about=about, account=self._account)
        elif not is_comments(entry.node) and len(self._waiting) < _MANY:
            self._state.mention(f"{_named(entry)} is published", about=about, account=self._account)


def _named(entry: Entry) -> str:
    """Return what to call something of ours: a post by its title, a comment by what it is on."""
    if not is_comments(entry.node):
        called = title(entry)
        return f'"{called[:_LONGEST]}{"…" * (len(called) > _LONGEST)}"'
    what = "that you like" if is_heart(entry) else "your comment on"
    on = commented(entry)
    return f'{what} "{on.title}"' if on is not None and on.title else f"{what} a post"
